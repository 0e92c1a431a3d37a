import Canvas
import Explorer
import Glibc
import Raster

extension EffectRunner {
    /// Sets or takes away a bookmark; answers with the home screen's contents.
    func bookmark(_ bookmark: Bookmark, isOn: Bool) throws -> News {
        try Bookmarks().set(bookmark, isOn: isOn)
        return .home(.gathered())
    }

    /// Gives text to the clipboard of this machine, and tells request `number` what came of it.
    func copy(_ text: String, with program: HostClipboard, _ number: Int) {
        Task.detached {
            do {
                try await program.copy(text)
                self.report(number, .copied("by \(program.command[0])"))
            } catch {
                self.report(number, .copied(ToolError(reporting: error).message, isDone: false))
            }
        }
    }

    /// Writes a file that a person named; never in the place of another unless they said so.
    func export(_ order: ExportOrder) async throws -> News {
        var path = order.path
        if path.hasPrefix("~/"), let home = Environment.text("HOME") {
            path = home + path.dropFirst()
        }
        guard order.replaces || FileKind(path: path) == nil else {
            return .screenExported(.exists(path: order.path))
        }
        let bytes: [UInt8]
        switch order.content {
        case .text(let text): bytes = Array((text + "\n").utf8)
        case .drawing(let canvas, let theme):
            bytes = Array(ScreenDrawing(canvas, theme: theme).svg.utf8)
        case .picture(let pixels): bytes = PNG.encode(pixels)
        case .values(let request, let isTable):
            let array = try await store().array(request.path)
            let missing = try await PlaneExport(request, array, isTable: isTable).write(to: path)
            let count = request.rows.count * request.columns.count
            return .screenExported(
                .writtenValues(path: order.path, count: count, missing: missing)
            )
        }
        guard SmallFile.replace(path, bytes, mode: 0o666) else {
            throw ToolError("cannot write \(order.path): \(SystemError.text(errno))")
        }
        return .screenExported(.written(path: order.path, bytes: bytes.count))
    }

    /// Puts settings into the configuration file, which keeps all else that stands in it.
    func save(_ settings: Settings) throws -> News {
        let file = UserConfiguration.file
        guard let path = file.path else { throw ToolError("HOME is not set") }
        let text = SmallFile.read(path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard file.write(Array(ConfigurationText.updated(text, with: settings).utf8)) else {
            throw ToolError("cannot write \(path): \(SystemError.text(errno))")
        }
        return .settingsSaved(path: path)
    }
}
