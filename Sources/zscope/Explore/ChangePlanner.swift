import Explorer
import Storage
import ZarrEngine
import ZarrModel

/// Works out what staged entries would do. Reads, and changes nothing.
struct ChangePlanner {
    let open: OpenStore
    let array: ArrayNode
    let request: PlanRequest
    let seen: SeenChunks?
    /// Told how far it is, from several tasks at once.
    let onProgress: @Sendable (PlanStanding) -> Void
    private var boxes: [PlannedBox]
    private var parts: [(action: ChunkAction, change: ChunkChange)] = []
    private var vacuum: VacuumPlan?
    private var changed: [ZarrEngine::DeletePlan.Item] = []
    private var keys: [PlannedKey] = []
    private var owners: [[Int]: Int] = [:]
    private var wide: [Int] = []
    /// What decoding chunks came to.
    private var tried: [ChunkIndex: (state: ChunkState, reason: String?)] = [:]

    /// More objects than this are not decoded to say whether they can be read.
    private static let trialLimit = 256
    /// So many chunks are looked at one by one; for more the array is listed.
    private static let directLimit = 512
    private static let keyLimit = 5000
    /// The chunks of entries of so few are kept one by one: each chunk of the plan is asked whose it is.
    private static let fewChunks = 64

    init(
        _ open: OpenStore,
        _ array: ArrayNode,
        _ request: PlanRequest,
        _ seen: SeenChunks?,
        onProgress: @escaping @Sendable (PlanStanding) -> Void
    ) {
        self.onProgress = onProgress
        self.open = open
        self.array = array
        self.request = request
        self.seen = seen
        boxes = request.entries.map {
            PlannedBox(ranges: $0.ranges, present: 0, bytes: 0, readable: 0, broken: 0)
        }
        for (place, entry) in request.entries.enumerated() where entry.action != .vacuum {
            guard let chunks = Region(entry.ranges).places(atMost: Self.fewChunks) else {
                wide.append(place)
                continue
            }
            for chunk in chunks { owners[chunk] = place }
        }
    }

    /// The plan for a person, and for the work.
    mutating func plan(_ id: String) async throws -> (Explorer::DeletePlan, ChangeDesk.HeldPlan) {
        var actions: [ChunkAction] = []
        for entry in request.entries where !actions.contains(entry.action) {
            actions.append(entry.action)
        }
        for action in actions {
            try Task.checkCancellation()
            do {
                if action == .vacuum { try await planVacuum() } else { try await plan(action) }
            } catch {
                try Task.checkCancellation()
                let message = ToolError(reporting: error).message
                for place in places(of: action) { boxes[place].problem = message }
            }
        }
        refuseUndecodable()
        var plan = Explorer::DeletePlan(
            id: id,
            boxes: boxes,
            trash: open.keepsTrash(array) ? "a trash inside the array (.zscope-trash)" : nil
        )
        plan.keys = keys
        let held = ChangeDesk.HeldPlan(
            id: id,
            request: request,
            array: array,
            store: open,
            parts: parts,
            vacuum: vacuum,
            changed: changed,
            count: plan.count
        )
        return (plan, held)
    }

    private func places(of action: ChunkAction) -> [Int] {
        request.entries.indices.filter { request.entries[$0].action == action }
    }

    /// The entry that a chunk belongs to: the last that names it.
    private func owner(_ index: ChunkIndex) -> Int? {
        let single = owners[index.coordinates]
        let box = wide.last { place in
            zip(request.entries[place].ranges, index.coordinates).allSatisfy { $0.contains($1) }
        }
        return [single, box].compactMap(\.self).max()
    }

    // MARK: Chunks

    private mutating func plan(_ action: ChunkAction) async throws {
        let entries = places(of: action).map { request.entries[$0] }
        let volume = entries.reduce(0) { $0.addingReportingOverflow($1.chunkCount).partialValue }
        let regions = entries.map { Region($0.ranges) }
        let targets: ChunkTargets =
            volume <= Self.directLimit
            ? .indices(regions.flatMap(Self.indices).filter(array.grid.contains)) : .boxes(regions)
        let told = onProgress
        let step: PlanStanding.Step = volume <= Self.directLimit ? .looking : .listing
        let progress: PlanProgress = { told(PlanStanding(step, done: $0, total: $1)) }
        switch action {
        case .delete:
            let found = try await array.deletePlan(targets, onProgress: progress)
            var kept = found
            kept.items = []
            try await look(at: found.items, action)
            for item in found.items where take(item, action) { kept.items.append(item) }
            parts.append((action, .delete(kept)))
        default:
            let found = try await array.repairPlan(
                .chunks(targets),
                try await remedy(action),
                onProgress: progress
            )
            var kept = found
            kept.items = []
            try await look(at: found.items.map(\.chunk), action)
            for item in found.items where take(item.chunk, action) { kept.items.append(item) }
            parts.append((action, .repair(kept)))
        }
    }

    private static func indices(_ region: Region) -> [ChunkIndex] {
        (region.places(atMost: directLimit) ?? []).map { ChunkIndex($0) }
    }

    private func remedy(_ action: ChunkAction) async throws -> ChunkRemedy {
        guard case .copy(let locator) = action else {
            return action == .reEncode ? .reEncode : .resetToFill
        }
        return .copy(from: try await Self.source(locator, of: request.path, in: open))
    }

    /// The array that a locator names as the source of values for the one at `path`: of a whole store the
    /// one at its own path, or at the name that its store was opened by.
    static func source(
        _ locator: String,
        of path: String,
        in open: OpenStore
    ) async throws -> ArrayNode {
        let target = try await Target(locator)
        let node = try await target.node()
        let name = open.location.locator.place.split(separator: "/").last
        let counterpart = path == "/" ? name.flatMap { NodePath("/\($0)") } : NodePath(path)
        guard node.array == nil, let counterpart, counterpart != .root else {
            return try await target.array()
        }
        return try await target.at(counterpart).array()
    }

    /// Decodes the first of the chunks that an action is for, a few at a time.
    private mutating func look(
        at items: [ZarrEngine::DeletePlan.Item],
        _ action: ChunkAction
    ) async throws {
        var indices: [ChunkIndex] = []
        for item in items where indices.count + tried.count < Self.trialLimit && item.info != nil {
            guard let place = owner(item.index), request.entries[place].action == action else {
                continue
            }
            indices.append(item.index)
        }
        let told = onProgress
        let states = await array.states(of: indices) {
            told(PlanStanding(.trying, done: $0, total: $1))
        }
        for (index, found) in zip(indices, states) { tried[index] = try found.get() }
        try Task.checkCancellation()
    }

    /// Counts a chunk for its entry; whether it is to be changed.
    private mutating func take(
        _ item: ZarrEngine::DeletePlan.Item,
        _ action: ChunkAction
    ) -> Bool {
        guard let place = owner(item.index), request.entries[place].action == action else {
            return false
        }
        let chunk = array.grid.linearIndex(of: item.index)
        if let chunk, seen?.isChanged(chunk, now: item.info) ?? false {
            boxes[place].changed += 1
            changed.append(item)
            add(
                PlannedKey(
                    key: item.key,
                    verb: "skip: changed",
                    bytes: item.info?.size,
                    isSkipped: true
                )
            )
            return false
        }
        boxes[place].present += 1
        boxes[place].bytes += item.info?.size ?? 0
        add(PlannedKey(key: item.key, verb: Self.verb(action, item), bytes: item.info?.size))
        guard item.info != nil else {
            if boxes[place].note.isEmpty {
                boxes[place].note = "absent chunks get the copy's values"
            }
            return true
        }
        guard let found = tried[item.index] else {
            boxes[place].untried += 1
            return true
        }
        switch found.state {
        case .present:
            boxes[place].readable += 1
            if boxes[place].note.isEmpty { boxes[place].note = "\(item.key) can be read" }
        case .short, .corrupt:
            if boxes[place].broken == 0 {
                boxes[place].note = "\(item.key): \(found.reason ?? found.state.word)"
            }
            boxes[place].broken += 1
        default:
            boxes[place].untried += 1
            if let reason = found.reason { boxes[place].note = "\(item.key): \(reason)" }
        }
        return true
    }

    /// The word of a line of the dry run: what is not stored is not replaced.
    private static func verb(
        _ action: ChunkAction,
        _ item: ZarrEngine::DeletePlan.Item
    ) -> String {
        if case .copy = action, item.info == nil { return "add" }
        return action.verb
    }

    /// Refuses to encode again where nothing of an entry decodes.
    private mutating func refuseUndecodable() {
        for place in places(of: .reEncode)
        where boxes[place].broken > 0 && boxes[place].broken == boxes[place].present {
            let words = boxes[place].note.isEmpty ? "" : ": " + boxes[place].note
            boxes[place].problem = ChunkAction.undecodable + words
        }
    }

    private mutating func add(_ key: PlannedKey) {
        if keys.count < Self.keyLimit { keys.append(key) }
    }

    // MARK: What is nobody's

    private mutating func planVacuum() async throws {
        let found = try await open.hierarchy.vacuumPlan(at: array.path)
        vacuum = found
        guard let place = places(of: .vacuum).first else { return }
        boxes[place].present = found.count
        boxes[place].bytes = found.byteCount
        let orphans = found.orphans.reduce(0) { $0 + $1.chunks.items.count }
        var parts = [
            Wording.count(orphans, "orphan"), Wording.count(found.leftovers.count, "left-over"),
        ]
        if !found.young.isEmpty { parts.append("\(found.young.count) too young to be sure") }
        if !found.foreign.isEmpty { parts.append("\(found.foreign.count) foreign, left alone") }
        boxes[place].note = parts.joined(separator: ", ")
        for item in found.orphans.flatMap(\.chunks.items) {
            add(PlannedKey(key: item.key, verb: "remove orphan", bytes: item.info?.size))
        }
        for one in found.leftovers {
            add(PlannedKey(key: one.key, verb: "remove", bytes: one.info.size))
        }
    }
}

extension ChunkAction {
    /// The word of a line of a dry run.
    var verb: String {
        switch self {
        case .delete: "delete"
        case .resetToFill: "reset to fill"
        case .reEncode: "re-encode"
        case .copy: "replace"
        case .vacuum: "remove"
        }
    }

    /// The word of journals and of the names of files.
    var word: String {
        switch self {
        case .delete: "delete"
        case .resetToFill: "reset-to-fill"
        case .reEncode: "re-encode"
        case .copy: "from"
        case .vacuum: "vacuum"
        }
    }
}

extension OpenStore {
    /// Whether what is deleted of an array can be kept inside it.
    func keepsTrash(_ array: ArrayNode) -> Bool {
        guard case .store = hierarchy.storage else { return false }
        return array.capabilities.isSuperset(of: [.read, .write, .delete])
    }

    /// What an array is called where stores may differ.
    func name(of path: String) -> String {
        "\(location.locator.at(node: nil))\n\(path)"
    }
}
