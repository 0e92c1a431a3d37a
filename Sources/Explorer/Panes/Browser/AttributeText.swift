import Canvas
import JSONValue
import ZarrModel

/// Attributes as a tree that opens and closes.
struct AttributeText: Sendable {
    private var text = ""
    private var value: JSONValue?
    private var lines: [TextLine] = []

    /// More lines than this are not made.
    private static let most = 50_000
    /// Longer lists and objects are closed at first.
    private static let longest = 40

    /// The lines of the attributes tab; `folds` are pointers of what a person opened or closed.
    mutating func lines(_ text: String, _ folds: Set<String>, width: Int) -> [TextLine] {
        guard !text.isEmpty else { return [TextLine("No attributes.", .dim)] }
        read(text)
        guard let value, value.objectValue != nil || value.arrayValue != nil else {
            return text.split(separator: "\n", omittingEmptySubsequences: false)
                .flatMap { NodeText.wrapped(String($0), width: width, .value) }
        }
        lines = []
        addMembers(of: value, "", 0, folds, width)
        let result = lines
        lines = []
        return result
    }

    /// Takes the text, unless it is the same.
    private mutating func read(_ text: String) {
        guard text != self.text else { return }
        self.text = text
        value = try? JSONParser.parse(Array(text.utf8), mode: .lenient, limits: .standard).value
    }

    private mutating func addMembers(
        of value: JSONValue,
        _ pointer: String,
        _ depth: Int,
        _ folds: Set<String>,
        _ width: Int
    ) {
        let names = value.objectValue?.members.map { TextWidth.of($0.key) } ?? []
        let column = min(20, width * 2 / 5, names.max() ?? 0)
        if let object = value.objectValue {
            for member in object.members where lines.count < Self.most {
                let place = pointer + "/" + JSONPointer.escape(member.key)
                add(member.key, member.value, place, depth, column, folds, width)
            }
        } else {
            for (index, element) in (value.arrayValue ?? []).enumerated()
            where lines.count < Self.most {
                add("\(index)", element, "\(pointer)/\(index)", depth, 0, folds, width)
            }
        }
    }

    private mutating func add(
        _ name: String,
        _ value: JSONValue,
        _ pointer: String,
        _ depth: Int,
        _ column: Int,
        _ folds: Set<String>,
        _ width: Int
    ) {
        let indent = String(repeating: "  ", count: min(depth, 16))
        let count = value.objectValue?.count ?? value.arrayValue?.count ?? 0
        let short = count > 0 ? Self.short(value, width - indent.count - name.count - 4) : nil
        guard count > 0, short == nil else {
            let written = short ?? value.stringValue ?? value.text(.compact)
            let copied = value.stringValue ?? value.text(.compact)
            let padded = name + String(repeating: " ", count: max(0, column - TextWidth.of(name)))
            let first = lines.count
            addLeaf(indent + "  ", padded, written, copied, isText: value.stringValue != nil, width)
            lines[first].place = pointer
            return
        }
        let isOpen = Self.isOpen(count, depth) != folds.contains(pointer)
        let kind = value.objectValue == nil ? "[\(count)]" : "{\(count)}"
        lines.append(
            TextLine(
                [(indent + (isOpen ? "▾ " : "▸ "), .dim), (name, .label), (" \(kind)", .dim)],
                copied: value.text(.pretty),
                fold: pointer
            )
        )
        lines[lines.count - 1].place = pointer
        if isOpen, depth < 64 { addMembers(of: value, pointer, depth + 1, folds, width) }
    }

    /// Whether an object or a list is open unless a person closed it.
    private static func isOpen(_ count: Int, _ depth: Int) -> Bool {
        count <= longest && depth < 3
    }

    /// A list of plain values on one line, where it fits.
    private static func short(_ value: JSONValue, _ room: Int) -> String? {
        guard isPlain(value), let elements = value.arrayValue else { return nil }
        let text = "[" + elements.map { $0.text(.compact) }.joined(separator: ", ") + "]"
        return text.count <= room ? text : nil
    }

    private mutating func addLeaf(
        _ indent: String,
        _ name: String,
        _ text: String,
        _ copied: String,
        isText: Bool,
        _ width: Int
    ) {
        let start = indent.count + name.count + 2
        let isBelow = start > width / 2 && start + text.count > width
        let column = isBelow ? indent.count + 2 : start
        let wrapped = Wrapping.lines(
            text.split(separator: "\n", omittingEmptySubsequences: false).map {
                String($0.prefix(20_000))
            },
            width: max(10, width - column)
        )
        let role: Role = isText ? .value : .accent
        if isBelow { lines.append(TextLine([(indent + name, .label)], copied: copied)) }
        for (row, line) in wrapped.enumerated() {
            let isFirst = row == 0 && !isBelow
            let before: [(String, Role)] =
                isFirst
                ? [(indent, .text), (name, .label), ("  ", .text)]
                : [(String(repeating: " ", count: column), .text)]
            lines.append(TextLine(before + [(line, role)], copied: copied))
        }
    }
}

extension AttributeText {
    /// An attribute that has what is searched for, in its name or its value.
    struct Hit: Hashable, Sendable {
        /// Where it is.
        var pointer: String
        /// What has to be open for it to be seen: pointers, and whether that is so of itself.
        fileprivate var parents: [Parent]

        fileprivate struct Parent: Hashable {
            var pointer: String
            var isOpen: Bool
        }

        /// Opens what it lies in, where `folds` are the pointers of what a person opened or closed.
        func open(in folds: inout Set<String>) {
            for parent in parents where parent.isOpen == folds.contains(parent.pointer) {
                if folds.remove(parent.pointer) == nil { folds.insert(parent.pointer) }
            }
        }
    }

    /// More attributes than this are not found.
    private static let mostHits = 10_000

    /// The attributes that have `wanted`, which is in lower case: those in closed objects too, from top to
    /// bottom. `nil` where the text is no object or list. O(text).
    mutating func hits(_ text: String, _ wanted: [UInt8]) -> [Hit]? {
        read(text)
        guard let value, value.objectValue != nil || value.arrayValue != nil else { return nil }
        var hits: [Hit] = []
        Self.search(value, "", [], wanted, &hits)
        return hits
    }

    private static func search(
        _ value: JSONValue,
        _ pointer: String,
        _ parents: [Hit.Parent],
        _ wanted: [UInt8],
        _ hits: inout [Hit]
    ) {
        let members: [(name: String?, token: String, value: JSONValue)] =
            value.objectValue?.members.map { ($0.key, JSONPointer.escape($0.key), $0.value) }
            ?? (value.arrayValue ?? []).enumerated().map { (nil, "\($0)", $1) }
        for member in members where hits.count < mostHits {
            let place = pointer + "/" + member.token
            let child = member.value
            let count = child.objectValue?.count ?? child.arrayValue?.count ?? 0
            let isLeaf = count == 0 || isPlain(child)
            let own = Hit.Parent(pointer: place, isOpen: isOpen(count, parents.count))
            let hasName = member.name.map { has($0, wanted) } ?? false
            let hasValue = isLeaf && has(child.stringValue ?? child.text(.compact), wanted)
            if hasName || hasValue {
                let isList = hasValue && count > 0
                hits.append(Hit(pointer: place, parents: isList ? parents + [own] : parents))
            }
            if !isLeaf, parents.count < 64 { search(child, place, parents + [own], wanted, &hits) }
        }
    }

    private static func has(_ text: String, _ wanted: [UInt8]) -> Bool {
        Array(text.lowercased().utf8).has(wanted)
    }

    /// Whether a value is a list of plain values that may stand on one line.
    fileprivate static func isPlain(_ value: JSONValue) -> Bool {
        guard let elements = value.arrayValue, elements.count <= longest else { return false }
        return elements.allSatisfy { $0.arrayValue == nil && $0.objectValue == nil }
    }
}
