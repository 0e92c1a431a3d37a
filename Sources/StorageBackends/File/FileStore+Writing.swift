internal import Glibc
internal import Storage

extension FileStore {
    /// Writes a new file beside the old one, waits as durability says, and renames it over the old.
    ///
    /// A rename that fails leaves the old bytes: nothing is ever written in place.
    func replace(_ key: StoreKey, _ bytes: RawSpan) throws(StorageError) {
        guard !TemporaryName.ends(key.text) else {
            throw StorageError(.invalidKey, .write, key: key.text, "the name is reserved")
        }
        let (directory, name) = try self.directory(of: key, makes: true)
        guard let directory else {
            throw StorageError(errno: ENOENT, .write, key: key.text)
        }
        let temporary = TemporaryName.make()
        let file: FileDescriptor
        switch directory.beneath(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: 0o666) {
        case .open(let opened): file = opened
        case .failed(let number): throw StorageError(errno: number, .write, key: key.text)
        }
        var failure = file.write(bytes)
        if failure == 0 && durability != .none { failure = file.sync() }
        if failure == 0 { failure = directory.rename(temporary, to: name) }
        guard failure == 0 else {
            _ = directory.unlink(temporary)
            throw writeError(failure, key)
        }
        if durability == .full { try syncDirectory(directory, .write, key) }
    }

    /// Unlinks the file of `key`, or removes an empty directory there; absent is success.
    func remove(_ key: StoreKey) throws(StorageError) {
        guard !TemporaryName.ends(key.text) else { return }
        let (directory, name) = try self.directory(of: key, makes: false)
        guard let directory else { return }
        var failure = directory.unlink(name)
        // What is a directory is no object; one that holds nothing is in the way of one.
        if failure == EISDIR, directory.removeDirectory(name) == 0 { failure = 0 }
        guard failure != ENOENT else { return }
        guard failure == 0 else { throw StorageError(errno: failure, .delete, key: key.text) }
        if durability == .full { try syncDirectory(directory, .delete, key) }
        pruneReserved(around: key)
    }

    /// Removes the directories of our own (of one deletion in a trash, of scratch objects) that have
    /// become empty, from `key` upwards. Those of data stay, since another process may be about to
    /// write there.
    func pruneReserved(around key: StoreKey) {
        var segments = key.text.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
        let trash = segments.lastIndex(of: Substring(StoreBackend.reservedName)).map { $0 + 1 }
        let scratch = segments.firstIndex { $0.hasPrefix(StoreBackend.scratchPrefix) }
        guard let last = trash ?? scratch else { return }
        segments.removeLast()
        while segments.count > last {
            let name = String(segments.removeLast())
            let parent = segments.joined(separator: "/")
            let place = parent.isEmpty ? "." : parent
            guard case .open(let directory) = root.beneath(place, O_RDONLY | O_DIRECTORY),
                directory.removeDirectory(name) == 0
            else { return }
        }
    }

    /// The directory that holds `key`, and the name in it; `nil` when there is none to hold it.
    func directory(
        of key: StoreKey,
        makes: Bool
    ) throws(StorageError) -> (FileDescriptor?, String) {
        guard let slash = key.text.utf8.lastIndex(of: UInt8(ascii: "/")) else {
            return (root, key.text)
        }
        let parent = String(key.text[..<slash])
        let name = String(key.text[key.text.utf8.index(after: slash)...])
        switch root.beneath(parent, O_RDONLY | O_DIRECTORY) {
        case .open(let directory):
            return (directory, name)
        case .failed(ENOENT):
            return (makes ? try makeDirectories(parent, key) : nil, name)
        case .failed(ENOTDIR) where !makes:
            return (nil, name)
        case .failed(let number):
            throw writeError(number, key, makes ? .write : .delete)
        }
    }

    /// Makes every missing directory of `path`.
    private func makeDirectories(
        _ path: String,
        _ key: StoreKey
    ) throws(StorageError) -> FileDescriptor {
        var directory = root
        for segment in path.utf8.split(separator: UInt8(ascii: "/")) {
            let name = String(Substring(segment))
            let failure = directory.makeDirectory(name)
            if failure != 0 && failure != EEXIST { throw writeError(failure, key) }
            if failure == 0 && durability == .full { try syncDirectory(directory, .write, key) }
            switch directory.beneath(name, O_RDONLY | O_DIRECTORY) {
            case .open(let next): directory = next
            case .failed(let number): throw writeError(number, key)
            }
        }
        return directory
    }

    /// Syncs a directory after its entries changed. The change may have happened all the same.
    private func syncDirectory(
        _ directory: FileDescriptor,
        _ operation: StorageOperation,
        _ key: StoreKey
    ) throws(StorageError) {
        let failure = directory.sync()
        guard failure == 0 else {
            var error = StorageError(errno: failure, operation, key: key.text)
            error.outcome = .unknown
            throw error
        }
    }

    private func writeError(
        _ number: Int32,
        _ key: StoreKey,
        _ operation: StorageOperation = .write
    ) -> StorageError {
        guard number == ENOTDIR else {
            return StorageError(errno: number, operation, key: key.text)
        }
        return StorageError(
            .conflict,
            operation,
            key: key.text,
            "a file stands where a directory belongs"
        )
    }
}
