/// Which bytes of an object are wanted.
public enum ByteRange: Hashable, Sendable {
    /// The whole object.
    case all
    /// `count` bytes from `offset`; fewer when the object ends before.
    case bounded(offset: Int, count: Int)
    /// Everything from `offset`.
    case from(offset: Int)
    /// The last `count` bytes; the whole object when it is shorter.
    case suffix(Int)

    /// The half-open range of an object of `length` bytes that this names, clipped to the object.
    ///
    /// Negative numbers count as 0; no arithmetic overflows.
    public func resolved(in length: Int) -> Range<Int> {
        let length = max(0, length)
        switch self {
        case .all:
            return 0..<length
        case .bounded(let offset, let count):
            let start = min(max(0, offset), length)
            return start..<(start + min(max(0, count), length - start))
        case .from(let offset):
            return min(max(0, offset), length)..<length
        case .suffix(let count):
            return (length - min(max(0, count), length))..<length
        }
    }
}
