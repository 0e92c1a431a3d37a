/// A text that must not be printed: a password, token or key.
///
/// Every description of it is `•••`. Only ``reveal()`` gives the text, so that each use is greppable.
public struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    private let text: String

    /// Keeps `text` from sight.
    public init(_ text: String) {
        self.text = text
    }

    /// The text itself, for the one call that authenticates.
    public func reveal() -> String {
        text
    }

    /// Three dots, whatever it holds.
    public var description: String { "•••" }

    /// Three dots, whatever it holds.
    public var debugDescription: String { "•••" }

    /// Nothing to look into.
    public var customMirror: Mirror {
        Mirror(self, children: [])
    }
}
