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
            #expect(!stage.canvas().plainText.contains("n N next finding  Enter"))
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

    @Test func `the legend says what the number before a sign is`() {
        var stage = map(Size(rows: 24, columns: 80))
        let screen = stage.canvas().plainText
        #expect(screen.contains(" in the tile"), "\(screen)")
    }

    @Test func `chunks that can be read are all marked only when that is asked for twice`() {
        var stage = map(Size(rows: 24, columns: 80))
        stage.press(.character("*"))
        #expect(stage.explorer.context.array?.shown?.markedCount == 0)
        #expect(stage.canvas().plainText.contains("Press it again"))
        stage.press(.right, .left, .character("*"))
        #expect(stage.explorer.context.array?.shown?.markedCount == 0)
        stage.press(.character("*"))
        let marked = stage.explorer.context.array?.shown?.markedCount ?? 0
        #expect(marked > 1)
        #expect(stage.canvas().plainText.contains("U clears them"))
        stage.press(.character("U"))
        #expect(stage.explorer.context.array?.shown?.markedCount == 0)
    }

    @Test func `the palette shows a command's word only to those who look for it`() {
        var stage = map(Size(rows: 24, columns: 80))
        stage.press(.character(":"))
        #expect(!stage.canvas().plainText.contains("zoom-in"))
        stage.type("zoom-i")
        #expect(stage.canvas().plainText.contains("zoom-in"))
    }

    @Test func `the help of the map says what every sign means`() {
        var stage = map(Size(rows: 45, columns: 160))
        stage.press(.character("?"))
        let screen = stage.canvas().plainText
        for word in ["Signs", "3 findings", "missing: reads", "corrupt: does", "short: cut off"] {
            #expect(screen.contains(word), "\(screen)")
        }
        stage.press(.character("/"))
        stage.type("orphan")
        #expect(stage.canvas().plainText.contains("orphan: outside the grid"))
    }
}
