public import Canvas

/// A terminal that is not there: keys come from a script, and screens go out as text.
///
/// Every step waits until the loop says that no work is under way, so that the same script gives the
/// same screens on a slow machine as on a fast one.
public final class ScriptedTerminal: TerminalInterface {
    /// A screen that the script asked for.
    public struct Screen: Hashable, Sendable {
        /// As in the script; empty if it gave none.
        public var name: String
        /// The rows of text, or rows of text and of styles.
        public var text: String
    }

    /// What can be shown. Does not change.
    public let traits: TerminalTraits
    /// Rows and columns as of the last input.
    public private(set) var size: Size
    /// The screens asked for so far.
    public private(set) var screens: [Screen] = []
    /// What was put on the clipboard.
    public private(set) var copied: [String] = []
    /// Set when work did not end in time, and the script was given up.
    public private(set) var isStuck = false
    private let patience: Duration
    private let doorbell: Doorbell
    private var steps: ArraySlice<Script.Step>
    private var shown: Canvas
    private var waitsSince: ContinuousClock.Instant?
    private let onScreen: (Screen) -> Void

    /// Makes a terminal of `size` that plays `script`. `onScreen` gets every screen when it is asked for;
    /// a script is given up when work takes longer than `patience`.
    public init(
        _ script: Script,
        size: Size = Size(rows: 24, columns: 80),
        traits: TerminalTraits = TerminalTraits(),
        doorbell: Doorbell = Doorbell(),
        patience: Duration = .seconds(60),
        onScreen: @escaping (Screen) -> Void = { _ in }
    ) {
        self.size = size
        self.traits = traits
        self.doorbell = doorbell
        self.patience = patience
        self.onScreen = onScreen
        steps = script.steps[...]
        shown = Canvas(size, isUnicode: traits.isUnicode)
    }

    /// Shows `canvas`, with a cursor for typing at `cursor`, or none.
    public func paint(_ canvas: Canvas, cursor: Point?) {
        shown = canvas
    }

    /// Sleeps until there is input or time has run out, and answers all there is.
    public func waitForInput(timeout: Duration?, isIdle: Bool) -> [Input] {
        while let step = steps.first {
            if step.waitsForIdle, !isIdle { return waitForWork(timeout) }
            steps = steps.dropFirst()
            waitsSince = nil
            switch step.action {
            case .wait:
                continue
            case .screen(let name, let hasStyles):
                let text = hasStyles ? shown.styledText : shown.plainText
                let screen = Screen(name: name, text: text)
                screens.append(screen)
                onScreen(screen)
            case .input(let inputs):
                for case .resized(let size) in inputs { self.size = size }
                return inputs
            }
        }
        return isIdle ? [.ended] : waitForWork(timeout)
    }

    /// Forgets keys that were typed and not yet read.
    public func discardInput() {}

    /// Stops nothing: there is no shell to go back to.
    public func suspend() {}

    /// Changes nothing: what is shown is never in doubt.
    public func repaint() {}

    /// Changes nothing: a script has its mouse in any case.
    public func reportMouse(_ isOn: Bool) {}

    /// Changes nothing: screens are text.
    public func use(_ theme: ThemeName) {}

    /// Puts text on the clipboard. False if it is too long.
    public func copy(_ text: String) -> Bool {
        copied.append(text)
        return true
    }

    /// Gives the terminal back as it was. Nothing is shown after it.
    public func close() {
        steps = []
    }

    /// Sleeps until work reports something. All that one step waits for has to be done in time.
    private func waitForWork(_ timeout: Duration?) -> [Input] {
        let since = waitsSince ?? .now
        waitsSince = since
        let left = patience - since.duration(to: .now)
        if left > .zero {
            if Poll.wait(on: [doorbell.descriptor], timeout: min(timeout ?? left, left)) != nil {
                doorbell.answer()
                return [.posted]
            }
            if let timeout, timeout < left { return [] }
        }
        isStuck = true
        steps = []
        return [.ended]
    }
}
