import JSONValue
import ZarrEngine
import ZarrModel

extension CommandDeclaration {
    static let attributes = CommandDeclaration(
        "attributes",
        "what people wrote about a node: read and change it",
        operands: [
            .locator,
            .init("ACTION", isOptional: true, words: ["get", "set", "delete"]),
            .init("NAME", isOptional: true),
            .init("VALUE", isOptional: true),
        ],
        options: [
            OptionDeclaration(
                "from",
                takes: .file("FILE"),
                help: "set every member of the JSON object in FILE; '-' is standard input"
            ),
            .changesNothing, .json, .format(["text", "json"]),
        ],
        discussion: "Without an action, all of them as JSON. VALUE is JSON, and a text where it is"
            + "\nnone. Everything else in the document stays as it is, numbers of any length too, and"
            + "\na bare NaN, which is no JSON, becomes a text; it is replaced as a whole, and only"
            + "\nwhile it is what was read.",
        examples: [
            .init("zscope attributes data.zarr/temp", "all"),
            .init("zscope attributes data.zarr/temp set units K", "one more"),
            .init("zscope attributes data.zarr/temp delete units", "one less"),
        ],
        action: .batch { context in try await AttributeChange(context).perform() }
    )
}

/// One look at or change of attributes from the command line.
private struct AttributeChange {
    private enum Action {
        case all
        case get(String)
        case set([(String, JSONValue)])
        case delete(String)
    }

    let context: CommandContext
    private let action: Action

    init(_ context: CommandContext) throws {
        self.context = context
        action = try Self.action(context.arguments)
    }

    private static func action(_ arguments: Arguments) throws -> Action {
        let name = arguments.operand(2)
        let value = arguments.operand(3)
        let from = arguments.value(.from)
        func wrong(_ message: String) -> UsageError {
            UsageError(message, command: "attributes")
        }
        switch arguments.operand(1) {
        case nil:
            guard from == nil else {
                throw wrong("--from goes with 'set': attributes LOCATOR set --from FILE")
            }
            return .all
        case "get":
            guard value == nil, from == nil else { throw wrong("'get' takes a NAME at most") }
            return name.map(Action.get) ?? .all
        case "delete":
            guard let name, value == nil, from == nil else { throw wrong("'delete' takes a NAME") }
            return .delete(name)
        default:
            if let from, name == nil {
                guard let object = try InputFile.json(from).objectValue else {
                    throw ToolError("\(from): attributes are a JSON object")
                }
                return .set(try object.members.map { ($0.key, try readable($0.value, from)) })
            }
            guard let name, let value, from == nil else {
                throw wrong("'set' takes NAME and VALUE, or --from FILE")
            }
            return .set([(name, try Self.value(value))])
        }
    }

    /// What was typed: JSON, or a text that does not look like JSON.
    private static func value(_ text: String) throws -> JSONValue {
        let parsed: JSONValue
        do throws(JSONError) {
            parsed = try JSONParser.parse(Array(text.utf8), mode: .strict).value
        } catch {
            guard let first = text.utf8.first, "{[\"".utf8.contains(first) else {
                return .string(text)
            }
            let reason = "VALUE begins as JSON and is none: \(error.message)"
            throw UsageError(reason + "; a text goes in quotes, '\"…\"'", command: "attributes")
        }
        return try readable(parsed, "VALUE")
    }

    /// A value, where every reader can take its numbers: none is more than a double holds.
    private static func readable(_ value: JSONValue, _ place: String) throws -> JSONValue {
        switch value {
        case .number(let number) where number.double.isInfinite:
            throw ToolError("\(place): \(number.text) is more than a number in a document may be")
        case .array(let values): for value in values { _ = try readable(value, place) }
        case .object(let object):
            for member in object.members { _ = try readable(member.value, place) }
        default: break
        }
        return value
    }

    func perform() async throws -> ExitStatus {
        let target = try await Target(context.locator)
        let node = try await target.node()
        if let error = node.attributesError { throw target.located(error) }
        let attributes = node.array?.metadata.attributes ?? node.group?.attributes ?? JSONObject()
        switch action {
        case .all:
            try context.output.json(JSONValue.object(attributes).standard)
            return .done
        case .get(let name):
            guard let value = attributes[name] else {
                throw ToolError("\(target.place) has no attribute '\(name)'")
            }
            try context.output.json(value.standard)
            return .done
        case .set, .delete:
            return try await change(target, attributes)
        }
    }

    private func change(_ target: Target, _ before: JSONObject) async throws -> ExitStatus {
        if case .delete(let name) = action, before[name] == nil {
            throw ToolError("\(target.place) has no attribute '\(name)'")
        }
        var after = before
        apply(&after)
        let isDryRun = context.arguments.has(.changesNothing)
        if !isDryRun {
            do {
                after = try await target.hierarchy.changeAttributes(at: target.path, apply)
            } catch {
                throw target.located(error)
            }
        }
        if try context.format() == .json {
            try context.output.json([
                "path": .string(target.path.description),
                "attributes": JSONValue.object(after).standard,
                "changed": .bool(after != before),
                "dry_run": .bool(isDryRun),
            ])
        } else {
            let verb = isDryRun ? "would have" : "has"
            let count = Wording.count(after.count, "attribute")
            try context.output.line("\(visible(target.place)) \(verb) \(count)")
        }
        if !isDryRun, after != before { try await context.warnOfCopies(target) }
        return .done
    }

    private func apply(_ attributes: inout JSONObject) {
        switch action {
        case .set(let members):
            for (name, value) in members { attributes[name] = value }
        case .delete(let name): attributes[name] = nil
        case .all, .get: break
        }
    }
}
