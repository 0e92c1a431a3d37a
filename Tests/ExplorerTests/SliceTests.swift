import Canvas
import Testing
import ZarrModel

@testable import Explorer

struct SliceTests {
    /// The numbers are the index of their own element, so that one cannot be taken for another.
    private static let world: World = {
        var world = World.era5
        world.number = { Double($0 * 1000 + $1) }
        return world
    }()

    private func slice(_ stage: Stage) throws -> SlicePane {
        try #require(stage.explorer.panes.last as? SlicePane)
    }

    /// What the value beside the cursor's index should be.
    private func isRight(_ stage: Stage) throws -> Bool {
        let slice = try slice(stage)
        let number = slice.cursor.row * 1000 + slice.cursor.column
        let text = slice.cursorText(stage.explorer.context)
        return text == String(number) || text == "\(number).0"
    }

    @Test func `the value beside an index is the value at that index, whatever is skipped`() throws
    {
        var stage = Stage(Self.world, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .character("s"))
        #expect(try slice(stage).window.step > 1)
        stage.press(.character("a"), .character("]"), .character("]"), .character("]"))
        #expect(try slice(stage).cursor.row == 3)
        #expect(try isRight(stage))
        stage.press(.right, .down, .character("a"), .character("]"))
        #expect(try isRight(stage))
        for key in "tGg$^".map({ Key.character($0) }) + [.control("d"), .pageDown, .tab, .tab] {
            stage.press(key)
            #expect(try isRight(stage), "\(key)")
        }
    }

    @Test func `a value is not shown for a plane it was not read from`() throws {
        var world = Self.world
        world.isHeld = { if case .readPlane(let plane) = $0 { plane.fixed[1] > 0 } else { false } }
        var stage = Stage(world, locator: "/data/era5.zarr")
        stage.press(.down, .enter, .down, .character("s"))
        #expect(try isRight(stage))
        stage.press(.character("]"))
        #expect(try slice(stage).cursorText(stage.explorer.context) == nil)
    }
}
