import Glibc
import JSONValue
import Storage
import ZarrEngine
import ZarrModel

/// The file of `verify --resume`: which array and share it is about, and how far the run came.
struct VerifyRecord {
    /// How far the run that wrote the file came; the beginning where there is no file.
    private(set) var progress = VerifyProgress()
    private let path: String
    /// What the file is about: the same in every file of the same verification.
    private let subject: JSONObject
    private let array: ArrayNode
    private var savedAt = ContinuousClock.now

    /// Reads the file at `path`. Throws for one that is about something else or is none of ours.
    init(
        _ path: String,
        _ subject: VerifySubject,
        _ array: ArrayNode
    ) throws(ToolError) {
        self.path = path
        self.array = array
        var members: JSONObject = [
            "format": "zscope-verify", "version": 1, "array": .string(subject.place),
        ]
        for member in subject.shape.members { members[member.key] = member.value }
        members["part"] = .string(subject.part.text)
        self.subject = members
        guard FileKind(path: path) != nil else { return }
        let document = SmallFile.read(path).flatMap { bytes in
            try? JSONParser.parse(bytes, mode: .strict, limits: .standard).value
        }
        guard let document, document["format"] == "zscope-verify" else {
            throw ToolError("\(path) is no record of a verification", remedy: "name another file")
        }
        for member in members.members where document[member.key] != member.value {
            if member.key == "array", let other = document["array"]?.stringValue,
                Self.identity(other) == Self.identity(subject.place)
            {
                continue
            }
            let there = document[member.key]?.text(.compact) ?? "nothing"
            throw ToolError(
                "\(path) is about another verification: its \(member.key) is \(there), not"
                    + " \(member.value.text(.compact))",
                remedy: "name another file"
            )
        }
        progress.next = max(0, document["next"]?.intValue ?? 0)
        progress.findings = (document["findings"]?.arrayValue ?? []).compactMap(finding)
    }

    /// The node that `place` names, however it is spelled and whatever layers are around its storage.
    private static func identity(_ place: String) -> String {
        guard let locator = try? StoreLocator(place),
            let resolved = try? Composition.opener.resolve(locator)
        else { return place }
        var path = resolved.place + "/" + (resolved.node ?? "")
        if resolved.backend.id == "file" {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
            if unsafe realpath(path, &buffer) != nil {
                path = String(
                    decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
                    as: UTF8.self
                )
            }
        }
        return resolved.backend.id + ":" + path.split(separator: "/").joined(separator: "/")
    }

    private func finding(_ row: JSONValue) -> VerifyFinding? {
        let coordinates = (row["index"]?.arrayValue ?? []).compactMap(\.intValue)
        let inner = row["inner"]?.arrayValue?.compactMap(\.intValue)
        guard coordinates.count == array.grid.rank,
            inner.map({ $0.count == array.grid.rank }) ?? true,
            let state = ChunkState.allCases.first(where: { $0.word == row["state"]?.stringValue }),
            Self.kept.contains(state)
        else { return nil }
        let index = ChunkIndex(coordinates)
        return VerifyFinding(
            index: index,
            innerIndex: inner.map { ChunkIndex($0) },
            key: array.key(of: index),
            state: state,
            reason: row["reason"]?.stringValue ?? "",
            byteCount: row["bytes"]?.intValue
        )
    }

    /// The states that the file keeps: what is missing or outside the grid is looked for anew.
    private static let kept: Set<ChunkState> = [.short, .corrupt, .unreadable]

    /// Whether the file keeps a finding.
    static func keeps(_ finding: VerifyFinding) -> Bool {
        kept.contains(finding.state)
    }

    /// Whether the file is as old as a person would not want to lose.
    var isDue: Bool {
        .now - savedAt > .seconds(2)
    }

    /// Replaces the file. Throws where that fails: a run that cannot be resumed is not what was asked.
    mutating func save(_ next: Int, _ findings: [VerifyFinding]) throws(ToolError) {
        var document = subject
        document["next"] = .integer(next)
        document["findings"] = .array(
            findings.filter(Self.keeps).map { VerifyRow($0, array).json }
        )
        let text = JSONValue.object(document).text(.compact) + "\n"
        guard SmallFile.replace(path, Array(text.utf8), mode: 0o666) else {
            throw ToolError("cannot write \(path)")
        }
        savedAt = .now
    }
}

extension Verification {
    /// The next step; the record is written now and then, at the end, and when the run is stopped.
    func next(
        saving record: inout VerifyRecord?,
        _ findings: [VerifyFinding]
    ) async throws -> VerifyPage? {
        do {
            let page = try await next()
            if page == nil || record?.isDue == true {
                try record?.save(position, findings + (page?.findings ?? []))
            }
            return page
        } catch let error as StorageError {
            // Before the first step nothing is known that the file does not say.
            if summary.checked > 0 { try record?.save(position, findings) }
            throw error
        }
    }
}
