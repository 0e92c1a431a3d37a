import Canvas
import Glibc
import Testing
import ZarrModel

@testable import Explorer

/// What must hold whatever a person presses.
struct StormTests {
    /// Every key that means a command anywhere, and what else a person and a terminal may send.
    private static let keys: [Key] = {
        let commands = Set(Keymap.standard.keys.values.flatMap(\.self))
        let quitting: Set<Key> = [.character("Q"), .control("z")]
        let ordered = commands.subtracting(quitting).sorted { "\($0)" < "\($1)" }
        let typed = "1234567890./e#'".map { Key.character($0) }
        let others: [Key] = [
            .paste("6"), .paste("/data/\u{1b}[31m"), .delete, .insert, .function(5), .alt("x"),
            .mouse(.press, Point(row: 6, column: 12)), .mouse(.press, Point(row: 23, column: 20)),
            .mouse(.drag, Point(row: 9, column: 20)), .mouse(.release, Point(row: 9, column: 20)),
            .mouse(.wheelDown, Point(row: 5, column: 5)), .mouse(.press, Point(row: 3, column: 70)),
            .mouse(.press, Point(row: 99, column: 999)),
            .mouse(.secondary, Point(row: 4, column: 9)),
        ]
        return ordered + typed + others
    }()

    /// Keys that a storm presses in all: 100 thousand, or as many as `ZSCOPE_STORM_KEYS` says.
    private static let keyCount: Int = {
        guard let text = unsafe getenv("ZSCOPE_STORM_KEYS") else { return 100_000 }
        return Int(unsafe String(cString: text)) ?? 100_000
    }()

    private static let sizes = [
        Size(rows: 24, columns: 80), Size(rows: 1, columns: 1), Size(rows: 45, columns: 160),
        Size(rows: 8, columns: 40), Size(rows: 16, columns: 60), Size(rows: 0, columns: 0),
    ]

    /// The world without the array of a million chunks, so that a storm is quick.
    private static let small: World = {
        var world = World.era5
        world.details["/air/temp"]?.array?.gridShape = [4, 3, 5, 2]
        world.details["/air/temp"]?.array?.shape = [8, 6, 10, 4]
        world.details["/air/temp"]?.array?.decoding = "× 0.5, -9 is none"
        world.censuses = [:]
        let axes = [8, 6, 10, 4].compactMap { LevelAxis(whole: $0, length: $0 / 2, factor: 2) }
        var levels = ArrayLevels()
        levels.isOfImage = true
        levels.coarser = [
            PlaneLevel(number: 1, path: "/air/half", axes: axes, chunkShape: [2, 2, 2, 2])
        ]
        levels.left = [ArrayLevels.Left(number: 2, factor: 4, reason: "no node is there")]
        world.levels["/air/temp"] = levels
        world.chunks["/air/temp"] = (0..<120).map { ($0 % 17 == 3 ? .missing : .present, 50) }
        return world
    }()

    @Test(arguments: 0..<24 as Range<UInt64>)
    func `no keys trap, nothing changes that was not confirmed, and the last frame is a fresh one`(
        _ seed: UInt64
    ) {
        var random = Seeded(state: seed)
        var stage = Stage(Self.small, locator: "/data/era5.zarr", isWritable: seed % 3 != 0)
        var shown = stage.canvas()
        for turn in 0..<max(1, Self.keyCount / 24) {
            if Int.random(in: 0..<40, using: &random) == 0 {
                let size = Self.sizes[Int.random(in: 0..<Self.sizes.count, using: &random)]
                stage.run(stage.explorer.resize(size))
            }
            // Several keys may come before one paint, as they do on a slow line.
            if Int.random(in: 0..<3, using: &random) == 0 {
                let next = stage.canvas()
                shown = Self.painted(shown, next)
                if turn.isMultiple(of: 50) {
                    #expect(shown == next)
                    let live = stage.explorer.liveCommands
                    #expect(Set(live).count == live.count, "a command is listed twice")
                }
            }
            if stage.explorer.isEnded { stage = Stage(stage.world, locator: "/data/era5.zarr") }
            let before = stage.world.asked.count
            let pane = stage.explorer.panes.last as? DeletePane
            let key = Self.key(for: pane, &random)
            stage.run(stage.explorer.handle(key))
            guard stage.world.asked[before...].contains(where: \.work.isDelete) else { continue }
            #expect(pane.map { Self.mayChange($0, key) } == true, "\(key)")
        }
        let last = stage.canvas()
        #expect(Self.painted(shown, last) == last)
        #expect(stage.canvas() == last)
    }

    /// A key; in the confirmation sometimes the very digits, so that changes happen as well.
    private static func key(for pane: DeletePane?, _ random: inout Seeded) -> Key {
        if let pane, pane.phase == .confirm, Int.random(in: 0..<2, using: &random) == 0 {
            let wanted = String(pane.count)
            guard !pane.isConfirmed else { return .enter }
            let typed = pane.field.string
            guard wanted.hasPrefix(typed) else { return .backspace }
            return .character(Array(wanted)[typed.count])
        }
        return keys[Int.random(in: 0..<keys.count, using: &random)]
    }

    /// Whether that key may change something: a typed number and its button, or what is to come back.
    private static func mayChange(_ pane: DeletePane, _ key: Key) -> Bool {
        switch pane.phase {
        case .confirm: key == .enter && pane.isConfirmed && pane.button == .delete && pane.isShown
        case .trashes: key == .enter || key.isPress
        case .done: key == .character("z") || key == .enter || key.isPress
        default: false
        }
    }

    /// What a terminal shows that had `old` and was sent what changed.
    private static func painted(_ old: Canvas, _ new: Canvas) -> Canvas {
        var result = old.size == new.size ? old : Canvas(new.size, isUnicode: true)
        for run in CanvasDiff(from: old.size == new.size ? old : nil, to: new).runs {
            for column in run.columns where new[run.row, column].character != nil {
                result[run.row, column] = new[run.row, column]
            }
        }
        return result
    }

    @Test func `a delete needs the exact number, typed, and the button`() {
        func stage() -> Stage {
            var stage = Stage(Self.small, locator: "/data/era5.zarr", isWritable: true)
            stage.press(.down, .enter, .down, .down, .enter)
            stage.press(.character(" "), .character("D"), .enter)
            return stage
        }
        var cancelled = stage()
        cancelled.press(.enter)
        #expect(cancelled.deletes == 0)
        var wrong = stage()
        wrong.type("2")
        wrong.press(.tab, .enter)
        #expect(wrong.deletes == 0)
        var pasted = stage()
        pasted.press(.paste("1"), .tab, .enter)
        #expect(pasted.deletes == 0)
        var untyped = stage()
        untyped.press(.tab, .enter, .enter)
        #expect(untyped.deletes == 0)
        var changed = stage()
        changed.type("11")
        changed.press(.enter)
        #expect(changed.deletes == 0)
        var left = stage()
        left.type("1")
        left.press(.tab, .enter)
        #expect(left.deletes == 0)
        var right = stage()
        right.type("1")
        right.press(.enter)
        #expect(right.deletes == 1)
        #expect(right.explorer.context.array?.census?.state(0) == .missing)
    }

    @Test func `without --write nothing can be marked for deletion and it says how`() {
        var stage = Stage(Self.small, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .enter, .character(" "), .character("D"))
        #expect(stage.deletes == 0)
        #expect(stage.explorer.context.message?.text.contains("--write") == true)
        #expect(stage.explorer.panes.last is MapPane)
    }

    @Test func `what was deleted comes back`() {
        var stage = Stage(Self.small, locator: "/data/era5.zarr", isWritable: true)
        stage.press(.down, .enter, .down, .down, .enter, .character(" "), .character("D"), .enter)
        stage.type("1")
        stage.press(.enter, .character("z"))
        let restores = stage.world.asked.count { effect in
            if case .restore = effect.work { true } else { false }
        }
        #expect(restores == 1)
        #expect(stage.explorer.context.array?.census?.state(0) == .present)
    }

    @Test func `what was deleted before the program began comes back`() {
        var world = Self.small
        var summary = CensusSummary(isComplete: true)
        summary.trash = "20261121T080000Z"
        world.censuses["/air/mask"] = [.censusFinished(summary)]
        var stage = Stage(world, locator: "/data/era5.zarr", isWritable: true)
        stage.world.trashes = [TrashCard(id: "20261121T080000Z", count: 3, made: "yesterday")]
        stage.press(.down, .enter, .down, .down, .enter, .character("z"), .enter)
        #expect(
            stage.world.asked.contains {
                $0.work == .restore(path: "/air/mask", trash: "20261121T080000Z")
            }
        )
    }

    @Test func `Esc never quits and q goes back until it quits`() {
        var stage = Stage(Self.small, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter)
        for _ in 0..<20 { stage.press(.escape) }
        #expect(!stage.explorer.isEnded)
        stage.press(.character("q"), .character("q"), .character("q"))
        #expect(stage.explorer.isEnded)
    }

    @Test func `a mock shows failures as unreadable and never as absent`() {
        var world = Self.small
        world.isHeld = { if case .verify = $0 { true } else { false } }
        var stage = Stage(world, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .down, .enter, .character("M"), .character("A"))
        stage.press(.character("A"))
        let shadow = stage.explorer.context.array?.shown
        #expect(shadow?.count(.missing) == 0)
        var page = CensusPage()
        page.append(3, .unreadable, size: -1)
        page.append(4, .present, size: 80, isSlow: true)
        let verify = stage.world.held.last?.number ?? 0
        stage.run(stage.explorer.receive(Event(verify, .censusPage(page))))
        #expect(stage.explorer.context.array?.shown?.state(3) == .unreadable)
        #expect(stage.explorer.context.array?.shown?.isSlow(4) == true)
        var canvas = stage.canvas()
        #expect(canvas.plainText.contains("MOCK ARMED"))
        stage.press(.character("X"))
        canvas = stage.canvas()
        #expect(!canvas.plainText.contains("MOCK ARMED"))
        #expect(stage.explorer.context.array?.shown?.state(3) == .present)
    }

    @Test func `answers that come too late are left alone`() {
        var stage = Stage(Self.small, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .enter, .enter)
        let old = stage.world.asked.last?.number ?? 0
        let before = stage.canvas()
        let late = ChunkReport(chunk: ChunkIndex([0, 0, 0, 0]), key: "late", state: .corrupt)
        stage.run(stage.explorer.receive(Event(old, .inspected(late))))
        stage.run(
            stage.explorer.receive(
                Event(9999, .deletePlan(DeletePlan(id: "", boxes: [], trash: nil)))
            )
        )
        #expect(stage.canvas() == before)
    }

    @Test func `text of a store is never drawn raw`() {
        var world = Self.small
        let evil = "a\u{1b}[2J\u{7}\u{202e}\u{200b}b\nc"
        world.children["/"] = [NodeCard(path: "/e", name: evil, kind: .array)]
        var details = NodeDetails(path: "/e", kind: .array)
        details.attributes = evil
        details.documents = [StoredDocument(key: evil, text: evil)]
        details.diagnostics = [Diagnostic(.error, at: evil, evil)]
        world.details["/e"] = details
        world.opened.name = evil
        var stage = Stage(world, locator: "/data/era5.zarr")
        stage.press(.down)
        for tab in "123456" {
            stage.press(.character(tab))
            let text = stage.canvas().plainText
            let isClean = text.unicodeScalars.allSatisfy {
                $0 == "\n" || (TextWidth.of($0) != nil && $0.value >= 0x20)
            }
            #expect(isClean)
        }
    }
}

extension Stage {
    /// How many deletes were asked for.
    var deletes: Int {
        world.asked.count { effect in
            if case .delete = effect.work { true } else { false }
        }
    }

    /// How often something was asked for that changes the storage.
    var changes: Int {
        world.asked.count { $0.work.isDelete }
    }
}

extension Key {
    /// Whether it is a click, which may hit the hint of a command.
    fileprivate var isPress: Bool {
        if case .mouse(.press, _) = self { true } else { false }
    }
}
