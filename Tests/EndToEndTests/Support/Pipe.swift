import Glibc

/// A pipe that a test reads.
struct Pipe {
    let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw ChildProcess.Failure(message: "no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    func closeWriting() {
        close(writing)
    }

    /// What the pipes bring until all of them end; `nil` when that takes longer than `seconds`.
    static func drain(_ pipes: [Pipe], seconds: Int) -> [[UInt8]]? {
        defer { for pipe in pipes { close(pipe.reading) } }
        var texts = pipes.map { _ in [UInt8]() }
        var isOpen = pipes.map { _ in true }
        let end = ContinuousClock.now + .seconds(seconds)
        while isOpen.contains(true) {
            var waiting = pipes.indices.map { place in
                pollfd(
                    fd: isOpen[place] ? pipes[place].reading : -1,
                    events: Int16(POLLIN),
                    revents: 0
                )
            }
            let left = (end - ContinuousClock.now).components.seconds
            guard left > 0 else { return nil }
            guard unsafe poll(&waiting, nfds_t(waiting.count), Int32(left) * 1000) > 0 else {
                continue
            }
            for place in pipes.indices where waiting[place].revents != 0 {
                let piece = read(pipes[place].reading)
                if piece.isEmpty { isOpen[place] = false }
                texts[place] += piece
            }
        }
        return texts
    }

    /// What is there now; empty at the end.
    static func read(_ descriptor: Int32) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
        return count > 0 ? Array(buffer[..<count]) : []
    }
}
