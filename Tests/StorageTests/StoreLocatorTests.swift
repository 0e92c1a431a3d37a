import Storage
import Testing

@Suite struct StoreLocatorTests {
    @Test(arguments: ["/data/a b%20c.zarr", "./x:y.zarr", "a?b=c&d", "c:", "ünïcode", "a#b"])
    func `a plain path stands for itself`(path: String) throws {
        let locator = try StoreLocator(path)
        #expect(locator == StoreLocator(scheme: nil, place: path))
        #expect(locator.description == path)
    }

    @Test func `a scheme, options, a node and layers are told apart`() throws {
        let text =
            "S3://bucket/a%20b?region=eu&endpoint=http://h:1#/g/a%20b|retry:attempts=5,base=1s|x"
        let locator = try StoreLocator(text)
        #expect(locator.scheme == "s3")
        #expect(locator.place == "//bucket/a b")
        #expect(
            locator.options == [
                LocatorOption("region", "eu"), LocatorOption("endpoint", "http://h:1"),
            ]
        )
        #expect(locator.node == "/g/a%20b")
        #expect(
            locator.layers == [
                LayerLocator(
                    "retry",
                    [LocatorOption("attempts", "5"), LocatorOption("base", "1s")]
                ),
                LayerLocator("x"),
            ]
        )
    }

    @Test func `the node of a path begins at the last hash before a slash`() throws {
        let locator = try StoreLocator("/a#b#/g/h|readonly")
        #expect(locator.place == "/a#b")
        #expect(locator.node == "/g/h")
        #expect(locator.layers == [LayerLocator("readonly")])
        #expect(try StoreLocator("memory:x#").node == "/")
    }

    @Test(
        arguments: [
            ("/a||b#/c||d", "/a|b", "/c|d", 0), ("/a#/c|||journal|readonly", "/a", "/c|", 2),
            ("memory:x||y?o=1#/n||", "x|y", "/n|", 0), ("||||", "||", nil, 0),
        ] as [(String, String, String?, Int)]
    )
    func `a bar in a name is written twice`(
        text: String,
        place: String,
        node: String?,
        layers: Int
    ) throws {
        let locator = try StoreLocator(text)
        #expect(locator.place == place)
        #expect(locator.node == node)
        #expect(locator.layers.count == layers)
        #expect(try StoreLocator(locator.description) == locator)
    }

    // A combining mark behind a sign makes another `Character` of it.
    @Test(arguments: ["|", "||", "#", "#/", "?", "/", ":", "%7C", "="])
    func `a sign before a combining mark is the same sign`(sign: String) {
        for scheme in ["", "memory:"] {
            for end in ["", "?a\(sign)\u{301}=1", "#/g\(sign)\u{301}", "|retry:a=\(sign)\u{301}b"] {
                let text = "\(scheme)a\(sign)\u{301}b\(end)"
                guard let locator = try? StoreLocator(text) else { continue }
                #expect((try? StoreLocator(locator.description)) == locator, "\(text)")
            }
        }
    }

    @Test func `a layer, a node and options are found before a combining mark`() throws {
        #expect(throws: StorageError.self) { try StoreLocator("/a|\u{301}") }
        #expect(try StoreLocator("/a||\u{301}").place == "/a|\u{301}")
        #expect(try StoreLocator("/a#/\u{301}").node?.utf8.elementsEqual("/\u{301}".utf8) == true)
        #expect(try StoreLocator("memory:x?a=\u{301}").options == [.init("a", "\u{301}")])
    }

    @Test(arguments: [
        "", "|retry", "/a|", "/a|||", "/a|5x", "memory:%zz", "memory:%4", "memory:%00",
        "memory:%ff",
        "memory:x#g", "memory:?=1", "a\u{0}b", "/a\nb", String(repeating: "a", count: 20_000),
    ])
    func `what cannot be read is refused as a locator`(text: String) {
        #expect(throws: StorageError.self) { try StoreLocator(text) }
        do throws(StorageError) {
            _ = try StoreLocator(text)
        } catch {
            #expect(error.code == .invalidLocator)
        }
    }

    @Test(arguments: [
        "/data/a.zarr#/g|journal", "memory:a b?x=1%262", "file:///a%23b%3Fc#/n%41|retry:a=%2C",
        "mock:?over=%2Fdata%3Fx&error_rate=0.1", "zip:/a%25.zip?root=b", "memory:",
        "/a|breaker:failures=50%,slow=80%25", "memory:?a=%",
    ])
    func `the canonical text reads back as the same locator`(text: String) throws {
        let locator = try StoreLocator(text)
        #expect(try StoreLocator(locator.description) == locator)
    }

    @Test func `a percent sign at the end of an option stands for itself`() throws {
        let options = try StoreLocator("/a|x:p=50%,q=%2C%,r=%25").layers[0].options
        #expect(options.map(\.value) == ["50%", ",%", "%"])
        #expect(throws: StorageError.self) { try StoreLocator("/a|x:p=5%0") }
    }

    @Test func `percent-encoding is undone once`() throws {
        #expect(try StoreLocator("file:/a%2520b").place == "/a%20b")
        #expect(try StoreLocator("file:/..%2F").place == "/../")
    }
}
