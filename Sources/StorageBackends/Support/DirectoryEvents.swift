internal import CFileSystem

/// A queue of what changes in open directories, and an alarm that ends a wait for it.
final class DirectoryEvents: Sendable {
    /// What an event is about.
    enum Kind: Equatable, Sendable {
        case file, newDirectory, oldDirectory
        /// A directory was deleted: it was empty, and what had been in it was told before.
        case emptyDirectory
        /// The directory is watched no more: it is gone.
        case ended
        /// Events were dropped.
        case lost
    }

    /// One event.
    struct Event: Sendable {
        /// The number of the directory.
        var directory: Int32
        var kind: Kind
        /// The name in it.
        var name: [UInt8]
    }

    private let queue: FileDescriptor
    private let alarm: FileDescriptor

    /// Makes a queue; `nil` where the system has none to give.
    init?() {
        let queue = zscope_watch_open()
        guard queue >= 0 else { return nil }
        self.queue = FileDescriptor(queue)
        let alarm = zscope_alarm_open()
        guard alarm >= 0 else { return nil }
        self.alarm = FileDescriptor(alarm)
    }

    /// Adds a directory; answers its number, or `nil` where the system watches no more.
    func add(_ directory: FileDescriptor) -> Int32? {
        let number = zscope_watch_add(queue.number, directory.number)
        return number >= 0 ? number : nil
    }

    /// Ends a wait, now or the next.
    func ring() {
        zscope_alarm_ring(alarm.number)
    }

    /// Waits on this thread until there is an event or the alarm rings; `false` when it rang.
    func wait() -> Bool {
        while true {
            let answer = zscope_watch_wait(queue.number, alarm.number, -1)
            if answer == Int32(ZSCOPE_WATCH_ALARM) { return false }
            if answer != 0 { return true }
        }
    }

    /// The events that are there now.
    func events() -> [Event] {
        var found: [Event] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let filled = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe zscope_watch_read(queue.number, bytes.baseAddress, bytes.count)
            }
            guard filled > 0 else { return found }
            // struct inotify_event: number 4, mask 4, cookie 4, length 4, then the name and NULs.
            var offset = 0
            while filled - offset >= 16 {
                let length = buffer.number32(offset + 12)
                let mask = UInt32(truncatingIfNeeded: buffer.number32(offset + 4))
                let start = offset + 16
                offset = min(filled, start + length)
                found.append(
                    Event(
                        directory: Int32(truncatingIfNeeded: buffer.number32(start - 16)),
                        kind: Self.kind(zscope_watch_kind(mask)),
                        name: Array(buffer[start..<offset].prefix { $0 != 0 })
                    )
                )
            }
            if found.count > 100_000 { return found }
        }
    }

    private static func kind(_ number: UInt32) -> Kind {
        switch number {
        case UInt32(ZSCOPE_WATCH_FILE): .file
        case UInt32(ZSCOPE_WATCH_NEW_DIRECTORY): .newDirectory
        case UInt32(ZSCOPE_WATCH_OLD_DIRECTORY): .oldDirectory
        case UInt32(ZSCOPE_WATCH_EMPTY_DIRECTORY): .emptyDirectory
        case UInt32(ZSCOPE_WATCH_ENDED): .ended
        default: .lost
        }
    }
}
