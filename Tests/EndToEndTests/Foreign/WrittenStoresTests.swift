import Testing

/// What zscope makes and writes is read by zarr-python, TensorStore and zarrs, bit by bit.
@Suite(.enabled(if: Fixtures.hasPython, "no other programs: make fixtures"))
struct WrittenStoresTests {
    /// How arrays are made, and the programs that know their codecs.
    struct Layout: Sendable, CustomTestStringConvertible {
        var options: [String]
        var readers = ["zarr", "tensorstore", "zarrs"]

        var testDescription: String { options.joined(separator: " ") }
    }

    static let layouts = [
        Layout(options: ["--chunks", "4,6"]),
        Layout(options: ["--chunks", "16,16", "--codecs", "none", "--separator", "."]),
        Layout(options: ["--chunks", "4,6", "--codecs", "transpose,bytes:big,gzip,crc32c"]),
        Layout(options: ["--shards", "4,6", "--chunks", "2,3", "--codecs", "blosc:lz4"]),
        Layout(options: ["--zarr", "2", "--chunks", "4,6"]),
        Layout(
            options: ["--zarr", "2", "--codecs", "transpose,zlib", "--separator", "/"],
            readers: ["zarr", "tensorstore"]
        ),
        Layout(options: ["--chunks", "4,6", "--key-encoding", "v2"]),
        Layout(options: ["--chunks", "4,6", "--key-encoding", "v2", "--separator", "/"]),
        Layout(options: ["--chunks", "4,6", "--key-suffix", ".tiff"], readers: ["zarrs"]),
        Layout(options: ["--chunks", "4,6", "--bounded"], readers: ["zarrs"]),
        Layout(options: ["--chunks", "[4,3,2],[6,4]"], readers: ["zarrs"]),
        Layout(options: ["--shards", "[4,2,3],5", "--chunks", "1,5"], readers: ["zarrs"]),
    ]

    /// A type by the names of zscope and NumPy, and its bytes.
    private static let types: [(name: String, descr: String, size: Int)] = [
        ("bool", "|b1", 1), ("int8", "|i1", 1), ("uint16", "<u2", 2), ("int64", "<i8", 8),
        ("float16", "<f2", 2), ("float32", "<f4", 4), ("complex128", "<c16", 16),
    ]

    /// A file in NumPy's format with 9 × 10 elements of any bits; booleans are 0 or 1.
    private static func npy(_ descr: String, size: Int) -> [UInt8] {
        var head = "{'descr': '\(descr)', 'fortran_order': False, 'shape': (9, 10), }"
        head += String(repeating: " ", count: 118 - head.utf8.count - 1) + "\n"
        var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(head.utf8.count), 0]
        bytes += Array(head.utf8)
        var state: UInt32 = 1
        for _ in 0..<(90 * size) {
            state = state &* 1_664_525 &+ 1_013_904_223
            bytes.append(UInt8(state >> (descr == "|b1" ? 31 : 24)))
        }
        return bytes
    }

    @Test(arguments: layouts)
    func `every program reads what was written, all at once or in parts`(layout: Layout) throws {
        let folder = try TemporaryFolder()
        var arrays: [String] = []
        for type in Self.types {
            let values = "\(folder.path)/\(type.name).npy"
            try folder.write("\(type.name).npy", Self.npy(type.descr, size: type.size))
            let store = "\(folder.path)/made.zarr/g/\(type.name)"
            arrays.append("/g/\(type.name)=\(values)")
            try Self.run(
                ["create", store, "--shape", "9,10", "--dtype", type.name] + layout.options
            )
            try Self.run(["write", store, "...", "--from", values])
            // A part is written over, and back again.
            let columns = "\(folder.path)/columns.npy"
            try Self.run(["read", store, "[:, 2::3]", "--format", "npy", "-o", columns])
            let one = type.name == "bool" ? "true" : type.name == "complex128" ? "[1, 2]" : "1"
            try Self.run(["write", store, "[:, 2::3]", "--value", one])
            try Self.run(["write", store, "[:, 2::3]", "--from", columns])
        }
        for reader in layout.readers {
            try Self.check(reader, folder.path + "/made.zarr", arrays)
        }
    }

    private static func run(_ arguments: [String]) throws {
        let outcome = try Program.run(arguments)
        #expect(outcome.status == 0, "\(arguments): \(outcome.messages)")
    }

    static func check(
        _ reader: String,
        _ store: String,
        _ arrays: [String]
    ) throws {
        let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
        let script = root + "/Tests/Fixtures/read_written.py"
        let outcome = try ChildProcess.run(
            Fixtures.python,
            ["-W", "ignore", script, reader, store] + arrays,
            environment: ["PYTHONDONTWRITEBYTECODE": "1", "HOME": "/nonexistent"]
        )
        #expect(outcome.status == 0, "\(reader): \(outcome.text)\(outcome.messages)")
    }
}
