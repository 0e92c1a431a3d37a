/// Runs one command and turns whatever happens into messages and a status.
struct CommandRun: Sendable {
    let command: CommandDeclaration
    let arguments: Arguments

    func perform() -> ExitStatus {
        let messages = Messages(
            ink: .forMessages(arguments),
            showsProgress: Environment.isErrorTerminal
        )
        do throws(ToolError) {
            let output = try arguments.value(.output).map { path throws(ToolError) in
                try Output(path: path)
            }
            let context = CommandContext(
                arguments: arguments,
                output: output ?? Output(),
                messages: messages,
                ink: .forOutput(arguments)
            )
            switch command.action {
            case .explorer(let run):
                return run(context)
            case .batch(let run):
                let status = BatchThread.run { await finished(run, context) }
                if status == .interrupted {
                    context.output.discard()
                    messages.clearProgress()
                    messages.note("interrupted")
                }
                return status
            }
        } catch {
            messages.failure(error.message, remedy: error.remedy)
            return error.status
        }
    }

    private func finished(
        _ run: @Sendable (CommandContext) async throws -> ExitStatus,
        _ context: CommandContext
    ) async -> ExitStatus {
        do {
            let status = try await run(context)
            try context.output.finish()
            context.messages.clearProgress()
            return status
        } catch {
            context.output.discard()
            return report(error, context.messages)
        }
    }

    private func report(_ error: any Error, _ messages: Messages) -> ExitStatus {
        if error is CancellationError { return .interrupted }
        if let error = error as? UsageError {
            messages.failure(error.message, remedy: UsageError("", command: command.name).lines[1])
            return .failed
        }
        let failure = ToolError(reporting: error)
        // What ends by the person's own hand says nothing, or says it elsewhere.
        if failure.status != .closedPipe, failure.status != .interrupted {
            messages.failure(failure.message, remedy: failure.remedy)
        }
        return failure.status
    }
}
