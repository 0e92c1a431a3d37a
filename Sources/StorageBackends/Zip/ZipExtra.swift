internal import Storage

/// The extra field of a member that needs more than 32 bits (APPNOTE 4.5.3).
enum ZipExtra {
    struct Wide {
        var size: Int
        var packedSize: Int
        var header: Int
    }

    private static let narrow = 0xffff_ffff

    /// Replaces those of the three that are all ones by the wide numbers in `extra`.
    static func zip64(
        _ bytes: [UInt8],
        _ extra: Range<Int>,
        size: Int,
        packedSize: Int,
        header: Int
    ) throws(StorageError) -> Wide {
        var wide = Wide(size: size, packedSize: packedSize, header: header)
        guard [size, packedSize, header].contains(narrow) else { return wide }
        var offset = extra.lowerBound
        while offset + 4 <= extra.upperBound {
            let end = offset + 4 + bytes.number16(offset + 2)
            guard end <= extra.upperBound else { break }
            if bytes.number16(offset) == 1 {
                var place = offset + 4
                func next(_ value: inout Int) throws(StorageError) {
                    guard value == narrow else { return }
                    guard place + 8 <= end, let number = bytes.number64(place) else {
                        throw ZipEnd.corrupt("a zip64 field is too short")
                    }
                    value = number
                    place += 8
                }
                try next(&wide.size)
                try next(&wide.packedSize)
                try next(&wide.header)
                return wide
            }
            offset = end
        }
        // Without the field, all ones is an honest number of 32 bits.
        return wide
    }
}
