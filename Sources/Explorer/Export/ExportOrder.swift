public import Canvas
public import Raster

/// What is shown, to be put into a file.
public struct ExportOrder: Hashable, Sendable {
    /// What the file holds.
    public enum Content: Hashable, Sendable {
        /// The screen as lines of text.
        case text(String)
        /// The screen as a drawing, with its colours.
        case drawing(Canvas, ThemeName)
        /// The whole map or image, as a picture.
        case picture(Pixels)
        /// Every value of a plane as stored: lines of text if `isTable`, else NumPy's format.
        case values(PlaneRequest, isTable: Bool)
    }

    /// The file that the person named.
    public var path: String
    /// What goes into it.
    public var content: Content
    /// Whether a file that is there may be replaced: only where a person asked for that.
    public var replaces: Bool

    /// Makes an order.
    public init(path: String, content: Content, replaces: Bool = false) {
        self.path = path
        self.content = content
        self.replaces = replaces
    }
}

/// What came of an export.
public enum ScreenExport: Hashable, Sendable {
    /// The file holds so many bytes.
    case written(path: String, bytes: Int)
    /// The file holds so many values; of so many chunks that are missing, the fill value.
    case writtenValues(path: String, count: Int, missing: Int)
    /// There is a file of that name, and nothing was done to it.
    case exists(path: String)
}
