import Canvas
import Testing

@testable import Explorer

/// The configuration file, and the tables that it is made from.
struct ConfigurationTests {
    private func problems(_ text: String) -> [String] {
        ConfigurationFile(text).problems.map(\.description)
    }

    @Test func `the file that zscope prints changes nothing and has no mistake`() {
        let file = ConfigurationFile(ConfigurationText.standard)
        #expect(file.problems.isEmpty)
        #expect(file.settings == Settings() && file.keymap == .standard)
    }

    @Test func `the same file without its signs says what holds anyway`() {
        let lines = ConfigurationText.standard.split(separator: "\n").map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") ? line.dropFirst() : line
        }
        let file = ConfigurationFile(lines.joined(separator: "\n"))
        #expect(file.problems.isEmpty, "\(file.problems)")
        #expect(file.settings == Settings() && file.keymap == .standard)
    }

    @Test func `settings and keys are taken from their sections`() {
        let file = ConfigurationFile(
            "# mine\r\n[look]\r\n theme=light\r\npalette = grey\r\n\n[keys]\nnext = F3 ^N\nquit = none\n"
        )
        #expect(file.problems.isEmpty, "\(file.problems)")
        #expect(file.settings[.theme] == "light" && file.settings[.palette] == "grey")
        #expect(file.keymap.keys[.next] == [.function(3), .control("n")])
        #expect(file.keymap.keys[.quit] == [])
        #expect(file.keymap.keys[.previous] == Keymap.standard.keys[.previous])
    }

    @Test(arguments: [
        ("[look]\ntheme = drak", "line 2, column 9: theme can be auto, dark, light"),
        ("[look]\ntheme", "line 2, column 6: here '= VALUE' is missing"),
        ("[lok]\ntheme = dark", "line 1, column 1: no section [lok]"),
        ("[look]\n  colour = 1", "line 2, column 3: no 'colour' in [look]"),
        ("[keys]\nfly = x", "line 2, column 1: no command 'fly'"),
        ("[keys]\nnext = Fish", "line 2, column 8: no key 'Fish'"),
        ("[keys]\nnext =", "line 2, column 7: a key is missing"),
        ("[look]\ntheme = dark\ntheme = mono", "line 3, column 1: 'theme' stands in line 2 too"),
    ])
    func `a mistake is told with its place, and nothing comes of it`(text: String, told: String) {
        let found = problems(text)
        #expect(found.count == 1 && found[0].hasPrefix(told), "\(found)")
    }

    @Test func `a wrong value leaves what holds anyway`() {
        #expect(ConfigurationFile("[look]\ntheme = drak").settings[.theme] == "auto")
        #expect(ConfigurationFile("[keys]\nnext = Fish").keymap == .standard)
    }

    @Test func `a key with two meanings in one pane is told, in another pane it is not`() {
        let told = problems("[keys]\nprevious = m\n")
        #expect(told.contains { $0.contains("'measure'") && $0.contains("'previous'") })
        #expect(problems("[keys]\nlocate = D\n").count == 1, "the word is open-locator")
        #expect(problems("[keys]\nopen-locator = D\n").isEmpty)
    }

    @Test func `no pane has a key with two meanings`() {
        #expect(KeyConflict.all(.standard).map(\.description) == [])
    }

    @Test func `every key of the standard keymap is read back from its name`() {
        for (command, keys) in Keymap.standard.keys {
            for key in keys {
                #expect(Key(name: KeyLabel.text(key, isUnicode: false)) == key, "\(command)")
                #expect(Key(name: KeyLabel.text(key, isUnicode: true)) == key, "\(command)")
            }
        }
    }

    @Test func `every command has a title, and a key unless it is chosen from the palette`() {
        let chosen = Set(MapMeasure.allCases.map(\.command))
        for command in Command.allCases {
            let hasKey = Keymap.standard.keys[command]?.isEmpty == false
            #expect(hasKey || chosen.contains(command), "\(command.word) has no key")
            #expect(!command.title.isEmpty)
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `no text stops the reader`(_ seed: UInt64) {
        var random = Seeded(state: seed)
        let pieces = [
            "[", "]", "=", "#", "\n", "\r\n", " ", "\t", "look", "keys", "theme", "next", "^", "F",
            "alt-", "ctrl-", "é", "\u{0}", "↑", "F99999999999999999999", "dark", "none", "[keys]\n",
        ]
        let text = (0..<60).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }
        for problem in ConfigurationFile(text.joined()).problems {
            #expect(problem.line > 0 && problem.column > 0)
        }
    }

    @Test func `writing the settings keeps what a person wrote`() {
        let mine = "# mine\n[keys]\nnext = F3\n[look]\n# dark at night\ntheme = dark\n"
        var settings = Settings()
        settings[.theme] = "light"
        settings[.mouse] = "off"
        let text = ConfigurationText.updated(mine, with: settings)
        #expect(
            text.hasPrefix("# mine\n[keys]\nnext = F3\n[look]\n# dark at night\ntheme = light\n")
        )
        let file = ConfigurationFile(text)
        #expect(file.problems.isEmpty && file.settings == settings)
        #expect(file.keymap.keys[.next] == [.function(3)])
        #expect(ConfigurationText.updated(text, with: settings) == text)
    }
}
