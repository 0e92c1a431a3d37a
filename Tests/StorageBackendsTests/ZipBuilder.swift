/// Writes archives for tests, well-formed or not, independent of the reader.
struct ZipBuilder {
    /// What goes into an archive.
    struct Member {
        var name: [UInt8]
        /// The bytes that stand in the archive.
        var packed: [UInt8]
        var size: Int
        var method = 0
        var crc: UInt32
        var flags = 0x800
        var isWide = false

        init(_ name: String, _ bytes: [UInt8]) {
            self.name = Array(name.utf8)
            packed = bytes
            size = bytes.count
            crc = ZipBuilder.crc32(bytes)
        }
    }

    var members: [Member] = []
    var isZip64 = false
    var comment: [UInt8] = []
    var junkBefore = 0

    /// The archive.
    func bytes() -> [UInt8] {
        var out: [UInt8] = []
        var offsets: [Int] = []
        for member in members {
            offsets.append(out.count)
            let extra: [UInt8] = [0xfe, 0xca, 2, 0, 1, 2]
            out += number(0x0403_4b50, 4) + number(20, 2) + number(member.flags, 2)
            out += number(member.method, 2) + number(0, 4) + number(Int(member.crc), 4)
            out += number(member.packed.count, 4) + number(member.size, 4)
            out += number(member.name.count, 2) + number(extra.count, 2) + member.name + extra
            out += member.packed
        }
        let start = out.count
        for (member, offset) in zip(members, offsets) { out += central(member, offset) }
        let length = out.count - start
        if isZip64 {
            let end = out.count
            out += number(0x0606_4b50, 4) + number(44, 8) + number(45, 2) + number(45, 2)
            out += number(0, 4) + number(0, 4) + number(members.count, 8)
            out += number(members.count, 8) + number(length, 8) + number(start, 8)
            out += number(0x0706_4b50, 4) + number(0, 4) + number(end, 8) + number(1, 4)
        }
        out += number(0x0605_4b50, 4) + number(0, 2) + number(0, 2)
        out += number(isZip64 ? 0xffff : members.count, 2)
        out += number(isZip64 ? 0xffff : members.count, 2)
        out += number(isZip64 ? 0xffff_ffff : length, 4)
        out += number(isZip64 ? 0xffff_ffff : start, 4)
        out += number(comment.count, 2) + comment
        return [UInt8](repeating: 0x50, count: junkBefore) + out
    }

    private func central(_ member: Member, _ offset: Int) -> [UInt8] {
        let wide =
            number(1, 2) + number(24, 2) + number(member.size, 8) + number(member.packed.count, 8)
            + number(offset, 8)
        let extra = member.isWide ? number(0xcafe, 2) + number(0, 2) + wide : []
        let narrow = 0xffff_ffff
        var out = number(0x0201_4b50, 4) + number(20, 2) + number(20, 2) + number(member.flags, 2)
        out += number(member.method, 2) + number(0, 4) + number(Int(member.crc), 4)
        out += number(member.isWide ? narrow : member.packed.count, 4)
        out += number(member.isWide ? narrow : member.size, 4)
        out += number(member.name.count, 2) + number(extra.count, 2) + number(0, 2)
        out += number(0, 2) + number(0, 2) + number(0, 4)
        out += number(member.isWide ? narrow : offset, 4)
        return out + member.name + extra
    }

    private func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    /// Bit by bit, so that it shares nothing with what is tested.
    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = .max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
