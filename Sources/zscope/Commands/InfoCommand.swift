import JSONValue
import ZarrEngine
import ZarrModel

extension CommandDeclaration {
    static let info = CommandDeclaration(
        "info",
        "everything known about a node",
        operands: [.locator],
        options: [.json, .format(["text", "json"]), .output] + OptionDeclaration.record,
        discussion: "What its metadata says, and what is odd about it. Chunks are not looked at:"
            + "\nthat is 'chunks'. Exit status 1 when a node directly below a group is broken.",
        examples: [.init("zscope info data.zarr/air/temp", "its type, shape, codecs, attributes")],
        action: .batch { context in
            let target = try await Target(context.locator)
            let node = try await target.node()
            let isJSON = try context.format() == .json
            switch node.content {
            case .array(let array):
                let report = ArrayReport(node: node, array: array)
                if isJSON {
                    try context.output.json(report.json)
                } else {
                    try report.text(context, title: target.place)
                }
            case .group(let group):
                let children = try await target.hierarchy.children(of: node)
                let report = GroupReport(node: node, group: group, children: children)
                if isJSON {
                    try context.output.json(report.json)
                } else {
                    try report.text(context, title: target.place)
                }
                return children.contains { $0.error != nil } ? .findings : .done
            case .error, .foreign:
                break
            }
            return .done
        }
    )
}

/// A group, for `zscope info`.
private struct GroupReport {
    let node: Node
    let group: GroupNode
    let children: [Node]

    var json: JSONValue {
        var object: JSONObject = [
            "path": .string(node.path.description),
            "kind": "group",
            "zarr_format": group.metadata.map { .integer($0.version.rawValue) } ?? .null,
            "attributes": .object(group.attributes),
            "children": .array(children.map { .object($0.listed) }),
            "issues": .array(node.issues.map(\.json)),
        ]
        if group.isImplicit { object["implicit"] = true }
        return JSONValue.object(object).standard
    }

    func text(_ context: CommandContext, title: String) throws {
        let output = context.output
        let kind = group.isImplicit ? "implicit group" : "group"
        let version = group.metadata.map { ", Zarr v\($0.version.rawValue)" } ?? ""
        try output.line(
            context.ink(.heading, visible(title)) + "  " + context.ink(.dim, kind + version)
        )
        var table = TextTable(columns: 3)
        for child in children {
            let shape = child.array.map { Wording.extents($0.metadata.shape, context.ink) } ?? ""
            let type = child.array?.metadata.dataType.name ?? child.error?.message ?? child.kind
            let isBroken = child.error != nil
            table.add([
                .init(child.name, isBroken ? .error : .accent),
                .init(type, isBroken ? .error : .dim),
                .init(shape),
            ])
        }
        if !children.isEmpty { try output.line() }
        for line in table.lines(context.ink, indent: 2) { try output.line(line) }
        try context.attributes(group.attributes)
        try context.issues(node.issues)
    }
}

extension CommandContext {
    /// The attributes as a person reads them: JSON, each line made visible.
    func attributes(_ attributes: JSONObject) throws {
        guard !attributes.isEmpty else { return }
        try output.line()
        try output.line(ink(.heading, "attributes"))
        let text = JSONText.safe(JSONValue.object(attributes).text(.pretty))
        for line in text.split(separator: "\n").dropFirst().dropLast() {
            try output.line(visible(String(line)))
        }
    }

    /// What is odd about a node.
    func issues(_ issues: [Diagnostic]) throws {
        guard !issues.isEmpty else { return }
        try output.line()
        try output.line(ink(.heading, "issues"))
        var table = TextTable(columns: 3)
        for issue in issues {
            table.add([
                .init(issue.severity.rawValue, issue.severity.meaning),
                .init(issue.location, .dim),
                .init(issue.message),
            ])
        }
        for line in table.lines(ink, indent: 2) { try output.line(line) }
    }
}

extension Diagnostic.Severity {
    /// How it is coloured.
    var meaning: Ink.Meaning {
        switch self {
        case .error: .error
        case .warning: .warning
        case .note: .dim
        }
    }
}
