import Testing
import ZarrModel

private func resolve(
    _ selection: Selection,
    _ shape: [Int],
    names: [String?]? = nil,
    chunks: [Int]? = nil
) throws -> ResolvedSelection {
    try selection.resolve(
        shape: shape,
        dimensionNames: names,
        grid: chunks.map { .regular(chunkShape: $0) }
    )
}

struct FancySelectionTests {
    @Test func `lists choose positions in their order, repeated and negative ones too`() throws {
        let selection = try resolve(Selection(parsing: "[[3, -1, 3], 1:3]"), [5, 4])
        #expect(selection.axes[0].positions == [3, 4, 3])
        #expect(selection.axes[0].bounds == 3..<5)
        #expect(selection.resultShape == [3, 2])
        #expect(selection.boundingRegion == Region([3..<5, 1..<3]))
    }

    @Test func `a list that a step leads through is a slice`() throws {
        for (text, axis) in [
            ("[[1,3,5]]", ResolvedSelection.Axis(start: 1, step: 2, count: 3)),
            ("[[4,3,2]]", .init(start: 4, step: -1, count: 3)),
            ("[[2]]", .init(start: 2, count: 1)), ("[[]]", .init(start: 0, count: 0)),
            ("[[false,true,false,true,false,true]]", .init(start: 1, step: 2, count: 3)),
        ] {
            #expect(try resolve(Selection(parsing: text), [6]).axes == [axis], "\(text)")
        }
        #expect(try resolve(Selection(parsing: "[[2,2]]"), [6]).axes[0].positions == [2, 2])
    }

    @Test func `lists go with dimension names`() throws {
        let selection = try Selection(parsing: "x=[0,3,4], t=-1")
        let resolved = try resolve(selection, [2, 5], names: ["t", "x"])
        #expect(resolved.resultShape == [3])
        #expect(resolved.axes[1].positions == [0, 3, 4])
    }

    @Test(arguments: ["[[5]]", "[[-6]]", "[[true,false]]", "[[0],[0],[0]]"])
    func `a list that does not fit the array is an error`(text: String) {
        #expect(throws: SelectionError.self) { try resolve(Selection(parsing: text), [5, 4]) }
    }

    @Test func `points have a coordinate for every dimension`() throws {
        let selection = try resolve(Selection(parsingPoints: "1,2;-1,0;1,2"), [3, 4])
        guard case .points(let points) = selection.form else {
            Issue.record("no points")
            return
        }
        #expect(points.coordinates == [[1, 2, 1], [2, 0, 2]])
        #expect(selection.resultShape == [3])
        #expect(selection.boundingRegion == Region([1..<3, 0..<3]))
        let named = try Selection(parsingPoints: "x=2,t=1;x=0,t=-1;x=2,t=1")
        #expect(try resolve(named, [3, 4], names: ["t", "x"]) == selection)
        let one = Selection(.points(PointSelection([[1], [0, 1, 2, 3]], shape: [2, 2])))
        #expect(try resolve(one, [3, 4]).resultShape == [2, 2])
    }

    @Test(arguments: [
        "1", "1,2,3", "3,0", "0,-5", "1,2;3", "1,0:2", "...", "[1],2", "x=1,y=2", ";",
    ])
    func `points that do not fit the array are an error`(text: String) {
        #expect(throws: SelectionError.self) {
            try resolve(Selection(parsingPoints: text), [3, 4])
        }
    }

    @Test func `coordinates of different numbers are an error`() {
        for coordinates in [
            [[0, 1], [0, 1, 2]], [[0], [0], [0]], [[0]], [[0, 1, 2], [0, 1]],
        ] {
            let points = PointSelection(coordinates)
            #expect(throws: SelectionError.self) {
                try resolve(Selection(.points(points)), [3, 4])
            }
        }
        let shaped = PointSelection([[0, 1], [0, 1]], shape: [3])
        #expect(throws: SelectionError.self) { try resolve(Selection(.points(shaped)), [3, 4]) }
    }

    @Test func `a mask chooses what is true, in C order`() throws {
        let mask = MaskSelection(shape: [2, 3], flags: [false, true, false, true, false, true])
        let selection = try resolve(Selection(.mask(mask)), [2, 3])
        let marked = ResolvedSelection.Points([[0, 1, 1], [1, 0, 2]], shape: [3])
        #expect(selection.form == marked.map { .points($0) })
        #expect(throws: SelectionError.self) { try resolve(Selection(.mask(mask)), [3, 2]) }
        let none = MaskSelection(shape: [2, 0], flags: [])
        #expect(try resolve(Selection(.mask(none)), [2, 0]).resultShape == [0])
    }

    @Test func `blocks are whole chunks, clipped to the array, and drop no dimension`() throws {
        let selection = try resolve(Selection(parsingBlocks: "-1, 1:9"), [10, 10], chunks: [4, 3])
        #expect(selection.axes == [.init(start: 8, count: 2), .init(start: 3, count: 7)])
        #expect(try resolve(Selection(parsingBlocks: "2:2"), [10], chunks: [4]).elementCount == 0)
        for text in ["3", "-4", "::2", "[[0]]", "0,0"] {
            #expect(throws: SelectionError.self, "\(text)") {
                try resolve(Selection(parsingBlocks: text), [10], chunks: [4])
            }
        }
    }

    @Test func `a field is found by its path, through sub-arrays`() throws {
        let inner = DataType.structure([
            StructField(name: "u", type: .integer(.int8)),
            StructField(name: "v", type: .float(.float32), shape: [2]),
        ])
        let type = DataType.structure([
            StructField(name: "a.b", type: .integer(.int16)),
            StructField(name: "a", type: inner, shape: [3]),
        ])
        let nested = try FieldSelection("a.v", of: type)
        #expect(nested.offset == 3)
        #expect(nested.shape == [3, 2])
        #expect(nested.strides == [9, 4])
        #expect(nested.type == .float(.float32))
        #expect(nested.byteCount == 24)
        #expect(try FieldSelection("a.b", of: type).type == .integer(.int16))
        for name in ["", "b", "a.", "a.w", "a.v.x", "a.b.c", ".a"] {
            #expect(throws: SelectionError.self, "\(name)") {
                try FieldSelection(name, of: type)
            }
        }
        #expect(throws: SelectionError.self) { try FieldSelection("a", of: .bool) }
    }
}
