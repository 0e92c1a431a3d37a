import JSONValue
import Testing
import ZarrModel

/// A data type to be tried, and the versions of the format that have it.
struct EveryType: Sendable, CustomTestStringConvertible {
    let type: DataType
    let versions: [FormatVersion]

    var testDescription: String { type.summary }

    init(_ type: DataType, _ versions: [FormatVersion] = [.v2, .v3]) {
        self.type = type
        self.versions = versions
    }

    /// Every type there is, with several units, lengths and nestings.
    static let all: [EveryType] = plain + sized + times + nested

    private static let plain: [EveryType] =
        [
            EveryType(.bool), EveryType(.string), EveryType(.bytes), EveryType(.object, [.v2]),
        ]
        + IntegerType.allCases.map {
            EveryType(.integer($0), [.uint2, .uint4].contains($0) ? [.v3] : [.v2, .v3])
        }
        + FloatType.allCases.map { type in
            let isUnknownToV2 = [
                .float8_e4m3, .float8_e8m0fnu, .float6_e2m3fn, .float6_e3m2fn,
            ].contains(type)
            return EveryType(.float(type), isUnknownToV2 ? [.v3] : [.v2, .v3])
        }
        + FloatType.allCases.map { type in
            EveryType(.complex(type), [.float32, .float64].contains(type) ? [.v2, .v3] : [.v3])
        }

    /// v2 has raw bits as `|V`: in v3 they come back as that.
    private static let sized: [EveryType] =
        [1, 3, 8, 17].map { EveryType(.rawBits(byteCount: $0), [.v3]) }
        + [1, 5].flatMap { size in
            [
                EveryType(.fixedBytes(byteCount: size)), EveryType(.opaque(byteCount: size)),
                EveryType(.fixedText(length: size)),
            ]
        }

    private static let units: [TimeUnit] = [
        .year, .month, .week, .day, .hour, .minute, .second, .millisecond, .microsecond,
        .nanosecond, .picosecond, .femtosecond, .attosecond,
    ]

    private static let times: [EveryType] =
        units.flatMap { [EveryType(.datetime($0, scale: 1)), EveryType(.timedelta($0, scale: 1))] }
        + [
            EveryType(.datetime(.microsecond, scale: 10)), EveryType(.timedelta(.hour, scale: 25)),
            // v2 says the unit of a time in brackets.
            EveryType(.datetime(.generic, scale: 1), [.v3]),
            EveryType(.timedelta(.generic, scale: 1), [.v3]),
        ]

    private static func fields(_ types: DataType...) -> DataType {
        .structure(types.enumerated().map { StructField(name: "f\($0.offset)", type: $0.element) })
    }

    private static let nested: [EveryType] = [
        EveryType(fields(.bool, .integer(.int16), .float(.float64))),
        EveryType(fields(.complex(.float32), .datetime(.day, scale: 3), .fixedText(length: 2))),
        EveryType(fields(.integer(.uint8), fields(.integer(.int32), .fixedBytes(byteCount: 3)))),
        EveryType(fields(.float(.bfloat16), .rawBits(byteCount: 2)), [.v3]),
        EveryType(fields(.float(.bfloat16), .integer(.int4), .integer(.int32))),
        EveryType(
            .structure([
                StructField(name: "a", type: .integer(.int16), shape: [2, 3]),
                StructField(name: "b", type: fields(.float(.float32), .bool), shape: [2]),
            ]),
            [.v2]
        ),
        EveryType(.optional(.integer(.uint8)), [.v3]), EveryType(.optional(.string), [.v3]),
        EveryType(.optional(.bytes), [.v3]), EveryType(.optional(.optional(.string)), [.v3]),
        EveryType(.optional(.float(.float64)), [.v3]), EveryType(.optional(.bool), [.v3]),
        EveryType(.optional(.optional(.integer(.int16))), [.v3]),
        EveryType(.optional(fields(.integer(.int8), .float(.float32))), [.v3]),
    ]
}

extension SeededGenerator {
    /// Any value that `type` has, as it is in memory.
    mutating func anyValue(of type: DataType) -> [UInt8] {
        switch type {
        case .bool: [UInt8.random(in: 0...1, using: &self)]
        case .integer(let type) where type.bitCount < 8: [small(type.bitCount, type.isSigned)]
        case .float(let type) where type.bitCount < 8: [small(type.bitCount, false)]
        case .complex(let part): anyValue(of: .float(part)) + anyValue(of: .float(part))
        case .fixedText(let length):
            (0..<length).flatMap { _ in text.unicodeScalars.first.map(Self.unit) ?? [0, 0, 0, 0] }
        case .string: Array((0..<length).map { _ in text }.joined().utf8)
        case .bytes: (0..<length).map { _ in UInt8.random(in: 0...255, using: &self) }
        case .object: Array(pick(["null", "12", #""é""#, "[1,[]]", #"{"a":[true,1.5]}"#]).utf8)
        case .structure(let fields):
            fields.flatMap { field in
                (0..<(field.elementCount ?? 0)).flatMap { _ in anyValue(of: field.type) }
            }
        case .optional(let value):
            if Bool.random(using: &self) {
                anyValue(of: value) + [1]
            } else {
                [UInt8](repeating: 0, count: type.byteCount ?? 1)
            }
        default: (0..<(type.byteCount ?? 0)).map { _ in UInt8.random(in: 0...255, using: &self) }
        }
    }

    private var length: Int {
        mutating get { Int.random(in: 0...4, using: &self) }
    }

    private var text: String {
        mutating get { pick(["a", "é", "日", "𝄞", ""]) }
    }

    private mutating func pick(_ texts: [String]) -> String {
        texts[Int.random(in: 0..<texts.count, using: &self)]
    }

    private static func unit(_ scalar: Unicode.Scalar) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> (8 * $0)) }
    }

    /// A number of few bits in a byte; a negative one fills the byte with its sign.
    private mutating func small(_ bits: Int, _ isSigned: Bool) -> UInt8 {
        let value = Int.random(in: 0..<(1 << bits), using: &self)
        return UInt8(truncatingIfNeeded: isSigned ? value - (1 << (bits - 1)) : value)
    }
}
