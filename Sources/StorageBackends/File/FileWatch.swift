internal import Glibc
public import Storage
internal import Synchronization

/// The directories under a prefix, watched.
final class FileWatch: StoreWatch {
    /// More directories than this are not watched: the system's own limit is often little above.
    static let directoryLimit = 4096

    private struct State {
        /// The path of each directory with its closing slash, by its number.
        var paths: [Int32: [UInt8]] = [:]
    }

    private let root: FileDescriptor
    private let events: DirectoryEvents
    private let state = Mutex(State())
    /// A wait takes a thread of its own for as long as it lasts.
    private let executor = BlockingExecutor(threadLimit: 1)

    /// Watches `root` and everything below; `nil` where that is too much, or the system cannot.
    init?(_ root: FileDescriptor) {
        guard let events = DirectoryEvents() else { return nil }
        self.root = root
        self.events = events
        var found: [String] = []
        guard add(root, [], depth: 0, &found) else { return nil }
    }

    func changes() async throws(StorageError) -> [String]? {
        while true {
            guard await isReady(), !Task.isCancelled else {
                throw StorageError(.cancelled, .list, "the watch was stopped")
            }
            guard let keys = taken() else { return nil }
            if !keys.isEmpty { return keys }
        }
    }

    /// Waits for an event; `false` where the task was cancelled meanwhile.
    private func isReady() async -> Bool {
        let events = events
        return await withTaskCancellationHandler {
            (try? await executor.run { () throws(StorageError) in events.wait() }) ?? false
        } onCancel: {
            events.ring()
        }
    }

    /// The keys of the events that are there now; `nil` where some were lost.
    private func taken() -> [String]? {
        var keys: [String] = []
        // What is found in a new directory has events of its own, which are there by then.
        while let isNew = take(&keys) {
            if !isNew { return keys }
        }
        return nil
    }

    /// Takes the events that are there now; answers whether there were new directories among what they
    /// are about, and `nil` where some were lost.
    private func take(_ keys: inout [String]) -> Bool? {
        var isNew = false
        for event in events.events() {
            guard let folder = state.withLock({ $0.paths[event.directory] }) else {
                if event.kind == .lost { return nil }
                continue
            }
            let path = folder + event.name
            switch event.kind {
            case .file:
                let key = String(decoding: path, as: UTF8.self)
                guard !TemporaryName.ends(key) else { continue }
                keys.append(key)
            case .newDirectory:
                let text = String(decoding: path, as: UTF8.self)
                guard case .open(let directory) = root.beneath(text, O_RDONLY | O_DIRECTORY) else {
                    continue
                }
                let depth = path.count { $0 == UInt8(ascii: "/") }
                guard add(directory, path + [UInt8(ascii: "/")], depth: depth, &keys) else {
                    return nil
                }
                isNew = true
            case .oldDirectory: return nil
            case .emptyDirectory: break
            case .ended: state.withLock { $0.paths[event.directory] = nil }
            case .lost: return nil
            }
        }
        return isNew
    }

    /// Watches a directory and those below, and names the files that are there already: some may have
    /// come before it was watched. `false` where that is too much.
    private func add(
        _ directory: FileDescriptor,
        _ path: [UInt8],
        depth: Int,
        _ files: inout [String]
    ) -> Bool {
        guard depth < FileWalker.deepest, state.withLock({ $0.paths.count }) < Self.directoryLimit,
            let number = events.add(directory)
        else { return false }
        state.withLock { $0.paths[number] = path }
        guard case .open(let fresh) = directory.beneath(".", O_RDONLY | O_DIRECTORY) else {
            return true
        }
        var reader = DirectoryReader(fresh)
        while let entry = try? reader.next() {
            let name = reader.text(entry)
            let below = path + Array(name.utf8)
            guard entry.kind == .directory else {
                if !TemporaryName.ends(name) {
                    files.append(String(decoding: below, as: UTF8.self))
                }
                continue
            }
            guard case .open(let inner) = directory.beneath(name, O_RDONLY | O_DIRECTORY) else {
                continue
            }
            let slash = UInt8(ascii: "/")
            guard add(inner, below + [slash], depth: depth + 1, &files) else { return false }
        }
        return true
    }
}

extension FileStore: WatchableStore {
    /// Watches the directories under `prefix`, as far as the system does.
    public func watch(_ prefix: StorePrefix) async throws(StorageError) -> (any StoreWatch)? {
        let root = root
        return try await BlockingExecutor.shared.run { () throws(StorageError) -> FileWatch? in
            guard
                case .open(let directory) = root.beneath(
                    prefix.key?.text ?? ".",
                    O_RDONLY | O_DIRECTORY
                )
            else { return nil }
            return FileWatch(directory)
        }
    }
}
