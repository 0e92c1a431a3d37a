/// Little-endian numbers in bytes; 0 beyond the end, so that a caller checks lengths once.
extension [UInt8] {
    func number16(_ offset: Int) -> Int {
        Int(byte(offset)) | Int(byte(offset + 1)) << 8
    }

    func number32(_ offset: Int) -> Int {
        number16(offset) | number16(offset + 2) << 16
    }

    /// `nil` when it does not fit a signed number.
    func number64(_ offset: Int) -> Int? {
        let high = number32(offset + 4)
        return high < 1 << 31 ? number32(offset) | high << 32 : nil
    }

    private func byte(_ offset: Int) -> UInt8 {
        indices.contains(offset) ? self[offset] : 0
    }
}
