import Raster
import Testing
import ZarrModel

@Suite struct PlaneTests {
    @Test func `values that are missing are failed, and NaN is its own mark`() {
        let plane = Plane(
            rows: 2,
            columns: 2,
            values: [1, .nan, 3],
            marks: [.value, .value, .absent]
        )
        #expect(plane.marks == [.value, .notANumber, .absent, .failed])
        #expect(plane[0, 0] == 1)
        #expect(plane[0, 1] == nil)
        #expect(plane[1, 0] == nil)
        #expect(plane.mark(5, 5) == .failed)
    }

    @Test func `a plane that cannot be had is empty`() {
        let plane = Plane(rows: .max, columns: 2, values: [])
        #expect(plane.rows == 0)
        #expect(plane.columns == 0)
    }

    @Test(
        arguments: [
            (DataType.bool, [0, 1, 7], [0, 1, 1]),
            (.integer(.int8), [0xFF, 0x7F], [-1, 127]),
            (.integer(.uint8), [0xFF], [255]),
            (.integer(.int16), [0xFE, 0xFF, 1, 2], [-2, 513]),
            (.integer(.uint16), [0xFE, 0xFF], [65_534]),
            (.integer(.int32), [0xFF, 0xFF, 0xFF, 0xFF], [-1]),
            (.integer(.uint32), [0, 0, 0, 0x80], [2_147_483_648]),
            (.integer(.int64), [0, 0, 0, 0, 0, 0, 0, 0x80], [-9_223_372_036_854_775_808]),
            (.integer(.uint64), [0, 0, 0, 0, 0, 0, 0, 0x80], [9_223_372_036_854_775_808]),
            (.integer(.int4), [0x0F, 0x07], [-1, 7]),
            (.integer(.int2), [0x03, 0x01], [-1, 1]),
            (.integer(.uint4), [0x0F], [15]),
            (.integer(.uint2), [0x03], [3]),
            (.float(.float16), [0x00, 0x3C, 0x00, 0xC0], [1, -2]),
            (.float(.bfloat16), [0x80, 0x3F], [1]),
            (.float(.float32), [0, 0, 0x80, 0x3F], [1]),
            (.float(.float64), [0, 0, 0, 0, 0, 0, 0xF0, 0x3F], [1]),
            (.float(.float8_e4m3fn), [0x38, 0xB8], [1, -1]),
            (.float(.float8_e5m2), [0x3C], [1]),
            (.float(.float4_e2m1fn), [0x02, 0x07], [1, 6]),
            (.complex(.float32), [0, 0, 0x40, 0x40, 0, 0, 0x80, 0x40], [5]),
            (.datetime(.second, scale: 1), [10, 0, 0, 0, 0, 0, 0, 0], [10]),
        ] as [(DataType, [UInt8], [Double])]
    )
    func `elements become numbers`(type: DataType, bytes: [UInt8], numbers: [Double]) {
        #expect(Plane.numbers(of: bytes, type) == numbers)
    }

    @Test func `no time is no number, and text has none`() throws {
        let bytes: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0x80]
        let numbers = try #require(Plane.numbers(of: bytes, .datetime(.second, scale: 1)))
        #expect(numbers.count == 1 && numbers[0].isNaN)
        #expect(Plane.numbers(of: bytes, .string) == nil)
        #expect(Plane.numbers(of: bytes, .structure([])) == nil)
    }

    @Test(
        arguments: IntegerType.allCases.map { DataType.integer($0) }
            + FloatType.allCases.map { .float($0) }
    )
    func `bytes after the last whole element are left`(type: DataType) throws {
        let size = try #require(type.byteCount)
        let numbers = try #require(
            Plane.numbers(of: Array(repeating: 1, count: 3 * size + size - 1), type)
        )
        #expect(numbers.count == (3 * size + size - 1) / size)
    }

    @Test func `the magnitude of a large complex number is no infinity`() throws {
        let bits = 1e200.bitPattern
        let part = (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
        let numbers = try #require(Plane.numbers(of: part + part, .complex(.float64)))
        #expect(abs(numbers[0] / 1e200 - 2.0.squareRoot()) < 1e-12)
    }
}
