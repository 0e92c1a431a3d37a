internal import CFileSystem
internal import Glibc
internal import Storage
internal import Synchronization

/// One directory: names of files, and names of directories.
///
/// A link is listed like what it points to, so that whoever opens it gets the error that names it.
final class FileChildren: Listing {
    private enum State {
        case unopened
        case reading(DirectoryReader)
        case done
        case failed(StorageError)
    }

    private let root: FileDescriptor
    private let prefix: StorePrefix
    private let state = Mutex(State.unopened)

    init(_ root: FileDescriptor, _ prefix: StorePrefix) {
        self.root = root
        self.prefix = prefix
    }

    func next() async throws(StorageError) -> ChildPage? {
        try await BlockingExecutor.shared.run { () throws(StorageError) in
            try self.state.withLock { state throws(StorageError) in
                do throws(StorageError) {
                    return try self.page(&state)
                } catch {
                    state = .failed(error)
                    throw error
                }
            }
        }
    }

    private func page(_ state: inout State) throws(StorageError) -> ChildPage? {
        var reader: DirectoryReader
        switch state {
        case .done: return nil
        case .failed(let error): throw error
        case .reading(let begun): reader = begun
        case .unopened:
            switch root.beneath(prefix.key?.text ?? ".", O_RDONLY | O_DIRECTORY) {
            case .open(let directory): reader = DirectoryReader(directory)
            case .failed(ENOENT), .failed(ENOTDIR):
                state = .done
                return nil
            case .failed(let number):
                throw StorageError(errno: number, .list, key: prefix.key?.text)
            }
        }
        state = .done
        var page = ChildPage()
        do throws(ErrnoError) {
            while page.objects.count + page.prefixes.count < FileWalker.pageLength {
                guard let entry = try reader.next() else {
                    return page.objects.isEmpty && page.prefixes.isEmpty ? nil : page
                }
                try sort(entry, reader, into: &page)
            }
        } catch {
            throw StorageError(errno: error.number, .list, key: prefix.key?.text)
        }
        state = .reading(reader)
        return page
    }

    private func sort(
        _ entry: DirectoryReader.Entry,
        _ reader: DirectoryReader,
        into page: inout ChildPage
    ) throws(ErrnoError) {
        let name = reader.text(entry)
        var kind = entry.kind
        if kind == .unknown {
            guard let info = try reader.info(entry) else { return }
            kind = DirectoryReader.kind(mode: info.mode)
        }
        if kind == .link {
            // Only the kind of what it points to is asked for; nothing is opened through it.
            kind = reader.directory.followedMode(name).map(DirectoryReader.kind(mode:)) ?? .other
        }
        if kind == .directory {
            page.prefixes.append(name)
        } else if !TemporaryName.ends(name) {
            page.objects.append(name)
        }
    }
}
