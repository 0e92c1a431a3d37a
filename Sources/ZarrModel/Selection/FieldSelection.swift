/// One field of structured elements: where its values lie in each element.
public struct FieldSelection: Hashable, Sendable {
    /// Its name, as it was asked for. Untrusted text.
    public let name: String
    /// What one value of it is.
    public let type: DataType
    /// Bytes of the element before the first value.
    public let offset: Int
    /// The shape of the values in one element: of the sub-arrays on the way, outermost first; empty
    /// for a single value.
    public let shape: [Int]
    /// Bytes from one value to the next along each dimension of `shape`.
    public let strides: [Int]

    /// Bytes of the field's values of one element, packed.
    public var byteCount: Int {
        // A part of an element, whose size is known to fit.
        shape.reduce(type.byteCount ?? 0, *)
    }
}

extension FieldSelection {
    /// The field `name` of elements of `type`; `a.b` is field `b` of field `a`, unless a field is
    /// called `a.b`. Throws where there is none.
    public init(_ name: String, of type: DataType) throws(SelectionError) {
        var (offset, shape, strides) = (0, [Int](), [Int]())
        var rest = Array(name.utf8)[...]
        var current = type
        repeat {
            guard case .structure(let fields) = current, current.byteCount != nil else {
                throw SelectionError(
                    current == type
                        ? "elements of type \(type.name) have no fields"
                        : "\(name) reaches into a field that has none of its own"
                )
            }
            guard let (number, length) = Self.match(rest, fields) else {
                let known = fields.map(\.name).joined(separator: ", ")
                throw SelectionError("no field is called \(name); there are: \(known)")
            }
            offset += fields[..<number].reduce(0) { $0 + ($1.byteCount ?? 0) }
            current = fields[number].type
            shape += fields[number].shape
            strides += Self.strides(fields[number])
            rest = rest.dropFirst(length + 1)
        } while !rest.isEmpty
        self.name = name
        self.type = current
        self.offset = offset
        self.shape = shape
        self.strides = strides
    }

    /// The field with the longest name that `path` is or begins with, up to a point.
    private static func match(
        _ path: ArraySlice<UInt8>,
        _ fields: [StructField]
    ) -> (number: Int, length: Int)? {
        var found: (number: Int, length: Int)?
        for (number, field) in fields.enumerated() {
            let name = field.name.utf8
            let following = path.dropFirst(name.count)
            guard path.starts(with: name),
                following.isEmpty || following.first == UInt8(ascii: ".") && following.count > 1,
                name.count > found?.length ?? -1
            else { continue }
            found = (number, name.count)
        }
        return found
    }

    private static func strides(_ field: StructField) -> [Int] {
        var stride = field.type.byteCount ?? 0
        var strides: [Int] = []
        for length in field.shape.reversed() {
            strides.append(stride)
            stride *= length
        }
        return strides.reversed()
    }
}
