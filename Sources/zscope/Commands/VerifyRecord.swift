import JSONValue
import Storage
import ZarrEngine
import ZarrModel

/// How far the verification of one array came, in the file of `verify --resume`.
struct VerifyRecord {
    /// How far the run that wrote the file came; the beginning where there is none.
    private(set) var progress = VerifyProgress()
    private let file: VerifyFile
    /// What the array is in every file of the same verification.
    private let subject: JSONObject
    private let array: ArrayNode

    /// Finds the array in `file`. Throws where that is about another array.
    init(
        _ file: VerifyFile,
        _ subject: VerifySubject,
        _ array: ArrayNode
    ) throws(ToolError) {
        self.file = file
        self.array = array
        self.subject = Self.members(subject)
        let found = try file.progress(of: array.path, self.subject)
        progress.next = max(0, found["next"]?.intValue ?? 0)
        progress.findings = (found["findings"]?.arrayValue ?? []).compactMap(finding)
    }

    /// Reads the file at `path`, which is about `array` alone. Throws for one that is about something
    /// else or is none of ours.
    init(_ path: String, _ subject: VerifySubject, _ array: ArrayNode) throws(ToolError) {
        var header: JSONObject = ["array": .string(subject.place)]
        for member in Self.members(subject).members { header[member.key] = member.value }
        try self.init(try VerifyFile(path, header), subject, array)
    }

    /// What a file says of the array that it is about, beside its place.
    private static func members(_ subject: VerifySubject) -> JSONObject {
        var members = subject.shape
        members["part"] = .string(subject.part.text)
        return members
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
    var isDue: Bool { file.isDue }

    /// Notes how far it came, and replaces the file unless `isLast` of one array among several. Throws
    /// where that fails.
    func save(
        _ next: Int,
        _ findings: [VerifyFinding],
        isLast: Bool = false
    ) throws(ToolError) {
        let rows = findings.filter(Self.keeps).map { VerifyRow($0, array).json }
        file.note(array.path, subject, ["next": .integer(next), "findings": .array(rows)])
        if !isLast || file.isDue || file.isWrittenPerArray { try file.save() }
    }
}

extension Verification {
    /// The next step; the record is written now and then, at the end, and when the run is stopped.
    func next(
        saving record: VerifyRecord?,
        _ findings: [VerifyFinding]
    ) async throws -> VerifyPage? {
        do {
            let page = try await next()
            if page == nil || record?.isDue == true {
                let all = findings + (page?.findings ?? [])
                try record?.save(position, all, isLast: page == nil)
            }
            return page
        } catch let error as StorageError {
            // Before the first step nothing is known that the file does not say.
            if summary.checked > 0 { try record?.save(position, findings) }
            throw error
        }
    }
}
