import Canvas
import ZarrModel

/// What is typed: a filter, the name of a file.
extension FindingsPane {
    mutating func begin(_ command: Command, _ context: Context) {
        switch command {
        case .filter: entry = .filter
        case .loadExpected:
            entry = .expected
            field = TextField()
        default:
            entry = .export(.ndjson)
            field = TextField(
                Self.fileName(path, context.store?.name ?? "", .ndjson),
                isFresh: true
            )
        }
    }

    private static func fileName(
        _ path: String,
        _ store: String,
        _ format: FindingsExport.Format
    ) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? store
        let safe = last.map { character in
            character.isASCII
                && (character.isLetter || character.isNumber || "-_.".contains(character))
                ? character : "_"
        }
        return "findings-\(String(safe)).\(format.ending)"
    }

    mutating func type(_ key: Key, _ context: inout Context) -> [Effect] {
        switch entry {
        case .filter: return typeFilter(key)
        case .export(let format): return typeFile(key, format, &context)
        case .overwrite(let format):
            entry = nil
            guard key == .character("y") || key == .character("Y") else {
                entry = .export(format)
                context.say("Nothing was written: choose another name, or Esc", .notice)
                return []
            }
            return export(format, replaces: true, &context)
        case .expected: return typeExpected(key, &context)
        case nil: return []
        }
    }

    private mutating func typeFilter(_ key: Key) -> [Effect] {
        let before = selected
        switch key {
        case .escape:
            filter = TextField()
            entry = nil
        case .enter: entry = nil
        case .up: _ = move(.up)
        case .down: _ = move(.down)
        default: guard filter.take(key) else { return [] }
        }
        arrange(keeping: before)
        return []
    }

    private mutating func typeFile(
        _ key: Key,
        _ format: FindingsExport.Format,
        _ context: inout Context
    ) -> [Effect] {
        switch key {
        case .escape:
            entry = nil
            context.say("Nothing was written")
        case .tab, .backTab:
            let all = FindingsExport.Format.allCases
            let place = (all.firstIndex(of: format) ?? 0) + (key == .tab ? 1 : all.count - 1)
            let next = all[place % all.count]
            if field.string.hasSuffix("." + format.ending) {
                field = TextField(
                    String(field.string.dropLast(format.ending.count)) + next.ending,
                    isFresh: field.isFresh
                )
            }
            entry = .export(next)
        case .enter: return export(format, replaces: false, &context)
        default:
            guard field.take(key) else { return [] }
            // The name says what is wanted, where it ends as one of them does.
            let named = FindingsExport.Format.allCases.first {
                field.string.hasSuffix("." + $0.ending)
            }
            entry = .export(named ?? format)
        }
        return []
    }

    private mutating func typeExpected(_ key: Key, _ context: inout Context) -> [Effect] {
        switch key {
        case .escape: entry = nil
        case .enter:
            entry = nil
            let effect = context.request(.readExpected(path: path, file: field.string))
            noteRequests.insert(effect.number)
            return [effect]
        default: _ = field.take(key)
        }
        return []
    }

    // MARK: Export

    private mutating func export(
        _ format: FindingsExport.Format,
        replaces: Bool,
        _ context: inout Context
    ) -> [Effect] {
        guard exportRequest == nil, let rows = exported(context) else { return [] }
        entry = nil
        var order = FindingsExport(path: path, file: field.string, format: format, rows: rows)
        order.replaces = replaces
        lastFormat = format
        let effect = context.request(.exportFindings(order))
        exportRequest = effect.number
        return [effect]
    }

    /// The findings that are shown, one row for each object or inner chunk.
    private func exported(_ context: Context) -> [FindingsExport.Row]? {
        guard let array = context.array, array.path == path, let census = array.shown else {
            return nil
        }
        var rows: [FindingsExport.Row] = []
        for number in findings {
            let box = list.boxes[number]
            guard box.orphan == nil else {
                rows += box.orphan.map { [FindingsExport.Row(orphan: $0)] } ?? []
                continue
            }
            GridOrder.forEach(in: box.ranges, of: census.grid) { index in
                rows += FindingsExport.Row.rows(index, box.state, census, array.book)
            }
        }
        return rows
    }

    /// Says what came of an export after the pane that asked for it has gone.
    static func sayExported(_ news: News, _ context: inout Context) {
        guard case .exported(let outcome) = news else { return }
        guard !outcome.isTaken else {
            context.say("\(outcome.file) is there already: nothing was written", .warning)
            return
        }
        context.say("\(Format.plural(outcome.lines, "line")) written to \(outcome.file)", .good)
    }

    mutating func receiveExport(_ news: News, _ context: inout Context) {
        switch news {
        case .exported(let outcome) where outcome.isTaken:
            entry = .overwrite(lastFormat)
        case .exported: Self.sayExported(news, &context)
        case .failed(let problem):
            context.say(([problem.message] + problem.details).joined(separator: "; "), .error)
        default: context.say("Nothing was written", .notice)
        }
    }
}

extension FindingsExport.Row {
    /// An object outside the grid.
    init(orphan: ChunkFinding) {
        self.init(
            chunk: orphan.chunk,
            state: .orphan,
            reason: orphan.reason,
            bytes: orphan.bytes
        )
    }

    /// What is to be said of one chunk: all its notes, or what its state says.
    static func rows(
        _ index: Int,
        _ state: ChunkState,
        _ census: Census,
        _ book: FindingBook
    ) -> [Self] {
        let chunk = ChunkIndex(GridOrder.coordinates(index, in: census.grid))
        guard state > .missing, let notes = book.notes[index], !notes.isEmpty else {
            return [
                Self(
                    chunk: chunk,
                    state: state,
                    reason: reason(state),
                    bytes: state > .missing ? census.size(index) : nil
                )
            ]
        }
        return notes.map { note in
            Self(
                chunk: chunk,
                inner: note.inner,
                state: note.state,
                reason: book.words(note.reason),
                bytes: note.bytes
            )
        }
    }

    private static func reason(_ state: ChunkState) -> String {
        switch state {
        case .missing: "it is not stored"
        case .expectedEmpty: "it is not stored, as expected"
        case .short: "it has too few bytes"
        case .corrupt: "it has not the size of a chunk"
        default: ""
        }
    }
}

extension FindingsExport.Format {
    /// How the names of such files end.
    var ending: String {
        self == .keys ? "txt" : rawValue
    }

    /// What it is called.
    var title: String {
        switch self {
        case .ndjson: "NDJSON"
        case .csv: "CSV"
        case .keys: "list of keys"
        }
    }
}
