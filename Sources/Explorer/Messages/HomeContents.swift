import Canvas

/// What the home screen shows.
public struct HomeContents: Hashable, Sendable {
    /// The registered backends.
    public var backends: [BackendCard] = []
    /// The registered layers.
    public var layers: [LayerCard] = []
    /// Stores opened before, latest first.
    public var recents: [RecentStore] = []
    /// Places that a person marked, latest first.
    public var bookmarks: [Bookmark] = []
    /// The folder that the program was started in: what lies in it is listed without it. May be empty.
    public var folder = ""

    /// Makes empty contents.
    public init() {}
}

/// A registered backend.
public struct BackendCard: Hashable, Sendable {
    /// How it stands with the backend.
    public enum State: String, Hashable, Sendable {
        /// Can be used.
        case ready
        /// Can be used, with less than it should have; `stateDetail` says what.
        case degraded
        /// Cannot be used here; `stateDetail` says why.
        case unavailable

        /// Whether a person should look at it.
        public var isTrouble: Bool { self != .ready }
    }

    /// The name in the registry and in locators.
    public var id: String
    /// What it is, in one line.
    public var summary: String
    /// How it stands with it.
    public var state: State = .ready
    /// Why it is not ready; empty when it is.
    public var stateDetail: String = ""
    /// The words for what it can do: `read`, `write`, `list`…
    public var capabilities: [String] = []
    /// What can be set in a locator.
    public var options: [OptionCard] = []
    /// A locator to learn from.
    public var example: String = ""

    /// Makes a card.
    public init(id: String, summary: String) {
        self.id = id
        self.summary = summary
    }
}

/// One option of a backend or layer.
public struct OptionCard: Hashable, Sendable {
    /// As it is written in a locator.
    public var name: String
    /// The word for its type: `text`, `integer`, `duration`…
    public var type: String
    /// Whether nothing works without it.
    public var isRequired = false
    /// What holds when it is left out; `nil` for nothing.
    public var defaultValue: String?
    /// Whether it is a secret: never shown, never taken from a locator.
    public var isSecret = false
    /// What it does, in one line.
    public var help: String = ""

    /// Makes a card.
    public init(name: String, type: String) {
        self.name = name
        self.type = type
    }
}

/// A registered layer.
public struct LayerCard: Hashable, Sendable {
    /// The name in locators, after `|`.
    public var id: String
    /// What it does, in one line.
    public var summary: String
    /// What can be set in a locator.
    public var options: [OptionCard] = []

    /// Makes a card.
    public init(id: String, summary: String) {
        self.id = id
        self.summary = summary
    }
}

/// A store that was opened before.
public struct RecentStore: Hashable, Sendable {
    /// How to open it again. Without secrets.
    public var locator: String
    /// What it was, in a few words: `v3 · 12 arrays`. May be empty.
    public var summary: String = ""
    /// When, in words: `3 min ago`. May be empty.
    public var opened: String = ""
    /// The id of the backend; empty where it was not kept.
    public var backend = ""
    /// Whether a person marked it: those come first.
    var isBookmarked = false
    /// When it was marked, in words; may be empty.
    var marked = ""
    /// What the last censuses of its arrays came to; empty where there was none.
    public var censuses: [RememberedCensus] = []

    /// Makes an entry.
    public init(locator: String) {
        self.locator = locator
    }
}

/// What the last census of an array came to, when its store was open.
public struct RememberedCensus: Hashable, Sendable {
    /// The array's path.
    public var path: String
    /// What it came to.
    public var counts: CensusCounts
    /// When, in words: `3 min ago`.
    public var counted: String
    /// Whether chunks were changed since: the counts are of before.
    public var isOutdated: Bool

    /// Makes an entry.
    public init(
        path: String,
        counts: CensusCounts,
        counted: String,
        isOutdated: Bool = false
    ) {
        self.path = path
        self.counts = counts
        self.counted = counted
        self.isOutdated = isOutdated
    }
}

extension HomeContents {
    /// A locator as the list shows it: a path in the folder that the program was started in without that.
    func short(_ locator: String) -> String {
        let start = Array((folder + "/").utf8)
        guard !folder.isEmpty, locator.utf8.count > start.count, locator.utf8.starts(with: start)
        else { return locator }
        return String(decoding: locator.utf8.dropFirst(start.count), as: UTF8.self)
    }

    /// What the list shows: the places that a person marked, then the other stores that were opened.
    var stores: [RecentStore] {
        let known = Dictionary(recents.map { ($0.locator, $0) }) { first, _ in first }
        let marked = bookmarks.map { bookmark in
            var store = known[bookmark.locator] ?? RecentStore(locator: bookmark.locator)
            if store.summary.isEmpty { store.summary = bookmark.summary }
            store.isBookmarked = true
            store.marked = bookmark.added
            return store
        }
        let places = Set(bookmarks.map(\.locator))
        return marked + recents.filter { !places.contains($0.locator) }
    }
}

extension RecentStore {
    /// The sign and words of what its censuses came to, and their role; of what was changed since only that.
    var censusText: (text: String, role: Role) {
        if censuses.contains(where: \.isOutdated) { return ("▲ older count", .warning) }
        return census?.text(isWide: true) ?? ("", .dim)
    }

    /// The counts of all its censuses together; `nil` where there was none.
    var census: CensusCounts? {
        guard !censuses.isEmpty else { return nil }
        var sum = CensusCounts(total: 0)
        sum.isComplete = true
        for census in censuses { sum.add(census.counts) }
        return sum
    }
}

/// One way to go on with what was typed.
public struct Completion: Hashable, Sendable {
    /// The whole text after this completion was taken.
    public var text: String
    /// What to show for it; usually only the last part.
    public var label: String
    /// What it is, in a word or a line: `directory`, `zarr v3 array`, `option`. May be empty.
    public var kind: String

    /// Makes a completion.
    public init(text: String, label: String, kind: String = "") {
        self.text = text
        self.label = label
        self.kind = kind
    }
}

/// A listing that was made once and is looked at in the place of a store.
public struct ListingCard: Hashable, Sendable {
    /// What it is, with its age: `census of 3 hours ago`.
    public var words: String
    /// When it was made, UTC.
    public var made: String
    /// What was listed: untrusted text, made visible.
    public var place: String

    /// Makes one.
    public init(words: String, made: String, place: String) {
        self.words = words
        self.made = made
        self.place = place
    }
}

/// A store that has just been opened.
public struct OpenedStore: Hashable, Sendable {
    /// The canonical locator, without secrets.
    public var locator: String
    /// A short name for the title: the last part of the path.
    public var name: String
    /// The node that the locator points to, `/` for the root.
    public var path: String
    /// What that node is.
    public var kind: NodeKind
    /// The id of the backend.
    public var backend: String = ""
    /// Whether the storage itself can delete, `--write` apart; else why not.
    public var canDelete = true
    /// The words for what the storage can do.
    public var capabilities: [String] = []
    /// How the breakers around the storage stood when it was opened; empty where no layer is one.
    public var breakers: [BreakerStanding] = []
    /// Why there are no values, where this is a record of a listing: `From a census file of DATE: …`.
    public var record: String?
    /// Which listing this is, and of when; `nil` for the storage as it is now.
    public var listing: ListingCard?
    /// What was looked at in it last; `nil` for nothing.
    public var memory: StoreMemory?

    /// Makes a description.
    public init(locator: String, name: String, path: String = "/", kind: NodeKind = .group) {
        self.locator = locator
        self.name = name
        self.path = path
        self.kind = kind
    }
}
