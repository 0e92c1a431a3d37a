import Testing
import ZarrEngine

struct ChunkPresenceTests {
    @Test func `missing chunks are found across words in order`() {
        var presence = ChunkPresence(total: 200)
        for chunk in 0..<200 where ![0, 63, 64, 130, 199].contains(chunk) {
            presence.insert(chunk)
        }
        var found: [Int] = []
        var chunk = presence.firstMissing(from: 0)
        while let missing = chunk {
            found.append(missing)
            chunk = presence.firstMissing(from: missing + 1)
        }
        #expect(found == [0, 63, 64, 130, 199])
        #expect(presence.missingCount == 5)
    }

    @Test func `nothing is missing past the end of a full grid`() {
        var presence = ChunkPresence(total: 70)
        for chunk in 0..<70 { presence.insert(chunk) }
        #expect(presence.firstMissing(from: 0) == nil)
        #expect(presence.firstPresent(from: 69) == 69)
        #expect(presence.firstPresent(from: 70) == nil)
    }

    @Test func `a chunk counts once however often it is seen`() {
        var presence = ChunkPresence(total: 3)
        let first = presence.insert(1)
        let second = presence.insert(1)
        #expect(first && !second)
        #expect(presence.count == 1)
        presence.remove(1)
        presence.remove(1)
        #expect(presence.count == 0)
    }

    @Test func `a grid of 2 to the 62 chunks costs what is stored`() {
        var presence = ChunkPresence(total: 1 << 62)
        presence.insert(0)
        presence.insert(1 << 61)
        #expect(presence.missingCount == (1 << 62) - 2)
        #expect(presence.firstMissing(from: 0) == 1)
        #expect(presence.firstPresent(from: 1) == 1 << 61)
        #expect(!presence.contains(-1))
    }
}
