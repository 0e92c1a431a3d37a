/// What commands have to do with, in the order in which help, the palette, the configuration and the
/// manual list them.
public enum CommandGroup: String, Hashable, Sendable, CaseIterable {
    case going, looking, chunks, forms, running, moving, everywhere

    /// The heading.
    public var title: String {
        switch self {
        case .going: "Go to"
        case .looking: "Look"
        case .chunks: "Chunks"
        case .forms: "Change and copy"
        case .running: "Try out"
        case .moving: "Move"
        case .everywhere: "Everywhere"
        }
    }
}

extension Command {
    /// What it has to do with.
    public var group: CommandGroup {
        switch self {
        case .help, .palette, .back, .parent, .quit, .repaint, .suspend, .stop, .toggleMouse,
            .close, .settings, .bookmark, .export:
            .everywhere
        case .up, .down, .left, .right, .pageUp, .pageDown, .halfUp, .halfDown, .top, .bottom,
            .lineStart, .lineEnd, .next, .previous, .goTo:
            .moving
        case .open, .nextPart, .previousPart, .tab1, .tab2, .tab3, .tab4, .tab5, .tab6, .locate,
            .map, .slice, .inspect, .inside, .findings, .plan, .compare, .mock, .operations:
            .going
        case .change, .copy, .copyPath, .delete, .undo, .unstage, .vacuum, .stageState, .dryRun,
            .savePlan, .exportDifferences, .forget, .expect, .loadExpected:
            .forms
        case .connect, .arm, .disarm, .pause, .step, .outage, .reseed, .runAll:
            .running
        case .verify, .pauseVerify, .refresh, .mark, .box, .markState, .clearMarks, .select,
            .lookInside, .count, .watch, .compareValues:
            .chunks
        default: .looking
        }
    }

    /// The command that is shown on one line with this one, and what the two do together.
    var pair: (second: Command, title: String?)? {
        switch self {
        case .up: (.down, "up, down")
        case .left: (.right, nil)
        case .pageUp: (.pageDown, "a page")
        case .halfUp: (.halfDown, "half a page")
        case .top: (.bottom, "first, last")
        case .lineStart: (.lineEnd, "row start, end")
        case .next: (.previous, "next, previous")
        case .stepBack: (.stepOn, "step that axis")
        case .zoomIn: (.zoomOut, "zoom in, out")
        case .rowAxis: (.columnAxis, "to rows, columns")
        case .nextPart: (.previousPart, nil)
        case .back: (.parent, nil)
        case .slower: (.faster, nil)
        case .sort: (.reverseOrder, nil)
        default: nil
        }
    }
}
