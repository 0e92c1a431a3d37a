import Canvas
import Raster

/// A line that a person types in a slice.
struct SlicePrompt: Hashable, Sendable {
    /// What it is for.
    enum Kind: Hashable, Sendable {
        case goTo, range, stride
    }

    let kind: Kind
    var field = TextField()

    /// What stands before it.
    var label: String {
        switch kind {
        case .goTo: "Go to"
        case .range: "Range"
        case .stride: "Step"
        }
    }

    /// What can be typed, in a few words.
    var help: String {
        switch kind {
        case .goTo: "4,0,32,17  lat=32  lat@45.5"
        case .range: ColorRange.help
        case .stride: "elements that [ and ] go on"
        }
    }

    /// Draws it over a row.
    func draw(on canvas: inout Canvas, _ rect: Rect) {
        canvas.fill(rect, " ")
        let start = canvas.write(" \(label) ", row: rect.row, column: rect.column, .heading)
        let room = rect.endColumn - start
        let helpWidth = TextWidth.of(help) + 2
        let width = room - helpWidth >= 16 ? room - helpWidth : room
        field.draw(on: &canvas, row: rect.row, column: start, width: width, isActive: true)
        guard width < room else { return }
        canvas.write("  \(help)", row: rect.row, column: start + width, .dim)
    }
}

/// Steps along a dimension by itself: a frame is asked for only when the one before is there.
struct SlicePlayer: Hashable, Sendable {
    /// Milliseconds between frames, from slow to fast.
    static let pauses = [2000, 1000, 500, 250, 100, 40]

    /// Whether it runs.
    var isPlaying = false
    /// Which of the pauses.
    private(set) var speed = 3
    /// The number of the request that wakes it.
    var tick: Int?

    /// Milliseconds to the next frame.
    var pause: Int {
        Self.pauses[speed]
    }

    /// Goes faster or slower.
    mutating func change(by amount: Int) {
        speed = max(0, min(Self.pauses.count - 1, speed + amount))
    }

    /// `4 frames/s`.
    var word: String {
        pause > 1000 ? "1 frame in \(pause / 1000) s" : "\(1000 / pause) frames/s"
    }
}
