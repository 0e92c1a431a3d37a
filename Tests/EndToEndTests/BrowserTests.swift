import Testing

/// The browser and the home screen over stores that keep conventions.
@Suite(.enabled(if: Tmux.path != nil), .serialized)
struct BrowserTests {
    private func array(
        _ type: String,
        _ shape: [Int],
        _ chunks: [Int],
        _ names: [String],
        _ attributes: String
    ) -> [UInt8] {
        let names = names.map { "\"\($0)\"" }.joined(separator: ",")
        return Array(
            """
            {"zarr_format":3,"node_type":"array","shape":\(shape),"data_type":"\(type)",
            "chunk_grid":{"name":"regular","configuration":{"chunk_shape":\(chunks)}},
            "chunk_key_encoding":{"name":"default","configuration":{"separator":"/"}},
            "fill_value":0,"codecs":[{"name":"bytes","configuration":{"endian":"little"}}],
            "dimension_names":[\(names)],"attributes":\(attributes)}
            """.utf8
        )
    }

    private func group(_ attributes: String) -> [UInt8] {
        Array("{\"zarr_format\":3,\"node_type\":\"group\",\"attributes\":\(attributes)}".utf8)
    }

    /// Little-endian float64.
    private func bytes(_ numbers: [Double]) -> [UInt8] {
        numbers.flatMap { number in
            (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * UInt64($0))) }
        }
    }

    /// A dataset as xarray writes it, with two of three chunks of its data.
    private func dataset() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write("zarr.json", group(#"{"Conventions":"CF-1.8","title":"sample"}"#))
        let units = #"{"units":"hours since 2019-01-01","calendar":"standard"}"#
        try folder.write("time/zarr.json", array("float64", [3], [3], ["time"], units))
        try folder.write("time/c/0", bytes([0, 24, 36]))
        try folder.write(
            "lat/zarr.json",
            array("float64", [2], [2], ["lat"], #"{"units":"degrees_north"}"#)
        )
        try folder.write("lat/c/0", bytes([60, -12.5]))
        let data = #"{"units":"K","scale_factor":0.5,"flags":{"good":true}}"#
        try folder.write(
            "t2m/zarr.json",
            array("float64", [3, 2], [1, 2], ["time", "lat"], data)
        )
        try folder.write("t2m/c/0/0", bytes([1, 2]))
        try folder.write("t2m/c/2/0", bytes([5, 6]))
        try folder.write("t2m/c/9/0", bytes([5, 6]))
        try folder.write("t2m/notes.txt", [1])
        return folder
    }

    @Test func `an array that is opened by itself has the coordinates that lie beside it`() throws {
        let folder = try dataset()
        let script = "wait idle\nkey q\nwait idle\nscreen\n"
        try folder.write("script", Array(script.utf8))
        let line = ["--script", folder.path + "/script", "--size", "120x36"]
        let screen = try Program.run([folder.path + "/t2m"] + line).text
        #expect(screen.contains("2019-01-01 … 2019-01-02"), "\(screen)")
        #expect(screen.contains("60 … -12.5 degrees_north"))
    }

    @Test
    func `a level of an image that is opened by itself has the image's axes, units and scale`()
        throws
    {
        let folder = try TemporaryFolder()
        let image = """
            {"zarr_format":3,"node_type":"group","attributes":{"ome":{"version":"0.5","multiscales":[
            {"name":"cells","axes":[{"name":"y","type":"space","unit":"micrometer"},
            {"name":"x","type":"space","unit":"micrometer"}],"datasets":[
            {"path":"0","coordinateTransformations":[{"type":"scale","scale":[0.5,0.25]}]},
            {"path":"1","coordinateTransformations":[{"type":"scale","scale":[1,0.5]}]}]}]}}}
            """
        try folder.write("img.zarr/zarr.json", Array(image.utf8))
        for level in ["0", "1"] {
            let document = array("uint8", [2, 2], [2, 2], ["", ""], "{}")
            try folder.write("img.zarr/\(level)/zarr.json", document)
            try folder.write("img.zarr/\(level)/c/0/0", [1, 2, 3, 4])
        }
        let script = "wait idle\nkey q\nwait idle\nscreen\nkey s 1\nwait idle\nscreen\n"
        try folder.write("script", Array(script.utf8))
        let line = ["--script", folder.path + "/script", "--size", "120x36", "--no-session"]
        for place in ["img.zarr/0", "img.zarr#/0"] {
            let screen = try Program.run([folder.path + "/" + place] + line).text
            for part in [
                "OME-Zarr 0.5 image", "cells", "0, of 2 levels", "0.25 micrometer each", "0 µm",
            ] {
                #expect(screen.contains(part), "\(place) \(part) \(screen)")
            }
        }
    }

    @Test func `a unit of 1 stands behind no number, and any other does`() throws {
        for (unit, told) in [("1", false), ("K", true)] {
            let folder = try TemporaryFolder()
            let document = array(
                "float64",
                [2, 2],
                [2, 2],
                ["y", "x"],
                "{\"units\":\"\(unit)\"}"
            )
            try folder.write("zarr.json", document)
            try folder.write("c/0/0", bytes([3900, 3901, 3902, 3903]))
            try folder.write("script", Array("wait idle\nkey s 1\nwait idle\nscreen\n".utf8))
            let line = ["--script", folder.path + "/script", "--size", "120x36"]
            let screen = try Program.run([folder.path] + line).text
            #expect(screen.contains("3900") && screen.contains("3900 \(unit)") == told, "\(screen)")
        }
    }

    @Test func `a consolidated copy that is not of the documents is an issue`() throws {
        let folder = try TemporaryFolder()
        let copy = """
            {"zarr_format":3,"node_type":"group","attributes":{"a":1},"consolidated_metadata":
            {"kind":"inline","must_understand":false,"metadata":{"gone":
            {"zarr_format":3,"node_type":"group","attributes":{}}}}}
            """
        try folder.write("zarr.json", Array(copy.utf8))
        try folder.write("script", Array("wait idle\nkey 6\nwait idle\nscreen\n".utf8))
        let line = ["--script", folder.path + "/script", "--size", "120x36"]
        let screen = try Program.run([folder.path] + line).text
        #expect(screen.contains("Findings 1") && screen.contains("differs from the"), "\(screen)")
    }

    @Test func `V on a group verifies every array below, also in closed groups`() throws {
        let folder = try TemporaryFolder()
        let store = folder.path + "/demo.zarr"
        _ = try Program.run(["demo", store, "--script", "/dev/null"])
        try folder.write("script", Array("wait idle\nkey V\nwait idle\nscreen\n".utf8))
        let line = ["--script", folder.path + "/script", "--size", "120x36"]
        let screen = try Program.run([store] + line).text
        #expect(screen.contains("5 arrays verified"), "\(screen)")
        #expect(screen.contains("2 broken in 4 arrays; 1 broken in its metadata"), "\(screen)")
        #expect(screen.contains("Verified below") && screen.contains("/climate/temperature"))
    }

    @Test func `a dataset shows its axes as dates, its chunks counted, and the size of each stage`()
        throws
    {
        let folder = try dataset()
        let terminal = try Tmux([folder.path], columns: 160, rows: 45)
        try terminal.expect("2019-01-01 … 2019-01-02T12:00")
        try terminal.expect("t2m (time, lat)  K")
        try terminal.expect("o 1 missing")
        try terminal.press("Down", "Down")
        try terminal.expect("60 … -12.5 degrees_north")
        try terminal.expect("stored × 0.5 + 0")
        try terminal.press("3")
        try terminal.expect("measured on t2m/c/0/0")
        try terminal.press("5")
        try terminal.expect("? orphan c/9/0")
        try terminal.expect("foreign  notes.txt")
        try terminal.press("2", "Tab")
        try terminal.expect("▾ flags {1}")
        try terminal.press("Q")
        try terminal.expect("ended 0")
    }

    @Test func `the steps of an image come from its description`() throws {
        let folder = try TemporaryFolder()
        let levels = (0..<2).map { level in
            "{\"path\":\"\(level)\",\"coordinateTransformations\":"
                + "[{\"type\":\"scale\",\"scale\":[\(level + 1)]}]}"
        }
        let text =
            #"{"ome":{"version":"0.5","multiscales":[{"axes":[{"name":"x","type":"space","#
            + #""unit":"micrometer"}],"datasets":["# + levels.joined(separator: ",") + "]}]}}"
        try folder.write("zarr.json", group(text))
        try folder.write("0/zarr.json", array("float64", [4], [4], ["x"], "{}"))
        try folder.write("1/zarr.json", array("float64", [2], [2], ["x"], "{}"))
        let terminal = try Tmux([folder.path], columns: 160, rows: 45)
        try terminal.expect("OME-Zarr 0.5 image")
        try terminal.expect("x space micrometer   1 each")
        try terminal.expect("1  level ×2")
        try terminal.press("Down", "Down")
        try terminal.expect("0 … 2 micrometer")
        try terminal.press("Q")
        try terminal.expect("ended 0")
    }

    @Test func `what was counted is remembered, tested against the store, and forgotten`() throws {
        let folder = try dataset()
        let state = try TemporaryFolder()
        let environment = ["XDG_STATE_HOME": state.path]
        let first = try Tmux([folder.path], environment: environment)
        try first.expect("o 1")
        try first.press("Q")
        try first.expect("ended 0")
        try folder.write("t2m/c/1/0", bytes([3, 4]))
        let second = try Tmux([], columns: 120, rows: 36, environment: environment)
        try second.expect("o 1 missing")
        try second.press("t")
        try second.expect("stale: /t2m has 1 chunk more")
        try second.expect("of 24 failed")
        try second.press("d")
        try second.expect("none yet")
        try second.press("Q")
        try second.expect("ended 0")
        #expect(folder.read("t2m/c/0/0") != nil)
    }
}
