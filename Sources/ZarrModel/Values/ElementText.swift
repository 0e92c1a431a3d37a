public import JSONValue

/// Elements as text: the JSON form of fill values, and a short form for tables.
public enum ElementText {
    /// The element in `bytes` (canonical form, or a variable element's own bytes) in Zarr v3's
    /// fill-value JSON form.
    public static func json(_ bytes: ArraySlice<UInt8>, _ type: DataType) -> JSONValue {
        .array(bytes.map { .integer($0) })
    }

    /// The element in `bytes` as short text for a table. Untrusted characters are made visible.
    public static func text(_ bytes: ArraySlice<UInt8>, _ type: DataType) -> String {
        visible(json(bytes, type).text())
    }
}
