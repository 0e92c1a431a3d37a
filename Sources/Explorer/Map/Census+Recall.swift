import ZarrModel

/// What reading has shown of chunks, carried from one listing into the next.
extension Census {
    /// Whether more is known of a chunk with these bits than a listing tells.
    static func isRead(_ bits: UInt8) -> Bool {
        bits & (soundBit | readBit) != 0
    }

    /// What a listing said of a chunk with these bits, where reading may have shown more since.
    static func listed(_ bits: UInt8) -> ChunkState {
        isRead(bits) ? .present : ChunkState(rawValue: bits & stateMask) ?? .unknown
    }

    /// How many stored objects of the grid there are, broken ones among them.
    var storedCount: Int {
        [ChunkState.present, .short, .corrupt, .unreadable].reduce(0) { $0 + count($1) }
    }

    /// What the states of its chunks rest on.
    var grounds: CensusCounts.Grounds {
        soundCount > 0 ? .reading : inside != nil ? .indexes : .listing
    }

    /// The part of it that is worth remembering: chunks that were read. With `isBrief` those that decode
    /// are left out. Cost: what is kept.
    func remembered(_ book: FindingBook, isBrief: Bool) -> Census? {
        guard var brief = Census(grid: grid) else { return nil }
        for (number, block) in zip(numbers, blocks) {
            let start = number << CensusBlock.shift
            for slot in block.states.indices {
                let index = start + block.place(slot)
                let bits = block.states[slot]
                let isBroken =
                    bits & Self.stateMask > ChunkState.missing.rawValue && book.notes[index] != nil
                guard isBroken || Self.isRead(bits) else { continue }
                if isBrief, !isBroken, bits & Self.soundBit != 0 { continue }
                brief.put(index, bits: bits, size: size(index), time: time(index))
            }
        }
        brief.inherit(from: self)
        return brief
    }

    /// Takes what reading showed of chunks before, where they are stored as they were: of the same size
    /// and time, and that time not so late that they may have been written again within the same
    /// second. `own` are those of which that is known, since nobody but this program wrote them.
    /// Answers each chunk that was taken over, by its place then and now. Cost: what `former` keeps.
    mutating func recall(_ former: Census, own: Set<Int>) -> [(former: Int, now: Int)] {
        var taken: [(former: Int, now: Int)] = []
        let isSame = former.grid == grid
        for (number, block) in zip(former.numbers, former.blocks) {
            let start = number << CensusBlock.shift
            for slot in block.states.indices {
                let bits = block.states[slot]
                let index = start + block.place(slot)
                guard bits & Self.stateMask != ChunkState.unknown.rawValue,
                    let now = isSame ? index : place(of: index, in: former.grid),
                    let time = former.time(index), time == self.time(now),
                    own.contains(index) || time < former.beganAt ?? .min,
                    size(now) == former.size(index)
                else { continue }
                put(now, bits: bits & ~Self.partialBit)
                taken.append((index, now))
            }
        }
        if !taken.isEmpty { noteDecoding(at: former.decodedAt) }
        touch()
        return taken
    }

    /// Where a chunk of another grid of the same rank lies in this one; `nil` where it does not.
    private func place(of index: Int, in other: [Int]) -> Int? {
        guard other.count == grid.count else { return nil }
        let place = GridOrder.coordinates(index, in: other)
        guard zip(place, grid).allSatisfy({ $0 < $1 }) else { return nil }
        return GridOrder.linear(place, in: grid)
    }
}
