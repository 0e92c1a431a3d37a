import JSONValue
import ZarrEngine
import ZarrModel

/// Values in a file of JSON: the document that `read --format json` prints, or a list of elements in the
/// form of v3 fill values, flat in C order or nested as the dimensions are.
struct JSONInput {
    /// What messages call the file.
    let name: String
    /// The extents that the file says; `nil` for a list alone.
    let shape: [Int]?
    /// What the file says of its elements; `nil` for a list alone.
    private let typeName: String?
    private let list: JSONValue

    /// Larger files, and more values in one, are refused: all of them are held at a time.
    private static let limits = JSONLimits(byteCount: 256 << 20, valueCount: 1 << 24)

    /// Reads the rest of `file`, of which `start` was read already.
    init(_ file: borrowing InputFile, _ name: String, after start: [UInt8]) throws {
        var bytes = start
        while true {
            let piece = try file.read(1 << 16)
            bytes += piece
            guard bytes.count <= Self.limits.byteCount else { throw Self.tooLarge(name) }
            if piece.count < 1 << 16 { break }
        }
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONParser.parse(bytes, mode: .strict, limits: Self.limits).value
        } catch {
            throw ToolError("\(name): not readable as JSON: \(error)")
        }
        self.name = name
        guard let object = document.objectValue else {
            (shape, typeName, list) = (nil, nil, document)
            return
        }
        guard let values = object["values"], values.arrayValue != nil else {
            throw ToolError(
                "\(name): there is no list 'values' in it, as 'read --format json' prints one"
            )
        }
        let extents = object["shape"]?.arrayValue
        let shape = extents?.compactMap(\.intValue)
        guard shape?.count == extents?.count, shape?.allSatisfy({ $0 >= 0 }) ?? true else {
            throw ToolError("\(name): the shape is not readable")
        }
        self.shape = shape
        typeName = object["data_type"]?.stringValue
        list = values
    }

    private static func tooLarge(_ name: String) -> ToolError {
        ToolError(
            "\(name) is larger than \(Wording.bytes(limits.byteCount)) of JSON",
            remedy: "write parts of it, or use NumPy's format or --raw"
        )
    }

    /// The elements of `type` for a selection of `shape`, in C order. Throws where there are others than
    /// those, or one is no value of the type.
    func values(as type: DataType, _ shape: [Int]) throws -> NewValues {
        if let typeName, typeName != type.name {
            throw ToolError(
                "\(name) holds \(typeName), and \(type.name) is wanted",
                remedy: "without its member 'data_type' the values are taken as they are"
            )
        }
        let elements = try elements(type, shape)
        guard let size = type.byteCount else {
            return .variable(
                try elements.enumerated().map { try element($0.element, $0.offset, type) }
            )
        }
        let (byteCount, over) = elements.count.multipliedReportingOverflow(by: size)
        guard !over else { throw ToolError("\(name): the selection is too large") }
        let values = try NewValues.filled(byteCount: byteCount) {
            (bytes: inout MutableRawSpan) throws in
            for (number, value) in elements.enumerated() {
                let element = try element(value, number, type)
                for place in 0..<min(size, element.count) {
                    bytes.storeBytes(
                        of: element[place],
                        toByteOffset: number * size + place,
                        as: UInt8.self
                    )
                }
            }
        }
        guard let values else { throw ToolError("\(name) is larger than memory") }
        return values
    }

    private func element(_ value: JSONValue, _ number: Int, _ type: DataType) throws -> [UInt8] {
        do throws(MetadataError) {
            return try ValueWord.bytes(of: value, type)
        } catch {
            throw ToolError("\(name): value \(number): \(error.message)")
        }
    }

    // MARK: - Flat or nested

    private func elements(_ type: DataType, _ shape: [Int]) throws -> [JSONValue] {
        guard let count = shape.checkedProduct() else {
            throw ToolError("\(name): the selection is too large")
        }
        if let said = self.shape, said != shape {
            throw ToolError("\(name) has the shape \(said), the selection \(shape)")
        }
        let flat = list.arrayValue ?? (shape.isEmpty ? [list] : [])
        // What is as long as it should be is flat, unless its entries are rows of one.
        if flat.count == count, shape.count < 2 || isElement(flat.first, type) { return flat }
        guard flat.count == shape.first || flat.count == count else {
            throw ToolError(
                "\(name) has \(Wording.count(flat.count, "element")), the selection"
                    + " \(Wording.count(count))"
            )
        }
        var nested: [JSONValue] = []
        nested.reserveCapacity(min(count, Self.limits.valueCount))
        if let wrong = Self.add(list, shape[...], to: &nested, "") {
            guard flat.count != count else { return flat }
            throw ToolError(
                "\(name)\(wrong), the selection \(shape)"
                    + " (\(Wording.count(count, "element")), nested or one after another)"
            )
        }
        return nested
    }

    private func isElement(_ value: JSONValue?, _ type: DataType) -> Bool {
        guard let value else { return true }
        return (try? ValueWord.bytes(of: value, type)) != nil
    }

    /// Adds the elements of a list that is nested as `shape` says; what is wrong with it otherwise.
    private static func add(
        _ value: JSONValue,
        _ shape: ArraySlice<Int>,
        to elements: inout [JSONValue],
        _ place: String
    ) -> String? {
        guard let length = shape.first else {
            elements.append(value)
            return nil
        }
        let here = place.isEmpty ? "" : ": values\(place)"
        guard let list = value.arrayValue else { return "\(here) has no list" }
        guard list.count == length else {
            return "\(here) has \(Wording.count(list.count, "element"))"
        }
        for (number, value) in list.enumerated() {
            if let wrong = add(value, shape.dropFirst(), to: &elements, "\(place)[\(number)]") {
                return wrong
            }
        }
        return nil
    }

    /// The shape of values that go behind those of an array of `shape` along `axis`: as the file says,
    /// or as far as its list reaches.
    func shape(growing axis: Int, of shape: [Int]) throws -> [Int] {
        if let said = self.shape { return said }
        var grown = shape
        var row = list
        for _ in 0..<axis { row = row.arrayValue?.first ?? .null }
        guard let length = row.arrayValue?.count else {
            throw ToolError(
                "\(name) does not say how far it goes along dimension \(axis)",
                remedy: "write {\"shape\": […], \"values\": […]}"
            )
        }
        grown[axis] = length
        return grown
    }
}
