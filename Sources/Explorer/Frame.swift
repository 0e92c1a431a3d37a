import Canvas

/// Where the parts of the screen lie.
struct Frame: Hashable, Sendable {
    /// The least screen that is drawn.
    static let leastSize = Size(rows: 8, columns: 40)

    /// The title.
    let title: Rect
    /// The banner of an armed mock; empty without one.
    let banner: Rect
    /// The pane.
    let pane: Rect
    /// The message row.
    let message: Rect
    /// The hint row.
    let hints: Rect

    /// Divides a screen.
    init(size: Size, hasBanner: Bool) {
        let parts = Rect(size).splitRows([
            .fixed(1), .fixed(hasBanner ? 1 : 0), .share(1), .fixed(1), .fixed(1),
        ])
        title = parts[0]
        banner = parts[1]
        pane = parts[2]
        message = parts[3]
        hints = parts[4]
    }
}

/// A command on the hint row.
struct Hint: Hashable, Sendable {
    var command: Command
    var key: String
    var title: String
    var isEnabled: Bool
    /// Where it stands.
    var columns: Range<Int>
}
