import JSONValue
import Testing

/// An array that another program wrote, and what that program says is in it.
struct ForeignArray: Sendable, CustomTestStringConvertible {
    /// The writer's name and the array's.
    let id: String
    /// The folder of the store, below that of the fixtures.
    let store: String
    /// The path of the array in the store.
    let node: String
    /// The extents.
    let shape: [Int]
    /// The file with every element as JSON.
    let values: String
    /// The file with the elements in NumPy's format; `nil` where NumPy has no such type.
    let npy: String?
    /// How many objects the grid has, and how many are stored.
    let total: Int
    let present: Int
    /// The indices of the objects that are not stored, in C order.
    let absent: [[Int]]
    /// The same two counts of the chunks inside shards.
    let inner: (total: Int, present: Int)?
    /// Whether a stored object cannot be decoded.
    let isDamaged: Bool

    var testDescription: String { id }

    /// How a person names it.
    var locator: String { "\(Fixtures.folder)/\(store)#\(node)" }

    init?(_ entry: JSONValue) {
        guard let id = entry["id"]?.stringValue, let store = entry["store"]?.stringValue,
            let node = entry["node"]?.stringValue, let values = entry["json"]?.stringValue,
            let total = entry["total"]?.intValue, let present = entry["present"]?.intValue
        else { return nil }
        (self.id, self.store, self.node, self.values) = (id, store, node, values)
        (self.total, self.present) = (total, present)
        shape = entry["shape"]?.indices ?? []
        npy = entry["npy"]?.stringValue
        absent = entry["absent"]?.arrayValue?.map(\.indices) ?? []
        isDamaged = entry["damaged"]?.arrayValue?.isEmpty == false
        if let total = entry["inner_total"]?.intValue,
            let present = entry["inner_present"]?.intValue
        {
            inner = (total, present)
        } else {
            inner = nil
        }
    }
}

/// A store that is wrong in one way.
struct BrokenStore: Sendable, CustomTestStringConvertible {
    /// What comes of it.
    enum Outcome: String {
        case refused, marked, reads
    }

    /// What is wrong with it.
    let id: String
    /// The folder of the store, below that of the fixtures.
    let store: String
    /// The path of what is wrong.
    let node: String
    /// What comes of it.
    let outcome: Outcome
    /// What a message about it has to contain.
    let names: [String]

    var testDescription: String { id }

    /// The folder of the store.
    var path: String { "\(Fixtures.folder)/\(store)" }

    init?(_ entry: JSONValue) {
        guard let id = entry["id"]?.stringValue, let store = entry["store"]?.stringValue,
            let node = entry["node"]?.stringValue,
            let outcome = entry["outcome"]?.stringValue.flatMap(Outcome.init)
        else { return nil }
        (self.id, self.store, self.node, self.outcome) = (id, store, node, outcome)
        names = entry["names"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }
}

extension JSONValue {
    /// An array of integers.
    var indices: [Int] { arrayValue?.compactMap(\.intValue) ?? [] }
}
