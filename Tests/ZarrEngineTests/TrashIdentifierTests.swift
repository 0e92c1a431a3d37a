import Testing

@testable import ZarrEngine  // The name's form is not part of the public face.

struct TrashIdentifierTests {
    @Test(arguments: [
        (Int64(0), "19700101T000000Z-000000"), (951_782_400, "20000229T000000Z-000000"),
        (1_795_363_199, "20261122T155959Z-000000"), (4_107_542_399, "21000228T235959Z-000000"),
    ])
    func `a deletion is named by its moment`(seconds: Int64, name: String) {
        #expect(TrashIdentifier.make(seconds: seconds, number: 0) == name)
    }

    @Test func `every name that is made is valid, and nothing else`() {
        for number in [0, 35, 2_176_782_335, UInt64.max] {
            #expect(TrashIdentifier.isValid(TrashIdentifier.make(seconds: 1, number: number)))
        }
        for text in ["", "..", "20261122T155959Z-00/000", "20261122T155959Z-0000000"] {
            #expect(!TrashIdentifier.isValid(text))
        }
    }
}
