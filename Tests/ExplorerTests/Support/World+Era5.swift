import Explorer
import ZarrModel

extension World {
    /// A store with groups, a 4-D array of 1 024 000 chunks with four absent ones, a small one with
    /// every state, a list of one axis, a broken node, a foreign file and names that try escapes.
    static let era5: World = {
        var world = World()
        world.home = home
        world.addTree()
        world.addTemperature()
        world.addMask()
        world.addTime()
        return world
    }()

    private static var home: HomeContents {
        var home = HomeContents()
        var file = BackendCard(id: "file", summary: "A directory of files")
        file.capabilities = [
            "read", "write", "list", "delete", "ranges", "hierarchy", "sizes", "modified",
            "durable",
        ]
        file.example = "/data/a.zarr"
        var mode = OptionCard(name: "fsync", type: "word")
        mode.defaultValue = "file"
        mode.help = "none, file or full: what is flushed before a write counts"
        file.options = [mode]
        var memory = BackendCard(id: "memory", summary: "This process's memory, gone when it ends")
        memory.capabilities = ["read", "write", "list", "delete", "ranges"]
        memory.example = "memory:scratch"
        var zip = BackendCard(id: "zip", summary: "A zip file, read in place")
        zip.capabilities = ["read", "list", "ranges", "sizes"]
        zip.example = "/data/a.zarr.zip"
        var mock = BackendCard(id: "mock", summary: "A backend that misbehaves on purpose")
        mock.capabilities = ["read", "write", "list", "delete"]
        mock.example = "mock:?error_rate=0.1&seed=7"
        mock.state = .degraded
        mock.stateDetail = "no rules given: only rates"
        var cold = BackendCard(id: "s3", summary: "Amazon S3 and what speaks like it")
        cold.state = .unavailable
        cold.stateDetail = "libcurl was not found"
        cold.example = "s3://bucket/a.zarr?region=eu-west-1"
        var key = OptionCard(name: "secret_key", type: "text")
        key.isSecret = true
        key.isRequired = true
        key.help = "from the environment or a profile file only"
        cold.options = [key]
        home.backends = [file, memory, zip, mock, cold]
        home.layers = [
            LayerCard(id: "retry", summary: "Asks again after a failure that may pass"),
            LayerCard(id: "latency", summary: "Waits before every answer"),
            LayerCard(id: "readonly", summary: "Refuses to change anything"),
        ]
        var era5 = RecentStore(locator: "/data/era5.zarr")
        era5.summary = "v3, 212 arrays"
        era5.opened = "3 min ago"
        var big = RecentStore(locator: "s3://climate-prod/bench/very/deep/prefix/big.zarr")
        big.summary = "v3, 1 array"
        big.opened = "yesterday"
        home.recents = [era5, big]
        return home
    }

    private mutating func addTree() {
        func group(_ path: String, _ name: String) -> NodeCard {
            NodeCard(path: path, name: name, kind: .group)
        }
        var broken = NodeCard(path: "/air/v", name: "v", kind: .broken)
        broken.error = "zarr.json is cut off at byte 211"
        let foreign = NodeCard(path: "/README.md", name: "README.md", kind: .foreign)
        var implicit = group("/land", "land")
        implicit.isImplicit = true
        let nasty = group("/x", "evil\u{1b}[31m\u{202e}name")
        children["/"] = [group("/air", "air"), implicit, group("/ocean", "ocean"), nasty, foreign]
        children["/air"] = [
            card("/air/temp", "float32", [200, 20, 64, 64], [2, 2, 2, 2], 55_296_000),
            card("/air/mask", "int16", [120, 180], [15, 15], 43_213),
            card("/air/time", "float64", [5000], [10], 40_112), broken,
        ]
        children["/ocean"] = []
        for path in ["/", "/air", "/ocean", "/x", "/land"] {
            var details = NodeDetails(path: path, kind: .group)
            details.zarrFormat = path == "/land" ? nil : 3
            details.isImplicit = path == "/land"
            details.attributes =
                path == "/"
                ? "{\n  \"title\": \"ERA5 sample\",\n  \"history\": \"written by zarr-python 3\"\n}"
                : ""
            details.facts = path == "/" ? [Fact("consolidated", "yes, agrees with the nodes")] : []
            self.details[path] = details
        }
    }

    private func card(_ path: String, _ type: String, _ shape: [Int], _ chunk: [Int], _ bytes: Int)
        -> NodeCard
    {
        var card = NodeCard(
            path: path,
            name: String(path.split(separator: "/").last ?? ""),
            kind: .array
        )
        card.dataType = type
        card.shape = shape
        card.chunkShape = chunk
        card.storedBytes = bytes
        return card
    }

    private static func array(
        _ path: String,
        _ type: String,
        _ bytes: Int,
        shape: [Int],
        chunk: [Int],
        names: [String]
    ) -> NodeDetails {
        let grid = zip(shape, chunk).map { ($0 + $1 - 1) / $1 }
        var array = ArrayDetails(shape: shape, chunkShape: chunk, gridShape: grid, dataType: type)
        array.elementBytes = bytes
        array.dimensionNames = names
        array.fillValue = "NaN"
        array.codecs = [
            CodecCard(
                name: "bytes",
                configuration: "{\"endian\": \"little\"}",
                kind: "array to bytes"
            ),
            CodecCard(
                name: "zstd",
                configuration: "{\"level\": 0, \"checksum\": true}",
                kind: "bytes to bytes"
            ),
        ]
        array.codecs[1].checksum = "zstd (xxh64)"
        array.keyEncoding = ChunkKeyEncoding(.default)
        var details = NodeDetails(path: path, kind: .array)
        details.zarrFormat = 3
        details.array = array
        details.attributes = """
            {
              "units": "degC",
              "standard_name": "air_temperature",
              "valid_range": [-90.0, 60.0],
              "flags": {"quality": "good", "verified": true}
            }
            """
        details.documents = [
            StoredDocument(
                key: String(path.dropFirst()) + "/zarr.json",
                text:
                    "{\"zarr_format\": 3, \"node_type\": \"array\", \"shape\": \(shape), \"data_type\": \"\(type)\"}"
            )
        ]
        return details
    }

    private mutating func addTemperature() {
        var details = Self.array(
            "/air/temp",
            "float32",
            4,
            shape: [200, 20, 64, 64],
            chunk: [2, 2, 2, 2],
            names: ["time", "level", "lat", "lon"]
        )
        details.diagnostics = [
            Diagnostic(
                .warning,
                at: "zarr.json#/attributes",
                "the attribute valid_range is not what CF says"
            )
        ]
        self.details["/air/temp"] = details
        var all = (0..<1_024_000).map { (ChunkState.present, Int64(40 + ($0 * 31) % 29)) }
        for place in [[20, 2, 12, 2], [24, 1, 18, 15], [84, 2, 26, 25], [86, 1, 2, 2]] {
            let index = zip(place, [100, 10, 32, 32]).reduce(0) { $0 * $1.1 + $1.0 }
            all[index] = (.missing, -1)
        }
        chunks["/air/temp"] = all
        censuses["/air/temp"] = census("/air/temp")
    }

    private mutating func addMask() {
        details["/air/mask"] = Self.array(
            "/air/mask",
            "int16",
            2,
            shape: [120, 180],
            chunk: [15, 15],
            names: ["lat", "lon"]
        )
        var all = (0..<96).map { (ChunkState.present, Int64(200 + ($0 * 37) % 300)) }
        for index in 40..<46 { all[index] = (.missing, -1) }
        all[13] = (.short, 12)
        all[14] = (.corrupt, 260)
        all[77] = (.unreadable, -1)
        chunks["/air/mask"] = all
    }

    private mutating func addTime() {
        details["/air/time"] = Self.array(
            "/air/time",
            "float64",
            8,
            shape: [5000],
            chunk: [10],
            names: ["time"]
        )
        var all = (0..<500).map { _ in (ChunkState.present, Int64(80)) }
        for index in 300..<347 { all[index] = (.missing, -1) }
        chunks["/air/time"] = all
    }
}
