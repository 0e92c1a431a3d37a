import Testing
import ZarrModel

struct SlabPlanTests {
    private func axes(_ shape: [Int], _ chunks: [Int]) -> [ChunkAxis] {
        zip(shape, chunks).map { ChunkAxis(length: $0, chunkLength: $1) }
    }

    @Test(arguments: [1, 2, 3, 5, 7, 12, 30, 100, 1000])
    func `slabs are the array in C order, none beyond the limit`(limit: Int) {
        for shape in [[], [1], [7], [3, 5], [4, 1, 3], [2, 3, 4, 5]] {
            let plan = SlabPlan(axes(shape, shape.map { _ in 2 }), limit: limit)
            var seen: [Int] = []
            for region in plan {
                let count = region.elementCount ?? 0
                #expect(count >= 1 && count <= limit)
                let inside = GridShape(counts: region.shape)
                for number in 0..<count {
                    let local = inside?.index(at: number).coordinates ?? []
                    let place = zip(region.origin, local).map { $0 + $1 }
                    seen.append(GridShape(counts: shape)?.linearIndex(of: ChunkIndex(place)) ?? -1)
                }
            }
            #expect(seen == Array(0..<(shape.checkedProduct() ?? 0)))
        }
    }

    @Test func `slabs end where chunks end, as far as the limit allows`() {
        let plan = SlabPlan(axes([10, 4], [3, 4]), limit: 4 * 4)
        #expect(plan.map { $0.ranges[0] } == [0..<3, 3..<6, 6..<10])
        let tight = SlabPlan(axes([10, 4], [3, 4]), limit: 8)
        #expect(tight.map { $0.ranges[0] } == [0..<2, 2..<3, 3..<5, 5..<6, 6..<8, 8..<10])
    }

    @Test func `an empty array has no slab, and the largest is planned without being walked`() {
        #expect(SlabPlan(axes([4, 0], [2, 2]), limit: 10).makeIterator().map { $0 } == [])
        var long = SlabPlan(axes([.max, 3], [1 << 40, 3]), limit: 1 << 41).makeIterator()
        #expect(long.next()?.ranges[0] == 0..<((1 << 41) / 3))
    }
}

extension SlabPlan.Iterator {
    fileprivate func map<Value>(_ body: (Region) -> Value) -> [Value] {
        var copy = self
        var values: [Value] = []
        while let region = copy.next() { values.append(body(region)) }
        return values
    }
}
