/// The slots of a block that belong to one run, lane by lane: a lane is one place of the axis that
/// the run goes along, and holds `stretch` chunks.
struct LaneSlots {
    /// The slots that are left.
    private(set) var rest: Range<Int>
    /// The number of the first cell; -1 outside the window.
    let cell: Int
    private var lane: Int
    private let origin: Int
    private let stretch: Int

    /// The slots of the `places` of a block; the run begins at place `origin`, which may lie before
    /// the block.
    init(_ block: CensusBlock, places: Range<Int>, origin: Int, stretch: Int, cell: Int) {
        rest = block.firstSlot(from: places.lowerBound)..<block.firstSlot(from: places.upperBound)
        lane = (places.lowerBound - origin) / stretch - 1
        self.origin = origin
        self.stretch = stretch
        self.cell = cell
    }

    /// The next lane that has slots, and those.
    mutating func next(_ block: CensusBlock) -> (lane: Int, slots: Range<Int>)? {
        guard let slot = rest.first else { return nil }
        lane = block.isDense ? lane + 1 : (block.place(slot) - origin) / stretch
        let end = min(rest.upperBound, block.firstSlot(from: origin + (lane + 1) * stretch))
        rest = end..<rest.upperBound
        return (lane, slot..<end)
    }
}
