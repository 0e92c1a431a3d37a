public import ZarrModel

extension PixelColor {
    /// The colour of a chunk's state in pictures: the hues of the screen, where what is missing is yellow
    /// and what is broken red.
    public init(_ state: ChunkState) {
        switch state {
        case .present: self.init(58, 94, 140)
        case .expectedEmpty: self.init(200, 210, 220)
        case .unknown: self.init(160, 160, 160)
        case .orphan: self.init(20, 150, 170)
        case .missing: self.init(225, 180, 20)
        case .short: self.init(235, 95, 75)
        case .corrupt: self.init(205, 30, 45)
        case .unreadable: self.init(120, 0, 30)
        }
    }
}
