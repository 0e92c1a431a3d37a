import ZarrModel

/// Every pane there is: the one place to register another.
///
/// Each is made for the array at a path, so that a test can draw them all.
enum Panes {
    /// How each pane is made.
    static let all: [(name: String, make: @Sendable (_ path: String) -> any Pane)] = [
        ("home", { _ in HomePane() }),
        ("browser", { path in BrowserPane(store: OpenedStore(locator: path, name: "store")) }),
        ("map", { path in MapPane(path: path) }),
        ("chunk", { path in ChunkPane(path: path, chunk: ChunkIndex([0, 0])) }),
        ("slice", { path in SlicePane(path: path) }),
        ("delete", { path in DeletePane(path: path) }),
        ("mock", { path in MockPane(path: path) }),
        // Home and browser

        // Findings and inspector
        ("findings", { path in FindingsPane(path: path) }),

        // Delete plan and repair

        // Operations and drills
        ("drills", { path in DrillsPane(path: path) }),
        ("operations", { _ in OperationsPane() }),

        // Compare, watch, census files
        ("compare", { path in ComparePane(path: path) }),

        // Settings, bookmarks, export
    ]
}
