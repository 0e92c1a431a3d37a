import Canvas
import TerminalDriver
import Testing

@Suite struct ScriptTests {
    @Test func `a script plays its keys, waits for work and gives its screens`() throws {
        let script = try Script(
            """
            # open the first entry
            key j
            keys 2 down
            keys g G ctrl-c alt-x f12
            type a é
            paste yes

            mouse press 3 10
            screen first
            resize 100x30
            wait idle
            styles
            """
        )
        let terminal = ScriptedTerminal(script, size: Size(rows: 2, columns: 10))
        var inputs: [Input] = []
        var canvas = Canvas(terminal.size)
        canvas.write("hello", row: 0, .title)
        while true {
            terminal.paint(canvas)
            let now = terminal.waitForInput(timeout: nil, isIdle: true)
            if now == [.ended] { break }
            inputs += now
            if case .resized(let size) = now.first { canvas = Canvas(size) }
        }
        let keys: [Key] = [
            .character("j"), .down, .down, .character("g"), .character("G"), .control("c"),
            .alt("x"), .function(12), .character("a"), .character(" "), .character("é"),
            .paste("yes"), .mouse(.press, Point(row: 3, column: 10)),
        ]
        #expect(inputs == keys.map { .key($0) } + [.resized(Size(rows: 30, columns: 100))])
        #expect(terminal.screens.map(\.name) == ["first", ""])
        #expect(terminal.screens[0].text == "hello\n")
        #expect(terminal.size == Size(rows: 30, columns: 100))
        #expect(!terminal.isStuck)
    }

    @Test(arguments: [
        "kee j", "key", "key nosuch", "keys 0x down", "resize 80", "resize 0x4", "resize 99999x4",
        "wait 5", "type", "mouse press 3", "mouse hit 1 2", "now", "now nothing",
    ])
    func `a line that says nothing known is named`(line: String) {
        let error = #expect(throws: TerminalError.self) { try Script("key j\n\(line)\n") }
        #expect(error?.code == .badScript)
        #expect(error?.message.contains("line 2") == true)
    }

    @Test func `a step waits until work is done, unless it says now`() throws {
        let doorbell = Doorbell()
        let terminal = ScriptedTerminal(try Script("now key a\nkey b"), doorbell: doorbell)
        #expect(terminal.waitForInput(timeout: nil, isIdle: false) == [.key(.character("a"))])
        doorbell.ring()
        #expect(terminal.waitForInput(timeout: nil, isIdle: false) == [.posted])
        #expect(terminal.waitForInput(timeout: .zero, isIdle: false) == [])
        #expect(terminal.waitForInput(timeout: nil, isIdle: true) == [.key(.character("b"))])
        #expect(terminal.waitForInput(timeout: nil, isIdle: true) == [.ended])
    }

    @Test func `work that does not end is given up`() throws {
        let terminal = ScriptedTerminal(try Script("key a"), patience: .milliseconds(1))
        #expect(terminal.waitForInput(timeout: nil, isIdle: false) == [.ended])
        #expect(terminal.isStuck)
        let doorbell = Doorbell()
        let busy = ScriptedTerminal(try Script("key a"), doorbell: doorbell, patience: .zero)
        doorbell.ring()
        #expect(busy.waitForInput(timeout: nil, isIdle: false) == [.ended])
        #expect(busy.isStuck)
    }

    @Test func `every key that has a name can be written`() {
        for name in [
            "enter", "esc", "tab", "space", "pgup", "pgdn", "f1", "backtab", "home", "end",
        ] {
            #expect(Key(name: name) != nil)
        }
        #expect(Key(name: "") == nil)
        #expect(Key(name: "f64") == nil)
        #expect(Key(name: "ctrl-") == nil)
    }
}
