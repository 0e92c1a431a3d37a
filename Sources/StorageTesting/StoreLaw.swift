/// A law of `Store`.
public typealias StoreLaw = Law<StoreLawContext>

extension Law where Context == StoreLawContext {
    /// Every law of `Store`.
    public static var all: [StoreLaw] {
        reading + writing + listing + limits + leavings + together
    }
}
