import JSONValue
import Raster
import ZarrEngine
import ZarrModel

/// What stored numbers mean by the CF conventions: `scale_factor`, `add_offset`, `_FillValue` and
/// `missing_value`.
struct ValueDecoding: Sendable {
    private let scale: Double
    private let offset: Double
    /// Stored numbers that stand for no value.
    private let none: [Double]
    /// Whether float32 holds what comes out as exactly as it was measured.
    let isSingle: Bool
    private let unit: String

    /// Reads the attributes of an array; `nil` where they say nothing of the kind, or its elements are
    /// no plain numbers.
    init?(_ metadata: ArrayMetadata) {
        switch metadata.dataType {
        case .integer, .float: break
        default: return nil
        }
        let type = metadata.dataType.name
        isSingle = ["int8", "uint8", "int16", "uint16", "float16", "float32"].contains(type)
        let conventions = ArrayConventions(metadata.attributes)
        scale = conventions.scaleFactor ?? 1
        offset = conventions.addOffset ?? 0
        unit = conventions.time == nil ? conventions.unit ?? "" : ""
        none = ["_FillValue", "missing_value"].flatMap { name -> [Double] in
            guard let value = metadata.attributes[name] else { return [] }
            return (value.arrayValue ?? [value]).prefix(16).compactMap(Self.number)
        }.map { type == "float32" ? Double(Float($0)) : $0 }
        guard conventions.isPacked || !none.isEmpty else { return nil }
    }

    /// A number as attributes hold it: plain, by name, or as xarray writes it in v3, the eight bytes of
    /// a double in base64.
    private static func number(_ value: JSONValue) -> Double? {
        if let number = value.doubleValue { return number }
        switch value.stringValue {
        case nil: return nil
        case "NaN"?: return .nan
        case "Infinity"?: return .infinity
        case "-Infinity"?: return -.infinity
        case let text?:
            guard text.utf8.count == 12, text.hasSuffix("=") else { return nil }
            var bits: UInt128 = 0
            for letter in text.utf8.dropLast() {
                guard let digit = digits.firstIndex(of: letter) else { return nil }
                bits = bits << 6 | UInt128(digit)
            }
            // Eleven letters are 66 bits, of which the last two are none.
            return Double(bitPattern: UInt64(truncatingIfNeeded: bits >> 2).byteSwapped)
        }
    }

    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    /// Whether a stored number stands for no value.
    func isNone(_ stored: Double) -> Bool {
        none.contains { $0 == stored || $0.isNaN && stored.isNaN }
    }

    /// What a stored number means; NaN for no value.
    func value(_ stored: Double) -> Double {
        isNone(stored) ? .nan : stored * scale + offset
    }

    /// The same as text: `none` for no value.
    func text(_ stored: Double) -> String {
        guard !isNone(stored) else { return "none" }
        let value = stored * scale + offset
        return isSingle ? "\(Float(value))" : "\(value)"
    }

    /// What is done, in a few words: `× 0.01 + 273.15, -32768 is none, in K`.
    var words: String {
        var parts: [String] = []
        var packing = scale == 1 ? "" : "× \(Self.text(scale))"
        if offset != 0 {
            packing += packing.isEmpty ? "" : " "
            packing += offset < 0 ? "- \(Self.text(-offset))" : "+ \(Self.text(offset))"
        }
        if !packing.isEmpty { parts.append(packing) }
        if let first = none.first { parts.append("\(Self.text(first)) is none") }
        if !unit.isEmpty { parts.append("in \(visible(unit))") }
        return parts.joined(separator: ", ")
    }

    private static func text(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? "\(number)"
    }
}

/// What stored numbers say to a person: as they are, as times, or decoded.
struct ValueMeaning: Sendable {
    /// How they count time, where they do.
    let time: CalendarTime?
    /// What they stand for; `nil` where that is not asked for or nothing is said.
    let decoding: ValueDecoding?
    /// The unit of the numbers; empty where none is known.
    let unit: String

    /// Reads the attributes of an array; they are decoded if `isDecoded`.
    init(_ metadata: ArrayMetadata, isDecoded: Bool) {
        let conventions = ArrayConventions(metadata.attributes)
        time = conventions.time
        decoding = isDecoded ? ValueDecoding(metadata) : nil
        // The unit is that of what is meant, and stored numbers are something else.
        unit = conventions.isPacked && decoding == nil ? "" : conventions.unit ?? ""
    }

    /// Whether numbers are shown as they are stored.
    var isPlain: Bool {
        time == nil && decoding == nil
    }

    /// How many stored numbers are decoded to no value, those without a chunk left out.
    func noneCount(_ stored: [Double], _ marks: [PlaneMark]) -> Int {
        guard let decoding else { return 0 }
        return stored.indices.count {
            decoding.isNone(stored[$0]) && (marks.isEmpty || marks[$0] == .value)
        }
    }

    /// A stored number as a time, or what it is decoded to, `none` for no value; `nil` where it is
    /// shown as it is stored.
    func text(_ stored: Double) -> String? {
        guard let decoding else { return time?.text(stored) }
        if decoding.isNone(stored) { return "none" }
        return time?.text(decoding.value(stored)) ?? decoding.text(stored)
    }

    /// The text of each of `values`, by its place: as it is stored where nothing else is meant.
    func texts(of values: ArrayValues) -> (Int) -> String {
        let numbers = isPlain ? nil : values.numbers
        return { place in
            numbers.flatMap { text($0[place]) }
                ?? ElementText.text(values.element(place)[...], values.dataType)
        }
    }
}
