import ZarrEngine
import ZarrModel

/// The file of `--from`: NumPy's format or JSON, whichever it begins like.
enum ValuesInput: ~Copyable {
    case numpy(NumPyInput)
    case json(JSONInput)

    /// Reads the head of the file at `path`, of JSON all; `-` is standard input.
    init(_ path: String) throws {
        let file = try InputFile(path)
        let name = InputFile.name(path)
        let start = try file.read(8)
        if start.starts(with: NumPyInput.magic) {
            self = .numpy(try NumPyInput(file, name, after: start))
            return
        }
        let blank: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d]
        guard let first = start.first(where: { !blank.contains($0) }),
            "[{\"-0123456789tfn".utf8.contains(first)
        else {
            throw ToolError(
                "\(name) is no file in NumPy's format, and no JSON",
                remedy: "'zscope read' writes both; a file of nothing but bytes needs --raw"
            )
        }
        self = .json(try JSONInput(file, name, after: start))
    }

    /// The values for elements of `type` in a selection of `shape`. Throws where the file has others.
    func values(as type: DataType, _ shape: [Int]) throws -> NewValues {
        switch self {
        case .json(let file): return try file.values(as: type, shape)
        case .numpy(let file):
            guard file.shape == shape else {
                throw ToolError("\(file.name) has the shape \(file.shape), the selection \(shape)")
            }
            return try file.values(as: type)
        }
    }

    /// The shape of values that go behind those of an array of `shape` along `axis`.
    func shape(growing axis: Int, of shape: [Int]) throws -> [Int] {
        switch self {
        case .json(let file): try file.shape(growing: axis, of: shape)
        case .numpy(let file): file.shape
        }
    }

    /// What messages call the file.
    var name: String {
        switch self {
        case .json(let file): file.name
        case .numpy(let file): file.name
        }
    }
}
