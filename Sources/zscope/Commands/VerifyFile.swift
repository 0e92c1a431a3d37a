import Glibc
import JSONValue
import Storage
import ZarrModel

/// The file of `verify --resume`: what it is about, and how far every array of it came.
final class VerifyFile {
    private let path: String
    private var document: JSONObject
    /// Whether it holds the arrays of a group, each under its path.
    private let isOfGroup: Bool
    private var savedAt = ContinuousClock.now

    /// Reads the file at `path`, if there is one. `header` is what every file of the same verification
    /// says; its member `array`, or `group`, is the place that a person names. Throws for a file that
    /// is about something else or is none of ours.
    init(_ path: String, _ header: JSONObject) throws(ToolError) {
        self.path = path
        isOfGroup = header["group"] != nil
        document = ["format": "zscope-verify", "version": 1]
        for member in header.members { document[member.key] = member.value }
        // What cannot be kept is told before hours of work, and before anything is printed.
        guard FileKind(path: path) != nil else {
            try save()
            return
        }
        let limits = JSONLimits(byteCount: 1 << 30, valueCount: 1 << 26)
        let read = SmallFile.read(path).flatMap { bytes in
            try? JSONParser.parse(bytes, mode: .strict, limits: limits).value.objectValue
        }
        guard let read, read["format"] == "zscope-verify" else {
            throw ToolError("\(path) is no record of a verification", remedy: "name another file")
        }
        try check(read, document)
        var known = read
        for member in document.members { known[member.key] = member.value }
        document = known
        try save()
    }

    /// Throws where `found` does not say what `wanted` says.
    private func check(_ found: JSONObject, _ wanted: JSONObject) throws(ToolError) {
        for member in wanted.members where found[member.key] != member.value {
            if ["array", "group"].contains(member.key), let there = found[member.key]?.stringValue,
                let here = member.value.stringValue, PlaceIdentity(there) == PlaceIdentity(here)
            {
                continue
            }
            let there = found[member.key]?.text(.compact) ?? "nothing"
            throw ToolError(
                "\(path) is about another verification: its \(member.key) is \(there), not"
                    + " \(member.value.text(.compact))",
                remedy: "name another file"
            )
        }
    }

    /// What it says of an array: the whole file where that is of one alone. In the file of a group,
    /// throws where the array was another one than `subject` says.
    func progress(of array: NodePath, _ subject: JSONObject) throws(ToolError) -> JSONObject {
        guard isOfGroup else { return document }
        let found = document["arrays"]?[array.description]?.objectValue
        guard let found else { return [:] }
        try check(found, subject)
        return found
    }

    /// Notes how far an array came: `progress` in the file of one array, `subject` with it in that of a
    /// group. Writes nothing yet.
    func note(_ array: NodePath, _ subject: JSONObject, _ progress: JSONObject) {
        var entry = isOfGroup ? subject : document
        for member in progress.members { entry[member.key] = member.value }
        guard isOfGroup else {
            document = entry
            return
        }
        var arrays = document["arrays"]?.objectValue ?? [:]
        arrays[array.description] = .object(entry)
        document["arrays"] = .object(arrays)
    }

    /// Whether what is on the disk is as old as a person would not want to lose.
    var isDue: Bool {
        .now - savedAt > .seconds(2)
    }

    /// Whether it is written at the end of each array: a group's is written now and then.
    var isWrittenPerArray: Bool { !isOfGroup }

    /// Replaces the file. Throws where that fails: a run that cannot be resumed is not what was asked.
    func save() throws(ToolError) {
        let text = JSONValue.object(document).text(.compact) + "\n"
        guard SmallFile.replace(path, Array(text.utf8), mode: 0o666) else {
            throw ToolError("cannot write \(path)")
        }
        savedAt = .now
    }
}
