import Testing

// The hash is not part of the module's face, and a drill's log is too long to compare by hand.
@testable import Drills

private func hash(_ bytes: [UInt8], pieces: Int = 1) -> String {
    var hash = SHA256()
    for piece in 0..<pieces {
        hash.update(bytes[(bytes.count * piece / pieces)..<(bytes.count * (piece + 1) / pieces)])
    }
    return hash.finish()
}

struct SHA256Tests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `the published examples come out`(text: String, expected: String) {
        #expect(hash(Array(text.utf8)) == expected)
    }

    @Test func `a hundred thousand letters come out, in whatever pieces they are fed`() {
        let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 100_000)
        let whole = hash(letters)
        #expect(whole == hash(letters, pieces: 7))
        #expect(whole != hash(letters.dropLast() + [98]))
    }

    @Test(arguments: 50...70)
    func `every length of padding closes`(count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(hash(bytes).utf8.count == 64)
        #expect(hash(bytes) == hash(bytes, pieces: 3))
    }
}
