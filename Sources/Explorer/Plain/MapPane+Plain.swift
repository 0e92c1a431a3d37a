import ZarrModel

extension MapPane {
    func plain(_ context: Context) -> [String]? {
        guard let view, context.array?.path == path, context.array?.shown != nil else { return nil }
        var lines = counts(context) + axes(view, context) + anomalies(context)
        let marked = context.array?.shown?.markedCount ?? 0
        if marked > 0 { lines.append("\(Format.plural(marked, context.unit(path))) marked") }
        if let facts = drawn.facts { lines.append(cursor(facts, context)) }
        return lines
    }

    private func counts(_ context: Context) -> [String] {
        let total = context.array?.shown?.total ?? 0
        let states = ChunkState.allCases.reversed().compactMap { state -> String? in
            let count = context.array?.shown?.count(state) ?? 0
            guard count > 0 else { return nil }
            let share = Format.percent(count, of: total)
            return "\(Format.count(count)) \(StateLook.word(state)), \(share)"
        }
        let bytes = context.array?.shown?.knownStoredBytes
        let stored = bytes.map { ", \(Format.bytes($0)) stored" } ?? ""
        let reason = context.arrayDetails(path)?.reasonUndecodable
        return ["\(Format.plural(total, context.unit(path)))\(stored)"] + states
            + [reason].compactMap(\.self)
    }

    private func axes(_ view: GridProjection, _ context: Context) -> [String] {
        let names = AxisNames(context.arrayDetails(path), rank: view.grid.count)
        return view.counts.indices.map { axis in
            let count = Format.plural(view.counts[axis], context.unit(path))
            let role =
                switch view.parts[axis] {
                case .rows: "runs down"
                case .columns: "runs across"
                case .folded: "folded"
                case .fixed(let place): "fixed at \(place)"
                }
            return "axis \(view.isWrapped ? names[0] : names[axis]): \(count), \(role)"
        }
    }

    /// Every anomaly in words: boxes of one state, so that a slab is one line.
    private func anomalies(_ context: Context) -> [String] {
        let states = ChunkState.allCases.reversed().filter { state in
            state.isAnomaly && (context.array?.shown?.count(state) ?? 0) > 0
        }
        return states.flatMap { lines(of: $0, context) }
    }

    private static let mostChunks = 20_000
    private static let mostBoxes = 20

    private func lines(of state: ChunkState, _ context: Context) -> [String] {
        guard let grid = context.array?.shown?.grid else { return [] }
        var indexes: [Int] = []
        var at = -1
        while indexes.count < Self.mostChunks,
            let next = context.array?.shown?.anomaly(from: at, forward: true), next > at
        {
            at = next
            if context.array?.shown?.state(next) == state { indexes.append(next) }
        }
        let boxes = BoxGrouping.boxes(of: indexes, in: grid)
        let names = AxisNames(context.arrayDetails(path), rank: grid.count)
        var lines = boxes.prefix(Self.mostBoxes).map { box in
            let count = box.reduce(1) { $0 * $1.count }
            let place = box.indices.map { axis in
                "\(names[axis]) \(Format.range(box[axis], of: grid[axis]))"
            }
            let size = count > 1 ? "\(Format.count(count)) " : ""
            return "\(size)\(StateLook.word(state)) at \(place.joined(separator: ", "))"
        }
        if boxes.count > Self.mostBoxes {
            lines.append("and \(boxes.count - Self.mostBoxes) more boxes \(StateLook.word(state))")
        }
        return lines
    }

    private func cursor(_ facts: CursorFacts, _ context: Context) -> String {
        let rank = facts.chunk.coordinates.count
        let names = AxisNames(context.arrayDetails(path), rank: rank)
        var words = ["cursor at \(names.describe(facts.chunk.coordinates))"]
        words.append(StateLook.word(facts.state) + (facts.isSlow ? ", slow" : ""))
        if let size = facts.size { words.append(Format.bytes(size)) }
        if let key = facts.key { words.append("key \(key)") }
        if facts.neighbours > 0 {
            words.append("\(facts.neighboursPresent) of \(facts.neighbours) neighbours present")
        }
        if let remark = facts.remark { words.append(remark) }
        return words.joined(separator: ", ")
    }
}
