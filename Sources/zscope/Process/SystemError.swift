import Glibc

/// The system's own words for its error numbers.
enum SystemError {
    /// The message for `number`.
    static func text(_ number: Int32) -> String {
        unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
    }
}

/// What a path leads to.
enum FileKind {
    case regular, directory, other

    /// What is at `path`, links followed; `nil` when nothing is, or it cannot be told.
    init?(path: String) {
        var info = stat()
        guard unsafe stat(path, &info) == 0 else { return nil }
        switch info.st_mode & S_IFMT {
        case S_IFREG: self = .regular
        case S_IFDIR: self = .directory
        default: self = .other
        }
    }
}
