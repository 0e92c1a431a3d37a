/// What a recorded listing is of, and when it was made. All of it is untrusted text once it was read.
public struct CensusOrigin: Hashable, Sendable {
    /// When, in words: `2026-11-22 14:00:31`.
    public var created: String
    /// The storage that was listed, as a person names it, without secrets.
    public var locator: String
    /// The program that listed it, such as `zscope 0.1`; may be empty.
    public var program: String

    /// Makes an origin.
    public init(created: String, locator: String, program: String = "") {
        self.created = created
        self.locator = locator
        self.program = program
    }
}
