import Glibc

/// Where the program keeps what a person would not want to lose, outside of any store: files of the
/// person's own that nobody else can read.
///
/// What cannot be read or written there costs the memory of it, and nothing else.
struct StateFolder: Sendable {
    /// Its path; `nil` where the person has no home.
    let path: String?

    /// That under `XDG_STATE_HOME`, else `~/.local/state`.
    init() {
        let home = Environment.text("HOME").map { $0 + "/.local/state" }
        path = (Environment.text("XDG_STATE_HOME") ?? home).map { $0 + "/zscope" }
    }

    /// The path of a file in it; makes the folders that lead there.
    func place(_ name: String) -> String? {
        guard let path else { return nil }
        let whole = "\(path)/\(name)"
        var folder = whole.hasPrefix("/") ? "" : "."
        for part in whole.split(separator: "/").dropLast() {
            folder += "/" + part
            _ = unsafe mkdir(folder, 0o700)
        }
        return whole
    }
}
