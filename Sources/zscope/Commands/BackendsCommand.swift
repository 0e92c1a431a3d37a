import JSONValue
import Storage
import ZarrModel

extension CommandDeclaration {
    static let backends = CommandDeclaration(
        "backends",
        "registered backends: id, summary, capabilities, options, example",
        operands: [Operand("ID", isOptional: true)],
        options: [.json, .format(["text", "json"])],
        discussion: "With ID, that backend or layer alone, with the help of every option.",
        examples: [.init("zscope backends zip", "what 'zip' can do and how it is named")],
        action: .batch { context in try BackendsReport(context).print() }
    )
}

/// The registered backends, for `zscope backends`.
struct BackendsReport {
    let context: CommandContext
    let backends: [BackendDescriptor]
    let isSingle: Bool
    /// The layer that is asked for.
    private let layer: LayerDescriptor?

    init(_ context: CommandContext) throws {
        self.context = context
        let registry = Composition.backends
        guard let id = context.arguments.operand(0) else {
            backends = registry.list()
            isSingle = false
            layer = nil
            return
        }
        layer = registry.isRegistered(id) ? nil : try? Composition.layers.get(id)
        backends = layer == nil ? [try registry.get(id)] : []
        isSingle = true
    }

    func print() throws -> ExitStatus {
        if try context.format() == .json {
            let layers = layer.map { [Self.json($0)] } ?? []
            try context.output.json(.array(backends.map(Self.json) + layers))
        } else if let layer {
            try details(of: layer)
        } else if let only = backends.first, isSingle {
            try details(of: only)
        } else {
            try table()
        }
        return .done
    }

    func table() throws {
        var table = TextTable([("BACKEND", .left), ("EXAMPLE", .left), ("SUMMARY", .left)])
        for backend in backends {
            table.add([
                .init(backend.id, .accent), .init(backend.example.withoutScratch),
                .init(backend.summary),
            ])
        }
        for line in table.lines(context.ink) { try context.output.line(line) }
        var layers = TextTable([("LAYER", .left), ("EXAMPLE", .left), ("SUMMARY", .left)])
        for layer in Composition.layers.list() {
            layers.add([.init(layer.id, .accent), .init(layer.example), .init(layer.summary)])
        }
        guard !Composition.layers.list().isEmpty else { return }
        try context.output.line()
        for line in layers.lines(context.ink) { try context.output.line(line) }
        try context.output.line()
        try context.output.line(context.ink(.dim, Self.adding))
    }

    /// What to do where the list has not what one needs.
    static let adding =
        "another storage is one file and one line (docs/ADDING.md); 'zscope conform ID' proves it"

    private func details(of backend: BackendDescriptor) throws {
        let output = context.output
        try output.line(context.ink(.heading, backend.id) + "  " + visible(backend.summary))
        try output.line()
        var facts = TextTable(columns: 2)
        facts.add([.init("example", .dim), .init(backend.example.withoutScratch, .accent)])
        let schemes = backend.schemes.map { $0 + ":" }.joined(separator: ", ")
        facts.add([.init("schemes", .dim), .init(schemes)])
        let words = backend.capabilities.words.joined(separator: ", ")
        facts.add([.init("capabilities", .dim), .init(words)])
        for line in facts.lines(context.ink, indent: 2) { try output.line(line) }
        try printOptions(backend.options)
    }

    private func details(of layer: LayerDescriptor) throws {
        let output = context.output
        try output.line(context.ink(.heading, layer.id) + "  " + visible(layer.summary))
        try output.line()
        try output.line("  " + context.ink(.dim, "example") + "  LOCATOR|\(layer.example)")
        try printOptions(layer.options)
    }

    private func printOptions(_ options: [OptionDescriptor]) throws {
        guard !options.isEmpty else { return }
        let output = context.output
        try output.line()
        var table = TextTable([("OPTION", .left), ("TYPE", .left), ("DEFAULT", .left), ("", .left)])
        for option in options {
            let fallback = option.isRequired ? "required" : option.defaultText ?? ""
            let type = option.kind.word
            let isLong = type.utf8.count > Self.typeWidth
            table.add([
                .init(option.name, .accent), .init(isLong ? "choice" : type), .init(fallback),
                .init(option.help),
            ])
            guard isLong else { continue }
            for line in Self.wrapped(type) {
                table.add([.init(""), .init(""), .init(""), .init(line, .dim)])
            }
        }
        for line in table.lines(context.ink, indent: 2) { try output.line(line) }
    }

    /// The widest choice that stands in the column of types.
    private static let typeWidth = 24

    /// The words of a long choice in lines of at most 48 columns.
    private static func wrapped(_ choice: String) -> [String] {
        var lines = [""]
        for word in choice.split(separator: "|") {
            let line = lines[lines.count - 1]
            if line.utf8.count + word.utf8.count > 46 {
                lines.append(String(word))
            } else {
                lines[lines.count - 1] = line.isEmpty ? String(word) : line + ", " + word
            }
        }
        return lines
    }

    private static func json(_ backend: BackendDescriptor) -> JSONValue {
        [
            "id": .string(backend.id),
            "summary": .string(backend.summary),
            "capabilities": .array(backend.capabilities.words.map { .string($0) }),
            "example": .string(backend.example.withoutScratch),
            "schemes": .array(backend.schemes.map { .string($0) }),
            "options": .array(backend.options.map(json)),
        ]
    }

    private static func json(_ layer: LayerDescriptor) -> JSONValue {
        [
            "id": .string(layer.id), "summary": .string(layer.summary),
            "example": .string(layer.example), "options": .array(layer.options.map(json)),
        ]
    }

    private static func json(_ option: OptionDescriptor) -> JSONValue {
        [
            "name": .string(option.name),
            "type": .string(option.kind.word),
            "required": .bool(option.isRequired),
            "default": option.defaultText.map { .string($0) } ?? .null,
            "secret": .bool(option.isSecret),
            "help": .string(option.help),
        ]
    }
}
