import Explorer
import JSONValue
import Storage
import ZarrEngine
import ZarrModel

extension EffectRunner {
    // MARK: Notes

    /// What is kept of an array beside its store.
    func notes(_ path: String) async throws -> News {
        let store = try store()
        let array = try await store.array(path)
        let file = store.notes(of: array)
        var notes = ArrayNotes(path: path)
        notes.expectedEmpty = file.expectedEmpty()
        if store.mock == nil, let stopped = file.stoppedVerification(), stopped.progress.next > 0 {
            var progress = Explorer::VerifyProgress()
            progress.next = stopped.progress.next
            notes.stopped = progress
        }
        return .notes(notes)
    }

    /// Keeps the boxes of an array that are expected to be empty.
    func keep(_ boxes: [[Range<Int>]], of path: String) async throws -> News {
        let store = try store()
        let array = try await store.array(path)
        try store.notes(of: array).keep(boxes)
        return .kept
    }

    /// The chunks that a file names, as boxes of the grid.
    func expected(_ path: String, from file: String) async throws -> News {
        let array = try await store().array(path)
        let counts = array.grid.counts
        let named = try ChunkList.read(try TypedPath(file).path, of: array)
        let indexes = named.compactMap { array.grid.linearIndex(of: $0) }
        guard !indexes.isEmpty || named.isEmpty else {
            throw ToolError(
                "none of the \(named.count) chunks of \(file) lies in the grid \(counts)"
            )
        }
        return .expected(ChunkSelection.boxes(of: indexes, in: counts))
    }

    // MARK: Export

    /// Writes findings to a file that was not there, or that a person said may go.
    func export(_ order: FindingsExport) async throws -> News {
        let array = try await store().array(order.path)
        let path = try TypedPath(order.file).path
        let isThere = FileKind(path: path)
        if let isThere, isThere != .regular { throw ToolError("\(path) is no file") }
        if isThere != nil, !order.replaces {
            return .exported(ExportOutcome(file: path, lines: 0, isTaken: true))
        }
        let output = try Output(path: path)
        do {
            var lines = 0
            if order.format == .csv { try output.line("state,index,inner,key,bytes,reason") }
            for row in order.rows {
                try output.line(Self.line(row, order.format, array))
                lines += 1
                if lines.isMultiple(of: 4096) { try Task.checkCancellation() }
            }
            if !order.replaces, FileKind(path: path) != nil {
                output.discard()
                return .exported(ExportOutcome(file: path, lines: 0, isTaken: true))
            }
            try output.finish()
            return .exported(ExportOutcome(file: path, lines: lines))
        } catch {
            output.discard()
            throw error
        }
    }

    private static func line(
        _ row: FindingsExport.Row,
        _ format: FindingsExport.Format,
        _ array: ArrayNode
    ) -> String {
        switch format {
        case .keys: return array.key(of: row.chunk)
        case .ndjson:
            let finding = VerifyFinding(
                index: row.chunk,
                innerIndex: row.inner,
                key: array.key(of: row.chunk),
                state: row.state,
                reason: row.reason,
                byteCount: row.bytes
            )
            return JSONText.safe(VerifyRow(finding, array).json.text(.compact))
        case .csv:
            let cells = [
                row.state.word, "\(row.chunk)", row.inner.map { "\($0)" } ?? "",
                array.keyEncoding.key(for: row.chunk), row.bytes.map(String.init) ?? "",
                visible(row.reason),
            ]
            return cells.map(Self.cell).joined(separator: ",")
        }
    }

    /// A cell of a CSV file, quoted where it has to be.
    private static func cell(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            byte >= 0x20 && byte != 0x22 && byte != 0x2c && byte != 0x0d
        }
        guard !isPlain else { return text }
        return commaQuoted(text)
    }
}

extension ChunkFinding {
    /// An object whose key is that of a chunk outside the grid.
    init(outside orphan: ZarrEngine::CensusPage.Orphan, _ array: ArrayNode) {
        self.init(
            chunk: orphan.index,
            state: .orphan,
            key: array.key(of: orphan.index),
            reason: "it lies outside the grid",
            bytes: orphan.info.size
        )
    }
}

/// The path of a file as a person typed it.
struct TypedPath {
    /// The path, from the root or from where the program was started.
    let path: String

    /// Throws for an empty path and for one with control characters.
    init(_ typed: String) throws(ToolError) {
        let text = typed.filter { $0 != "\u{feff}" }
        guard text.contains(where: { $0 != " " }) else {
            throw ToolError("type the name of a file")
        }
        let isClean = text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
            default: true
            }
        }
        guard isClean else { throw ToolError("the name of the file has control characters") }
        if text.hasPrefix("~/"), let home = Environment.text("HOME") {
            path = home + text.dropFirst(1)
        } else {
            path = text.hasPrefix("/") ? text : "./" + text
        }
    }
}
