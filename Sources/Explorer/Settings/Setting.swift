public import Canvas
import Raster

/// Something that a person can set. The configuration file, the settings on the screen and the manual
/// all come from this one table.
public enum Setting: String, Hashable, Sendable, CaseIterable {
    case theme, palette, glyphs
    case mouse, clipboard, session

    /// The part of the configuration file that it belongs to.
    public var section: String {
        switch self {
        case .theme, .palette, .glyphs: "look"
        case .mouse, .clipboard, .session: "behaviour"
        }
    }

    /// What it can be; the first is what holds unless a person changes it.
    public var values: [String] {
        switch self {
        case .theme: ["auto"] + ThemeName.allCases.map(\.rawValue)
        case .palette: ["auto"] + Palette.all.map(\.name)
        case .glyphs: ["auto", "ascii"]
        case .mouse, .session: ["on", "off"]
        case .clipboard: ["auto", "terminal", "program"]
        }
    }

    /// What it is, in one line.
    public var help: String {
        switch self {
        case .theme: "how the screen looks; auto asks COLORFGBG, and is dark where that is silent"
        case .palette: "the colours of sizes and values; auto is cividis"
        case .glyphs: "ascii draws with ASCII alone; auto goes by the locale"
        case .mouse: "whether the mouse is listened to; off leaves it to the terminal"
        case .clipboard:
            "who copies: the terminal (OSC 52), a program such as wl-copy, or what fits"
        case .session: "whether the last array, its axes and palette are remembered for each store"
        }
    }
}

/// What a person has set.
public struct Settings: Hashable, Sendable {
    private var chosen: [Setting: String] = [:]
    private var passing: Set<Setting> = []

    /// Everything as it is unless somebody changes it.
    public init() {}

    /// What a setting is. Setting it to what it cannot be changes nothing.
    public subscript(setting: Setting) -> String {
        get { chosen[setting] ?? setting.values[0] }
        set {
            guard setting.values.contains(newValue) else { return }
            chosen[setting] = newValue == setting.values[0] ? nil : newValue
            passing.remove(setting)
        }
    }

    /// Sets something for this start alone, as an option or the environment does: it is not written into
    /// the file unless a person changes it afterwards.
    public mutating func impose(_ value: String, on setting: Setting) {
        self[setting] = value
        passing.insert(setting)
    }

    /// Whether a setting is as it is for this start alone.
    public func isImposed(_ setting: Setting) -> Bool {
        passing.contains(setting)
    }

    /// Whether a setting is on.
    public func isOn(_ setting: Setting) -> Bool {
        self[setting] == "on"
    }

    /// The settings that are not as they are unless somebody changes them.
    public var changed: [Setting] {
        Setting.allCases.filter { chosen[$0] != nil }
    }

    /// The theme; `ground` says which one suits the terminal, where a person left that open.
    public func theme(ground: ThemeName) -> ThemeName {
        ThemeName(rawValue: self[.theme]) ?? ground
    }

    /// Takes the next value of a setting, or the one before.
    mutating func step(_ setting: Setting, by amount: Int) {
        let values = setting.values
        let place = values.firstIndex(of: self[setting]) ?? 0
        self[setting] = values[(place + amount + values.count) % values.count]
    }
}
