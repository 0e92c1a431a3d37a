import Storage

extension ToolError {
    /// Any module's error in the words that a person reads: what, where, why, and what helps.
    init(reporting error: any Error) {
        switch error {
        case let error as ToolError:
            self = error
        case let error as StorageError:
            self.init(Self.sentence(error), remedy: Self.remedy(error))
        default:
            self.init("\(error)")
        }
    }

    private static func sentence(_ error: StorageError) -> String {
        let subject = error.key.map { "\($0): " } ?? ""
        return subject + error.message
    }

    private static func remedy(_ error: StorageError) -> String? {
        switch error.code {
        case .readOnly: "open it without the readonly layer to change it"
        case .throttled, .timeout, .unreachable, .server: "add '|retry' to the locator to try again"
        default: nil
        }
    }
}
