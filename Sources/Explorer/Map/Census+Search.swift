import ZarrModel

/// Looking for chunks in C order.
extension Census {
    /// How many chunks are of each kind that a person should look at, least severe first:
    /// `4 missing, 1 corrupt`; empty where there is none.
    var anomalyWords: String {
        AnomalyKind.all.reversed().filter { $0 != .partial && count($0) > 0 }
            .map { "\(Format.count(count($0))) \($0.word)" }
            .joined(separator: ", ")
    }

    /// What is not known since the census ended early: `census stopped: 450 of 864 unknown`; `nil` where
    /// all is known, or will be.
    var unknownWords: String? {
        guard !isRunning, let summary, !summary.isComplete, count(.unknown) > 0 else { return nil }
        let ended = summary.problem == Self.stoppedWord ? "census stopped" : "census not complete"
        return "\(ended): \(Format.count(count(.unknown))) of \(Format.count(total)) unknown"
    }

    /// The problem of a census that a person stopped.
    static let stoppedWord = "stopped"

    /// What the title says while it is taken. What is missing is never named by a listing, so that the
    /// time left is the longest that it can be.
    var title: String {
        var text = "census \(Format.short(knownCount)) of \(Format.short(total))"
        guard elapsedMilliseconds > 0, knownCount > 0 else { return text }
        let rate = Double(knownCount) * 1000 / Double(elapsedMilliseconds)
        text += "  \(Format.short(Int(exactly: rate.rounded()) ?? .max))/s"
        let left = Double(total - knownCount) / rate * 1000
        if elapsedMilliseconds > 1000, left > 0, let left = Int(exactly: left.rounded()) {
            text += "  at most \(Format.duration(milliseconds: left)) left"
        }
        return text
    }

    /// How many chunks are of a kind.
    func count(_ kind: AnomalyKind) -> Int {
        switch kind {
        case .state(let state): count(state)
        case .partial: partialCount
        }
    }

    /// The next chunk after `index` (or before it) that a person should look at, of one kind where
    /// that is given, going round at the end; `nil` where there is none. Cost: what is kept, at
    /// worst.
    func anomaly(from index: Int, forward: Bool, kind: AnomalyKind? = nil) -> Int? {
        guard kind.map({ count($0) }) ?? anomalyCount > 0, total > 0 else { return nil }
        let isWanted = { (bits: UInt8) in kind?.holds(bits) ?? Self.isAnomaly(bits) }
        return forward
            ? first(in: (index + 1)..<max(index + 1, total), isWanted)
                ?? first(in: 0..<min(total, index + 1), isWanted)
            : last(in: 0..<max(0, index), isWanted) ?? last(in: max(0, index)..<total, isWanted)
    }

    /// Which of the chunks of the same kind (or state) this one is, from 1. Cost: what is kept
    /// before it.
    func ordinal(of index: Int) -> Int {
        let bits = bits(index)
        let kind = AnomalyKind(bits)
        let state = bits & Self.stateMask
        let isSame = { (other: UInt8) in kind?.holds(other) ?? (other & Self.stateMask == state) }
        var same = 1
        var others = index
        for (number, block) in zip(numbers, blocks) {
            let start = number << CensusBlock.shift
            guard start < index else { break }
            let end = block.isDense ? block.count : block.firstSlot(from: index - start)
            let states = block.states.span
            for slot in 0..<min(end, index - start) where isSame(states[slot]) { same += 1 }
            others -= min(end, index - start)
        }
        return same + (isSame(base.rawValue) ? others : 0)
    }

    private func first(in range: Range<Int>, _ isWanted: (UInt8) -> Bool) -> Int? {
        let isBase = isWanted(base.rawValue)
        var index = range.lowerBound
        var position = firstPosition(from: index >> CensusBlock.shift)
        while index < range.upperBound {
            let number = index >> CensusBlock.shift
            let start = number << CensusBlock.shift
            guard position < numbers.count, numbers[position] == number else {
                if isBase { return index }
                guard position < numbers.count else { return nil }
                index = numbers[position] << CensusBlock.shift
                continue
            }
            let end = min(range.upperBound, start + blocks[position].capacity)
            let places = index - start..<end - start
            if let place = blocks[position].first(in: places, isBase: isBase, isWanted) {
                return start + place
            }
            index = start + CensusBlock.length
            position += 1
        }
        return nil
    }

    private func last(in range: Range<Int>, _ isWanted: (UInt8) -> Bool) -> Int? {
        let isBase = isWanted(base.rawValue)
        var end = range.upperBound
        var position = firstPosition(from: ((end - 1) >> CensusBlock.shift) + 1) - 1
        while end > range.lowerBound {
            let number = (end - 1) >> CensusBlock.shift
            let start = number << CensusBlock.shift
            guard position >= 0, numbers[position] == number else {
                if isBase { return end - 1 }
                guard position >= 0 else { return nil }
                let kept = numbers[position] << CensusBlock.shift
                end = kept + blocks[position].capacity
                continue
            }
            let places = max(0, range.lowerBound - start)..<end - start
            if let place = blocks[position].last(in: places, isBase: isBase, isWanted) {
                return start + place
            }
            end = start
            position -= 1
        }
        return nil
    }
}

extension CensusBlock {
    /// The first place in `range` that is wanted, those not kept if `isBase`.
    fileprivate func first(
        in range: Range<Int>,
        isBase: Bool,
        _ isWanted: (UInt8) -> Bool
    ) -> Int? {
        guard !range.isEmpty else { return nil }
        let states = states.span
        if isDense {
            for place in range where isWanted(states[place]) { return place }
            return nil
        }
        var place = range.lowerBound
        for slot in firstSlot(from: place)..<count {
            let next = self.place(slot)
            if isBase, place < min(next, range.upperBound) { return place }
            guard next < range.upperBound else { return nil }
            if isWanted(states[slot]) { return next }
            place = next + 1
        }
        return isBase && place < range.upperBound ? place : nil
    }

    /// The last place in `range` that is wanted, those not kept if `isBase`.
    fileprivate func last(
        in range: Range<Int>,
        isBase: Bool,
        _ isWanted: (UInt8) -> Bool
    ) -> Int? {
        guard !range.isEmpty else { return nil }
        let states = states.span
        if isDense {
            for place in range.reversed() where isWanted(states[place]) { return place }
            return nil
        }
        var place = range.upperBound - 1
        for slot in (0..<firstSlot(from: range.upperBound)).reversed() {
            let next = self.place(slot)
            if isBase, place > max(next, range.lowerBound - 1) { return place }
            guard next >= range.lowerBound else { return nil }
            if isWanted(states[slot]) { return next }
            place = next - 1
        }
        return isBase && place >= range.lowerBound ? place : nil
    }
}
