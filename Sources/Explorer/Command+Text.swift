extension Command {
    /// What it does, in one or two words, where the pane has no better ones.
    var title: String {
        switch self {
        case .help: "help"
        case .palette: "commands"
        case .back: "back"
        case .quit: "quit"
        case .repaint: "repaint"
        case .suspend: "suspend"
        case .stop: "stop work"
        case .toggleMouse: "mouse on/off"
        case .up: "up"
        case .down: "down"
        case .left: "left"
        case .right: "right"
        case .pageUp: "page up"
        case .pageDown: "page down"
        case .halfUp: "half page up"
        case .halfDown: "half page down"
        case .top: "first"
        case .bottom: "last"
        case .lineStart: "line start"
        case .lineEnd: "line end"
        case .open: "open"
        case .parent: "up a level"
        case .nextPart: "next part"
        case .previousPart: "previous part"
        case .tab1: "first tab"
        case .tab2: "second tab"
        case .tab3: "third tab"
        case .tab4: "fourth tab"
        case .tab5: "fifth tab"
        case .tab6: "sixth tab"
        case .sort: "sort"
        case .reverseOrder: "reverse order"
        case .count: "count the chunks"
        case .connect: "test connection"
        case .forget: "forget"
        case .filter: "filter"
        case .close: "close"
        case .locate: "type a locator"
        default: chunkTitle
        }
    }

    private var chunkTitle: String {
        switch self {
        case .map: "chunk map"
        case .slice: "slice"
        case .inspect: "inspect"
        case .mock: "drills"
        case .verify: "verify"
        case .refresh: "refresh"
        case .next: "next finding"
        case .previous: "previous finding"
        case .measure: "measure"
        case .zoomIn: "zoom in"
        case .zoomOut: "zoom out"
        case .fit: "fit"
        case .rowAxis: "to rows"
        case .columnAxis: "to columns"
        case .nextAxis: "pick axis"
        case .stepBack: "step back"
        case .stepOn: "step on"
        case .fold: "fold or fix"
        case .mark: "mark"
        case .box: "box"
        case .markState: "mark same state"
        case .clearMarks: "clear marks"
        case .delete: "delete…"
        case .undo: "undo delete"
        case .compare: "compare…"
        case .compareValues: "compare values"
        case .exportDifferences: "write differences"
        case .watch: "watch"
        case .findings: "findings"
        case .pauseVerify: "pause"
        case .expect: "expected empty"
        case .loadExpected: "expected, from a file"
        case .colors: "colours"
        case .range: "range"
        case .transpose: "swap axes"
        case .stepSize: "step size"
        case .goTo: "go to"
        case .borders: "chunk borders"
        case .pixel: "pixel value"
        case .decode: "decode values"
        case .fullResolution: "full resolution"
        case .image: "image"
        case .table: "table"
        case .change: "change"
        case .arm: "arm"
        case .disarm: "disarm"
        case .copy: "copy"
        case .copyPath: "copy path"
        case .plan: "plan"
        case .unstage: "unstage"
        case .vacuum: "add vacuum"
        case .stageState: "add by state"
        case .dryRun: "dry run"
        case .savePlan: "save key list"
        default: mapTitle
        }
    }

    private var drillTitle: String {
        switch self {
        case .slowest: "slowest first"
        case .bookkeeping: "show document reads"
        case .export: "write file"
        case .step: "one step"
        case .faster: "faster"
        case .outage: "outage now"
        case .reseed: "other seed"
        case .runAll: "run all"
        default: word
        }
    }

    private var mapTitle: String {
        switch self {
        case .inside: "open shard"
        case .lookInside: "look into all shards"
        case .kind: "kind of finding"
        case .select: "select by expression"
        case .scale: "linear or log"
        case .measurePresence: "show presence"
        case .measureState: "show what was verified"
        case .measureSize: "show stored bytes"
        case .measureRatio: "show compression ratio"
        case .measureAge: "show age"
        case .measureMean: "show mean of values"
        case .measureMinimum: "show least value"
        case .measureMaximum: "show greatest value"
        case .measureNaN: "show share of NaN"
        case .measureConstant: "show constant chunks"
        default: drillTitle
        }
    }

    /// Commands that every pane has.
    static let everywhere: [Command] = [
        .help, .palette, .back, .parent, .close, .operations, .stop, .repaint, .suspend,
        .toggleMouse, .quit,
        .settings, .bookmark, .export, .plan,
    ]

    /// What can be done on a screen: its own commands, and those that every screen has, save where it has
    /// one of its own for the same keys.
    static func live(_ own: [Command]) -> [Command] {
        let standard = Keymap.standard
        let taken = Set(own.flatMap { standard.keys[$0] ?? [] })
        return own
            + everywhere.filter { command in
                !own.contains(command)
                    && !(standard.keys[command] ?? []).allSatisfy { taken.contains($0) }
            }
    }

    /// The ten that move in a list.
    static let moving: [Command] = [
        .up, .down, .pageUp, .pageDown, .halfUp, .halfDown, .top, .bottom,
    ]

    /// The tabs, in order.
    static let tabs: [Command] = [.tab1, .tab2, .tab3, .tab4, .tab5, .tab6]
}

extension Command {
    /// Whether panes call it by half of what it does, since its hint stands beside that of another one.
    var isPartOfPair: Bool {
        switch self {
        case .zoomIn, .zoomOut, .rowAxis, .columnAxis, .stepBack, .stepOn: true
        default: false
        }
    }
}
