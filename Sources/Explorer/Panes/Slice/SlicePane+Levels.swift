import Canvas
import ZarrModel

/// A slice of an image in several resolutions reads a coarser one where it is zoomed out so far that
/// each pixel still has an element of its own.
extension SlicePane {
    /// Whether what is shown may come from a coarser level: a table shows elements, a plot one line.
    var readsLevels: Bool {
        mode == .image || mode == .histogram
    }

    /// The level that what is shown was read from; `nil` for the array itself.
    var shownLevel: PlaneLevel? {
        readsLevels ? values?.request.level : nil
    }

    /// The coarser levels that can be read, the finest first.
    func levels(_ context: Context) -> [SliceLevel] {
        let left = Set(leftLevels.map(\.number))
        let found = context.levels[path]?.coarser ?? []
        let known = found.filter { level in
            !left.contains(level.number) && level.axes.count == indexes.count
        }
        return known.map { level in
            SliceLevel(
                level: level,
                rowFactor: rowAxis.map { level.axes[$0].factor } ?? 1,
                columnFactor: columnAxis.map { level.axes[$0].factor } ?? 1,
                cost: cost(level.chunkShape, rowAxis, columnAxis)
            )
        }
    }

    /// The level to read for what is in view; `nil` for the array itself.
    func wantedLevel(_ details: ArrayDetails, _ context: Context) -> PlaneLevel? {
        readsLevels ? room(details, context).level(at: window.step) : nil
    }

    /// The level that would be read in place of `level` if it could be, and why it cannot.
    func leftLevel(before level: PlaneLevel?, _ context: Context) -> ArrayLevels.Left? {
        guard readsLevels, !isFullResolution, window.step > 1 else { return nil }
        let left = (context.levels[path]?.left ?? []) + leftLevels
        return left.filter { $0.factor <= Double(window.step) && $0.factor > level?.factor ?? 0 }
            .max { $0.factor < $1.factor }
    }

    /// Why there is nothing to choose.
    func reasonFullResolution(_ context: Context) -> String? {
        guard readsLevels else { return "The table and the plot always show the array itself" }
        guard let known = context.levels[path] else { return nil }
        guard known.isOfImage else { return "It is no level of an OME-Zarr image" }
        guard levels(context).isEmpty else { return nil }
        let left = (known.left + leftLevels).first
        return left.map { "Level \($0.number) cannot be read in its place: \($0.reason)" }
            ?? "The image has no coarser level"
    }

    /// Reads the array itself from now on, or coarser levels again.
    mutating func toggleResolution(_ context: inout Context) {
        guard let details = context.arrayDetails(path), isBegun else { return }
        isFullResolution.toggle()
        guard !isFullResolution else {
            context.say("Full resolution: the array itself is read, however much that is")
            return
        }
        let level = wantedLevel(details, context)
        let word = level.map { "level \($0.number) is shown" } ?? "one is shown when zoomed out"
        context.say("Coarser levels are read: \(word)")
    }

    // MARK: Learning

    /// Asks which levels there are.
    mutating func learnLevels(_ context: inout Context) -> [Effect] {
        let effects = context.learnLevels(of: path)
        awaitedLevels = context.levelsRequest(of: path)
        return effects
    }

    /// Whether it is better to wait until the levels are known than to read the array itself.
    func waitsForLevels(_ plane: PlaneRequest, _ details: ArrayDetails, _ context: Context) -> Bool
    {
        guard awaitedLevels != nil, readsLevels, plane.isReduced, !isFullResolution else {
            return false
        }
        return room(details, context).cost(of: window.step) > SliceWindow.little
    }

    /// Goes on once the levels are known, or cannot be.
    mutating func beginLevels(_ context: inout Context) -> [Effect] {
        awaitedLevels = nil
        guard let details = context.arrayDetails(path) else { return [] }
        if isFitted, !levels(context).isEmpty { window.fit(room(details, context)) }
        return load(&context)
    }

    /// Says of a level once that it is left out.
    mutating func tell(_ left: ArrayLevels.Left?, _ context: inout Context) {
        guard let left, toldLevels.insert(left.number).inserted else { return }
        context.say("Level \(left.number) is left out: \(left.reason)", .warning)
    }

    /// Leaves out the level that `request` was read from.
    mutating func leave(_ request: PlaneRequest, _ reason: String) {
        guard let level = request.level else { return }
        leftLevels.append(
            ArrayLevels.Left(number: level.number, factor: level.factor, reason: reason)
        )
    }

    // MARK: Panel

    /// `level 2 (¼)`.
    func word(_ level: PlaneLevel, isUnicode: Bool) -> String {
        level.word([rowAxis, columnAxis], isUnicode: isUnicode)
    }

    /// Which level is shown, which is not and why, and how to change that.
    func listLevels(_ list: inout FactList, _ context: Context) {
        let isUnicode = context.configuration.traits.isUnicode
        if let level = shownLevel {
            let word = word(level, isUnicode: isUnicode).dropFirst("level ".count)
            list.addText("level", "\(word), \(Format.shape(level.shape))", .notice)
        } else if isFullResolution, let other = fullRoomLevel(context) {
            let key = context.configuration.keymap.label(
                for: .fullResolution,
                isUnicode: isUnicode
            )
            let way = key.map { "\($0) shows \(other.number)" } ?? "\(other.number) is off"
            list.addText("level", "the array itself; \(way)", .dim)
        }
        if let left = leftLevel(before: shownLevel, context) {
            let name = shownLevel == nil ? "level" : ""
            list.addText(name, "\(left.number) left out", .warning)
        }
    }

    /// Why a coarser level is not shown, after the figures, since it may be long.
    func listLeftLevel(_ list: inout FactList, _ context: Context) {
        guard let left = leftLevel(before: shownLevel, context) else { return }
        list.addText("left", "level \(left.number): \(left.reason)", .dim)
    }

    /// The level that would be read without full resolution.
    private func fullRoomLevel(_ context: Context) -> PlaneLevel? {
        guard readsLevels else { return nil }
        return levels(context).last { $0.level.factor <= Double(window.step) }?.level
    }

    /// How many elements stand behind a pixel, and of what.
    func sizeWords(_ request: PlaneRequest, isLine: Bool) -> String {
        let own = isLine ? [request.columns.step] : [request.rows.step, request.columns.step]
        guard let level = request.level else {
            return own.map(String.init).joined(separator: "×") + " elements"
        }
        let axes = isLine ? [request.columnAxis] : [request.rowAxis, request.columnAxis]
        let parts = zip(own, axes).map { step, axis in
            Format.value(
                (Double(step) / (axis.map { level.axes[$0].factor } ?? 1) * 10).rounded() / 10
            )
        }
        return "\(parts.joined(separator: "×")) of level \(level.number)"
    }
}
