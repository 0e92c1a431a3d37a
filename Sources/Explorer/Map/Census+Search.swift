import ZarrModel

/// Looking for chunks in C order.
extension Census {
    /// How many chunks are in each state that a person should look at, least severe first:
    /// `4 missing, 1 corrupt`; empty where there is none.
    var anomalyWords: String {
        ChunkState.allCases.filter { $0.isAnomaly && count($0) > 0 }
            .map { "\(Format.count(count($0))) \(StateLook.word($0))" }
            .joined(separator: ", ")
    }

    /// The next chunk after `index` (or before it) that a person should look at, going round at the
    /// end; `nil` where there is none. Cost: the grid, at worst.
    func anomaly(from index: Int, forward: Bool) -> Int? {
        guard anomalyCount > 0, total > 0 else { return nil }
        if isSparse { return sparseAnomaly(from: index, forward: forward) }
        let least = ChunkState.orphan.rawValue
        if forward {
            return states[(index + 1)...].firstIndex { $0 & Self.stateMask >= least }
                ?? states.firstIndex { $0 & Self.stateMask >= least }
        }
        return states[..<max(0, index)].lastIndex { $0 & Self.stateMask >= least }
            ?? states.lastIndex { $0 & Self.stateMask >= least }
    }

    /// Which of the chunks in the same state this one is, from 1. Cost: the chunks before it.
    func ordinal(of index: Int) -> Int {
        let wanted = state(index).rawValue
        guard isSparse else {
            var count = 1
            for bits in states[..<index] where bits & Self.stateMask == wanted {
                count += 1
            }
            return count
        }
        let before = named.filter { $0.key < index }
        let same = before.count { $0.value.bits & Self.stateMask == wanted }
        return 1 + same + (wanted == base.rawValue ? index - before.count : 0)
    }

    private func sparseAnomaly(from index: Int, forward: Bool) -> Int? {
        if base.isAnomaly {
            var place = index
            for _ in 0...named.count {
                place += forward ? 1 : -1
                if place >= total { place = 0 }
                if place < 0 { place = total - 1 }
                if state(place).isAnomaly { return place }
            }
            return nil
        }
        let found = named.filter { $0.value.bits & Self.stateMask >= ChunkState.orphan.rawValue }
            .keys
        return forward
            ? found.filter { $0 > index }.min() ?? found.min()
            : found.filter { $0 < index }.max() ?? found.max()
    }
}
