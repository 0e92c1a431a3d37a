import Testing
import ZarrModel

private func resolve(
    _ text: String,
    _ shape: [Int],
    _ names: [String?]? = nil
) throws -> ResolvedSelection {
    try Selection(parsing: text).resolve(shape: shape, dimensionNames: names)
}

/// The positions that an axis stands for.
private func positions(_ axis: ResolvedSelection.Axis) -> [Int] {
    (0..<axis.count).map { axis.start + $0 * axis.step }
}

struct SelectionTests {
    @Test func `nothing selects everything`() throws {
        for text in ["", "[]", " [ ] ", "...", "[...]", ":", "[:,]"] {
            #expect(try resolve(text, [3, 4]) == ResolvedSelection(wholeOf: [3, 4]))
        }
        #expect(try resolve("", []).resultShape == [])
        #expect(try resolve("...", []).elementCount == 1)
    }

    @Test func `slices are clipped and stepped as in Python`() throws {
        let all = Array(0..<10)
        let bounds: [Int?] = [nil, -12, -10, -3, -1, 0, 1, 5, 9, 10, 11]
        for start in bounds {
            for stop in bounds {
                for step in [nil, 1, 2, 3, 20, -1, -2, -7, Int.max, -Int.max] as [Int?] {
                    let text = [start, stop, step].map { $0.map(String.init) ?? "" }
                    let axis = try resolve(text.joined(separator: ":"), [10]).axes[0]
                    #expect(
                        positions(axis) == pythonSlice(all, start, stop, step ?? 1),
                        "\(text)"
                    )
                    #expect(!axis.isDropped)
                }
            }
        }
    }

    /// Python's slicing by its definition: walk from the start while inside.
    private func pythonSlice(_ all: [Int], _ start: Int?, _ stop: Int?, _ step: Int) -> [Int] {
        func bound(_ value: Int?, _ preset: Int) -> Int {
            guard let value else { return preset }
            return value < 0 ? value + all.count : value
        }
        let first = bound(start, step > 0 ? 0 : all.count - 1)
        let end = bound(stop, step > 0 ? all.count : -1)
        let low = stop != nil && step < 0 ? max(end, -1) : end
        var found: [Int] = []
        var position = step > 0 ? max(first, 0) : min(first, all.count - 1)
        while step > 0 ? position < end : position > low {
            guard all.indices.contains(position) else { break }
            found.append(position)
            let (next, over) = position.addingReportingOverflow(step)
            if over { break }
            position = next
        }
        return found
    }

    @Test func `an index drops its dimension, and an ellipsis stands for what is left`() throws {
        let selection = try resolve("[-1, ..., 2:4]", [3, 4, 5])
        #expect(selection.resultShape == [4, 2])
        #expect(selection.axes[0] == .init(start: 2, count: 1, isDropped: true))
        #expect(selection.boundingRegion == Region([2..<3, 0..<4, 2..<4]))
        #expect(try resolve("1", [3, 4]).resultShape == [4])
    }

    @Test func `dimensions are chosen by name`() throws {
        let names: [String?] = ["time", nil, "lat"]
        let selection = try resolve("lat=5, time=0:10:2", [20, 3, 9], names)
        #expect(selection.resultShape == [5, 3])
        #expect(selection.axes[2].start == 5)
        #expect(try resolve("a=b=1", [4], ["a=b"]).axes[0].start == 1)
    }

    @Test func `bounds of a backward axis go upward`() throws {
        let axis = try resolve("8:1:-3", [10]).axes[0]
        #expect(positions(axis) == [8, 5, 2])
        #expect(axis.bounds == 2..<9)
        #expect(try resolve("5:5", [10]).axes[0].bounds.isEmpty)
    }

    @Test func `a dimension as long as can be is sliced without overflow`() throws {
        let axis = try resolve("::2", [.max]).axes[0]
        #expect(axis.count == Int.max / 2 + 1)
        #expect(try resolve("::-1", [.max]).axes[0].start == .max - 1)
        #expect(try resolve("-9223372036854775807", [.max]).axes[0].start == 0)
    }

    @Test(arguments: [
        "[0", "0]", "[[0]", "[[[0]]]", "[0]]", "1], [2", "[[0:2]]", "[[1,true]]", "[[1,,2]]", "a",
        "1.5", "1,,2", ",", "0:1:2:3", "::0", "...,...", "newaxis",
        "None", "x=", "=1", "x=1,2", "x=1,x=2", "x=...", "9223372036854775808",
        "-9223372036854775808", "1:b", "--1", "\u{661}", "1 2",
    ])
    func `what is no selection is an error with a message`(text: String) throws {
        let error = #expect(throws: SelectionError.self) { try Selection(parsing: text) }
        #expect(error?.message.isEmpty == false)
    }

    @Test(arguments: ["3", "-4", "0,0,0", "0,0,...,0"])
    func `what does not fit the array is an error`(text: String) {
        #expect(throws: SelectionError.self) { try resolve(text, [3, 4]) }
    }

    @Test func `a name that no or two dimensions have is an error`() {
        #expect(throws: SelectionError.self) { try resolve("x=1", [3], nil) }
        #expect(throws: SelectionError.self) { try resolve("x=1", [3], ["y"]) }
        #expect(throws: SelectionError.self) { try resolve("x=1", [3, 3], ["x", "x"]) }
    }
}
