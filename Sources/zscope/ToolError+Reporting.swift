import JSONValue
import Storage
import ZarrEngine
import ZarrModel

extension ToolError {
    /// Any module's error in the words that a person reads: where, what, and what helps.
    init(reporting error: any Error) {
        switch error {
        case let error as ToolError:
            self = error
        case let error as UsageError:
            self.init(error.message, remedy: error.lines.last)
        case let error as StorageError:
            self.init(
                Self.sentence(error),
                remedy: Self.remedy(error.code),
                status: .of(error.code)
            )
        case let error as EngineError:
            let code = (error.cause as? StorageError)?.code
            self.init(
                Self.sentence(error.location, error.message),
                remedy: error.isCutOff ? Wording.cutOffRemedy : code.flatMap(Self.remedy),
                status: error.code == .cancelled ? .interrupted : .failed
            )
        case is CancellationError:
            self.init("interrupted", status: .interrupted)
        default:
            self.init("\(error)")
        }
    }

    private static func sentence(_ error: StorageError) -> String {
        sentence(error.key ?? "", error.message)
    }

    /// `message` after what it is about, unless that is the whole store or named by the message.
    private static func sentence(_ subject: String, _ message: String) -> String {
        let words = message.split(separator: " ")
        let isNamed =
            ["", "/", "."].contains(subject)
            || words.contains { $0 == subject || $0 == subject + ":" }
        return isNamed ? message : "\(subject): \(message)"
    }

    private static func remedy(_ code: StorageError.Code) -> String? {
        switch code {
        case .readOnly: "name a place that can be written; 'zscope copy' makes a copy there"
        case .noSpace, .quota: "make room, then do it again"
        case .throttled, .timeout, .unreachable, .server: "add '|retry' to the locator to try again"
        default: nil
        }
    }
}

extension ExitStatus {
    /// How a command ends that storage stopped.
    fileprivate static func of(_ code: StorageError.Code) -> ExitStatus {
        code == .cancelled ? .interrupted : .failed
    }
}
