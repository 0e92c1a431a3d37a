import Glibc

/// The clipboard of the machine that the program runs on, through a program that sets it.
struct HostClipboard: Sendable {
    /// The program and its arguments.
    let command: [String]

    /// The program for the screen that this session has; `nil` where there is none, or the person sits at
    /// another machine.
    static func fitting(setting: String) -> HostClipboard? {
        let isRemote =
            Environment.text("SSH_TTY") != nil || Environment.text("SSH_CONNECTION") != nil
        guard setting == "program" || setting == "auto" && !isRemote else { return nil }
        var commands: [[String]] = [["pbcopy"]]
        if Environment.text("DISPLAY") != nil {
            commands.insert(["xsel", "--clipboard", "--input"], at: 0)
            commands.insert(["xclip", "-selection", "clipboard"], at: 0)
        }
        if Environment.text("WAYLAND_DISPLAY") != nil { commands.insert(["wl-copy"], at: 0) }
        return commands.first { isInstalled($0[0]) }.map(HostClipboard.init)
    }

    private static func isInstalled(_ name: String) -> Bool {
        (Environment.text("PATH") ?? "").split(separator: ":").contains { folder in
            unsafe access("\(folder)/\(name)", X_OK) == 0
        }
    }

    /// Gives the program `text`, and waits for its end for a few seconds. Throws where it fails.
    func copy(_ text: String) async throws {
        let input = try unlinkedFile(Array(text.utf8))
        defer { close(input) }
        let process = try start(reading: input)
        for _ in 0..<300 {
            var status: Int32 = 0
            let ended = unsafe waitpid(process, &status, WNOHANG)
            if ended == process, status == 0 { return }
            guard ended == 0 else { throw ToolError("\(command[0]) failed") }
            try await Task.sleep(for: .milliseconds(10))
        }
        kill(process, SIGKILL)
        _ = waitpid(process, nil, 0)
        throw ToolError("\(command[0]) did not end")
    }

    /// A file without a name that holds `bytes`, to be read from its start.
    private func unlinkedFile(_ bytes: [UInt8]) throws(ToolError) -> Int32 {
        var template = Array("/tmp/zscope-XXXXXX".utf8CString)
        let file = unsafe mkstemp(&template)
        guard file >= 0 else { throw ToolError("no room in /tmp: \(SystemError.text(errno))") }
        _ = unsafe unlink(template)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        guard unsafe write(file, bytes, bytes.count) == bytes.count, lseek(file, 0, SEEK_SET) == 0
        else {
            close(file)
            throw ToolError("no room in /tmp: \(SystemError.text(errno))")
        }
        return file
    }

    private func start(reading input: Int32) throws(ToolError) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_adddup2(&actions, input, 0)
        for output in [STDOUT_FILENO, STDERR_FILENO] {
            unsafe posix_spawn_file_actions_addopen(&actions, output, "/dev/null", O_WRONLY, 0)
        }
        var arguments = unsafe Self.texts(command)
        var surroundings = unsafe Self.texts(
            Self.variables.compactMap { name in Environment.value(name).map { "\(name)=\($0)" } }
        )
        defer {
            unsafe arguments.forEach { unsafe free($0) }
            unsafe surroundings.forEach { unsafe free($0) }
        }
        var process = pid_t()
        let result = unsafe posix_spawnp(
            &process,
            command[0],
            &actions,
            nil,
            &arguments,
            &surroundings
        )
        guard result == 0 else {
            throw ToolError("cannot run \(command[0]): \(SystemError.text(result))")
        }
        return process
    }

    /// What such a program has to know.
    private static let variables = [
        "PATH", "HOME", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "LANG",
    ]

    /// Texts as C has them, to be freed, and the end of the list.
    private static func texts(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        var result: [UnsafeMutablePointer<CChar>?] = unsafe []
        for text in texts { unsafe result.append(strdup(text)) }
        unsafe result.append(nil)
        return unsafe result
    }
}
