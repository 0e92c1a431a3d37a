import ZarrModel

extension OptionDeclaration {
    static let points = Self(
        "points",
        takes: .text("POINTS"),
        help: "points, '1,2;3,4', or FILE.npy with a row of coordinates for each"
    )
    static let mask = Self(
        "mask",
        takes: .file("FILE.npy"),
        help: "the elements that are true in a mask of the array's shape"
    )
    static let blocks = Self(
        "blocks",
        takes: .text("BLOCKS"),
        help: "whole stored chunks, by their place in the grid: '0,1:3'"
    )
    static let field = Self(
        "field",
        takes: .text("NAME"),
        help: "one field of structured elements; 'a.b' is field b of field a"
    )

    /// The options that say what to select in another way than SELECTION does.
    static let selecting = [points, mask, blocks, field]
}

extension CommandContext {
    /// What the operand at `position` or an option selects; everything where nothing is said.
    func selection(_ position: Int) throws -> Selection {
        var selection = try selectedElements(position)
        selection.field = arguments.value(.field)
        return selection
    }

    private func selectedElements(_ position: Int) throws -> Selection {
        let operand = arguments.operand(position)
        let given = [OptionDeclaration.points, .mask, .blocks].filter { arguments.has($0) }
        let count = given.count + (operand == nil ? 0 : 1)
        guard count <= 1 else {
            throw UsageError("SELECTION, --points, --mask and --blocks exclude one another")
        }
        if let text = arguments.value(.points) {
            return text.utf8.suffix(4).elementsEqual(".npy".utf8)
                ? try Self.points(NumPyInput(text), text)
                : try Selection(parsingPoints: text)
        }
        if let path = arguments.value(.mask) {
            return try Self.mask(NumPyInput(path), path)
        }
        if let text = arguments.value(.blocks) { return try Selection(parsingBlocks: text) }
        return try operand.map { try Selection(parsing: $0) } ?? .all
    }

    /// A row of coordinates for each point; of one dimension a list of them is enough.
    private static func points(_ file: borrowing NumPyInput, _ path: String) throws -> Selection {
        guard (1...2).contains(file.shape.count), let numbers = try file.integers() else {
            throw ToolError("\(path): points are integers, a row of coordinates for each")
        }
        let rank = file.shape.count == 1 ? 1 : file.shape[1]
        let coordinates = (0..<rank).map { dimension in
            (0..<file.shape[0]).map { numbers[$0 * rank + dimension] }
        }
        return Selection(.points(PointSelection(coordinates, shape: [file.shape[0]])))
    }

    private static func mask(_ file: borrowing NumPyInput, _ path: String) throws -> Selection {
        guard file.type == .bool, let flags = try file.integers() else {
            throw ToolError("\(path): a mask holds booleans, not \(file.type.summary)")
        }
        return Selection(.mask(MaskSelection(shape: file.shape, flags: flags.map { $0 != 0 })))
    }
}
