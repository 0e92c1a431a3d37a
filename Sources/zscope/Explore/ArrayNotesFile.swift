import Explorer
import Glibc
import JSONValue
import Storage
import ZarrEngine
import ZarrModel

/// What is kept of one array beside its store: boxes that are expected to be empty, and where a
/// verification stopped.
struct ArrayNotesFile {
    /// The array as a person names it.
    let place: String
    private let array: ArrayNode
    private let folder = StateFolder()

    init(_ array: ArrayNode, _ place: String) {
        self.array = array
        self.place = place
    }

    /// A name that differs from array to array. Two that have the same are told apart by what is in
    /// the files.
    private var name: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in place.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return "arrays/" + String(hash, radix: 16)
    }

    // MARK: Expected to be empty

    /// The boxes; none where the file is about another array or another grid.
    func expectedEmpty() -> [[Range<Int>]] {
        guard let path = folder.place(name + ".json"), let bytes = SmallFile.read(path),
            let document = try? JSONParser.parse(bytes, mode: .strict, limits: .standard).value,
            document["array"]?.stringValue.map({ $0.utf8.elementsEqual(place.utf8) }) == true,
            document["grid"] == .integers(array.grid.counts),
            let boxes = document["expected_empty"]?.arrayValue
        else { return [] }
        return boxes.compactMap { box -> [Range<Int>]? in
            guard let axes = box.arrayValue, axes.count == array.grid.rank else { return nil }
            let ranges = zip(axes, array.grid.counts).compactMap { axis, count -> Range<Int>? in
                guard let ends = axis.arrayValue, ends.count == 2, let low = ends[0].intValue,
                    let high = ends[1].intValue, 0 <= low, low < high, high <= count
                else { return nil }
                return low..<high
            }
            return ranges.count == axes.count ? ranges : nil
        }
    }

    /// Keeps boxes in place of those before. Throws where they cannot be kept.
    func keep(_ boxes: [[Range<Int>]]) throws {
        guard let path = folder.place(name + ".json") else {
            throw ToolError("there is no home directory to keep this in")
        }
        let document: JSONValue = [
            "format": "zscope-array",
            "version": 1,
            "array": .string(place),
            "grid": .integers(array.grid.counts),
            "expected_empty": .array(
                boxes.map { box in
                    JSONValue.array(
                        box.map { JSONValue.integers([$0.lowerBound, $0.upperBound]) }
                    )
                }
            ),
        ]
        let text = document.text(.compact) + "\n"
        SmallFile.sweep(path)
        guard SmallFile.replace(path, Array(text.utf8), mode: 0o600) else {
            throw ToolError("cannot write \(path)", remedy: "it holds until the program ends")
        }
    }

    // MARK: A verification that stopped

    /// The record of a verification, to be gone on with; a new one begins anew.
    func verifyRecord(isNew: Bool) -> VerifyRecord? {
        guard let path = folder.place(name + ".verify.json") else { return nil }
        if isNew { _ = unsafe unlink(path) }
        let subject = VerifySubject(array, place, .all)
        return try? VerifyRecord(path, subject, array)
    }

    /// Whether a verification stopped, and what it had found.
    func stoppedVerification() -> VerifyRecord? {
        guard let path = folder.place(name + ".verify.json"), FileKind(path: path) != nil else {
            return nil
        }
        return try? VerifyRecord(path, VerifySubject(array, place, .all), array)
    }

    /// Forgets where a verification stopped: it is done.
    func forgetVerification() {
        guard let path = folder.place(name + ".verify.json") else { return }
        _ = unsafe unlink(path)
    }
}

extension OpenStore {
    /// What is kept of an array.
    func notes(of array: ArrayNode) -> ArrayNotesFile {
        ArrayNotesFile(array, "\(location.locator.at(node: array.path.description))")
    }

    /// Where a verification of an array is recorded.
    func verifyRecord(of array: ArrayNode, isNew: Bool) -> VerifyRecord? {
        notes(of: array).verifyRecord(isNew: isNew)
    }

    /// Forgets where a verification stopped.
    func forgetVerifyRecord(of array: ArrayNode) {
        guard mock == nil else { return }
        notes(of: array).forgetVerification()
    }
}
