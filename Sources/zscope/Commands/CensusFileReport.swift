import Glibc
import Storage
import ZarrEngine
import ZarrModel

/// `zscope chunks LOCATOR -o FILE`: the census of an array or a whole store in a file, and what it
/// says in a few lines.
struct CensusFileReport {
    let context: CommandContext
    let path: String

    func print() async throws -> ExitStatus {
        if let other = [OptionDeclaration.state, .inner].first(where: context.arguments.has) {
            throw UsageError(
                "a census file holds everything; --\(other.name) does not go with -o FILE"
            )
        }
        let target = try await Target(context.locator)
        let start = ContinuousClock.now
        let (objects, _) = try await CensusRecorder(context: context, target: target).record()
        try context.output.finish()
        let took = Int((ContinuousClock.now - start) / .milliseconds(1))
        context.messages.clearProgress()
        let size = FileKind(path: path) == .regular ? Self.size(of: path) : nil
        let bytes = size.map { ", " + Wording.bytes($0) } ?? ""
        context.messages.note(
            "\(path): \(Wording.count(objects, "object"))\(bytes), "
                + "\(Wording.decimal(Double(took) / 1000, 1)) s; open it with zscope -f "
                + ShellWord.quoted(path)
        )
        guard size != nil else { return .done }
        return try await summary()
    }

    /// Counts what the file says, array by array, as it will be read.
    private func summary() async throws -> ExitStatus {
        let recorded = try await Target(StoreLocator(scheme: "census", place: path))
        var isWhole = true
        var table = GroupCensus.table
        let tree = try await recorded.hierarchy.tree()
        for array in tree.arrays {
            let counts = try await array.census().finished()
            isWhole = isWhole && !counts.hasFindings
            table.add(GroupCensus.cells(array.path, counts))
        }
        let standard = Output()
        for line in table.lines(context.ink) { try standard.line(line) }
        try standard.finish()
        return isWhole ? .done : .findings
    }

    private static func size(of path: String) -> Int? {
        var info = stat()
        return unsafe stat(path, &info) == 0 ? Int(info.st_size) : nil
    }
}
