public import JSONValue

/// What an array's attributes say by the conventions of CF and xarray. The text is untrusted.
public struct ArrayConventions: Hashable, Sendable {
    /// What it is, for a person: `long_name`.
    public var longName: String?
    /// What it is, from CF's table: `standard_name`.
    public var standardName: String?
    /// The unit of its values.
    public var units: String?
    /// How its values count time, where they do.
    public var time: CalendarTime?
    /// The value that stands for none (`_FillValue`, else `missing_value`), as JSON.
    public var missingValue: String?
    /// A stored number times this and plus `addOffset` is the value that is meant.
    public var scaleFactor: Double?
    /// What is added to a stored number, after it was scaled.
    public var addOffset: Double?
    /// Arrays that hold coordinates of this one besides those of its dimensions.
    public var coordinates: [String] = []

    /// Reads attributes; what is not as the conventions say is left out.
    public init(_ attributes: JSONObject) {
        longName = attributes["long_name"]?.stringValue
        standardName = attributes["standard_name"]?.stringValue
        units = attributes["units"]?.stringValue
        if let units {
            time = CalendarTime(units: units, calendar: attributes["calendar"]?.stringValue)
        }
        let missing = attributes["_FillValue"] ?? attributes["missing_value"]
        if let missing, !missing.isNull { missingValue = missing.text(.compact) }
        scaleFactor = attributes["scale_factor"]?.doubleValue
        addOffset = attributes["add_offset"]?.doubleValue
        let names = attributes["coordinates"]?.stringValue ?? ""
        coordinates = names.split(separator: " ").prefix(64).map(String.init)
    }

    /// Whether stored numbers are not the values that are meant.
    public var isPacked: Bool {
        scaleFactor != nil || addOffset != nil
    }

    /// The value that a stored number stands for.
    public func value(of stored: Double) -> Double {
        stored * (scaleFactor ?? 1) + (addOffset ?? 0)
    }
}

extension NodePath {
    /// Where the array of a dimension's coordinates may be, likeliest first, for the array at this path:
    /// of the dimension's name beside it, then in the groups above (as xarray reads a dataset and a
    /// tree of them). It is one when it has one dimension of that length.
    public func coordinatePlaces(of dimension: String) -> [NodePath] {
        guard let parent, NodePath.problem(inName: dimension) == nil else { return [] }
        var places: [NodePath] = []
        var group: NodePath? = parent
        while let place = group, places.count < 8 {
            places.append(place.appending(dimension))
            group = place.parent
        }
        return places
    }
}
