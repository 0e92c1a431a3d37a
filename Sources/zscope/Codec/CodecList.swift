import Codecs
import JSONValue
import ZarrModel

/// Every codec, for `zscope codec list`.
struct CodecList {
    private let context: CommandContext

    init(_ context: CommandContext) throws(UsageError) {
        self.context = context
        guard context.arguments.operand(1) == nil else {
            throw UsageError("'list' takes no file", command: "codec")
        }
    }

    func print() throws {
        if context.arguments.has(.codecPage) {
            try context.output.write(CodecPage.text)
        } else if try context.format() == .json {
            try context.output.json(
                .array(CodecDescriptor.all.map(Self.json) + UnreadCodec.all.map(Self.json))
            )
        } else {
            try table()
        }
    }

    private static func json(_ codec: CodecDescriptor) -> JSONValue {
        [
            "name": .string(codec.name),
            "v3": .array(codec.v3Names.map { .string($0) }),
            "v2": .array(codec.v2Names.map { .string($0) }),
            "kind": .string(codec.kind.rawValue),
            "library": codec.library.map { .string($0) } ?? .null,
            "summary": .string(codec.summary),
            "read": true,
        ]
    }

    private static func json(_ codec: UnreadCodec) -> JSONValue {
        [
            "name": .string(codec.v3Names.first ?? codec.v2Names.first ?? ""),
            "v3": .array(codec.v3Names.map { .string($0) }),
            "v2": .array(codec.v2Names.map { .string($0) }),
            "kind": .null,
            "library": .null,
            "summary": .string(codec.reason),
            "read": false,
        ]
    }

    private func table() throws {
        for kind in CodecDescriptor.Kind.allCases {
            let codecs = CodecDescriptor.all.filter { $0.kind == kind }
            var table = TextTable([("ZARR V3", .left), ("ZARR V2", .left), ("", .left)])
            for codec in codecs {
                table.add([
                    .init(Self.short(codec.v3Names), .accent), .init(Self.short(codec.v2Names)),
                    .init(codec.summary, .dim),
                ])
            }
            try context.output.line(context.ink(.heading, kind.rawValue))
            for line in table.lines(context.ink, indent: 2) { try context.output.line(line) }
            try context.output.line()
        }
        try context.output.line(context.ink(.heading, "not read"))
        var table = TextTable([("ZARR V3", .left), ("ZARR V2", .left), ("", .left)])
        for codec in UnreadCodec.all {
            table.add([
                .init(Self.short(codec.v3Names), .warning), .init(Self.short(codec.v2Names)),
                .init(codec.reason, .dim),
            ])
        }
        for line in table.lines(context.ink, indent: 2) { try context.output.line(line) }
    }

    /// Names in one cell; the ones that are addresses are left to the page.
    private static func short(_ names: [String]) -> String {
        names.filter { !$0.hasPrefix("https:") }.joined(separator: ", ")
    }
}
