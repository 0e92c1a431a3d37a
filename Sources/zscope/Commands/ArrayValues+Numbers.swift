import Raster
import ZarrEngine
import ZarrModel

extension ArrayValues {
    /// The elements as numbers, for pictures and statistics; `nil` where they are none.
    ///
    /// Complex numbers by magnitude, booleans as 0 and 1. O(elements).
    var numbers: [Double]? {
        numbers(in: 0..<count)
    }

    /// The same of a part of the elements. Requires that it lies among them.
    func numbers(in range: Range<Int>) -> [Double]? {
        let size = elementSize ?? 0
        return withBytes { bytes in
            var copy: [UInt8] = []
            let part = bytes.extracting(range.lowerBound * size..<range.upperBound * size)
            unsafe part.withUnsafeBytes { unsafe copy.append(contentsOf: $0) }
            return Plane.numbers(of: copy, dataType)
        }
    }
}

extension ArrayValues {
    /// How many elements have exactly these bytes, those of failed chunks left out. O(elements).
    func count(of element: [UInt8], where marks: [PlaneMark] = []) -> Int {
        func isRead(_ place: Int) -> Bool { marks.isEmpty || marks[place] != .failed }
        if let variable {
            return variable.indices.count { isRead($0) && variable[$0] == element }
        }
        guard let size = elementSize, size == element.count, size > 0 else { return 0 }
        return withBytes { bytes in
            var count = 0
            for place in 0..<bytes.byteCount / size where isRead(place) {
                let start = place * size
                let isEqual = element.indices.allSatisfy { offset in
                    unsafe bytes.unsafeLoad(fromByteOffset: start + offset, as: UInt8.self)
                        == element[offset]
                }
                if isEqual { count += 1 }
            }
            return count
        }
    }
}
