internal import CFileSystem
internal import Glibc
internal import Storage

extension StorageError {
    /// The failed system call that left `number` in `errno`. The one place where errno gets meaning.
    ///
    /// `ENOENT` and `ENOTDIR` are absence to a read; callers answer `nil` before they come here.
    init(errno number: Int32, _ operation: StorageOperation, key: String?) {
        let known = Self.meaning(of: number)
        self.init(
            known.code,
            operation,
            key: key,
            known.message ?? Self.systemText(number) + known.advice,
            persistence: known.isTemporary ? .temporary : .permanent
        )
    }

    private struct Meaning {
        var code: Code
        var message: String?
        /// What follows the system's own words.
        var advice = ""
        var isTemporary = false
    }

    /// Objects are replaced whole or not at all.
    private static let untouched = "what was stored before is untouched"

    private static func meaning(of number: Int32) -> Meaning {
        switch number {
        case ENOENT, ENOTDIR: Meaning(code: .notFound)
        case EEXIST: Meaning(code: .exists)
        case EACCES, EPERM:
            Meaning(code: .forbidden, advice: " ('ls -ld' shows who may)")
        case ELOOP, EXDEV:
            Meaning(
                code: .forbidden,
                message:
                    "a symbolic link lies on the way, and links inside a store are not followed"
            )
        case EROFS: Meaning(code: .readOnly)
        case ENOSPC:
            Meaning(code: .noSpace, advice: ": the disk is full; \(untouched)")
        case EDQUOT: Meaning(code: .quota, advice: "; \(untouched)")
        case EFBIG: Meaning(code: .tooLarge)
        case ENAMETOOLONG: Meaning(code: .invalidKey)
        case EISDIR:
            Meaning(code: .corrupt, message: "a directory stands where an object belongs")
        case ENXIO, ENODEV:
            Meaning(code: .corrupt, message: "it is no regular file")
        case EMFILE, ENFILE: Meaning(code: .tooMany, isTemporary: true)
        case EBUSY, ESTALE, EAGAIN, ENOMEM, ENOBUFS:
            Meaning(code: .ioError, isTemporary: true)
        case ETIMEDOUT: Meaning(code: .timeout, isTemporary: true)
        default: Meaning(code: .ioError)
        }
    }

    private static func systemText(_ number: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        unsafe zscope_error_text(number, &buffer, buffer.count)
        let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
