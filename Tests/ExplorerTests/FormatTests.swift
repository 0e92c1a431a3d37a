import Testing

@testable import Explorer

struct FormatTests {
    @Test func `a share is 0 or 100 per cent only where it is exact`() {
        #expect(Format.percent(1_023_996, of: 1_024_000) == ">99.99 %")
        #expect(Format.percent(4, of: 1_024_000) == "<0.01 %")
        #expect(Format.percent(0, of: 7) == "0 %")
        #expect(Format.percent(7, of: 7) == "100 %")
        #expect(Format.percent(1, of: 3) == "33.3 %")
    }

    @Test func `numbers are as short as they can be read`() {
        #expect(Format.count(1_023_996) == "1,023,996")
        #expect(Format.short(1_023_996) == "1.02M")
        #expect(Format.short(9999) == "9,999")
        #expect(Format.bytes(27) == "27 B")
        #expect(Format.bytes(1_101_004) == "1.0 MiB")
        #expect(Format.value(-0.5) == "-0.5")
        #expect(Format.value(.nan) == "NaN")
        #expect(Format.value(1.5e300) == "1.5e300")
        #expect(Format.value(2.25e-9) == "2.25e-9")
        #expect(Format.duration(milliseconds: 125_000) == "2 min 5 s")
        #expect(Format.bytes(.max) == "8.0 EiB")
        #expect(Format.short(.min) == "-9.22E")
    }
}
