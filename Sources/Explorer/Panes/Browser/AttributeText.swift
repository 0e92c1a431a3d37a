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
        if text != self.text {
            self.text = text
            value = try? JSONParser.parse(Array(text.utf8), mode: .lenient, limits: .standard).value
        }
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
            addLeaf(indent + "  ", padded, written, copied, isText: value.stringValue != nil, width)
            return
        }
        let isOpen = (count <= Self.longest && depth < 3) != folds.contains(pointer)
        let kind = value.objectValue == nil ? "[\(count)]" : "{\(count)}"
        lines.append(
            TextLine(
                [(indent + (isOpen ? "▾ " : "▸ "), .dim), (name, .label), (" \(kind)", .dim)],
                copied: value.text(.pretty),
                fold: pointer
            )
        )
        if isOpen, depth < 64 { addMembers(of: value, pointer, depth + 1, folds, width) }
    }

    /// A list of plain values on one line, where it fits.
    private static func short(_ value: JSONValue, _ room: Int) -> String? {
        guard let elements = value.arrayValue, elements.count <= longest,
            elements.allSatisfy({ $0.arrayValue == nil && $0.objectValue == nil })
        else { return nil }
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
