import Drills
import Storage
import ZarrModel

extension FuzzTarget {
    /// Keys from listings: of chunks in grids of any form, of objects, of nodes.
    static let keys = FuzzTarget(
        name: "keys",
        seeds: {
            ["c/0/1", "0.1", "c.3.4.5", "c", "0", "c/1/2.zst", "a/zarr.json", "../x", "c/00/1"]
                .flatMap { key in (0..<8).map { [UInt8($0), 3] + Array(key.utf8) } }
        },
        words: ["c/", "zarr.json", ".zarray", "/", "..", "999999999999999999"],
        make: { Self.parseKey }
    )

    private static func parseKey(_ input: [UInt8]) {
        var reader = InputReader(input)
        let form = reader.byte()
        let counts = (0..<reader.number(0...4)).map { _ in 1 + reader.byte() * 7 }
        let encoding = ChunkKeyEncoding(
            form & 1 == 0 ? .default : .v2,
            separator: form & 2 == 0 ? .slash : .dot,
            suffix: form & 4 == 0 ? "" : ".zst"
        )
        let key = Array(reader.rest)
        if let index = encoding.parse(key[...], rank: counts.count) {
            require(Array(encoding.key(for: index).utf8) == key, "one key names one chunk")
        }
        if let grid = GridShape(counts: counts),
            case .inside(let number) = encoding.linearIndex(of: key[...], in: grid)
        {
            let index = grid.index(at: number)
            require(Array(encoding.key(for: index).utf8) == key, "one key names one chunk")
        }
        if let key = try? StoreKey(reader.text) {
            require(
                !key.text.utf8.split(separator: 0x2f).contains { $0.elementsEqual("..".utf8) },
                "no key leads out"
            )
        }
        _ = try? StorePrefix(reader.text)
        if let path = NodePath(reader.text) {
            require(NodePath(path.description) == path, "a path reads back")
        }
        require(
            !visible(reader.text).unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7f },
            "visible text holds no control character"
        )
    }

    /// Selections of arrays of any shape.
    static let selections = FuzzTarget(
        name: "selections",
        seeds: {
            [
                "[0:10, 5, ::2, ...]", "time=0:10,lat=[1,5]", "[[1,5,-1],0:10]", "::-1", "1,2;3,4",
                "", "-3,...", "0,1:3",
            ].map { [3, 10, 7, 5] + Array($0.utf8) }
        },
        words: ["...", "::-1", "time=", "lat=", "[", "]", "9223372036854775807", ";"],
        make: { Self.select }
    )

    private static func select(_ input: [UInt8]) {
        var reader = InputReader(input)
        let shape = (0..<reader.number(0...4)).map { _ in reader.number(0...40) }
        let text = reader.text
        let grid = ChunkGrid.regular(chunkShape: shape.map { _ in 3 })
        let known: [String?] = ["time", "lat", "lon", nil]
        let names = Array(known.prefix(shape.count))
        for selection in [
            try? Selection(parsing: text), try? Selection(parsingBlocks: text),
            try? Selection(parsingPoints: text),
        ] {
            let resolved = try? selection?.resolve(shape: shape, dimensionNames: names, grid: grid)
            guard let resolved else { continue }
            require(resolved.rank == shape.count, "a selection has the array's rank")
            _ = resolved.resultShape
            guard resolved.elementCount != 0 else { continue }
            for (range, length) in zip(resolved.boundingRegion.ranges, shape) {
                require(
                    range.lowerBound >= 0 && range.upperBound <= length,
                    "a selection stays in the array"
                )
            }
        }
    }

    /// Locators of the command line.
    static let locators = FuzzTarget(
        name: "locators",
        seeds: {
            [
                "a/b.zarr", "s3://bucket/a%20b?endpoint=http://h:1&region=r#/g/a", "a.zip/x#/y",
                "mock:?error_rate=0.1&seed=7|retry:attempts=5|latency:p50=20ms,p99=1s", "C:\\x",
                "file:///x|cache:size=1GiB",
            ].map { Array($0.utf8) }
        },
        words: ["|", "#/", "?", "&", "%25", "://", "retry:", "file:"],
        make: {
            { input in
                guard let locator = try? StoreLocator(String(decoding: input, as: UTF8.self)) else {
                    return
                }
                let text = locator.description
                require((try? StoreLocator(text)) == locator, "a locator's text reads back equal")
                require((try? StoreLocator(text))?.description == text, "and stays what it is")
            }
        }
    )

    /// Scripts of faults, and the patterns of keys in them.
    static let rules = FuzzTarget(
        name: "rules",
        seeds: {
            [
                "seed 0x7f3a\nworkload mixed 100\n[slow] reads c/** : always -> delay p50=20ms p99=1s\n",
                "* ** : 2% and nth 3 -> error 503 retry-after=2s # remark\n",
                "write c/*?.x : nth 37 -> torn 60% + crash", "read a\\*b/** : always -> flip 3",
            ].map { Array($0.utf8) }
        },
        words: [
            "seed ", "workload ", "reads", "write", "list", "delete", " : ", "always", "nth ",
            "every ", "after ", " and ", " -> ", " + ", "delay ", "error ", "torn ", "crash",
            "p50=", "ms", "%", "**", "retry-after=", "KiB",
        ],
        make: {
            { input in
                let text = String(decoding: input, as: UTF8.self)
                if let script = try? FaultScript(parsing: text) {
                    for rule in script.rules {
                        _ = rule.label
                        _ = rule.keys.matches("c/0/1")
                        _ = try? FaultScript(parsing: rule.text)
                    }
                }
                let halves = text.split(separator: "\n", maxSplits: 1).map(String.init)
                if let pattern = halves.first {
                    _ = KeyPattern(pattern).matches(halves.last ?? "")
                }
            }
        }
    )
}
