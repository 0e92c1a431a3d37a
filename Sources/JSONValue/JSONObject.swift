/// Named members in the order they were written. Names are compared byte for byte.
///
/// Looking a name up costs O(1); removing one O(members). Equality does not regard the order.
public struct JSONObject: Sendable {
    /// One named value.
    public struct Member: Sendable, Hashable {
        /// The name.
        public let key: String
        /// The value.
        public var value: JSONValue

        /// Makes a member.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// The members, in order. No two have the same name.
    public private(set) var members: [Member] = []
    /// Where each name stands; kept only when there are so many that a search would be slow.
    private var positions: [ExactName: Int] = [:]

    private static let searchLimit = 24

    /// Makes an empty object.
    public init() {}

    /// Makes an object; of members with one name the last stays, in the place of the first.
    public init(_ members: some Sequence<(String, JSONValue)>) {
        for (key, value) in members { self[key] = value }
    }

    /// How many members there are.
    public var count: Int {
        members.count
    }

    /// Whether there are none.
    public var isEmpty: Bool {
        members.isEmpty
    }

    /// The names, in order.
    public var keys: [String] {
        members.map(\.key)
    }

    /// Whether there is a member `key`.
    public func contains(_ key: String) -> Bool {
        position(of: key) != nil
    }

    /// The member `key`. A new one is added at the end; `nil` removes it.
    public subscript(key: String) -> JSONValue? {
        get {
            position(of: key).map { members[$0].value }
        }
        set {
            switch (position(of: key), newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil): remove(at: position)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    private func position(of key: String) -> Int? {
        if members.count > Self.searchLimit { return positions[ExactName(text: key)] }
        return members.firstIndex { isSame($0.key, key) }
    }

    /// Adds a member, or replaces the value of the one that is there; `true` where there was one.
    mutating func put(_ key: String, _ value: JSONValue) -> Bool {
        guard let position = position(of: key) else {
            append(key, value)
            return false
        }
        members[position].value = value
        return true
    }

    private mutating func append(_ key: String, _ value: JSONValue) {
        members.append(Member(key: key, value: value))
        if members.count == Self.searchLimit + 1 {
            rebuildPositions()
        } else if members.count > Self.searchLimit {
            positions[ExactName(text: key)] = members.count - 1
        }
    }

    private mutating func remove(at position: Int) {
        members.remove(at: position)
        if members.count > Self.searchLimit { rebuildPositions() } else { positions = [:] }
    }

    private mutating func rebuildPositions() {
        positions = [:]
        for (position, member) in members.enumerated() {
            positions[ExactName(text: member.key)] = position
        }
    }
}

extension JSONObject: Hashable {
    /// Whether both have the same names with the same values, in any order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
    }

    /// Feeds the members in a way that does not depend on their order.
    public func hash(into hasher: inout Hasher) {
        var combined = 0
        for member in members { combined ^= member.hashValue }
        hasher.combine(combined)
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Makes an object; of members with one name the last stays.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements)
    }
}

/// A name compared by its bytes: `String` holds differently composed texts to be equal.
private struct ExactName: Hashable {
    let text: String

    static func == (left: ExactName, right: ExactName) -> Bool {
        isSame(left.text, right.text)
    }
}

/// Whether two names have the same bytes. Texts that `String` tells apart have not, and it is quick.
private func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.count == right.utf8.count && left == right && left.utf8.elementsEqual(right.utf8)
}
