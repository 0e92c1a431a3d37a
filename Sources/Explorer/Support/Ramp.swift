import Canvas
import Raster

/// Colours from low to high, 16 steps: few enough that a pan costs little on a slow line.
struct Ramp: Hashable, Sendable {
    private var place = 0

    /// The palette that a person set, else the standard one.
    init(_ context: Context) {
        self = Ramp(named: context.configuration.settings[.palette]) ?? Ramp(place: 0)
    }

    /// The palette of a name; `nil` if there is none.
    init?(named name: String) {
        guard let place = Palette.all.firstIndex(where: { $0.name == name }) else { return nil }
        self.place = place
    }

    private init(place: Int) {
        self.place = place
    }

    /// For numbers on two sides of one in the middle.
    static let diverging = Ramp(place: Palette.all.firstIndex { $0.isDiverging } ?? 0)

    /// The palette.
    var palette: Palette {
        Palette.all[place]
    }

    /// The palette's name.
    var name: String {
        palette.name
    }

    /// The next palette.
    var next: Ramp {
        Ramp(place: (place + 1) % Palette.all.count)
    }

    /// The 16 colours, as exact as the terminal has them.
    func tints(_ context: Context) -> [Tint] {
        palette.levels(isIndexed: context.configuration.traits.colors != .direct)
            .map { Tint($0.red, $0.green, $0.blue) }
    }

    /// The colour of a share from 0 to 1.
    static func tint(_ share: Double, of tints: [Tint]) -> Tint {
        tints[Palette.level(at: share, of: tints.count)]
    }
}
