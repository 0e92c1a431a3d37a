import JSONValue
import Testing
import ZarrModel

/// What attributes say by the conventions of CF, xarray and OME-Zarr.
struct ConventionsTests {
    private func attributes(_ text: String) throws -> JSONObject {
        let document = try JSONParser.parse(Array(text.utf8), mode: .lenient, limits: .standard)
        return try #require(document.value.objectValue)
    }

    // MARK: Time

    @Test(
        arguments: [
            ("days since 1970-01-01", "standard", 0.0, "1970-01-01"),
            ("days since 1970-01-01", "standard", 17_897.25, "2019-01-01T06:00"),
            ("hours since 1900-01-01 00:00:0.0", "gregorian", 1_043_148, "2019-01-01T12:00"),
            (
                "seconds since 1970-01-01T00:00:00Z", "proleptic_gregorian", -0.5,
                "1969-12-31T23:59:59.5"
            ),
            ("days since 2000-2-28 12:00", "standard", 1, "2000-02-29T12:00"),
            ("days since 2001-02-28", "noleap", 1, "2001-03-01"),
            ("days since 2000-02-28", "365_day", 1, "2000-03-01"),
            ("days since 2001-02-28", "all_leap", 1, "2001-02-29"),
            ("days since 2000-02-30", "360_day", 1, "2000-03-01"),
            ("days since 1582-10-04", "standard", 1, "1582-10-15"),
            ("days since 1582-10-04", "proleptic_gregorian", 1, "1582-10-05"),
            ("days since 1582-10-04", "julian", 11, "1582-10-15"),
            ("days since 0001-01-01", "proleptic_gregorian", 719_162, "1970-01-01"),
            ("days since 0001-01-01", "standard", 719_164, "1970-01-01"),
            ("hours since 1970-01-01 00:00 +02:00", "standard", 2, "1970-01-01"),
            ("hours since 1970-01-01 06:00:00 UTC", "standard", 0, "1970-01-01T06:00"),
            ("nanoseconds since 1970-01-01", "standard", 1e15, "1970-01-12T13:46:40"),
        ] as [(String, String, Double, String)]
    )
    func `a count of time is a date of its calendar`(
        _ units: String,
        _ calendar: String,
        _ count: Double,
        _ text: String
    ) throws {
        let time = try #require(CalendarTime(units: units, calendar: calendar))
        #expect(time.text(count) == text)
    }

    @Test(arguments: [
        "degC", "days", "days since", "days since yesterday", "months since 1970-01-01",
        "days since 1970-13-01", "days since 1970-00-01", "days since 99999999999999999999-01-01",
        "days since 1970-01-01 aa:00", "", "since since since",
    ])
    func `units that are no time since a date are none`(_ units: String) {
        #expect(CalendarTime(units: units) == nil)
    }

    @Test func `every day of every calendar comes back from its number`() {
        for calendar in CalendarTime.Calendar.allCases {
            guard
                let time = CalendarTime(units: "days since 1580-01-01", calendar: calendar.rawValue)
            else {
                Issue.record("\(calendar)")
                continue
            }
            var seen: [String] = []
            for day in 0..<2000 { seen.append(time.text(Double(day)) ?? "") }
            #expect(seen == seen.sorted() && Set(seen).count == 2000)
            for (day, text) in seen.enumerated() where day.isMultiple(of: 97) {
                let other = CalendarTime(units: "days since \(text)", calendar: calendar.rawValue)
                #expect(other?.text(Double(-day)) == "1580-01-01")
            }
        }
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, 1e300, -1e300, 9e15])
    func `no count traps`(_ count: Double) {
        #expect(CalendarTime(units: "days since 1970-01-01")?.text(count) == nil)
        #expect(CalendarTime(units: "nonsense since 1970-01-01") == nil)
    }

    // MARK: Arrays

    @Test func `packing, units and auxiliary coordinates are read`() throws {
        let found = ArrayConventions(
            try attributes(
                """
                {"units": "K", "long_name": "2 metre temperature", "scale_factor": 0.5,
                 "add_offset": 200, "_FillValue": -32767, "coordinates": "lat2 lon2"}
                """
            )
        )
        #expect(found.units == "K" && found.longName == "2 metre temperature")
        #expect(found.isPacked && found.value(of: 10) == 205)
        #expect(found.missingValue == "-32767" && found.coordinates == ["lat2", "lon2"])
        #expect(found.time == nil)
    }

    @Test func `attributes of other kinds are left out`() throws {
        let found = ArrayConventions(
            try attributes(
                #"{"units": 3, "scale_factor": "x", "coordinates": [1], "_FillValue": null}"#
            )
        )
        #expect(found == ArrayConventions(JSONObject()))
    }

    @Test func `coordinates lie beside the array or in a group above`() throws {
        let path = try #require(NodePath("/a/b/temp"))
        #expect(
            path.coordinatePlaces(of: "lat").map(\.description) == ["/a/b/lat", "/a/lat", "/lat"]
        )
        #expect(path.coordinatePlaces(of: "../x").isEmpty)
        #expect(NodePath.root.coordinatePlaces(of: "lat").isEmpty)
    }

    // MARK: Images

    private static let image = """
        {"multiscales": [{"version": "0.4", "name": "cells", "axes": [
           {"name": "c", "type": "channel"},
           {"name": "y", "type": "space", "unit": "micrometer"},
           {"name": "x", "type": "space", "unit": "micrometer"}],
         "datasets": [
           {"path": "0", "coordinateTransformations": [{"type": "scale", "scale": [1, 0.5, 0.5]}]},
           {"path": "1", "coordinateTransformations": [
             {"type": "scale", "scale": [1, 1, 1]},
             {"type": "translation", "translation": [0, 0.25, 0.25]}]}],
         "coordinateTransformations": [{"type": "scale", "scale": [1, 2, 2]}]}],
         "labels": ["nuclei"]}
        """

    @Test func `an image in several resolutions has axes, levels and factors`() throws {
        let found = GroupConventions(try attributes(Self.image))
        let image = try #require(found.images.first)
        #expect(image.version == "0.4" && image.axes.map(\.name) == ["c", "y", "x"])
        #expect(image.levels.map(\.path) == ["0", "1"])
        #expect(image.levels[0].scale == [1, 1, 1] && image.levels[1].scale == [1, 2, 2])
        #expect(image.factors(of: image.levels[1]) == [1, 2, 2])
        #expect(image.levels[1].translation == [0, 0.5, 0.5])
        #expect(found.labels == ["nuclei"])
    }

    @Test func `the fifth version is read under its own name`() throws {
        let text =
            #"{"ome": {"version": "0.5", "multiscales": [{"datasets": [{"path": "s0"}]}],"#
            + #""plate": {"rows": [1, 2], "columns": [1], "wells": [1, 2]}}}"#
        let found = GroupConventions(try attributes(text))
        #expect(found.images.first?.version == "0.5")
        #expect(found.images.first?.levels.first?.scale == [])
        #expect(found.plate?.rows == 2 && found.plate?.wells == 2)
    }

    @Test(arguments: [
        "{}", #"{"multiscales": 3}"#, #"{"multiscales": [{}]}"#,
        #"{"multiscales": [{"datasets": []}]}"#, #"{"multiscales": [{"datasets": [{"path": 1}]}]}"#,
        #"{"ome": []}"#,
    ])
    func `what describes no image is none`(_ text: String) throws {
        #expect(GroupConventions(try attributes(text)).images.isEmpty)
    }
}
