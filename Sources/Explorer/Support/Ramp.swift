import Canvas
import Raster

/// Colours from low to high, 16 steps: few enough that a pan costs little on a slow line.
struct Ramp: Hashable, Sendable {
    private let place: Int
    private let tints: [Tint]

    /// The first palette.
    init() {
        self.init(place: 0)
    }

    private init(place: Int) {
        self.place = place
        tints = Palette.all[place].levels().map { Tint($0.red, $0.green, $0.blue) }
    }

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

    /// The colour of a share from 0 to 1.
    func tint(_ share: Double) -> Tint {
        tints[Palette.level(at: share, of: tints.count)]
    }
}
