import CCurses
public import Canvas
import Glibc

/// The terminal that the program runs in, through ncurses. There is one at a time, and one thread uses
/// it. It is given back when this is closed or freed, when the program exits, and by a signal that ends
/// it, a trap included.
public final class Terminal: TerminalInterface {
    /// What can be shown. Does not change.
    public let traits: TerminalTraits
    /// Rows and columns as of the last input.
    public private(set) var size: Size
    private let options: TerminalOptions
    private let doorbell: Doorbell
    private var theme: Theme
    private var decoder = KeyDecoder()
    private var shown: Canvas?
    private var isOpen = true
    /// What happened while the program was stopped, and is still to be told.
    private var pending: [Input] = []

    /// Opens the terminal. `doorbell` is what wakes it besides input.
    ///
    /// Throws `.notATerminal`, `.notCapable`, `.unknownTerminal` when neither the kind named nor
    /// xterm-256color is described on this system, and `.alreadyOpen`.
    public static func open(
        _ options: TerminalOptions,
        doorbell: Doorbell = Doorbell()
    ) throws(TerminalError) -> Terminal {
        try Terminal(options, doorbell)
    }

    private init(_ options: TerminalOptions, _ doorbell: Doorbell) throws(TerminalError) {
        if options.requiresTerminal, isatty(options.input) == 0 || isatty(options.output) == 0 {
            throw TerminalError(.notATerminal, "standard input and output are not a terminal")
        }
        let isUTF8 = unsafe options.locale.withCString { unsafe ncx_set_locale($0) } == 1
        try Terminal.start(options)
        let depth = Terminal.depth(Int(ncx_colors()), limit: options.colors)
        self.options = options
        self.doorbell = doorbell
        traits = TerminalTraits(isUnicode: isUTF8 && !options.isASCII, colors: depth)
        theme = Theme(options.theme, colors: depth)
        size = Size(rows: Int(ncx_rows()), columns: Int(ncx_columns()))
        let delay = options.escapeDelay.components
        ncx_escape_delay(Int32(clamping: delay.attoseconds / 1_000_000_000_000_000))
        ncx_report_paste(1)
        if options.usesMouse { ncx_report_mouse(1) }
    }

    deinit {
        close()
    }

    /// Gives the terminal back as it was. Nothing is shown after it.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        ncx_close()
    }

    /// Shows `canvas`, with a cursor for typing at `cursor`, or none.
    public func paint(_ canvas: Canvas, cursor: Point?) {
        guard isOpen else { return }
        let canvas = fitted(canvas)
        for run in CanvasDiff(from: shown, to: canvas).runs {
            let cells = run.columns.compactMap { cell(canvas[run.row, $0]) }
            unsafe cells.withUnsafeBufferPointer { cells in
                unsafe ncx_blit(
                    Int32(clamping: run.row),
                    Int32(clamping: run.columns.lowerBound),
                    cells.baseAddress,
                    Int32(clamping: cells.count)
                )
            }
        }
        shown = canvas
        if let cursor, Rect(size).contains(cursor) {
            ncx_cursor(Int32(clamping: cursor.row), Int32(clamping: cursor.column))
        } else {
            ncx_cursor(-1, -1)
        }
        ncx_flush()
    }

    /// Sleeps until there is input or time has run out, and answers all there is.
    public func waitForInput(timeout: Duration?, isIdle: Bool) -> [Input] {
        let deadline = timeout.map { ContinuousClock.now.advanced(by: $0) }
        while isOpen {
            if !pending.isEmpty {
                defer { pending = [] }
                return pending
            }
            let left = deadline.map { $0 - .now }
            guard let ready = Poll.wait(on: descriptors, timeout: left) else { return [] }
            var inputs: [Input] = []
            if ready[1].isReadable {
                doorbell.answer()
                inputs.append(.posted)
            }
            if ready[2].isReadable { inputs += answerSignals() }
            if ready[0].isReadable { inputs += readKeys() }
            if ready[0].isGone, !ready[0].isReadable || !hasBytes { inputs.append(.ended) }
            if !inputs.isEmpty { return inputs }
        }
        return [.ended]
    }

    /// Forgets keys that were typed and not yet read.
    public func discardInput() {
        guard isOpen else { return }
        ncx_discard_input()
        decoder = KeyDecoder()
    }

    /// Puts text on the clipboard. False if it is too long.
    public func copy(_ text: String) -> Bool {
        guard isOpen, let sequence = Clipboard.sequence(text, inTmux: options.isInsideTmux) else {
            return false
        }
        unsafe sequence.withUnsafeBufferPointer { bytes in
            unsafe ncx_write(bytes.baseAddress, bytes.count)
        }
        return true
    }

    /// Gives the terminal back, stops this process as Ctrl-Z does, and takes the terminal again when it
    /// goes on. Everything is painted anew after it. The next input is `resumed`, and the size.
    public func suspend() {
        guard isOpen else { return }
        ncx_suspend()
        measure()
        shown = nil
        pending = [.resumed, .resized(size)]
    }

    /// Sends everything at the next paint, whatever the terminal is thought to show.
    public func repaint() {
        guard isOpen else { return }
        shown = nil
        ncx_repaint()
    }

    /// Looks like another theme from the next paint on.
    public func use(_ name: ThemeName) {
        guard name != theme.name else { return }
        theme = Theme(name, colors: traits.colors)
        repaint()
    }

    /// Turns reports of the mouse on, or off so that it selects text.
    public func reportMouse(_ isOn: Bool) {
        ncx_report_mouse(isOn ? 1 : 0)
    }

    // MARK: - Input

    private var descriptors: [Int32] {
        [options.input, doorbell.descriptor, ncx_signal_descriptor()]
    }

    /// Whether there is something to read, so that an input that is readable for ever at its end (a
    /// file, a closed terminal) is told from one with keys in it.
    private var hasBytes: Bool {
        Poll.bytesWaiting(on: options.input) > 0
    }

    private func readKeys() -> [Input] {
        let hadBytes = hasBytes
        var keys: [Key] = []
        while case let raw = ncx_next_key(), raw.kind != Int32(NCX_NONE) {
            if raw.kind == Int32(NCX_NAMED) {
                keys += decoder.decode(.named(Int(raw.code)))
            } else if let value = UInt32(exactly: raw.code) {
                keys += decoder.decode(.character(value))
            }
        }
        keys += decoder.flush()
        if keys.isEmpty, !hadBytes { return [.ended] }
        return keys.map { .key($0) }
    }

    private func answerSignals() -> [Input] {
        let signals = ncx_take_signals()
        var inputs: [Input] = []
        if signals & Int32(NCX_STOPPED) != 0 {
            suspend()
            defer { pending = [] }
            return pending
        }
        if signals & Int32(NCX_CONTINUED) != 0 {
            repaint()
            inputs.append(.resumed)
        }
        if signals & Int32(NCX_RESIZED) != 0, measure() { inputs.append(.resized(size)) }
        return inputs
    }

    @discardableResult
    private func measure() -> Bool {
        let window = ncx_window_size(options.output)
        guard window != 0 else { return false }
        ncx_resize(Int32(truncatingIfNeeded: window >> 32), Int32(truncatingIfNeeded: window))
        size = Size(rows: Int(ncx_rows()), columns: Int(ncx_columns()))
        shown = nil
        return true
    }

    // MARK: - Output

    /// The canvas in the size of the terminal, if it was made for another.
    private func fitted(_ canvas: Canvas) -> Canvas {
        guard canvas.size != size else { return canvas }
        var result = Canvas(size, isUnicode: canvas.isUnicode)
        for row in 0..<min(size.rows, canvas.size.rows) {
            for column in 0..<min(size.columns, canvas.size.columns)
            where canvas[row, column].character != nil {
                result[row, column] = canvas[row, column]
            }
        }
        return result
    }

    /// What ncurses is told of a cell; nothing for the second half of a wide character.
    private func cell(_ cell: Cell) -> ncx_cell? {
        guard let character = cell.character else { return nil }
        let look = theme.look(cell.style)
        var result = ncx_cell()
        result.width = 1
        result.attributes = look.attributes
        result.foreground = look.foreground
        result.background = look.background
        if let ascii = character.asciiValue {
            result.text.0 = UInt32(ascii)
            return result
        }
        guard traits.isUnicode else {
            result.text.0 = Glyphs.asciiForm(of: character).unicodeScalars.first?.value ?? 0x3F
            return result
        }
        result.width = Int32(TextWidth.of(String(character)))
        let scalars = Array(character.unicodeScalars.prefix(5).map(\.value)) + [0, 0, 0, 0, 0]
        result.text = (scalars[0], scalars[1], scalars[2], scalars[3], scalars[4])
        return result
    }
}
