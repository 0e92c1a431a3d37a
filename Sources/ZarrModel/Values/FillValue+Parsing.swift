public import JSONValue

extension FillValue {
    /// Reads the `fill_value` of v3 metadata.
    public init(
        v3 value: JSONValue,
        type: DataType,
        at location: String,
        diagnostics: inout [Diagnostic]
    ) throws(MetadataError) {
        self = .undefined(for: type)
        json = value
        isUndefined = false
    }

    /// Reads the `fill_value` of v2 metadata, which is not `null`.
    public init(
        v2 value: JSONValue,
        type: DataType,
        at location: String,
        diagnostics: inout [Diagnostic]
    ) throws(MetadataError) {
        try self.init(v3: value, type: type, at: location, diagnostics: &diagnostics)
    }
}
