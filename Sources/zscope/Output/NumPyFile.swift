/// The head of a file in NumPy's format, version 1.0, byte for byte as NumPy writes it.
enum NumPyFile {
    /// Everything before the elements, which follow in C order, or the first dimension running fastest.
    ///
    /// - Parameters:
    ///   - descr: the element type as NumPy spells it: `'<f4'` with quotes, or a list of fields.
    ///   - shape: the extents.
    ///   - isFortran: whether the first dimension runs fastest.
    static func head(descr: String, shape: [Int], isFortran: Bool = false) -> [UInt8] {
        let extents = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        let order = isFortran ? "True" : "False"
        var header = "{'descr': \(descr), 'fortran_order': \(order), 'shape': (\(extents)), }"
        // NumPy leaves room for the first extent to grow to 21 digits in place.
        if let first = isFortran ? shape.last : shape.first {
            header += String(repeating: " ", count: max(0, 21 - String(first).count))
        }
        let isLong = header.utf8.count + 1 + 64 + 10 > 0xffff
        let prefix = isLong ? 12 : 10
        let used = prefix + header.utf8.count + 1
        header += String(repeating: " ", count: (64 - used % 64) % 64) + "\n"
        let count = header.utf8.count
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [isLong ? 2 : 1, 0]
        for place in 0..<(isLong ? 4 : 2) {
            bytes.append(UInt8(truncatingIfNeeded: count >> (8 * place)))
        }
        return bytes + Array(header.utf8)
    }
}
