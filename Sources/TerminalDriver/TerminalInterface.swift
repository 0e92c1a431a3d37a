public import Canvas

/// One thing that the owner of the terminal has to react to.
public enum Input: Hashable, Sendable {
    /// A key, a mouse action, or pasted text.
    case key(Key)
    /// The terminal has another size.
    case resized(Size)
    /// Somebody rang the doorbell: there is something in the mailbox.
    case posted
    /// The program was stopped and goes on: time has passed, and the screen has to be painted.
    case resumed
    /// The terminal is gone, or the script is at its end. There will be no more input.
    case ended
}

/// What the program's loop needs of a terminal, real or scripted.
///
///     while !done {
///         terminal.paint(canvas)
///         for input in terminal.waitForInput(timeout: tick, isIdle: !hasWork) { … }
///         for event in mailbox.drain() { … }
///     }
///
/// Everything that has arrived is answered at once, so that one paint follows however much was typed.
public protocol TerminalInterface: AnyObject {
    /// What can be shown. Does not change.
    var traits: TerminalTraits { get }

    /// Rows and columns as of the last input.
    var size: Size { get }

    /// Shows `canvas`, with a cursor for typing at `cursor`, or none. Sends only what changed.
    func paint(_ canvas: Canvas, cursor: Point?)

    /// Sleeps until there is input or `timeout` has passed, and answers all there is; nothing if time
    /// ran out. `isIdle` says that no work is under way whose result the screen waits for.
    func waitForInput(timeout: Duration?, isIdle: Bool) -> [Input]

    /// Forgets keys that were typed and not yet read: before a question that must not be answered by
    /// accident.
    func discardInput()

    /// Gives the terminal back, stops the program as Ctrl-Z does, and takes the terminal again when it goes
    /// on. Paint after it; the next input is `resumed`, and the size.
    func suspend()

    /// Sends everything at the next paint, whatever the terminal is thought to show.
    func repaint()

    /// Turns reports of the mouse on, or off so that it selects text.
    func reportMouse(_ isOn: Bool)

    /// Looks like another theme from the next paint on.
    func use(_ theme: ThemeName)

    /// Puts text on the clipboard of the person's machine, through the terminal. False if it is too
    /// long or there is no such way. A terminal may refuse without a word.
    func copy(_ text: String) -> Bool

    /// Gives the terminal back as it was. Nothing is shown after it.
    func close()
}

extension TerminalInterface {
    /// Shows `canvas` without a cursor.
    public func paint(_ canvas: Canvas) {
        paint(canvas, cursor: nil)
    }
}
