import ZarrModel

/// Up to 4,096 chunks of a census that follow each other in C order, in columns.
///
/// While few of them are kept, each is kept by its place in the block; then all are.
struct CensusBlock: Sendable {
    /// Chunks to a block, and the same as a power of two.
    static let length = 4096
    static let shift = 12
    /// A number that is not known, in a column of whole numbers.
    static let unknown = UInt32.max

    /// How many chunks the block stands for: fewer in the last block of a grid.
    let capacity: Int
    /// Places of the kept chunks, ascending; empty once all are kept.
    private(set) var places: [UInt16] = []
    /// Whether all are kept, so that a chunk's slot is its place.
    private(set) var isDense = false
    /// State bits, by slot.
    private(set) var states: [UInt8] = []
    /// Stored bytes, cut at 4 GiB, by slot.
    private(set) var sizes: [UInt32] = []
    /// Seconds since 1970, by slot; empty until one is known.
    private(set) var times: [UInt32] = []
    /// What was found of values, one column for each figure; empty until one is known.
    private(set) var figures: [[Float]] = []

    /// A block of which no chunk is kept.
    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Chunks kept.
    var count: Int {
        states.count
    }

    /// Bytes of memory that its columns take.
    var heldBytes: Int {
        places.capacity * 2 + states.capacity + (sizes.capacity + times.capacity) * 4
            + figures.reduce(0) { $0 + $1.capacity * 4 }
    }

    /// Where a chunk lies in the columns; `nil` where it is not kept.
    func slot(_ place: Int) -> Int? {
        if isDense { return place }
        let slot = firstSlot(from: place)
        return slot < places.count && places[slot] == place ? slot : nil
    }

    /// The first slot whose place is not before `place`.
    func firstSlot(from place: Int) -> Int {
        if isDense { return place }
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The place of a slot.
    func place(_ slot: Int) -> Int {
        isDense ? slot : Int(places[slot])
    }

    /// The slot of a chunk, which is kept from now on; it begins as `bits` say.
    mutating func slot(keeping place: Int, as bits: UInt8) -> Int {
        if isDense { return place }
        let slot = firstSlot(from: place)
        if slot < places.count, places[slot] == place { return slot }
        guard (places.count + 1) * 16 <= capacity else {
            keepAll(as: bits)
            return place
        }
        places.insert(UInt16(truncatingIfNeeded: place), at: slot)
        states.insert(bits, at: slot)
        sizes.insert(Self.unknown, at: slot)
        if !times.isEmpty { times.insert(Self.unknown, at: slot) }
        for figure in figures.indices { figures[figure].insert(.nan, at: slot) }
        return slot
    }

    private mutating func keepAll(as bits: UInt8) {
        func spread<Number>(_ column: [Number], _ rest: Number) -> [Number] {
            guard !column.isEmpty else { return [] }
            var whole = Array(repeating: rest, count: capacity)
            for (slot, place) in places.enumerated() { whole[Int(place)] = column[slot] }
            return whole
        }
        states =
            states.isEmpty ? Array(repeating: bits, count: capacity) : spread(states, bits)
        sizes =
            sizes.isEmpty
            ? Array(repeating: Self.unknown, count: capacity) : spread(sizes, Self.unknown)
        times = times.contains { $0 != Self.unknown } ? spread(times, Self.unknown) : []
        figures = figures.map { spread($0, .nan) }
        places = []
        isDense = true
    }

    // MARK: Columns

    /// Sets state and size of a slot.
    mutating func set(_ slot: Int, _ bits: UInt8, size: UInt32) {
        states[slot] = bits
        sizes[slot] = size
    }

    /// Sets the bits of a slot.
    mutating func set(_ slot: Int, _ bits: UInt8) {
        states[slot] = bits
    }

    /// Sets the time of a slot.
    mutating func set(_ slot: Int, time: UInt32) {
        if times.isEmpty {
            guard time != Self.unknown else { return }
            times = Array(repeating: Self.unknown, count: count)
        }
        times[slot] = time
    }

    /// The time of a slot, where known.
    func time(_ slot: Int) -> UInt32 {
        times.isEmpty ? Self.unknown : times[slot]
    }

    /// Sets what was found of the values of a slot.
    mutating func set(_ slot: Int, _ found: ChunkFigures) {
        if figures.isEmpty {
            let none = Array(repeating: Float.nan, count: count)
            figures = Array(repeating: none, count: ChunkFigures.count)
        }
        for (figure, number) in found.numbers.enumerated() { figures[figure][slot] = number }
    }

    /// Whether something is known of the values of a slot.
    func hasFigures(_ slot: Int) -> Bool {
        !figures.isEmpty && !figures[ChunkFigures.surestColumn][slot].isNaN
    }

    /// What is known of the values of a slot.
    func figures(_ slot: Int) -> ChunkFigures? {
        guard hasFigures(slot) else { return nil }
        return ChunkFigures(numbers: figures.map { $0[slot] })
    }

    /// Changes the bits of every kept chunk, and the size of those for which it answers so.
    mutating func changeAll(_ body: (UInt8) -> (bits: UInt8, forgetsSize: Bool)) {
        for slot in states.indices {
            let (bits, forgetsSize) = body(states[slot])
            states[slot] = bits
            if forgetsSize { sizes[slot] = Self.unknown }
        }
    }
}
