import Canvas
import Testing
import ZarrModel

@testable import Explorer

/// What a person sees of a screen, whatever its size.
struct LookTests {
    private func map(_ size: Size, _ traits: TerminalTraits = TerminalTraits()) -> Stage {
        var stage = Stage(size: size, locator: "/data/era5.zarr", traits: traits)
        stage.press(.down, .enter, .down, .enter)
        return stage
    }

    @Test(arguments: [72, 80, 104, 120, 132, 160])
    func `the axes of the map have their names at every width`(columns: Int) {
        var stage = map(Size(rows: 30, columns: columns))
        for name in ["time ", "level ", "lat ", "lon "] {
            #expect(stage.canvas().plainText.contains(name))
        }
    }

    @Test func `what lies over a pane hides the hints of its keys`() {
        var stage = map(Size(rows: 24, columns: 80))
        #expect(stage.canvas().plainText.contains("n N next"))
        for key in [Key.character("?"), .character(":"), .character(",")] {
            stage.press(key)
            #expect(!stage.canvas().plainText.contains("n N next anomaly  Enter"))
            stage.press(.escape)
        }
    }

    @Test func `without colours the anomaly under the cursor is the one not in reverse`() {
        var stage = map(
            Size(rows: 24, columns: 80),
            TerminalTraits(isUnicode: true, colors: .mono)
        )
        stage.press(.character("n"))
        let canvas = stage.canvas()
        var under = 0
        for row in 1..<20 {
            for column in 0..<48 where canvas[row, column].style.role == .cursor {
                under += 1
                #expect(canvas[row, column].style.isReversed)
            }
        }
        #expect(under == 2)
    }

    @Test func `what is typed takes the place of a fresh text`() {
        var field = TextField("state = missing", isFresh: true)
        _ = field.take(.character("b"))
        _ = field.take(.character("y"))
        #expect(field.string == "by")
        var kept = TextField("state = missing", isFresh: true)
        _ = kept.take(.end)
        _ = kept.take(.character("!"))
        #expect(kept.string == "state = missing!")
        var removed = TextField("12", isFresh: true)
        _ = removed.take(.backspace)
        #expect(removed.string.isEmpty)
    }

    @Test func `the settings are found by what can be set`() {
        let entry = PaletteOverlay.Entry(command: .settings, title: "settings", key: ",")
        #expect(entry.holds("them") && entry.holds("clip"))
    }

    @Test func `a file of an export is called by the array and what is looked at`() {
        for (pane, name) in [
            ("air/temp › chunk [1,2]", "zscope-temp-chunk-1-2.svg"),
            ("chunk [7,2]", "zscope-chunk-7-2.svg"), ("air/temp › map", "zscope-temp-map.svg"),
        ] {
            var canvas = Canvas(Size(rows: 12, columns: 80))
            ExportOverlay(pane: pane, hasPicture: false).draw(on: &canvas, in: canvas.bounds)
            #expect(canvas.plainText.contains(name))
        }
    }
}
