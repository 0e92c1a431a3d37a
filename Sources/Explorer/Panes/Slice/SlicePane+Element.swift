import Canvas
import Raster
import ZarrModel

/// The element under the cursor, read by itself where a pixel stands for many: a mixture of elements is
/// never told as the value of one.
struct SliceElement: Sendable {
    /// What is known of it.
    private(set) var values: PlaneValues?
    /// Why it could not be read.
    private(set) var problem: Problem?
    /// What was read last, or could not be.
    private var known: PlaneRequest?
    /// The request under way.
    private var asked: (number: Int, plane: PlaneRequest)?

    /// Whether `plane` was read, or could not be.
    func isKnown(_ plane: PlaneRequest) -> Bool {
        known == plane
    }

    /// Asks for an element, unless one is on its way: the newest is asked for once that is there.
    mutating func ask(_ plane: PlaneRequest, _ context: inout Context) -> [Effect] {
        guard asked == nil, known != plane else { return [] }
        let effect = context.request(.readElement(plane))
        asked = (effect.number, plane)
        return [effect]
    }

    /// Takes an answer; returns whether it was one to this.
    mutating func receive(_ event: Event) -> Bool {
        guard let asked, event.number == asked.number else { return false }
        guard event.news.isFinal else { return true }
        self.asked = nil
        known = asked.plane
        (values, problem) = (nil, nil)
        switch event.news {
        case .plane(let found): values = found
        case .failed(let failure): problem = failure
        default: problem = Problem("stopped")
        }
        return true
    }

    /// Forgets what was read.
    mutating func forget() {
        (values, problem, known) = (nil, nil, nil)
    }
}

extension SlicePane {
    /// Chunks of more bytes are not read for one element.
    private static let mostBytes = 32 << 20

    /// Whether what stands at the cursor is not the element itself.
    var isMixed: Bool {
        guard let request = values?.request else { return false }
        return request.isReduced || request.level != nil
    }

    /// The element under the cursor as a plane of one; `nil` where it is in the plane that was read, or
    /// reading it would cost too much.
    func wantedElement(_ context: Context) -> PlaneRequest? {
        guard isBegun, isMixed, isCurrent, !player.isPlaying,
            let details = context.arrayDetails(path), reasonNotRead(details) == nil
        else { return nil }
        let (row, column) = shownAxes
        var plane = PlaneRequest(
            path: path,
            rowAxis: row,
            columnAxis: column,
            fixed: indexes.indices.map { $0 == row || $0 == column ? 0 : indexes[$0] },
            rows: PlaneRequest.Run(start: row.map { indexes[$0] } ?? 0, count: 1),
            columns: PlaneRequest.Run(start: column.map { indexes[$0] } ?? 0, count: 1),
            form: .texts
        )
        plane.isDecoded = values?.request.isDecoded ?? false
        return plane
    }

    /// Why an element is not read by itself.
    private func reasonNotRead(_ details: ArrayDetails) -> String? {
        let count = (details.innerChunkShape ?? details.chunkShape).checkedProduct() ?? .max
        let bytes = count.multipliedOrMost(by: max(1, details.elementBytes ?? 16))
        return bytes > Self.mostBytes
            ? "zoom in: its chunk has \(Format.bytes(bytes))" : nil
    }

    /// Asks for the element under the cursor where it is not in the plane.
    mutating func askElement(_ context: inout Context) -> [Effect] {
        guard let wanted = wantedElement(context) else { return [] }
        return element.ask(wanted, &context)
    }

    /// The value of the element under the cursor, read by itself; `nil` where it was not.
    func elementText(_ context: Context) -> String? {
        guard let wanted = wantedElement(context), element.isKnown(wanted),
            let found = element.values, found.source(0) == .stored
        else { return nil }
        return found.texts.first
    }

    // MARK: Panel

    /// The element under the cursor, and what its pixel is a mixture of.
    func listMixture(
        _ list: inout FactList,
        at place: Int,
        _ values: PlaneValues,
        _ details: ArrayDetails,
        _ context: Context
    ) {
        listElement(&list, values, details, context)
        // Of several elements of a level the words tell which.
        let level =
            values.request.isReduced
            ? "" : values.request.level.map { " of level \($0.number)" } ?? ""
        let read = places(at: place, values)
        let stored = read.map { $0 - missing(at: place, values) - failed(at: place, values) }
        if stored != 0, place < values.numbers.count, !values.numbers[place].isNaN {
            let number = Format.value(values.numbers[place])
            let some = stored.flatMap { $0 < read ?? 0 ? "\(Format.count($0)) stored" : nil }
            list.addText("mean", "\(number) of \(some ?? mixtureWords(values))\(level)")
            if place < values.minima.count, place < values.maxima.count {
                let low = Format.value(values.minima[place])
                list.addText("", "\(low) … \(Format.value(values.maxima[place]))")
            }
        } else {
            list.addText("pixel", "\(mixtureWords(values))\(level)", .dim)
        }
        listHoles(&list, at: place, values, read)
    }

    private func listElement(
        _ list: inout FactList,
        _ values: PlaneValues,
        _ details: ArrayDetails,
        _ context: Context
    ) {
        guard let wanted = wantedElement(context) else {
            let reason = player.isPlaying ? "not read while it runs" : reasonNotRead(details)
            list.addText("value", reason ?? "…", .dim)
            return
        }
        guard element.isKnown(wanted) else {
            list.add("value", "…", .dim)
            return
        }
        guard let found = element.values else {
            list.addText("value", "X " + (element.problem?.message ?? "failed"), .error)
            return
        }
        let text = found.texts.first ?? ""
        switch found.source(0) {
        case .stored where text.lowercased() == "nan": list.add("value", "~ NaN", .dim)
        case .stored: list.addText("value", values.unit.isEmpty ? text : "\(text) \(values.unit)")
        case .absent: list.addText("value", "o missing (fill \(text))", .warning)
        case .failed: list.addText("value", "X failed", .error)
        case .unread: list.add("value", "? not read", .dim)
        }
    }

    /// What of a pixel is not there.
    private func listHoles(
        _ list: inout FactList,
        at place: Int,
        _ values: PlaneValues,
        _ read: Int?
    ) {
        let whole = read.map { " of \(Format.count($0))" } ?? ""
        let (gone, broken) = (missing(at: place, values), failed(at: place, values))
        if gone > 0 { list.addText("", "o \(Format.count(gone))\(whole) missing", .warning) }
        if broken > 0 { list.addText("", "X \(Format.count(broken))\(whole) failed", .error) }
        guard let picture, gone == 0, broken == 0, place < picture.plane.marks.count else { return }
        switch picture.plane.marks[place] {
        case .absent: list.addText("", "o missing in part, by the listing", .warning)
        case .failed: list.addText("", "X broken in part, by the listing", .error)
        case .unread: list.addText("", "? not all read yet", .dim)
        case .value, .notANumber: break
        }
    }

    /// What a pixel is made of: `16×16`, or `4×4 of 16×16` where elements are left out.
    func mixtureWords(_ values: PlaneValues) -> String {
        let request = values.request
        let isLine = request.rowAxis == nil
        let runs = isLine ? [request.columns] : [request.rows, request.columns]
        guard request.level == nil else {
            return request.isReduced ? sizeWords(request, isLine: isLine) : "1 element"
        }
        let whole = runs.map { String($0.step) }.joined(separator: "×")
        guard request.isSampled else { return whole }
        let part = runs.map { String(($0.step - 1) / max(1, $0.stride) + 1) }
        return "\(part.joined(separator: "×")) sampled of \(whole)"
    }

    private func missing(at place: Int, _ values: PlaneValues) -> Int {
        place < values.absentCounts.count ? values.absentCounts[place] : 0
    }

    private func failed(at place: Int, _ values: PlaneValues) -> Int {
        place < values.failedCounts.count ? values.failedCounts[place] : 0
    }

    /// How many elements were to be read behind a place; `nil` where that is not known.
    private func places(at place: Int, _ values: PlaneValues) -> Int? {
        let width = values.request.columns.count
        guard width > 0, place / width < values.rowPlaces.count,
            place % width < values.columnPlaces.count
        else { return nil }
        return values.rowPlaces[place / width]
            .multipliedOrMost(by: values.columnPlaces[place % width])
    }
}
