/// What an interceptor sees of a read that asks for the object's state: bytes, and the state they are
/// of.
public struct ObjectRead: Hashable, Sendable {
    /// What was read.
    public var bytes: [UInt8]
    /// What the store says of the object.
    public var info: ObjectInfo

    /// Makes what was read.
    public init(bytes: [UInt8], info: ObjectInfo) {
        self.bytes = bytes
        self.info = info
    }
}
