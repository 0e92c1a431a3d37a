import Canvas
import ZarrModel

extension Context {
    /// Why no verification of the array can begin just now; `nil` when it can.
    var reasonNotVerifiable: String? {
        guard let array, array.census != nil else { return "The chunks are not counted yet" }
        if array.run?.isUnderWay ?? false {
            return "A verification is running; p pauses it, ^C stops it"
        }
        guard array.censusRequest == nil, array.shadowRequest == nil else {
            return "Wait until the census is done, or stop it with ^C"
        }
        return nil
    }

    /// Whether a verification runs that can be paused, or is paused.
    var canPauseOrGoOn: Bool {
        array?.run?.phase == .running || array?.run?.isResumable ?? false
    }

    /// Why nothing can be paused nor go on; `nil` where something can.
    var reasonNotPausable: String? {
        canPauseOrGoOn ? nil : "No verification is running or paused"
    }

    /// Begins to read and decode every stored chunk of the array, or goes on where that stopped.
    mutating func verify(goingOn: Bool = false) -> [Effect] {
        if let reason = reasonNotVerifiable {
            say(reason, .notice)
            return []
        }
        guard let path = array?.path else { return [] }
        let effect = request(goingOn ? .resumeVerify(path: path) : .verify(path: path))
        array?.beginVerify(effect.number, goingOn: goingOn)
        say(
            goingOn
                ? "Going on where it stopped; p pauses, ^C stops"
                : "Reading and decoding every stored \(unit(path)); p pauses, ^C stops"
        )
        return [effect]
    }

    /// Stops the verification that runs, so that it can go on; or lets it go on.
    mutating func pauseOrGoOn() -> [Effect] {
        switch array?.run?.phase {
        case .running:
            guard let number = array?.censusRequest ?? array?.shadowRequest else { return [] }
            array?.run?.phase = .pausing
            say("Pausing; what was found stays")
            return [request(.cancel(number))]
        case .pausing: return []
        default:
            guard array?.run?.isResumable ?? false else {
                say("Nothing is paused; V verifies from the start", .notice)
                return []
            }
            return verify(goingOn: true)
        }
    }

    // MARK: Notes

    /// Takes what an event changes of what is expected to be empty.
    mutating func receiveNotes(_ event: Event) {
        switch event.news {
        case .notes(let notes):
            take(notes)
            applyExpected()
        case .censusFinished, .cancelled, .deleted, .restored: applyExpected()
        default: break
        }
    }

    /// Takes what is kept of an array beside its store.
    mutating func take(_ notes: ArrayNotes) {
        expected[notes.path] = notes.expectedEmpty
        guard array?.path == notes.path else { return }
        if let stopped = notes.stopped, array?.run == nil {
            array?.run = VerifyRun(stopped)
            array?.run?.phase = .paused
        }
    }

    /// Declares boxes of the grid to be empty, in place of those before, and keeps that.
    mutating func expect(_ boxes: [[Range<Int>]], in path: String) -> [Effect] {
        guard array?.path == path else { return [] }
        expected[path] = boxes
        array?.change { $0.forgetExpected() }
        applyExpected()
        return [request(.keepExpected(path: path, boxes))]
    }

    /// Gives missing chunks of the boxes that are expected to be empty that state.
    mutating func applyExpected() {
        guard let path = array?.path, let boxes = expected[path], !boxes.isEmpty else { return }
        array?.change { $0.expect(boxes) }
    }
}

extension Census {
    /// What is missing in the boxes is expected to be. Cost: the boxes.
    mutating func expect(_ boxes: [[Range<Int>]]) {
        guard !isRunning else { return }
        for box in boxes {
            guard let volume = GridOrder.product(box.map(\.count)),
                volume <= Self.markLimit
            else { continue }
            GridOrder.forEach(in: box, of: grid) { index in
                if state(index) == .missing { set(index, .expectedEmpty, size: -1) }
            }
        }
        touch()
    }

    /// What was expected to be empty is just missing. Cost: the grid.
    mutating func forgetExpected() {
        guard count(.expectedEmpty) > 0 else { return }
        let expected = ChunkState.expectedEmpty.rawValue
        for index in indexes(where: { $0 & Self.stateMask == expected }) {
            set(index, .missing, size: -1)
        }
        touch()
    }
}

/// Boxes of a grid as a set of chunks.
enum ChunkBoxes {
    /// `boxes` without what lies in `taken`. No two of the answer overlap if none of `boxes` did.
    static func removing(
        _ taken: [Range<Int>],
        from boxes: [[Range<Int>]]
    ) -> [[Range<Int>]] {
        boxes.flatMap { box -> [[Range<Int>]] in
            guard box.count == taken.count, zip(box, taken).allSatisfy({ $0.overlaps($1) }) else {
                return [box]
            }
            var rest = box
            var pieces: [[Range<Int>]] = []
            for axis in box.indices {
                let cut = taken[axis].clamped(to: rest[axis])
                for side in [
                    rest[axis].lowerBound..<cut.lowerBound, cut.upperBound..<rest[axis].upperBound,
                ] where !side.isEmpty {
                    var piece = rest
                    piece[axis] = side
                    pieces.append(piece)
                }
                rest[axis] = cut
            }
            return pieces
        }
    }

    /// `boxes` and `added`, without overlaps.
    static func adding(_ added: [Range<Int>], to boxes: [[Range<Int>]]) -> [[Range<Int>]] {
        removing(added, from: boxes) + [added]
    }
}
