import Raster
import ZarrEngine
import ZarrModel

extension ArrayValues {
    /// The elements as numbers, for pictures and statistics; `nil` where they are none.
    ///
    /// Complex numbers by magnitude, booleans as 0 and 1. O(elements).
    var numbers: [Double]? {
        withBytes { bytes in
            var copy: [UInt8] = []
            unsafe bytes.withUnsafeBytes { unsafe copy.append(contentsOf: $0) }
            return Plane.numbers(of: copy, dataType)
        }
    }
}
