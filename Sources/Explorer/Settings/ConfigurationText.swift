import Canvas

/// What is written into a configuration file.
public enum ConfigurationText {
    /// A file that changes nothing: every setting and every key, each behind a `#`.
    public static var standard: String {
        var lines = [
            "# The configuration of zscope: ~/.config/zscope/config, or zscope/config in XDG_CONFIG_HOME.",
            "# Take the # in front of a line away to change it. Options of the command line come first, then",
            "# the environment (NO_COLOR, ZSCOPE_THEME), then this file. A mistake is told when zscope starts,",
            "# and what it would have set stays as it is.",
        ]
        for section in Setting.sections {
            lines += ["", "[\(section)]"]
            for setting in Setting.allCases where setting.section == section {
                lines.append("# " + setting.help)
                lines.append("# can be: " + setting.values.joined(separator: ", "))
                lines.append("#\(setting.rawValue) = \(setting.values[0])")
            }
        }
        lines += [
            "", "[keys]",
            "# A command and its keys, with blanks in between; the first is the one that is shown. A key is a",
            "# character or a name: Enter Esc Tab S-Tab Space Bksp Del Ins Up Down Left Right Home End PgUp",
            "# PgDn F1 ^L Alt-x; none leaves a command to the palette. One key may mean several commands, as",
            "# long as no screen has two of them.",
        ]
        for group in CommandGroup.allCases {
            lines += ["", "# " + group.title]
            for command in Command.allCases where command.group == group {
                let keys = Keymap.standard.names(of: command).joined(separator: " ")
                lines.append("#\(command.word) = \(keys.isEmpty ? "none" : keys)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// `text` with the settings that are not the standard ones put in, in the place of lines that set them
    /// already; everything else stays as a person wrote it, and what was imposed on this start is left out.
    public static func updated(_ text: String, with settings: Settings) -> String {
        var lines = lines(text).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for setting in Setting.allCases where !settings.isImposed(setting) {
            let place = lines.lastIndex { name(in: $0) == setting.rawValue }
            let line = "\(setting.rawValue) = \(settings[setting])"
            if let place {
                lines[place] = line
            } else if settings.changed.contains(setting) {
                insert(line, section: "[\(setting.section)]", &lines)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The lines of a file, whichever way they end.
    static func lines(_ text: String) -> [Substring] {
        text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    }

    private static func insert(_ line: String, section: String, _ lines: inout [String]) {
        let heading = lines.firstIndex {
            $0.split(separator: " ").first.map(String.init) == section
        }
        if let heading {
            lines.insert(line, at: heading + 1)
        } else {
            lines += lines.isEmpty ? [section, line] : ["", section, line]
        }
    }

    /// What a line sets; `nil` for nothing.
    private static func name(in line: String) -> String? {
        guard let sign = line.firstIndex(of: "=") else { return nil }
        return line[..<sign].split { $0 == " " || $0 == "\t" }.first.map(String.init)
    }
}

extension Keymap {
    /// The names of a command's keys, as the configuration takes them.
    public func names(of command: Command) -> [String] {
        (keys[command] ?? []).map { KeyLabel.text($0, isUnicode: false) }
    }
}

extension ConfigurationText {
    /// The settings and the keys as tables of the manual.
    public static var markdown: String {
        var lines = ["| setting | can be | does |", "|---|---|---|"]
        for setting in Setting.allCases {
            let values = setting.values.map { "`\($0)`" }.joined(separator: " ")
            lines.append(
                "| `[\(setting.section)] \(setting.rawValue)` | \(values) | \(setting.help) |"
            )
        }
        for group in CommandGroup.allCases {
            lines += ["", "**\(group.title)**", "", "| command | keys | does |", "|---|---|---|"]
            for command in Command.allCases where command.group == group {
                let keys = Keymap.standard.names(of: command).map { name in
                    "`\(name == "|" ? "\\|" : name)`"
                }
                lines.append(
                    "| `\(command.word)` | \(keys.joined(separator: " ")) | \(command.title) |"
                )
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
