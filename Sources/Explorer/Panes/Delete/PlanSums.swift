/// What the boxes of a plan come to, added up once: a plan may have a hundred thousand of them, and every
/// frame tells these.
struct PlanSums: Sendable {
    /// Objects that would be changed.
    private(set) var count = 0
    /// Their bytes.
    private(set) var bytes = 0
    /// Those that changed since the census.
    private(set) var changed = 0
    /// How many can be read and would be lost, and how many were not tried.
    private(set) var readable = 0
    private(set) var untried = 0
    /// Whether anything is taken away, and whether objects are.
    private(set) var loses = false
    private(set) var losesObjects = false
    private(set) var hasVacuum = false
    /// Whether everything is to be deleted.
    private(set) var onlyDeletes = true
    /// How many objects each action changes, in the order of the entries.
    private(set) var parts: [(title: String, count: Int)] = []
    /// How many entries there are.
    private(set) var entries = 0

    /// Of no plan.
    init() {}

    /// Adds up. O(boxes).
    init(_ plan: DeletePlan, _ entries: [StagedEntry]) {
        self.entries = min(entries.count, plan.boxes.count)
        for (place, box) in plan.boxes.enumerated() {
            count += box.present
            bytes += box.bytes
            changed += box.changed
            guard place < entries.count else { continue }
            let action = entries[place].action
            if case .vacuum = action { hasVacuum = true }
            if case .delete = action {} else { onlyDeletes = false }
            if action.losesData {
                loses = true
                readable += box.readable
                untried += box.untried
                losesObjects = losesObjects || box.present > 0
            }
            guard box.present > 0 else { continue }
            let title = action.title
            if let known = parts.firstIndex(where: { $0.title == title }) {
                parts[known].count += box.present
            } else {
                parts.append((title, box.present))
            }
        }
    }
}
