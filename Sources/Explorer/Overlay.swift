import Canvas
import ZarrModel

/// What lies over a pane.
enum Overlay: Sendable {
    case help(HelpOverlay)
    case palette(PaletteOverlay)
    case settings(SettingsOverlay)
    case export(ExportOverlay)
}
