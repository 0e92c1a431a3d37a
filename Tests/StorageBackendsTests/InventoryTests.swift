import Storage
import Testing

@testable import StorageBackends

@Suite struct InventoryTests {
    private let scratch = Scratch()
    private let opener = LocatorOpener(backends: .builtin, layers: LayerRegistry())

    private static let document = Array(#"{"zarr_format":3,"node_type":"group"}"#.utf8)

    private func open(_ options: String = "", name: String = "i.csv") async throws -> any Store {
        scratch.shell("mkdir -p era.zarr")
        Scratch.write(scratch.path + "/era.zarr/zarr.json", Self.document)
        let locator =
            "inventory:\(scratch.path)/\(name)?metadata=\(scratch.path)/era.zarr\(options)"
        guard case .store(let store) = try await opener.open(locator).storage else {
            throw StorageError(.internal, .open, "it opened an array")
        }
        return store
    }

    private func listed(_ store: some Store) async throws -> [String] {
        let listing = try await store.list(.root, .full)
        var found: [String] = []
        while let page = try await listing.next() {
            for place in 0..<page.count {
                found.append(
                    "\(page.key(place)) \(page.sizes[place]) \(page.modifiedTimes[place])"
                )
            }
        }
        return found.sorted()
    }

    private func write(_ lines: [String], _ name: String = "i.csv") {
        Scratch.write(scratch.path + "/" + name, Array(lines.joined(separator: "\n").utf8))
    }

    private static let plain = [
        #""b","prod/era.zarr/zarr.json","37","2026-11-22T14:00:31.000Z","9bb5""#,
        #""b","prod/era.zarr/t%20x/c/0","54","2026-11-22T14:00:32.000Z","9bb5""#,
        #""b","prod/era.zarr/t+x/c/%C3%A9","0","2026-11-22T14:00:33.000Z","9bb5""#,
        #""b","prod/other.txt","7","2026-11-22T14:00:33.000Z","9bb5""#, "",
    ]
    private static let expected = [
        "t x/c/0 54 1795356032", "t x/c/é 0 1795356033", "zarr.json 37 1795356031",
    ]

    @Test func `the usual order of columns is understood, and keys are decoded`() async throws {
        write(Self.plain)
        let store = try await open()
        #expect(try await listed(store) == Self.expected)
        #expect(try await store.read(StoreKey("zarr.json"), .all) == Self.document)
        #expect(try await store.info(StoreKey("t x/c/0"))?.size == 54)
    }

    @Test func `what is gzipped, in one member or several, reads the same`() async throws {
        write(Array(Self.plain.prefix(2)) + [""], "1.csv")
        write(Array(Self.plain.dropFirst(2)), "2.csv")
        #expect(scratch.shell("(gzip -c 1.csv; gzip -c 2.csv) > i.csv.gz") == 0)
        #expect(try await listed(try await open(name: "i.csv.gz")) == Self.expected)
        #expect(scratch.shell("head -c 60 i.csv.gz > cut.csv.gz") == 0)
        let error = await storageError { () async throws(StorageError) in
            do {
                _ = try await open(name: "cut.csv.gz")
            } catch let error as StorageError {
                throw error
            } catch {
                throw StorageError(.internal, .open, "\(error)")
            }
        }
        #expect(error?.code == .corrupt)
    }

    @Test func `versions that are not the latest and delete markers are not there`() async throws {
        write([
            #""b","era.zarr/zarr.json","v1","true","false","37","2026-11-22T14:00:31.000Z""#,
            #""b","era.zarr/a/c/0","v2","false","false","9","2026-11-22T14:00:31.000Z""#,
            #""b","era.zarr/a/c/1","v3","true","true","","2026-11-22T14:00:31.000Z""#,
            #""b","era.zarr/a/c/2","v4","true","false","5","2026-11-22T14:00:31.000Z""#,
        ])
        #expect(
            try await listed(try await open()) == [
                "a/c/2 5 1795356031", "zarr.json 37 1795356031",
            ]
        )
    }

    @Test func `a manifest names the columns and the files`() async throws {
        scratch.shell("mkdir -p data 2026-11-22T01-00Z")
        write(["7,x/era.zarr/a/c/0", "37,x/era.zarr/zarr.json"], "data/one.csv")
        scratch.shell("gzip data/one.csv")
        let manifest = """
            {"sourceBucket":"b","fileFormat":"CSV","fileSchema":"Size, Key",
             "creationTimestamp":"1795356031000","files":[{"key":"inv/b/id/data/one.csv.gz"}]}
            """
        Scratch.write(scratch.path + "/2026-11-22T01-00Z/manifest.json", Array(manifest.utf8))
        let store = try await open(name: "2026-11-22T01-00Z/manifest.json")
        #expect(
            try await listed(store) == ["a/c/0 7 \(Int64.min)", "zarr.json 37 \(Int64.min)"]
        )
        #expect((store as? RecordedStore)?.origin.created == "2026-11-22 14:00:31")
    }

    @Test func `columns stand in any order, in as many files, with times in any form`() async throws
    {
        scratch.shell("mkdir -p data")
        write(
            [
                #""2026-11-22T14:00:31.000Z","b","v","true","false","37","x/era.zarr/zarr.json""#,
                #""2026-11-22T23:59:59Z","b","v","TRUE","False","8","x/era.zarr/a/c/0""#,
            ],
            "data/one.csv"
        )
        write(
            [
                "2026-11-23 00:00:00,b,v,true,false,9,x%2Fera.zarr/a/c/1\r",
                "2026-11-23T00:00:01Z,b,v,true,true,,x/era.zarr/a/c/2\r",
                "soon,b,v,true,false,many,x/era.zarr/a/c/3\r",
                "2026-02-30T25:00:00,b,v,true,false,-1,x/era.zarr/a/c/4",
            ],
            "data/two.csv"
        )
        let manifest = """
            {"fileFormat":"CSV","files":[{"key":"inv/data/one.csv"},{"key":"inv/data/two.csv"}],
             "fileSchema":"LastModifiedDate, Bucket, VersionId, IsLatest, IsDeleteMarker, Size, Key"}
            """
        Scratch.write(scratch.path + "/manifest.json", Array(manifest.utf8))
        #expect(
            try await listed(try await open(name: "manifest.json")) == [
                "a/c/0 8 1795391999", "a/c/1 9 1795392000", "a/c/3 -1 \(Int64.min)",
                "a/c/4 -1 \(Int64.min)", "zarr.json 37 1795356031",
            ]
        )
    }

    @Test func `which store of a bucket is meant is told by its name, or has to be said`()
        async throws
    {
        write([#""b","x/one.zarr/zarr.json","1""#, #""b","x/two.zarr/zarr.json","1""#])
        let error = await storageError { () async throws(StorageError) in
            _ = try await opener.open(
                "inventory:\(scratch.path)/i.csv?metadata=\(scratch.path)"
            )
        }
        #expect(error?.code == .invalidConfiguration)
        #expect(error?.message.contains("x/one.zarr/, x/two.zarr/") == true)
        #expect(try await listed(try await open("&prefix=x/two.zarr")).count == 1)
        write(["nonsense"])
        let none = await storageError { () async throws(StorageError) in
            _ = try await opener.open(
                "inventory:\(scratch.path)/i.csv?metadata=\(scratch.path)"
            )
        }
        #expect(none?.code == .corrupt)
    }

    @Test func `what the inventory lists and the store has not is no absence`() async throws {
        write(Self.plain)
        let store = try await open()
        let error = await storageError { () async throws(StorageError) in
            _ = try await store.read(StoreKey("t x/c/0"), .all)
        }
        #expect(error?.code == .notFound)
        #expect(try await store.read(StoreKey("t x/c/9"), .all) == nil)
    }

    @Test func `rows may be quoted, doubled and end as they like`() throws {
        var rows = TableRows()
        var found: [[String]] = []
        let text = "a,\"b \"\"q\"\", c\",\r\n\"x\ny\",2\r\nlast"
        for byte in text.utf8 {
            try rows.read([byte]) { (row) throws(StorageError) in
                found.append((0..<row.count).map { String(decoding: row[$0], as: UTF8.self) })
            }
        }
        try rows.finish { (row) throws(StorageError) in
            found.append((0..<row.count).map { String(decoding: row[$0], as: UTF8.self) })
        }
        #expect(found == [["a", "b \"q\", c", ""], ["x\ny", "2"], ["last"]])
    }
}
