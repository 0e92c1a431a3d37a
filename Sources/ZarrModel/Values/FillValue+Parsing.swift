public import JSONValue

extension FillValue {
    /// Reads the `fill_value` of v3 metadata (Zarr v3, "Fill value").
    public init(
        v3 value: JSONValue,
        type: DataType,
        at location: String,
        diagnostics: inout [Diagnostic]
    ) throws(MetadataError) {
        try self.init(value, type, FillReader(.v3, at: location), &diagnostics)
    }

    /// Reads the `fill_value` of v2 metadata; `null` leaves it open. A structured value given as
    /// base64 stands in the byte order of `dtype`.
    public init(
        v2 value: JSONValue,
        type: DataType,
        dtype: DataTypeV2? = nil,
        at location: String,
        diagnostics: inout [Diagnostic]
    ) throws(MetadataError) {
        guard !value.isNull else {
            self = .undefined(for: type)
            return
        }
        var reader = FillReader(.v2, at: location)
        reader.endianness = dtype?.endianness ?? .little
        reader.fieldEndianness = dtype?.fieldEndianness
        try self.init(value, type, reader, &diagnostics)
    }

    private init(
        _ value: JSONValue,
        _ type: DataType,
        _ reader: consuming FillReader,
        _ diagnostics: inout [Diagnostic]
    ) throws(MetadataError) {
        var reader = reader
        self.init(bytes: try reader.bytes(value, type), json: value)
        diagnostics += reader.diagnostics
    }
}
