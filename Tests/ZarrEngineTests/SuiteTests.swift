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

    /// Arrays of types and codecs that are not read yet, and why.
    static let unread: [String: String] = [:]

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
        let store = try FileStore(path: Self.root + "/" + name)
        let node = await ZarrHierarchy(.store(store)).node(at: .root)
        if let reason = Self.unread[name] {
            #expect(node.error != nil || node.array?.codecError != nil, "\(reason): it reads now")
            return
        }
        let array = try #require(node.array, "\(String(describing: node.error))")
        let values = try await array.read()
        #expect(values.shape == expected["shape"]?.arrayValue?.compactMap(\.intValue))
        let wanted = try #require(expected["values"]?.arrayValue)
        try #require(values.count == wanted.count)
        for position in 0..<values.count where values.json(position) != wanted[position] {
            Issue.record(
                "\(position): \(values.json(position).text()) is not \(wanted[position].text())"
            )
            return
        }
    }

    private static func read(_ name: String) async throws -> [UInt8]? {
        let store = try FileStore(path: root)
        return try await store.read(StoreKey(name), .all)
    }
}
