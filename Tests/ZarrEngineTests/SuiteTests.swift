import Glibc
import JSONValue
import Storage
import StorageBackends
import Testing
import ZarrEngine
import ZarrModel

/// Stores that other programs wrote, with the values that they hold.
struct SuiteTests {
    /// The folder of the suites: the environment says, or it lies beside the repository.
    static let root: String = {
        if let path = unsafe getenv("ZSCOPE_SUITES") { return unsafe String(cString: path) }
        let file = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/" + file + "/../shared/suites"
    }()

    static let isThere = unsafe access(root + "/expected", R_OK) == 0

    /// Every array that has expected values, by its path below the suites.
    static let arrays: [String] = files(below: root + "/expected")
        .filter { $0.hasSuffix(".json") }
        .map { String($0.dropLast(5)) }
        .sorted()

    /// Types and codecs that are not read yet: an array is refused by just this name.
    static let unread = ["pcodec"]

    private static func files(below folder: String) -> [String] {
        guard let directory = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(directory) }
        var found: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name == "." || name == ".." { continue }
            if unsafe entry.pointee.d_type == UInt8(DT_DIR) {
                found += files(below: folder + "/" + name).map { name + "/" + $0 }
            } else {
                found.append(name)
            }
        }
        return found
    }

    @Test(.enabled(if: isThere), arguments: arrays)
    func `an array that another program wrote reads as it was written`(name: String) async throws {
        let bytes = try #require(try await Self.read("expected/" + name + ".json"))
        let expected = try JSONParser.parse(bytes, mode: .lenient).value
        // An array that zarr-python could not read has no expected values.
        guard expected["error"] == nil else { return }
        let store = try FileStore(path: Self.root + "/" + name)
        let node = await ZarrHierarchy(.store(store)).node(at: .root)
        let refusal = node.error ?? node.array?.codecError
        if let word = Self.unread.first(where: name.contains) {
            #expect(refusal != nil, "\(word) is read now: take it off the list")
            return
        }
        let array = try #require(node.array, "\(String(describing: refusal))")
        let values = try await array.read()
        #expect(values.shape == expected["shape"]?.arrayValue?.compactMap(\.intValue))
        guard let wanted = expected["values"]?.arrayValue else { return }
        try #require(values.count == wanted.count)
        for position in 0..<values.count {
            let value = values.json(position)
            guard !Self.isSame(value, wanted[position], array.metadata.dataType) else { continue }
            Issue.record("\(position): \(value.text()) is not \(wanted[position].text())")
            return
        }
    }

    @Test(
        .enabled(if: isThere),
        arguments: [
            (
                "array_optional.zarr",
                "[[0],null,[2],[3],null,[5],null,[7],[8],[9],null,null,[12],null,null,null]"
            ),
            (
                "array_optional_nested.zarr",
                "[null,[null],[[2]],[[3]],null,[[5]],null,[[7]],[null],[null],null,null,[null],[null],null,null]"
            ),
        ]
    )
    func `values that may be absent read as zarrs wrote them`(
        name: String,
        expected: String
    ) async throws {
        let store = try FileStore(path: "\(Self.root)/zarrs/v3/\(name)/array")
        let node = await ZarrHierarchy(.store(store)).node(at: .root)
        let array = try #require(node.array, "\(String(describing: node.error))")
        let values = try await array.read()
        let texts = (0..<values.count).map { values.json($0).text(.compact) }
        #expect("[" + texts.joined(separator: ",") + "]" == expected)
    }

    /// Whether two values are the same number of their type, however many digits tell it.
    private static func isSame(_ left: JSONValue, _ right: JSONValue, _ type: DataType) -> Bool {
        if left == right { return true }
        guard type.kind == .float, let left = left.numberValue, let right = right.numberValue else {
            return false
        }
        return type.byteCount == 8 ? left.double == right.double : left.float == right.float
    }

    private static func read(_ name: String) async throws -> [UInt8]? {
        let store = try FileStore(path: root)
        return try await store.read(StoreKey(name), .all)
    }
}
