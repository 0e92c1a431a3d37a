import Canvas
import Testing

@testable import Explorer

/// The explorer in lines, for those who cannot see a screen.
struct PlainTests {
    private func stage(_ keys: Key...) -> Stage {
        var stage = Stage(locator: "/data/era5.zarr")
        for key in keys { stage.press(key) }
        return stage
    }

    @Test func `the tree is told a node to a line, and the selected one in words`() {
        var stage = stage(.down, .enter, .down)
        let lines = stage.explorer.plainLines()
        #expect(lines.contains("level 1: group air, open"))
        let selected = lines.first { $0.hasPrefix("selected") }
        #expect(selected?.contains("array temp, float32, 200 by 20 by 64 by 64") == true)
    }

    @Test func `the map tells every anomaly in words`() {
        var stage = stage(.down, .enter, .down, .enter, .character("n"))
        let lines = stage.explorer.plainLines()
        #expect(lines.contains("missing at time 20, level 2, lat 12, lon 2"))
        #expect(lines.contains { $0.hasPrefix("1,024,000 chunks") })
        #expect(lines.contains("4 missing, <0.01 %"))
        #expect(lines.contains { $0.hasPrefix("cursor at time 20 level 2 lat 12 lon 2, missing") })
    }

    @Test func `the slice tells its numbers, and what is missing as such`() {
        var stage = stage(.down, .enter, .down, .character("s"))
        let lines = stage.explorer.plainLines()
        #expect(lines.contains { $0.hasPrefix("row 0, columns from 0: ") })
    }

    @Test func `no line of any pane draws anything`() {
        for (name, make) in Panes.all {
            var stage = stage()
            stage.explorer.panes.append(make("/air/temp"))
            for line in stage.explorer.plainLines() {
                let isPlain = line.unicodeScalars.allSatisfy {
                    !(0x2500...0x25FF).contains($0.value) && !(0x2800...0x28FF).contains($0.value)
                        && $0.value >= 0x20
                }
                #expect(isPlain, "\(name): \(line)")
            }
        }
    }

    @Test func `keys and words of commands do the same`() {
        var byKey = stage(.down, .enter, .down, .enter)
        var byWord = stage(.down, .enter, .down, .enter)
        byKey.run(byKey.explorer.handle(word: "n") ?? [])
        byWord.run(byWord.explorer.handle(word: "next") ?? [])
        #expect(byKey.explorer.plainLines() == byWord.explorer.plainLines())
        #expect(byWord.explorer.handle(word: "fly") == nil)
    }

    @Test func `an array of the tree is told with what is there of it`() {
        var stage = stage(.down, .enter, .down)
        stage.select("mask")
        let line = stage.explorer.plainLines().first { $0.contains("array mask") }
        #expect(line?.contains(" of 96 chunks present") == true, "\(line ?? "")")
        #expect(line?.contains("missing") == true && line?.contains("stored") == true)
    }

    @Test func `findings are told in whole sentences`() {
        var stage = stage(.down, .enter, .down, .enter, .character("L"))
        let lines = stage.explorer.plainLines()
        #expect(lines.contains { $0.hasPrefix("missing at time 20") && $0.contains(": ") })
        #expect(!lines.contains { $0.contains("…") }, "\(lines)")
    }
}
