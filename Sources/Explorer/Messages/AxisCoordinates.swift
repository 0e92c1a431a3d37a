public import ZarrModel

/// What stands along one axis of an array: the values of its coordinate array, or even steps.
public struct AxisCoordinates: Hashable, Sendable {
    /// The values.
    public enum Values: Hashable, Sendable {
        /// One number for each element.
        case numbers([Double])
        /// One text for each element: untrusted.
        case texts([String])
        /// Only the two ends: the axis is too long to be read whole.
        case ends(first: String, last: String)
        /// A number for each element, evenly spaced.
        case steps(origin: Double, step: Double)
    }

    /// Which axis of the array.
    public var axis: Int
    /// The dimension's name: untrusted.
    public var name: String
    /// The path of the coordinate array; empty where the steps come from an image's description.
    public var path = ""
    /// The unit; empty where none is known, and for dates.
    public var units = ""
    /// How the numbers count time, where they do.
    public var time: CalendarTime?
    /// The values.
    public var values: Values
    /// Elements along the axis.
    public var count: Int

    /// Makes coordinates.
    public init(axis: Int, name: String, values: Values, count: Int) {
        self.axis = axis
        self.name = name
        self.values = values
        self.count = count
    }

    /// The coordinate of an element as a number; `nil` where it is none or not known.
    public func number(at index: Int) -> Double? {
        guard index >= 0, index < count else { return nil }
        switch values {
        case .numbers(let numbers): return index < numbers.count ? numbers[index] : nil
        case .steps(let origin, let step): return origin + Double(index) * step
        case .texts, .ends: return nil
        }
    }

    /// The coordinate of an element for a person, without its unit: `2019-03-01`, `42.5`; `nil`
    /// where it is not known. The text is untrusted.
    public func text(at index: Int) -> String? {
        guard index >= 0, index < count else { return nil }
        switch values {
        case .texts(let texts): return index < texts.count ? texts[index] : nil
        case .ends(let first, let last):
            return index == 0 ? first : index == count - 1 ? last : nil
        case .numbers, .steps:
            guard let number = number(at: index) else { return nil }
            return time?.text(number) ?? Format.value(number)
        }
    }

    /// The coordinate of an element with its unit: `12.5 °N`; `nil` where it is not known. The text is
    /// untrusted.
    public func place(at index: Int, isUnicode: Bool) -> String? {
        guard let text = text(at: index) else { return nil }
        let unit = Self.sign(units, isUnicode: isUnicode)
        return unit.isEmpty ? text : "\(text) \(unit)"
    }

    /// How people write a unit that conventions spell out: `°N` for `degrees_north`.
    private static func sign(_ units: String, isUnicode: Bool) -> String {
        let degree = isUnicode ? "°" : ""
        switch units {
        case "degrees_north", "degree_north", "degrees_N", "degree_N", "degreesN", "degreeN":
            return degree + "N"
        case "degrees_east", "degree_east", "degrees_E", "degree_E", "degreesE", "degreeE":
            return degree + "E"
        case "degree", "degrees": return isUnicode ? "°" : "deg"
        case "micrometer", "micron": return isUnicode ? "µm" : "um"
        case "nanometer": return "nm"
        case "millimeter": return "mm"
        default: return units
        }
    }

    /// First and last: `2019-01-01 … 2019-12-31`, `-90 … 90 degrees_north`. The text is untrusted.
    public var range: String? {
        guard count > 0, let first = text(at: 0), let last = text(at: count - 1) else { return nil }
        let ends = count == 1 ? first : "\(first) … \(last)"
        return units.isEmpty ? ends : "\(ends) \(units)"
    }
}
