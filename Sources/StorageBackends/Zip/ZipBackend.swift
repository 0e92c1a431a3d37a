internal import Glibc
public import Storage

extension BackendDescriptor {
    /// A zip archive, read only.
    public static let zip = BackendDescriptor(
        id: "zip",
        summary: "a zip archive, read only; stored and deflated members, zip64",
        options: [
            OptionDescriptor(
                "root",
                .text,
                help: "the folder that is the root; else the one folder that holds everything"
            ),
            OptionDescriptor(
                "max_object",
                .size,
                default: "4GiB",
                help: "the largest object that is read"
            ),
        ],
        capabilities: [.read, .list, .ranges, .hierarchy, .sizes, .reopen],
        example: "zip:{scratch}/a.zip",
        claim: archive(in:),
        open: { configuration throws(StorageError) in
            .store(
                try ZipStore(
                    path: try localPath(configuration.place),
                    folder: configuration.options.text("root"),
                    objectLimit: configuration.options.byteCount("max_object") ?? 4 << 30
                )
            )
        },
        create: { configuration throws(StorageError) in
            throw StorageError(.unsupported, .create, "zip archives are read only")
        }
    )

    /// The part of a plain path that is an archive: a regular file named `….zip` or beginning as
    /// one. Looks at the file system.
    private static func archive(in path: String) -> String? {
        var end = path.startIndex
        while end < path.endIndex {
            let rest = path.utf8[end...].dropFirst()
            end = rest.firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
            let candidate = String(path[..<end])
            let isNamed = candidate.utf8.suffix(4).map { $0 | 0x20 } == Array(".zip".utf8)
            guard isNamed || end == path.endIndex else { continue }
            guard case .open(let file) = FileDescriptor.anywhere(candidate, O_RDONLY),
                let info = file.info(), info.st_mode & S_IFMT == S_IFREG
            else { continue }
            if isNamed || isArchive(file) { return candidate }
        }
        return nil
    }

    private static func isArchive(_ file: FileDescriptor) -> Bool {
        let (head, got) = file.bytes(0..<4)
        return got == 4 && [0x0403_4b50, 0x0605_4b50].contains(head.number32(0))
    }
}
