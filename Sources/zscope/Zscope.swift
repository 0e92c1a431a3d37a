import Glibc

/// The program: takes the command line apart, runs what it asks for, and ends with a promised status.
@main
struct Zscope {
    /// The version, as `--version` prints it.
    static let version = "0.1.0"

    static func main() {
        _ = signal(SIGPIPE, SIG_IGN)
        let status = run(Array(CommandLine.arguments.dropFirst()))
        _exit(status.rawValue)
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
            return error.status
        }
    }
}
