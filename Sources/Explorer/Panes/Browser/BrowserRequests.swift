/// What the browser has asked for and waits for.
struct BrowserRequests: Sendable {
    /// Groups that are being listed, by request.
    var listing: [Int: String] = [:]
    /// The node that is being described.
    var describing: (number: Int, path: String)?
    /// Why nodes have no description, by path.
    var failures: [String: String] = [:]
    /// The array whose chunks are being counted, and whether a person asked for it.
    var counting: (number: Int, path: String)?
    /// Arrays that a person wants counted, the next one last.
    var toCount: [String] = []
    /// Arrays that are not counted again of themselves.
    var uncounted: Set<String> = []
    /// The array of which a chunk is being measured.
    var sampling: (number: Int, path: String)?
    /// What to open once its array is described.
    var wanted: (command: Command, path: String)?
    /// The verification of all arrays below a group, the one that was asked for last.
    var verifying: GroupVerification?
    /// Whether the browser is the pane that is shown: else nothing is asked.
    var isShown = false
}
