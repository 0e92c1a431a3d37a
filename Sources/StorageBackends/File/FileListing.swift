internal import Glibc
internal import Storage
internal import Synchronization

/// Every file under a prefix, in pages that threads of the blocking pool make ahead of the reader.
///
/// At most `pageLimit` pages wait; a reader that stops reading stops the threads, and letting go of
/// the listing closes everything.
final class FileListing: Listing {
    /// Which files are listed.
    enum Kind {
        /// The objects of the store.
        case objects
        /// What writers have not finished.
        case leftovers
    }

    private typealias Answer = Result<ListingPage?, StorageError>

    private struct State {
        /// Branches for whoever is free. Few: a walker offers only while there are few.
        var offered: [FileWalker.Branch] = []
        /// Walkers that have work left but no room for another page.
        var paused: [FileWalker] = []
        var running = 0
        var pages: [ListingPage] = []
        /// A page that a walker could not fill, for the next to go on with.
        var begunPage: ListingPage?
        var failure: StorageError?
        var reader: CheckedContinuation<Answer, Never>?
        var hasBegun = false

        /// What a reader gets now; `nil` when it must wait.
        mutating func answer() -> Answer? {
            if !pages.isEmpty { return .success(pages.removeFirst()) }
            if let failure { return .failure(failure) }
            guard running == 0 && paused.isEmpty && offered.isEmpty else { return nil }
            return .success(begunPage.take())
        }
    }

    private static let pageLimit = 4
    private static let threadLimit = 2

    private let root: FileDescriptor
    private let prefix: StorePrefix
    private let options: ListingOptions
    private let kind: Kind
    private let state = Mutex(State())

    init(
        _ root: FileDescriptor,
        _ prefix: StorePrefix,
        _ options: ListingOptions,
        _ kind: Kind = .objects
    ) {
        self.root = root
        self.prefix = prefix
        self.options = options
        self.kind = kind
    }

    func next() async throws(StorageError) -> ListingPage? {
        let answer = await withCheckedContinuation { continuation in
            let answer = state.withLock { state in
                if !state.hasBegun {
                    state.hasBegun = true
                    state.running = 1
                    BlockingExecutor.shared.submit { self.begin() }
                }
                resume(&state)
                let answer = state.answer()
                if answer == nil { state.reader = continuation }
                return answer
            }
            if let answer { continuation.resume(returning: answer) }
        }
        return try answer.get()
    }

    /// Opens the prefix at the first call. A prefix that is not there has nothing under it.
    private func begin() {
        var branch: FileWalker.Branch?
        var failure: StorageError?
        // Opening "." anew gives a place in the directory that no other listing shares.
        switch root.beneath(prefix.key?.text ?? ".", O_RDONLY | O_DIRECTORY) {
        case .open(let directory):
            branch = FileWalker.Branch(directory: directory, path: [], depth: 0)
        case .failed(ENOENT), .failed(ENOTDIR):
            break
        case .failed(let number):
            failure = StorageError(errno: number, .list, key: prefix.key?.text)
        }
        finish { state in
            if let branch { state.offered.append(branch) }
            state.failure = failure
        }
    }

    /// Sets free threads to work while there is work, and room for what they will make.
    private func resume(_ state: inout State) {
        while state.failure == nil, state.running < Self.threadLimit,
            state.pages.count + state.running < Self.pageLimit,
            let walker = state.paused.popLast() ?? start(&state)
        {
            state.running += 1
            BlockingExecutor.shared.submit { self.run(walker) }
        }
    }

    private func start(_ state: inout State) -> FileWalker? {
        state.offered.popLast().map { FileWalker($0, options, kind) }
    }

    /// Makes one page on this thread and hands it over; then goes on while there is room.
    private func run(_ begun: FileWalker) {
        var walker = begun
        var page = state.withLock { $0.begunPage.take() } ?? ListingPage()
        page.reserve(FileWalker.pageLength)
        var failure: StorageError?
        do throws(StorageError) {
            try walker.fill(&page) {
                self.offer($0)
            } more: {
                self.state.withLock { $0.offered.popLast() }
            }
        } catch {
            failure = error
        }
        finish { state in
            if let failure {
                state.failure = state.failure ?? failure
            } else {
                if !walker.isDone { state.paused.append(walker) }
                let length = page.count + page.emptyPlaces.count + page.unlisted.count
                guard length > 0 else { return }
                if length >= FileWalker.pageLength || state.begunPage != nil {
                    state.pages.append(page)
                } else {
                    state.begunPage = page
                }
            }
        }
    }

    /// Notes what a thread made, sets free threads to work, and answers a reader that waits.
    private func finish(_ note: (inout State) -> Void) {
        let (reader, answer) = state.withLock { state in
            state.running -= 1
            note(&state)
            resume(&state)
            guard let reader = state.reader, let answer = state.answer() else {
                return (nil as CheckedContinuation<Answer, Never>?, nil as Answer?)
            }
            state.reader = nil
            return (reader, answer)
        }
        if let reader, let answer { reader.resume(returning: answer) }
    }

    /// Takes a branch for another thread when one is free for it.
    private func offer(_ branch: FileWalker.Branch) -> Bool {
        state.withLock { state in
            guard state.offered.isEmpty, state.running < Self.threadLimit else { return false }
            state.offered.append(branch)
            resume(&state)
            return true
        }
    }
}
