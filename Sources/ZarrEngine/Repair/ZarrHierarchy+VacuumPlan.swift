internal import Storage
public import ZarrModel

extension ZarrHierarchy {
    /// Works out what a vacuum of the node at `path`, and of everything below it, would remove, and
    /// changes nothing. Leftovers count when they have not changed for `age` seconds before `moment`
    /// (seconds since 1970; `nil` is now); with an age of 0, those of an unknown age as well.
    ///
    /// Nodes that cannot be read are in the plan's problems, and what lies there is left alone. Throws
    /// where there is no node, or the storage does not list. O(everything stored below).
    public func vacuumPlan(
        at path: NodePath,
        age: Int64 = 3600,
        moment: Int64? = nil
    ) async throws(EngineError) -> VacuumPlan {
        let now = moment ?? WallClock.now().seconds
        var search = LeftoverSearch(storage: storage, moment: now.clampedDifference(age), age: age)
        do throws(StorageError) {
            try await search.add(try await checkedTree(at: path))
            try await search.addHidden(below: path)
        } catch {
            throw EngineError(error, at: path.description)
        }
        return search.finished
    }

    private func checkedTree(at path: NodePath) async throws(StorageError) -> NodeTree {
        do throws(EngineError) {
            return try await tree(at: path)
        } catch {
            if let cause = error.cause as? StorageError { throw cause }
            throw StorageError(.notFound, .list, key: error.location, error.message, cause: error)
        }
    }
}

extension Int64 {
    fileprivate func clampedDifference(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other > 0 ? .min : .max) : difference
    }
}

/// One search for what nobody needs, node by node.
private struct LeftoverSearch {
    let storage: OpenedStorage
    let age: Int64
    private var plan: VacuumPlan

    init(storage: OpenedStorage, moment: Int64, age: Int64) {
        self.storage = storage
        self.age = age
        plan = VacuumPlan(moment: moment)
    }

    var finished: VacuumPlan {
        var plan = plan
        plan.leftovers.sort { $0.key < $1.key }
        plan.young.sort { $0.key < $1.key }
        plan.foreign.sort()
        plan.orphans.sort { $0.array.path < $1.array.path }
        return plan
    }

    /// Looks at a node and those below it.
    mutating func add(_ tree: NodeTree) async throws(StorageError) {
        let node = tree.node
        switch node.content {
        case .error(let error):
            plan.problems.append(error)
            return
        case .array(let array):
            try await add(array)
        case .group:
            try await addLevel(node.path)
        case .foreign(let isFolder):
            // Files are looked at with the level that they lie in.
            if isFolder { try await addFolder(node.path) }
            return
        }
        guard let children = tree.children else {
            plan.problems.append(
                EngineError(.tooLarge, at: node.path.description, "the hierarchy is too deep")
            )
            return
        }
        for child in children { try await add(child) }
    }

    /// The orphans of an array, and what is foreign among its chunks.
    private mutating func add(_ array: ArrayNode) async throws(StorageError) {
        let census: Census
        do throws(EngineError) {
            census = try await array.census()
        } catch {
            plan.problems.append(error)
            return
        }
        var items: [DeletePlan.Item] = []
        var foreign: [String] = []
        while let page = try await census.next() {
            foreign += page.foreign
            items += page.orphans.map { orphan in
                DeletePlan.Item(
                    index: orphan.index,
                    key: array.key(of: orphan.index),
                    info: orphan.info,
                    state: .orphan
                )
            }
        }
        if !items.isEmpty {
            let chunks = DeletePlan(items: items.sorted { $0.index < $1.index })
            plan.orphans.append(VacuumPlan.Orphans(array: array, chunks: chunks))
        }
        guard case .store(let store, let prefix) = array.source.place else {
            plan.foreign += foreign
            return
        }
        let rank = array.grid.rank
        for name in foreign {
            let maker = UnfinishedName.maker(of: name) { base in
                ReservedNames.documents.contains(String(base))
                    || array.keyEncoding.parse(Array(base.utf8)[...], rank: rank) != nil
            }
            try await add(name, in: prefix, of: store, maker: maker)
        }
        try await addScratch(in: prefix, of: store)
        try await addJournals(of: Trash(store: store, array: prefix))
    }

    /// The journals of deletions and restorations that were killed before the first chunk went into the
    /// trash, or after the last one came out of it.
    private mutating func addJournals(of trash: Trash) async throws(StorageError) {
        for id in try await trash.ids() where try await trash.chunkNames(id).isEmpty {
            let key = try trash.place(id).key(Trash.journalName)
            guard let info = try await trash.store.info(key) else { continue }
            add(Leftover(key: key.text, maker: "zscope", info: info, isHidden: false))
        }
    }

    /// The files beside a group's documents.
    private mutating func addLevel(_ path: NodePath) async throws(StorageError) {
        guard case .store(let store) = storage else { return }
        let prefix = try StorePrefix(path.keyPrefix)
        for name in try await Self.level(prefix, of: store).objects
        where !ReservedNames.documents.contains(name) {
            let maker = UnfinishedName.maker(of: name) {
                ReservedNames.documents.contains(String($0))
            }
            try await add(name, in: prefix, of: store, maker: maker)
        }
        try await addScratch(in: prefix, of: store)
    }

    /// A folder that is no node: a program was killed before it had written the document, or it is
    /// somebody's own.
    private mutating func addFolder(_ path: NodePath) async throws(StorageError) {
        guard case .store(let store) = storage else { return }
        let prefix = try StorePrefix(path.keyPrefix)
        let level = try await Self.level(prefix, of: store)
        var isForeign = !level.prefixes.isEmpty
        for name in level.objects {
            let maker = UnfinishedName.maker(of: name) {
                ReservedNames.documents.contains(String($0))
            }
            if maker == nil { isForeign = true }
            guard let maker else { continue }
            try await add(name, in: prefix, of: store, maker: maker)
        }
        if isForeign { plan.foreign.append(prefix.description) }
    }

    /// Objects of our own that were meant for a while.
    private mutating func addScratch(
        in prefix: StorePrefix,
        of store: any Store
    ) async throws(StorageError) {
        let names = try await Self.level(prefix, of: store).prefixes
        for name in names where name.hasPrefix(StoreBackend.scratchPrefix) {
            let place = try prefix.appending(name)
            let listing = try await store.list(place, .full)
            while let page = try await listing.next() {
                for position in 0..<page.count {
                    let key = place.description + page.key(position)
                    add(
                        Leftover(
                            key: key,
                            maker: "zscope",
                            info: page.info(position),
                            isHidden: false
                        )
                    )
                }
            }
        }
    }

    /// The hidden files that no listing shows, wherever they lie.
    mutating func addHidden(below path: NodePath) async throws(StorageError) {
        guard case .store(let store) = storage, let store = store.leftoverStore else {
            return
        }
        let prefix = try StorePrefix(path.keyPrefix)
        let listing = try await store.leftovers(prefix)
        while let page = try await listing.next() {
            for position in 0..<page.count {
                let key = prefix.description + page.key(position)
                add(Leftover(key: key, maker: "zscope", info: page.info(position), isHidden: true))
            }
        }
    }

    /// Notes a file that is not Zarr's.
    private mutating func add(
        _ name: String,
        in prefix: StorePrefix,
        of store: any Store,
        maker: String?
    ) async throws(StorageError) {
        guard let maker, let key = try? prefix.key(name) else {
            plan.foreign.append(prefix.description + name)
            return
        }
        guard let info = try await store.info(key) else { return }
        add(Leftover(key: key.text, maker: maker, info: info, isHidden: false))
    }

    private mutating func add(_ leftover: Leftover) {
        let isOld = leftover.info.modified.map { $0 <= plan.moment } ?? (age <= 0)
        if isOld { plan.leftovers.append(leftover) } else { plan.young.append(leftover) }
    }

    /// All names at one level.
    private static func level(
        _ prefix: StorePrefix,
        of store: any Store
    ) async throws(StorageError) -> ChildPage {
        let listing = try await store.children(prefix)
        var level = ChildPage()
        while let page = try await listing.next() {
            level.objects += page.objects
            level.prefixes += page.prefixes
        }
        return level
    }
}
