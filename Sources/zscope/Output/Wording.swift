import Storage
import ZarrModel

/// Figures in the words that a person reads.
enum Wording {
    /// What helps where a metadata document ends early.
    static let cutOffRemedy =
        "put a whole copy of it back, or write the metadata again; the chunks are untouched"

    /// Why a list leaves out what is missing.
    static let tooManyMissing = "there are too many missing chunks to list them one by one"

    /// `1,024,000`.
    static func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    /// `1 chunk`, `4 chunks`.
    static func count(_ number: Int, _ noun: String) -> String {
        count(number) + " " + noun + (number == 1 ? "" : "s")
    }

    /// `13.5 KiB`.
    static func bytes(_ count: Int) -> String {
        var value = Double(count)
        var unit = "B"
        for next in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] where value >= 1024 {
            value /= 1024
            unit = next
        }
        return unit == "B" ? "\(count) B" : decimal(value, value < 100 ? 1 : 0) + " " + unit
    }

    /// `200 × 64 × 64`; the word for an array without dimensions.
    static func extents(_ shape: [Int], _ ink: Ink) -> String {
        let sign = ink.glyph(" × ", " x ")
        return shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: sign)
    }

    /// The extents of an array's chunks (inner ones, where it is sharded): `up to 10 × 35` where they
    /// differ.
    static func chunks(_ metadata: ArrayMetadata, _ ink: Ink) -> String {
        if let inner = metadata.innerChunkShape { return extents(inner, ink) }
        return stored(metadata, ink)
    }

    /// The extents of an array's stored objects: `up to 10 × 35` where they differ.
    static func stored(_ metadata: ArrayMetadata, _ ink: Ink) -> String {
        (metadata.hasUniformChunks ? "" : "up to ") + extents(metadata.chunkShape, ink)
    }

    /// `99.6 %`; never rounded up to 100 nor down to 0.
    static func percent(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "100 %" }
        if part == whole { return "100 %" }
        if part == 0 { return "0 %" }
        let share = 100 * Double(part) / Double(whole)
        if share > 99.9 { return ">99.9 %" }
        if share < 0.1 { return "<0.1 %" }
        return decimal(share, 1) + " %"
    }

    /// `value` with `places` decimals, at most 9.
    static func decimal(_ value: Double, _ places: Int) -> String {
        let scale = (0..<places).reduce(1 as Int) { scale, _ in scale * 10 }
        guard let scaled = Int(exactly: (value * Double(scale)).rounded()) else {
            return "\(value)"
        }
        guard places > 0 else { return String(scaled) }
        let digits = String(scaled.magnitude % scale.magnitude)
        let padding = String(repeating: "0", count: places - digits.count)
        return "\(scaled < 0 ? "-" : "")\(scaled.magnitude / scale.magnitude).\(padding)\(digits)"
    }
}

/// Points in time, UTC.
enum Timestamp {
    /// `2026-11-22T14:00:31Z`, by the proleptic Gregorian calendar.
    static func iso(_ seconds: Int64) -> String {
        PointInTime.iso(seconds)
    }

    /// `2026-11-22 14:00:31`.
    static func plain(_ seconds: Int64) -> String {
        PointInTime.plain(seconds)
    }
}
