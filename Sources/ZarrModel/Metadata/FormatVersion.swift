/// The version of the Zarr format.
public enum FormatVersion: Int, Hashable, Sendable, CaseIterable {
    case v2 = 2
    case v3 = 3
}
