import JSONValue
import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    static let depth = Self(
        "depth",
        takes: .integer("N", 0...100),
        help: "go N levels down (else all)"
    )
}

extension CommandDeclaration {
    static let tree = CommandDeclaration(
        "tree",
        "the hierarchy; a broken node is listed with its error, its siblings stay",
        operands: [.locator],
        options: [.depth, .json, .format(["text", "json"]), .output] + OptionDeclaration.record,
        discussion: "Exit status 1 when a node is broken.",
        examples: [.init("zscope tree data.zarr --depth 1", "what is at the top")],
        action: .batch { context in try await TreeReport(context, Target(context.locator)).print() }
    )
}

/// The hierarchy under a node, for `zscope tree`.
struct TreeReport {
    let context: CommandContext
    let target: Target

    init(_ context: CommandContext, _ target: Target) {
        self.context = context
        self.target = target
    }

    func print() async throws -> ExitStatus {
        let depth = context.arguments.integer(.depth)
        let tree = try await target.hierarchy.tree(of: target.node(), depth: depth)
        if try context.format() == .json {
            try context.output.json(.object(Self.json(tree)))
        } else {
            try text(tree)
        }
        return tree.isBroken ? .findings : .done
    }

    private static func json(_ tree: NodeTree) -> JSONObject {
        var object = tree.node.listed
        if tree.node.group != nil {
            // Below the depth that was asked for nobody has looked, which is not "none".
            object["children"] = tree.children.map { .array($0.map { .object(json($0)) }) } ?? .null
        }
        return object
    }

    func text(_ tree: NodeTree) throws {
        var table = TextTable(columns: 4)
        var counts = TreeCounts()
        // The root's name is as long as a path: it is not to push the columns of its children.
        var root = TextTable(columns: 4)
        root.add(row(tree.node, lead: "", name: visible(target.place)))
        for line in root.lines(context.ink) { try context.output.line(line) }
        if tree.node.array != nil { counts.add(tree.node) }
        add(tree.children ?? [], to: &table, lead: "", &counts)
        for line in table.lines(context.ink) { try context.output.line(line) }
        try context.output.line()
        try context.output.line(context.ink(.dim, counts.summary))
        guard counts.cutOff > 0 else { return }
        let document = counts.cutOff == 1 ? "the document" : "each document"
        let text = "\(document) that ends early: \(Wording.cutOffRemedy)"
        try context.output.line(context.ink(.dim, text))
    }

    private func add(
        _ trees: [NodeTree],
        to table: inout TextTable,
        lead: String,
        _ counts: inout TreeCounts
    ) {
        for (place, tree) in trees.enumerated() {
            let isLast = place == trees.count - 1
            let branch = isLast ? context.ink.glyph("└─ ", "`- ") : context.ink.glyph("├─ ", "|- ")
            let stem = isLast ? "   " : context.ink.glyph("│  ", "|  ")
            counts.add(tree.node)
            table.add(row(tree.node, lead: lead + branch, name: visible(tree.node.name)))
            add(tree.children ?? [], to: &table, lead: lead + stem, &counts)
        }
    }

    private func row(_ node: Node, lead: String, name: String) -> [TextTable.Cell] {
        typealias Cell = TextTable.Cell
        switch node.content {
        case .array(let array):
            let metadata = array.metadata
            let shape = Wording.extents(metadata.shape, context.ink)
            let chunks = Wording.chunks(metadata, context.ink)
            let inner = "chunks \(chunks) in shards \(Wording.stored(metadata, context.ink))"
            return [
                Cell(lead + name, .accent), Cell(metadata.dataType.name), Cell(shape),
                Cell(metadata.innerChunkShape == nil ? "chunks " + chunks : inner, .dim),
            ]
        case .group(let group):
            let note = group.isImplicit ? "implicit group" : "group"
            return [Cell(lead + name, .group), Cell(note, .dim)]
        case .error(let error):
            return [
                Cell(lead + name, .error), Cell("broken", .error), Cell(error.message),
            ]
        case .foreign(let isFolder):
            let note = isFolder ? "folder, not Zarr" : "not Zarr"
            return [Cell(lead + name, .dim), Cell(note, .dim)]
        }
    }
}

/// How many nodes of each kind a tree has.
private struct TreeCounts {
    private var arrays = 0
    private var groups = 0
    private var broken = 0
    /// Documents that end early.
    private(set) var cutOff = 0

    mutating func add(_ node: Node) {
        switch node.content {
        case .array: arrays += 1
        case .group: groups += 1
        case .error(let error):
            broken += 1
            if error.isCutOff { cutOff += 1 }
        case .foreign: break
        }
    }

    var summary: String {
        var parts: [String] = []
        if groups > 0 { parts.append(Wording.count(groups, "group")) }
        if arrays > 0 || groups == 0 { parts.append(Wording.count(arrays, "array")) }
        if broken > 0 { parts.append("\(Wording.count(broken)) broken") }
        return parts.joined(separator: ", ")
    }
}
