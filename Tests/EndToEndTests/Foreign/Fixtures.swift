import Glibc
import JSONValue

/// The stores that `make fixtures` leaves in `.build-fixtures`, or in the folder that `ZSCOPE_FIXTURES` names.
enum Fixtures {
    /// Where they are.
    static let folder: String = {
        if let folder = unsafe getenv("ZSCOPE_FIXTURES") { return unsafe String(cString: folder) }
        let root = #filePath.split(separator: "/").dropLast(4)
        return root.map { "/" + $0 }.joined() + "/.build-fixtures"
    }()

    /// Where the programs lie that make them.
    static let makers: String = {
        let root = #filePath.split(separator: "/").dropLast(3)
        return root.map { "/" + $0 }.joined() + "/Fixtures"
    }()

    /// A Python with zarr-python 3, TensorStore and zarrs.
    static let python = folder + "/venv-zarr3/bin/python"

    /// Whether it is there.
    static let hasPython = unsafe access(python, X_OK) == 0

    /// Every array that another Zarr program wrote, with what it holds; empty where none were made.
    static let arrays: [ForeignArray] = ["zarr2", "zarr3", "tensorstore", "zarrs"]
        .flatMap { entries("manifest-\($0).json") }
        .compactMap(ForeignArray.init)

    /// Every store that is wrong on purpose.
    static let broken: [BrokenStore] = entries("manifest-broken.json").compactMap(BrokenStore.init)

    /// The bytes of a file; empty where there is none.
    static func read(_ name: String) -> [UInt8] {
        let file = unsafe open(folder + "/" + name, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes: [UInt8] = []
        while case let piece = Pipe.read(file), !piece.isEmpty { bytes += piece }
        return bytes
    }

    /// The elements of a list in a file; empty where there is none.
    static func entries(_ name: String) -> [JSONValue] {
        let document = try? JSONParser.parse(read(name), mode: .strict, limits: .standard)
        return document?.value.arrayValue ?? []
    }
}
