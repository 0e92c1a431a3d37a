import Canvas
import Raster

/// What a pane is given to react to.
enum Input: Hashable, Sendable {
    /// The pane has come to the top: at first, or back from another.
    case shown
    /// The pane has another size now: the context's.
    case resized
    /// A live command of the pane.
    case command(Command)
    /// A key as it is, while the pane is typing; or text that was pasted. Never a mouse.
    case key(Key)
    /// The mouse, at a place of the pane's own canvas.
    case mouse(MouseAction, Point)
}

/// One screen between the title and the message row: a value that reacts and draws, and never
/// performs.
protocol Pane: Sendable {
    /// The word for the title; empty for the home screen.
    var name: String { get }
    /// Whether keys are text just now, so that they mean no commands.
    var isTyping: Bool { get }
    /// What can be done here now, most useful first. What is disabled is among them.
    func commands(_ context: Context) -> [Command]
    /// Commands that mean nothing for what is shown, but whose keys deserve an answer: why not.
    func absent(_ context: Context) -> [Command]
    /// Why a live command cannot be used just now; `nil` when it can.
    func reasonDisabled(_ command: Command, _ context: Context) -> String?
    /// What a command is called here, in a word or two.
    func hint(_ command: Command) -> String
    /// The signs that it draws, with what each says, for the help.
    func signs(_ context: Context) -> [HelpOverlay.Sign]
    /// How far this pane's own work is, for the title; `nil` where that says nothing.
    func status(_ context: Context) -> String?
    /// Reacts to a person.
    mutating func take(_ input: Input, _ context: inout Context) -> [Effect]
    /// Reacts to an answer. Answers to others come by as well and are left alone.
    mutating func receive(_ event: Event, _ context: inout Context) -> [Effect]
    /// Computes what `draw` needs at this size. Called before every draw.
    mutating func prepare(_ size: Size, _ context: Context)
    /// Draws the whole of the canvas, which has the size prepared for.
    func draw(on canvas: inout Canvas, _ context: Context)
    /// What it shows, as lines for a screen reader; `nil` where what it draws will do.
    func plain(_ context: Context) -> [String]?
    /// What the next time may begin with; `nil` where nothing is to be remembered.
    func memory(_ context: Context) -> StoreMemory?
    /// The whole of what it shows as a picture; `nil` where it shows none.
    func picture(_ context: Context) -> Pixels?
    /// What the squares below the picture stand for, in their order; `nil` where there are none.
    func pictureLegend(_ context: Context) -> String?
    /// The whole plane whose values it shows; `nil` where it shows none.
    func plane(_ context: Context) -> PlaneRequest?
}

extension Pane {
    func plain(_ context: Context) -> [String]? { nil }

    func memory(_ context: Context) -> StoreMemory? { nil }

    func picture(_ context: Context) -> Pixels? { nil }

    func pictureLegend(_ context: Context) -> String? { nil }

    func absent(_ context: Context) -> [Command] { [] }

    func signs(_ context: Context) -> [HelpOverlay.Sign] { [] }

    func plane(_ context: Context) -> PlaneRequest? { nil }

    func status(_ context: Context) -> String? {
        nil
    }

    /// What is looked at in an array, for the title: without the array's path where it is the store.
    func crumb(_ word: String, of path: String) -> String {
        path == "/" ? word : "\(path.dropFirst()) › \(word)"
    }
}
