import Glibc

/// The program: takes the command line apart, runs what it asks for, and ends with a promised status.
@main
struct Zscope {
    /// The version, as `--version` prints it.
    static let version = "0.1.0"

    static func main() {
        _ = signal(SIGPIPE, SIG_IGN)
        occupyStandardDescriptors()
        let status = run(Array(CommandLine.arguments.dropFirst()))
        _exit(status.rawValue)
    }

    /// Puts something that fails in the place of standard files that are closed: the next file that is
    /// opened would get their number, and the answer would go into it.
    private static func occupyStandardDescriptors() {
        for (number, mode) in [
            (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
        ] where fcntl(number, F_GETFD) < 0 {
            _ = unsafe open("/dev/null", mode)
        }
    }

    private static func run(_ words: [String]) -> ExitStatus {
        do throws(UsageError) {
            switch try Arguments.parse(words, table: .zscope) {
            case .version:
                return document { output throws(ToolError) in try output.line("zscope \(version)") }
            case .help(let command):
                let help = HelpText(
                    table: .zscope,
                    ink: Ink.forOutput(Arguments(operands: [], values: [:]))
                )
                return document { output throws(ToolError) in
                    try output.write(command.map(help.help(for:)) ?? help.overview)
                }
            case .run(let command, let arguments):
                return CommandRun(command: command, arguments: arguments).perform()
            }
        } catch {
            let messages = Messages(ink: .forMessages(nil), showsProgress: false)
            messages.failure(error.lines[0], remedy: error.lines[1])
            return .failed
        }
    }

    private static func document(_ write: (Output) throws(ToolError) -> Void) -> ExitStatus {
        let output = Output()
        do throws(ToolError) {
            try write(output)
            try output.finish()
            return .done
        } catch {
            if error.status != .closedPipe {
                Messages(ink: .forMessages(nil), showsProgress: false).failure(error.message)
            }
            return error.status
        }
    }
}
