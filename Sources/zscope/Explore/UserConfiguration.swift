import Canvas
import Explorer
import TerminalDriver

/// What the person set: options first, then the environment, then the file.
struct UserConfiguration {
    /// Where the file is; `ZSCOPE_CONFIG` names another one.
    static var file: UserFile {
        Environment.text("ZSCOPE_CONFIG").map { UserFile(at: $0) }
            ?? UserFile("config", in: .configuration)
    }

    /// What holds.
    private(set) var settings: Settings
    /// The keys.
    let keymap: Keymap
    /// What is wrong with the file.
    let problems: [ConfigurationFile.Problem]

    /// Puts together what options, the environment and the file say. A file that is not there says nothing.
    init(_ arguments: Arguments) {
        let bytes = Self.file.path.flatMap { SmallFile.read($0, limit: 1 << 20) } ?? []
        let file = ConfigurationFile(String(decoding: bytes, as: UTF8.self))
        settings = file.settings
        keymap = file.keymap
        problems = file.problems
        if let theme = Environment.text("ZSCOPE_THEME") { settings.impose(theme, on: .theme) }
        if let theme = arguments.value(.theme) { settings.impose(theme, on: .theme) }
        if arguments.has(.noMouse) { settings.impose("off", on: .mouse) }
        if arguments.has(.ascii) { settings.impose("ascii", on: .glyphs) }
        if arguments.has(.noSession) { settings.impose("off", on: .session) }
    }

    /// The theme that suits the terminal's ground, as far as COLORFGBG tells: `15;0` is light on dark.
    static var ground: ThemeName {
        let parts = (Environment.text("COLORFGBG") ?? "").split(separator: ";")
        guard parts.count > 1, let paper = parts.last.flatMap({ Int($0) }) else { return .dark }
        return paper == 7 || paper > 8 ? .light : .dark
    }
}
