/// An object in an archive, as the central directory describes it.
struct ZipMember: Sendable {
    /// Where its name lies among the names of the index.
    var name: Range<Int>
    /// 0 is stored, 8 is deflated; nothing else is read.
    var method: Int
    var isEncrypted: Bool
    var crc: UInt32
    /// Bytes in the archive.
    var packedSize: Int
    /// Bytes of the object.
    var size: Int
    /// Where its local header begins.
    var header: Int

    static let stored = 0
    static let deflated = 8
}
