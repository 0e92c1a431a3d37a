public import Storage
public import ZarrModel

/// Why the engine could not do what it was asked.
public struct EngineError: Error, Sendable {
    /// What a caller can decide on. Closed, so that every `switch` is complete.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// There is no node at the path.
        case notFound
        /// There is a node, but it is not what was asked for: a group where an array is needed.
        case wrongKind
        /// The node's metadata cannot be read.
        case metadata
        /// A codec or data type that is not known here, named in the message.
        case unsupported
        /// The selection does not fit the array.
        case selection
        /// A chunk is there but does not decode.
        case corrupt
        /// The storage failed. Says nothing about whether something is absent.
        case storage
        /// The result would be larger than the limit that was set.
        case tooLarge
        /// Refused: it would overwrite or remove something that must be kept.
        case refused
        /// The caller stopped it.
        case cancelled
    }

    /// What a caller can decide on.
    public var code: Code
    /// The node, document or key, with a JSON pointer where there is one. Untrusted text.
    public var location: String
    /// What happened and, where there is one, the remedy. May hold untrusted text.
    public var message: String
    /// The error underneath.
    public var cause: (any Error)?

    /// Makes an error.
    public init(
        _ code: Code,
        at location: String,
        _ message: String,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.location = location
        self.message = message
        self.cause = cause
    }

    /// A failure of the storage, with its own key where it names one.
    public init(_ error: StorageError, at location: String) {
        self.init(
            error.code == .cancelled ? .cancelled : .storage,
            at: error.key ?? location,
            error.message,
            cause: error
        )
    }

    /// Whether a metadata document ends before it is complete.
    public var isCutOff: Bool {
        (cause as? MetadataError)?.isCutOff ?? false
    }

    /// The error as a diagnostic of a node.
    public var diagnostic: Diagnostic {
        Diagnostic(.error, at: location, message)
    }
}

extension EngineError: CustomStringConvertible {
    /// One line: where and why. Still raw text.
    public var description: String {
        location.isEmpty ? message : "\(location): \(message)"
    }
}
