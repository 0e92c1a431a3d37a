import Canvas
import ZarrModel

extension MapPane {
    func commands(_ context: Context) -> [Command] {
        if isTyping { return [] }
        if isOnAxes {
            return [
                .mark, .rowAxis, .columnAxis, .left, .right, .nextPart, .next, .previous, .up,
                .down, .close,
            ]
        }
        let inside: [Command] = hasInside(context) ? [.inside] : []
        let outer: [Command] = shard == nil ? [.delete] : [.parent]
        let looking: [Command] = shard == nil && hasInside(context) ? [.lookInside] : []
        let selecting: [Command] =
            shard == nil
            ? [
                .box, .select, .markState, .clearMarks, .undo, .verify, .mock, .findings, .compare,
                .watch,
            ] + (context.canPauseOrGoOn ? [.pauseVerify] : [])
            : [.verify, .delete]
        let marking: [Command] = shard == nil ? [.mark] : []
        let isMarked = shard == nil && census(context)?.markedCount ?? 0 > 0
        let isVerifying = shard == nil && context.array?.run?.isUnderWay ?? false
        let first: [Command] =
            anchor != nil
            ? [.open, .close]
            : isVerifying ? [.pauseVerify] : isMarked ? [.delete, .mark] : []
        let usual = [.next, .previous, .open] + inside + [.measure] + marking + outer
        return first + usual.filter { !first.contains($0) }
            + [.zoomIn, .zoomOut, .slice, .kind, .nextPart, .fit]
            + selecting.filter { !first.contains($0) } + looking
            + [
                .refresh, .stepBack, .stepOn, .nextAxis, .fold, .rowAxis, .columnAxis, .scale,
                .colors, .copy, .left, .right, .lineStart, .lineEnd,
            ] + Command.moving + MapMeasure.allCases.map(\.command)
    }

    func absent(_ context: Context) -> [Command] {
        isTyping || isOnAxes || hasInside(context) ? [] : [.inside]
    }

    func reasonDisabled(_ command: Command, _ context: Context) -> String? {
        switch command {
        case .delete: return context.reasonNotWritable
        case .undo:
            return context.reasonNotWritable
                ?? (context.array?.trash == nil ? reasonNothingToUndo(context) : nil)
        case .next, .previous, .kind: return reasonNoneToGoTo(command, context)
        case .clearMarks:
            return census(context)?.markedCount == 0 ? "Nothing is marked" : nil
        case .inside:
            guard hasInside(context) else {
                return shard == nil
                    ? "The chunks of this array are no shards: nothing lies inside of one"
                    : "These inner chunks are no shards: nothing lies inside of one"
            }
            return reasonClosed(context)
        case .scale:
            return measure.number == nil
                ? "\(measure.title) is no number: m goes to the next measure" : nil
        case .slice: return context.arrayDetails(path)?.reasonUndecodable
        case .verify:
            if let reason = context.arrayDetails(path)?.reasonUndecodable { return reason }
            return measure.needsValues ? reasonNoMeasure(measure, context) : nil
        case .pauseVerify: return context.reasonNotPausable
        case .nextPart:
            return layout.panel.isEmpty
                ? "There is no room for the axes: a picks one, [ ] step it, f folds it" : nil
        default:
            guard let chosen = MapMeasure.allCases.first(where: { $0.command == command }) else {
                return nil
            }
            return reasonNoMeasure(chosen, context)
        }
    }

    /// Why there is nothing to go to; `nil` where there is.
    private func reasonNoneToGoTo(_ command: Command, _ context: Context) -> String? {
        guard let census = census(context), census.anomalyCount == 0 else { return nil }
        let text = "No missing or damaged \(unit(context)) is known"
        guard census.partialCount > 0 else { return text }
        return command == .kind || kind == .partial
            ? nil : text + "; K chooses those that are not whole"
    }

    /// Why a measure cannot be shown; `nil` where it can.
    func reasonNoMeasure(_ measure: MapMeasure, _ context: Context) -> String? {
        let details = context.arrayDetails(path)
        switch measure {
        case .presence, .state, .size: return nil
        case .ratio:
            return details?.elementBytes == nil
                ? "Elements differ in length, so there is no ratio" : nil
        case .age:
            if shard != nil { return "An inner chunk is as old as its shard" }
            guard let census = census(context), !census.isRunning else { return nil }
            return census.hasTimes ? nil : "The storage does not say when chunks were changed"
        case .mean, .min, .max, .nan, .constant:
            if let reason = context.store?.record ?? details?.reasonUndecodable { return reason }
            return details?.isNumeric ?? true ? nil : "The elements are no numbers"
        }
    }

    /// Why the shard under the cursor cannot be opened; `nil` where it can.
    private func reasonClosed(_ context: Context) -> String? {
        guard let census = census(context), let index = focusIndex else { return nil }
        switch census.state(index) {
        case .present, .unknown: return nil
        case let state: return "This \(unit(context)) is \(StateLook.word(state))"
        }
    }

    private func reasonNothingToUndo(_ context: Context) -> String {
        context.array?.censusRequest == nil
            ? "There is nothing in the trash of this array"
            : "The trash is looked at after the chunks are counted"
    }

    func hint(_ command: Command) -> String {
        switch command {
        case .next: kind.map { "next \($0.word)" } ?? "next finding"
        case .previous: "previous"
        case .open where anchor != nil: "mark box"
        case .open: "inspect"
        case .delete where shard != nil: "change…"
        case .measure: "show \(measure.next.title)"
        case .mark: isOnAxes ? "fold or fix" : markHint
        case .nextPart: isOnAxes ? "map" : "axes"
        case .left: isOnAxes ? "step" : "left"
        case .right: isOnAxes ? "step on" : "right"
        case .copy: "copy key"
        case .close where anchor != nil: "leave the box"
        case .zoomIn: "zoom"
        case .stepBack: "step"
        case .rowAxis: "axes"
        case .zoomOut: "out"
        case .verify: measure.needsValues ? "read values" : "verify"
        case .kind: "kind"
        case .pauseVerify: "pause, go on"
        case .parent: "out of shard"
        default: command.title
        }
    }
}
