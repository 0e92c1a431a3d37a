import Explorer
import Glibc
import JSONValue

/// What was looked at last in each store, in `sessions.json` among the program's state:
/// `[{"locator": …, "array": …, "axes": [0, 1], "palette": …}, …]`, the latest first.
struct StoreMemories: Sendable {
    private static let limit = 50
    private let file = UserFile("sessions.json", in: .state)

    /// What is remembered of a store; `nil` for nothing.
    func memory(of locator: String) -> StoreMemory? {
        guard let entry = file.entries.first(where: { $0["locator"]?.stringValue == locator }),
            let array = entry["array"]?.stringValue, array.hasPrefix("/")
        else { return nil }
        let axes = entry["axes"]?.arrayValue?.compactMap(\.intValue)
        return StoreMemory(
            locator: locator,
            array: array,
            axes: axes.flatMap { $0.count == 2 ? $0 : nil },
            palette: entry["palette"]?.stringValue
        )
    }

    /// Remembers, in place of what was remembered of the same store. It holds no secret: locators never
    /// do.
    func remember(_ memory: StoreMemory) {
        var fields = JSONObject([
            ("locator", .string(memory.locator)), ("array", .string(memory.array)),
        ])
        if let axes = memory.axes { fields["axes"] = .array(axes.map { .integer($0) }) }
        if let palette = memory.palette { fields["palette"] = .string(palette) }
        let others = file.entries.filter { $0["locator"]?.stringValue != memory.locator }
        file.write([.object(fields)] + others.prefix(Self.limit - 1))
    }
}
