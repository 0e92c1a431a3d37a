import CCurses
import Canvas

extension Terminal {
    /// Opens the kind of terminal that is named, or one that most understand.
    static func start(_ options: TerminalOptions) throws(TerminalError) {
        if isDirect(options), startDirect(options) { return }
        let usesColor: Int32 = options.colors > .mono ? 1 : 0
        var answer = Int32(NCX_UNKNOWN_TERMINAL)
        for term in [options.term, "xterm-256color"] where isName(term) {
            answer = unsafe term.withCString { name in
                unsafe ncx_open(
                    name,
                    options.input,
                    options.output,
                    Int32(clamping: options.size?.rows ?? 0),
                    Int32(clamping: options.size?.columns ?? 0),
                    usesColor
                )
            }
            guard answer == Int32(NCX_UNKNOWN_TERMINAL) else { break }
        }
        if let error = error(answer, options.term) { throw error }
    }

    /// The kinds of terminal that take what xterm takes, by how their names begin. Screen does too where
    /// it is tmux that calls itself so.
    private static let relatives = [
        "xterm", "tmux", "alacritty", "foot", "wezterm", "konsole", "vte", "gnome", "iterm",
        "contour", "ghostty",
    ]

    /// Whether colours by red, green and blue are asked for, of a terminal whose entry has 256.
    private static func isDirect(_ options: TerminalOptions) -> Bool {
        let isRelative =
            relatives.contains { options.term.hasPrefix($0) }
            || options.isInsideTmux && options.term.hasPrefix("screen")
        guard options.colors == .direct, isRelative, isName(options.term) else { return false }
        return unsafe options.term.withCString {
            unsafe ncx_described_colors($0, options.output) == 256
        }
    }

    private static func startDirect(_ options: TerminalOptions) -> Bool {
        let answer = ncx_open_direct(
            options.input,
            options.output,
            Int32(clamping: options.size?.rows ?? 0),
            Int32(clamping: options.size?.columns ?? 0)
        )
        return answer == Int32(NCX_OK)
    }

    /// Whether a name may be looked up: terminfo makes a file name of it.
    static func isName(_ term: String) -> Bool {
        !term.isEmpty && term.utf8.count <= 128 && !term.hasPrefix(".")
            && term.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
    }

    static func error(_ answer: Int32, _ term: String) -> TerminalError? {
        let shown = TextWidth.fitted(term, columns: 60)
        switch answer {
        case Int32(NCX_OK):
            return nil
        case Int32(NCX_UNKNOWN_TERMINAL):
            let unknown = term.isEmpty ? "TERM is not set" : "unknown terminal TERM=\(shown)"
            return TerminalError(
                .unknownTerminal,
                "\(unknown), and xterm-256color is not described here either;"
                    + " install a terminfo database (ncurses-base) or set TERM"
            )
        case Int32(NCX_NOT_CAPABLE):
            return TerminalError(
                .notCapable,
                "TERM=\(shown) cannot place the cursor; use a command with --json or text output"
            )
        case Int32(NCX_ALREADY_OPEN):
            return TerminalError(.alreadyOpen, "the terminal is open already")
        default:
            return TerminalError(.unavailable, "no descriptor or memory left for the terminal")
        }
    }

    /// How many colours to use of `count`; more than 256 only where the limit says so.
    static func depth(_ count: Int, limit: TerminalTraits.Colors) -> TerminalTraits.Colors {
        let depth: TerminalTraits.Colors =
            switch count {
            case ..<8: .mono
            case ..<16: .eight
            case ..<256: .sixteen
            case 256: .indexed
            default: .direct
            }
        return min(depth, limit)
    }
}
