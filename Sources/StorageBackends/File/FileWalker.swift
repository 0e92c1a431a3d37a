internal import CFileSystem
internal import Glibc
internal import Storage

/// One thread's walk over directories: a stack of open ones, read in turn into pages.
///
/// It descends as soon as it meets a directory, so memory grows with depth and never with the
/// number of entries. A directory that another walker can take is offered instead.
struct FileWalker: Sendable {
    /// Deepest nesting that is followed: each level holds a descriptor and a buffer.
    static let deepest = 200
    /// Objects of a page.
    static let pageLength = 8192

    /// A directory to be read, and the path from the listed prefix with its closing slash.
    struct Branch: Sendable {
        var directory: FileDescriptor
        var path: [UInt8]
        var depth: Int
    }

    private struct Level {
        var reader: DirectoryReader
        var path: [UInt8]
        var depth: Int
        var isEmpty = true
    }

    private var levels: [Level] = []
    private var spareBuffers: [[UInt8]] = []
    private let options: ListingOptions
    private let kind: FileListing.Kind

    init(_ branch: Branch, _ options: ListingOptions, _ kind: FileListing.Kind) {
        self.options = options
        self.kind = kind
        enter(branch)
    }

    /// Whether there is nothing left to read.
    var isDone: Bool {
        levels.isEmpty
    }

    /// Reads `branch` next, then goes on with what was being read.
    mutating func enter(_ branch: Branch) {
        let reader = DirectoryReader(branch.directory, buffer: spareBuffers.popLast() ?? [])
        levels.append(Level(reader: reader, path: branch.path, depth: branch.depth))
    }

    /// Fills `page` until it is full or nothing is left. `offer` takes a branch off its hands;
    /// `more` gives one when its own are done.
    ///
    /// Throws what kept a directory from being read, or notes it on the page where the listing is to go
    /// on: a listing that misses something in silence is no listing.
    mutating func fill(
        _ page: inout ListingPage,
        offer: (Branch) -> Bool,
        more: () -> Branch?
    ) throws(StorageError) {
        while page.count + page.emptyPlaces.count < Self.pageLength {
            if levels.isEmpty {
                guard let branch = more() else { return }
                enter(branch)
            }
            do throws(StorageError) {
                try step(&page, offer: offer)
            } catch {
                // What is only short of something for now is asked again from the start.
                guard options.goesOn, error.persistence == .permanent else { throw error }
                page.unlisted.append(error)
            }
        }
    }

    /// Takes the next entry of the directory that was entered last, or leaves it.
    private mutating func step(
        _ page: inout ListingPage,
        offer: (Branch) -> Bool
    ) throws(StorageError) {
        let top = levels.count - 1
        do throws(ErrnoError) {
            if let entry = try levels[top].reader.next() {
                levels[top].isEmpty = false
                try take(entry, top, &page, offer: offer)
            } else if let finished = levels.popLast() {
                if finished.isEmpty, !finished.path.isEmpty, kind == .objects {
                    let place = String(decoding: finished.path.dropLast(), as: UTF8.self)
                    page.emptyPlaces.append(place)
                }
                spareBuffers.append(finished.reader.buffer)
            }
        } catch {
            // The directory itself cannot be read on, or only one in it.
            let path =
                error.name.map { levels[top].path + Array($0.utf8) }
                ?? Array(levels.removeLast().path.dropLast())
            let place = String(decoding: path, as: UTF8.self)
            throw StorageError(errno: error.number, .list, key: place)
        }
    }

    private mutating func take(
        _ entry: DirectoryReader.Entry,
        _ top: Int,
        _ page: inout ListingPage,
        offer: (Branch) -> Bool
    ) throws(ErrnoError) {
        var kind = entry.kind
        var info: zscope_entry?
        if kind == .unknown || (options.includesInfo && kind != .directory) {
            guard let known = try levels[top].reader.info(entry) else { return }
            kind = DirectoryReader.kind(mode: known.mode)
            info = known
        }
        guard kind != .directory else { return try descend(entry, top, offer: offer) }
        let isSized = options.includesInfo && kind == .file
        let unsized = kind == .file ? -1 : ListingPage.irregular
        levels[top].reader.withName(entry) { name in
            guard TemporaryName.matches(name) == (self.kind == .leftovers) else { return }
            page.append(
                levels[top].path,
                name,
                size: isSized ? info?.size ?? -1 : unsized,
                modified: isSized ? info?.modified ?? .min : .min
            )
        }
    }

    private mutating func descend(
        _ entry: DirectoryReader.Entry,
        _ top: Int,
        offer: (Branch) -> Bool
    ) throws(ErrnoError) {
        let name = levels[top].reader.text(entry)
        let depth = levels[top].depth + 1
        guard depth < Self.deepest else { throw ErrnoError(number: ENAMETOOLONG, name: name) }
        switch levels[top].reader.directory.beneath(name, O_RDONLY | O_DIRECTORY) {
        case .open(let directory):
            let path = levels[top].path + Array(name.utf8) + [UInt8(ascii: "/")]
            let branch = Branch(directory: directory, path: path, depth: depth)
            if !offer(branch) { enter(branch) }
        case .failed(ENOENT), .failed(ENOTDIR):
            // Gone, or a file by now, since its entry was read.
            return
        case .failed(let number):
            throw ErrnoError(number: number, name: name)
        }
    }
}
