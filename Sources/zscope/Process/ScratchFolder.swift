import Glibc

/// A temporary folder of the program's own.
struct ScratchFolder {
    /// Where it is.
    let path: String

    /// Makes one under `TMPDIR`, else `/tmp`.
    init() throws(ToolError) {
        let parent = Environment.text("TMPDIR") ?? "/tmp"
        var template = Array((parent + "/zscope-XXXXXX").utf8CString)
        guard unsafe mkdtemp(&template) != nil else {
            throw ToolError("cannot make a folder in \(parent): \(SystemError.text(errno))")
        }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Removes it and everything in it; links are removed, never followed.
    func remove() {
        Self.remove(path)
    }

    private static func remove(_ path: String) {
        var info = stat()
        guard unsafe lstat(path, &info) == 0 else { return }
        guard info.st_mode & S_IFMT == S_IFDIR else {
            _ = unsafe unlink(path)
            return
        }
        for name in FolderNames.list(path) { remove(path + "/" + name) }
        _ = unsafe rmdir(path)
    }
}
