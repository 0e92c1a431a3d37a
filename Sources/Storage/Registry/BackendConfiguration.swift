/// What a backend is opened with: where, with which options, and in which surroundings.
public struct BackendConfiguration: Sendable {
    /// The backend's own part of the locator: a path, a name, `//host/…`. Untrusted text.
    public var place: String
    /// The options, checked.
    public var options: OptionValues
    /// Whether `create` may replace an array or group that is there.
    public var overwrites: Bool
    /// Opens other locators, for a backend that lies over another one.
    public var opener: LocatorOpener

    /// Makes a configuration.
    public init(
        place: String,
        options: OptionValues,
        overwrites: Bool = false,
        opener: LocatorOpener
    ) {
        self.place = place
        self.options = options
        self.overwrites = overwrites
        self.opener = opener
    }
}
