/// Why a store or backend could not do what it was asked.
///
/// An absent object is not an error: reads answer `nil`. An error never means "absent", except
/// `.notFound` from `open`, which says that there is nothing at the place at all.
public struct StorageError: Error, Sendable {
    /// What a caller can decide on. Closed, so that every `switch` is complete.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case notFound, exists, conflict
        case invalidKey, invalidLocator, invalidConfiguration
        case unsupported, readOnly
        case unauthenticated, forbidden
        case noSpace, quota, tooLarge, tooMany
        case corrupt, incomplete
        case timeout, unreachable, throttled, server
        case ioError, circuitOpen, cancelled, `internal`
    }

    /// Whether asking again can help.
    public enum Persistence: String, Hashable, Sendable {
        /// It will fail again.
        case permanent
        /// It may work the next time.
        case temporary
        /// It was temporary, was tried again, and still failed: outer layers do not try again.
        case exhausted
    }

    /// Whether the operation may have happened all the same.
    public enum Outcome: String, Hashable, Sendable {
        /// It certainly had no effect.
        case failed
        /// It may or may not have had one (a lost acknowledgement): settle it by reading back.
        case unknown
    }

    /// What a caller can decide on.
    public var code: Code
    /// What was being done: `read`, `list`, `open`…
    public var operation: StorageOperation
    /// The key it was done to, where there is one. Untrusted text: make it visible before showing it.
    public var key: String?
    /// What happened and, where there is one, the remedy. Holds no secret.
    public var message: String
    /// Whether asking again can help.
    public var persistence: Persistence
    /// Whether the operation may have happened all the same.
    public var outcome: Outcome
    /// How long the storage asked to wait before the next try.
    public var retryAfter: Duration?
    /// The error underneath.
    public var cause: (any Error)?

    /// Makes an error.
    public init(
        _ code: Code,
        _ operation: StorageOperation,
        key: String? = nil,
        _ message: String,
        persistence: Persistence = .permanent,
        outcome: Outcome = .failed,
        retryAfter: Duration? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.operation = operation
        self.key = key
        self.message = message
        self.persistence = persistence
        self.outcome = outcome
        self.retryAfter = retryAfter
        self.cause = cause
    }
}

extension StorageError: CustomStringConvertible {
    /// One line: what failed, on which key, why. The key is still raw text.
    public var description: String {
        let subject = key.map { " \($0)" } ?? ""
        return "\(operation.rawValue)\(subject): \(message) (\(code.rawValue))"
    }
}
