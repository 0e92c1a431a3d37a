/// What a person writes to name storage: `PLACE[?OPTIONS][#NODE][|LAYER[:OPTIONS]]…`.
///
/// - A plain path has no scheme and no options, and every character in it stands for itself, save
///   that `|` begins a layer and `#/` a node.
/// - A `|` before the layers, in a name, is written twice: `||`.
/// - With a scheme, the place and the options are percent-decoded once; options are joined by `&`.
/// - A node (`#/group/array`) is taken as it stands, never percent-decoded: `%20` is a legal name.
/// - Options of a layer are joined by `,` and percent-decoded once.
///
/// It holds no secret: options declared secret are refused when the storage is opened.
public struct StoreLocator: Hashable, Sendable {
    /// The word before the first colon, in lower case; `nil` for a plain path.
    public var scheme: String?
    /// What follows the scheme, without options and node; never empty for a plain path.
    public var place: String
    /// The options after `?`, in order.
    public var options: [LocatorOption]
    /// The node inside the storage, beginning with `/`; `nil` where none is named.
    public var node: String?
    /// The layers, innermost first.
    public var layers: [LayerLocator]

    /// Makes a locator from its parts.
    public init(
        scheme: String?,
        place: String,
        options: [LocatorOption] = [],
        node: String? = nil,
        layers: [LayerLocator] = []
    ) {
        self.scheme = scheme
        self.place = place
        self.options = options
        self.node = node
        self.layers = layers
    }
}

/// `name=value` in a locator. Decoded.
public struct LocatorOption: Hashable, Sendable {
    /// Which option.
    public var name: String
    /// Its text; empty for a bare name.
    public var value: String

    /// Makes an option.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A layer in a locator.
public struct LayerLocator: Hashable, Sendable {
    /// Which layer.
    public var id: String
    /// Its options, in order.
    public var options: [LocatorOption]

    /// Makes a layer.
    public init(_ id: String, _ options: [LocatorOption] = []) {
        self.id = id
        self.options = options
    }
}
