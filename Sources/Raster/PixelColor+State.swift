public import ZarrModel

extension PixelColor {
    /// The colour of a chunk's state in pictures, which always have colours.
    public init(_ state: ChunkState) {
        switch state {
        case .present: self.init(44, 110, 160)
        case .expectedEmpty: self.init(200, 210, 220)
        case .unknown: self.init(160, 160, 160)
        case .orphan: self.init(150, 90, 190)
        case .missing: self.init(235, 120, 30)
        case .short: self.init(230, 190, 40)
        case .corrupt: self.init(200, 30, 45)
        case .unreadable: self.init(20, 20, 20)
        }
    }
}
