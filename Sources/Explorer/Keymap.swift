public import Canvas

/// Which keys mean which command. A key may mean several: the pane that is shown has at most one
/// of them live.
public struct Keymap: Hashable, Sendable {
    /// The keys of each command, the one to show first.
    public var keys: [Command: [Key]]

    /// Makes a keymap.
    public init(_ keys: [Command: [Key]]) {
        self.keys = keys
    }

    /// The first of `commands` that `key` stands for.
    public func command(for key: Key, among commands: [Command]) -> Command? {
        commands.first { keys[$0]?.contains(key) ?? false }
    }

    /// How the first key of `command` is written, such as `^L` or `Enter`; `nil` without a key.
    public func label(for command: Command, isUnicode: Bool) -> String? {
        keys[command]?.first.map { KeyLabel.text($0, isUnicode: isUnicode) }
    }

    /// What holds unless a person changed it.
    public static let standard = Keymap([
        .help: [.character("?"), .function(1)],
        .palette: [.character(":")],
        .back: [.character("q")],
        .quit: [.character("Q")],
        .repaint: [.control("l")],
        .suspend: [.control("z")],
        .stop: [.control("c")],
        .toggleMouse: [.alt("m")],
        .up: [.up, .character("k")],
        .down: [.down, .character("j")],
        .left: [.left, .character("h")],
        .right: [.right, .character("l")],
        .pageUp: [.pageUp, .control("b")],
        .pageDown: [.pageDown, .control("f")],
        .halfUp: [.control("u")],
        .halfDown: [.control("d")],
        .top: [.character("g"), .home],
        .bottom: [.character("G"), .end],
        .lineStart: [.character("^")],
        .lineEnd: [.character("$")],
        .open: [.enter],
        .parent: [.backspace],
        .nextPart: [.tab],
        .previousPart: [.backTab],
        .tab1: [.character("1")],
        .tab2: [.character("2")],
        .tab3: [.character("3")],
        .tab4: [.character("4")],
        .tab5: [.character("5")],
        .filter: [.character("/")],
        .locate: [.character("o"), .character("/")],
        .close: [.escape],
        .map: [.character("m")],
        .slice: [.character("s")],
        .inspect: [.character("i")],
        .mock: [.character("M")],
        .verify: [.character("V")],
        .refresh: [.character("r")],
        .next: [.character("n")],
        .previous: [.character("N")],
        .measure: [.character("m")],
        .zoomIn: [.character("+"), .character("=")],
        .zoomOut: [.character("-")],
        .fit: [.character("0")],
        .rowAxis: [.character("y")],
        .columnAxis: [.character("x")],
        .nextAxis: [.character("a")],
        .stepBack: [.character("[")],
        .stepOn: [.character("]")],
        .fold: [.character("f")],
        .mark: [.character(" ")],
        .box: [.character("v")],
        .markState: [.character("*")],
        .clearMarks: [.character("U")],
        .delete: [.character("D")],
        .undo: [.character("z")],
        // Values
        .colors: [.character("c")],
        .range: [.character("z")],
        .transpose: [.character("t")],
        .image: [.character("1")],
        .table: [.character("2")],
        .change: [.character("e")],
        .arm: [.character("A")],
        .disarm: [.character("X")],
        .copy: [.character("Y")],
        .copyPath: [.alt("y")],
        // Map
        .inside: [.character(">")],
        .lookInside: [.character("I")],
        .kind: [.character("K")],
        .select: [.character("S")],
        .scale: [.character("R")],
        .measurePresence: [.alt("1")],
        .measureState: [.alt("2")],
        .measureSize: [.alt("3")],
        .measureRatio: [.alt("4")],
        .measureAge: [.alt("5")],
        .measureMean: [.alt("6")],
        .measureMinimum: [.alt("7")],
        .measureMaximum: [.alt("8")],
        .measureNaN: [.alt("9")],
        .measureConstant: [.alt("0")],

        // Home and browser
        .tab6: [.character("6")],
        .sort: [.character(">")],
        .reverseOrder: [.character("<")],
        .count: [.character("c")],
        .connect: [.character("t")],
        .forget: [.character("d"), .delete],

        // Findings and inspector
        .findings: [.character("L")],
        .pauseVerify: [.character("p")],
        .expect: [.character("E")],
        .loadExpected: [.character("F")],

        // Delete plan and repair
        .plan: [.character("P")],
        .unstage: [.character("u"), .delete],
        .vacuum: [.character("v")],
        .stageState: [.character("a")],
        .dryRun: [.character("p")],
        .savePlan: [.character("s")],

        // Slice
        .plot: [.character("3")],
        .histogram: [.character("4")],
        .borders: [.character("b")],
        .pixel: [.character("p")],
        .decode: [.character("d")],
        .fullResolution: [.character("f")],
        .play: [.character(" ")],
        .slower: [.character("<")],
        .faster: [.character(">")],
        .goTo: [.character("/"), .control("g")],
        .stepSize: [.character("#")],

        // Operations and drills
        .operations: [.character("O")],
        .slowest: [.character("s")],
        .pause: [.character(" ")],
        .follow: [.character("f")],
        .bookkeeping: [.character("b")],
        .step: [.character(".")],
        .outage: [.character("o")],
        .reseed: [.character("S")],
        .runAll: [.character("a")],

        // Compare, watch, census files
        .compare: [.character("C")],
        .compareValues: [.character("V")],
        .exportDifferences: [.character("w")],
        .watch: [.character("W")],

        // Settings, bookmarks, export
        .settings: [.character(",")],
        .bookmark: [.character("B")],
        .export: [.character("w")],
    ])
}
