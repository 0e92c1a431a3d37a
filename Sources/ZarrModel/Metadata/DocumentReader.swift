import JSONValue

/// Reads one metadata document member by member and collects what is odd about it.
struct DocumentReader {
    /// What the document is called: `zarr.json`.
    let name: String
    let object: JSONObject
    /// Where the members' values stand in the bytes that were parsed; empty where there were none.
    private(set) var places: [Range<Int>] = []
    var diagnostics: [Diagnostic] = []

    /// Parses `bytes` leniently. Throws where they are no JSON object.
    init(_ bytes: [UInt8], name: String) throws(MetadataError) {
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONParser.parse(bytes, mode: .lenient)
        } catch {
            throw MetadataError(at: name, error)
        }
        try self.init(document.value, name: name)
        places = document.places
        for note in document.notes {
            diagnostics.append(
                Diagnostic(.warning, at: "\(name)#\(note.pointer)", note.message)
            )
        }
    }

    /// Takes a document that was parsed already.
    init(_ value: JSONValue, name: String) throws(MetadataError) {
        guard let object = value.objectValue else {
            throw MetadataError(
                at: name,
                "a metadata document is an object, not \(value.kindPhrase)"
            )
        }
        self.name = name
        self.object = object
    }

    /// `zarr.json#/shape`.
    func location(_ key: String) -> String {
        "\(name)#/\(JSONPointer.escape(key))"
    }

    mutating func warn(_ key: String, _ message: String) {
        diagnostics.append(Diagnostic(.warning, at: location(key), message))
    }

    func required(_ key: String) throws(MetadataError) -> JSONValue {
        guard let value = object[key] else {
            throw MetadataError(at: name + "#", "the document has no \(key)")
        }
        return value
    }

    /// A list of lengths, each at least `least` and none above `Int.max`.
    static func lengths(
        _ value: JSONValue?,
        at location: String,
        what: String,
        least: Int
    ) throws(MetadataError) -> [Int] {
        guard let value else { throw MetadataError(at: location, "\(what) is missing") }
        guard let list = value.arrayValue else {
            throw MetadataError(
                at: location,
                "\(what) is a list of lengths, not \(value.kindPhrase)"
            )
        }
        guard list.count <= rankLimit else {
            throw MetadataError(at: location, "more than \(rankLimit) dimensions")
        }
        var lengths: [Int] = []
        for (position, element) in list.enumerated() {
            let place = "\(location)/\(position)"
            guard let number = element.numberValue else {
                throw MetadataError(at: place, "a length is a number, not \(element.kindPhrase)")
            }
            guard let length = number.int else {
                throw MetadataError(
                    at: place,
                    number.isPlainInteger
                        ? "a length of \(number.text.prefix(40)) is beyond 2^63 - 1"
                        : "a length is a whole number, not \(number.text.prefix(40))"
                )
            }
            guard length >= least else {
                throw MetadataError(at: place, "a length of \(length) is below \(least)")
            }
            lengths.append(length)
        }
        return lengths
    }

    /// More dimensions than any array has; keys and screens stay bounded.
    static let rankLimit = 64
}
