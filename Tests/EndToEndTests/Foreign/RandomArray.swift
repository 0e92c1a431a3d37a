import JSONValue
import ZarrModel

/// An array made at random from its seed: its documents, its elements, and who wrote it where.
struct RandomArray: Sendable {
    let id: Int
    let seed: Int
    /// What was asked for. `attributes` are among it in v2 too.
    let document: JSONValue
    /// The program that wrote it; `nil` where none knows all of its codecs and types.
    let writer: String?
    /// What a census has to count; `nil` where nobody wrote it.
    let census: Census?

    /// The counts of a census.
    struct Census: Sendable {
        let total: Int
        let present: Int
        let absent: [[Int]]
        let inner: (total: Int, present: Int)?
    }

    /// The arrays that `make fixtures` made, `size` to a batch; empty where there are none.
    static let batches: [Batch] = {
        let arrays = Fixtures.entries("random/manifest.json").compactMap(RandomArray.init)
        let size = 100
        return stride(from: 0, to: arrays.count, by: size).map { start in
            Batch(arrays: Array(arrays[start..<min(start + size, arrays.count)]))
        }
    }()

    init?(_ entry: JSONValue) {
        guard let id = entry["id"]?.intValue, let seed = entry["seed"]?.intValue,
            let document = entry["document"]
        else { return nil }
        (self.id, self.seed, self.document) = (id, seed, document)
        writer = entry["writer"]?.stringValue
        census = entry["total"]?.intValue.map { total in
            let inner = entry["inner_total"]?.intValue
            return Census(
                total: total,
                present: entry["present"]?.intValue ?? -1,
                absent: entry["absent"]?.arrayValue?.map(\.indices) ?? [],
                inner: inner.map { ($0, entry["inner_present"]?.intValue ?? -1) }
            )
        }
    }

    /// The folder of the store that `writer` wrote.
    var store: String { "\(Fixtures.folder)/random/stores/\(id)" }

    /// The elements in C order, packed, or as JSON where they are texts.
    var values: [UInt8] { Fixtures.read("random/values/\(id)") }

    /// What the documents say.
    func metadata() throws -> ArrayMetadata {
        if document["zarr_format"]?.intValue == 3 { return try ArrayMetadata(v3: document) }
        var parts = try JSONParser.parse(Array(document.text().utf8)).value.objectValue ?? [:]
        let attributes = parts["attributes"]
        parts["attributes"] = nil
        return try ArrayMetadata(v2: .object(parts), zattrs: attributes)
    }

    /// What to say where something is wrong: enough to make the array again.
    func failure(_ what: String) -> String {
        "seed \(seed), written by \(writer ?? "nobody"): \(what)\n\(document.text())"
    }
}

/// Arrays that are tried one after another.
struct Batch: Sendable, CustomStringConvertible {
    let arrays: [RandomArray]

    var description: String {
        "seeds \(arrays.first?.seed ?? 0) to \(arrays.last?.seed ?? 0)"
    }
}
