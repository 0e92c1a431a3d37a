public import Storage

/// A sentence that every implementation of a contract must make true, and how to find out.
///
/// A law needs no test framework: tests run it once for each implementation, and the program runs
/// it against storage that a person names.
public struct Law<Context: Sendable>: Sendable, Identifiable, CustomStringConvertible {
    /// The sentence.
    public let id: String
    /// What the storage must be able to do for the law to mean anything.
    public let requires: Capabilities
    /// Tries it. Throws ``LawFailure``, or what the storage threw.
    public let run: @Sendable (Context) async throws -> Void

    /// Makes a law.
    public init(
        _ id: String,
        requires: Capabilities = [],
        run: @escaping @Sendable (Context) async throws -> Void
    ) {
        self.id = id
        self.requires = requires
        self.run = run
    }

    /// The sentence.
    public var description: String { id }
}

/// How a law was broken.
public struct LawFailure: Error, CustomStringConvertible {
    /// What was seen, and what was due.
    public let description: String

    /// Says what was seen.
    public init(_ description: String) {
        self.description = description
    }
}

/// Throws a ``LawFailure`` unless `condition` holds.
func expect(_ condition: Bool, _ message: @autoclosure () -> String) throws(LawFailure) {
    guard condition else { throw LawFailure(message()) }
}
