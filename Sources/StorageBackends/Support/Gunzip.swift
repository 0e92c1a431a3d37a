internal import CCompression
internal import Storage

/// A gzip stream of any number of members, decoded piece by piece.
@safe
final class Gunzip {
    private let decoder: UnsafeMutableRawPointer?
    private var output = [UInt8](repeating: 0, count: 1 << 18)
    /// Whether the last member is whole.
    private(set) var isWhole = true

    init() {
        unsafe decoder = zc_gunzip_new()
    }

    deinit {
        unsafe zc_gunzip_free(decoder)
    }

    /// Decodes `piece`, which follows the pieces before, and lends what it decodes to in parts. Throws
    /// `.corrupt` for what is no gzip stream.
    func decode(
        _ piece: [UInt8],
        _ body: (ArraySlice<UInt8>) throws(StorageError) -> Void
    ) throws(StorageError) {
        var start = 0
        while true {
            var used = 0
            var made = 0
            let result = unsafe piece.withUnsafeBytes { input in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: input[start...])
                return unsafe output.withUnsafeMutableBytes { room in
                    unsafe zc_gunzip_step(
                        decoder,
                        rest.baseAddress,
                        rest.count,
                        &used,
                        room.baseAddress,
                        room.count,
                        &made
                    )
                }
            }
            guard result >= 0 else {
                throw StorageError(.corrupt, .read, "it is no gzip stream, or a damaged one")
            }
            start += used
            isWhole = result == 1
            if made > 0 { try body(output[..<made]) }
            if start >= piece.count, made < output.count { return }
            if used == 0, made == 0 { return }
        }
    }
}
