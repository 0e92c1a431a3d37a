import Glibc

/// The program, killed in the middle of its work.
enum Killed {
    /// Starts the program and kills it (SIGKILL) as soon as `isDue`.
    ///
    /// Returns whether it was killed; `false` where it ended before that.
    static func run(_ arguments: [String], when isDue: () -> Bool) throws -> Bool {
        let output = try Pipe()
        let child = try ChildProcess.start(
            Program.path,
            arguments,
            environment: ["LC_ALL": "C.UTF-8"],
            output: output.writing,
            errors: output.writing
        )
        output.closeWriting()
        defer { close(output.reading) }
        var isEnded = false
        while !isEnded, !isDue() { isEnded = hasEnded(output) }
        kill(child, SIGKILL)
        return ChildProcess.wait(for: child) == 128 + SIGKILL
    }

    /// Whether the last writer of a pipe is gone; that is waited for, but not for long. What it wrote is
    /// dropped, for the pipe never to be full.
    private static func hasEnded(_ pipe: Pipe) -> Bool {
        var waiting = pollfd(fd: pipe.reading, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&waiting, 1, 1) > 0 else { return false }
        return Pipe.read(pipe.reading).isEmpty
    }

    /// The keys of all files below a folder that may change meanwhile, in no order; none where it is not
    /// there.
    static func files(_ folder: String) -> [String] {
        var found: [String] = []
        var folders = [""]
        while let next = folders.popLast() {
            guard let directory = unsafe opendir(folder + "/" + next) else { continue }
            defer { unsafe closedir(directory) }
            while let entry = unsafe readdir(directory) {
                let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                guard name != ".", name != ".." else { continue }
                if unsafe Int32(entry.pointee.d_type) == Int32(DT_DIR) {
                    folders.append(next + name + "/")
                } else {
                    found.append(next + name)
                }
            }
        }
        return found
    }
}
