/// Something that a person can tell a pane to do. Keys, the palette, the hints and the help all
/// come from this one table.
public enum Command: String, Hashable, Sendable, CaseIterable {
    // Everywhere
    case help, palette, back, quit, repaint, suspend, stop
    case toggleMouse = "mouse"
    // Moving
    case up, down, left, right
    case pageUp = "page-up"
    case pageDown = "page-down"
    case halfUp = "half-up"
    case halfDown = "half-down"
    case top, bottom
    case lineStart = "line-start"
    case lineEnd = "line-end"
    case open, parent
    case nextPart = "next-part"
    case previousPart = "previous-part"
    case tab1 = "tab-1"
    case tab2 = "tab-2"
    case tab3 = "tab-3"
    case tab4 = "tab-4"
    case tab5 = "tab-5"
    case filter, close
    case locate = "open-locator"
    // Chunks
    case map, slice, inspect, mock, verify, refresh
    case next, previous
    case measure
    case zoomIn = "zoom-in"
    case zoomOut = "zoom-out"
    case fit
    case rowAxis = "row-axis"
    case columnAxis = "column-axis"
    case nextAxis = "next-axis"
    case stepBack = "step-back"
    case stepOn = "step-on"
    case fold
    case mark, box
    case markState = "mark-state"
    case clearMarks = "clear-marks"
    case delete, undo
    // Map
    case inside
    case lookInside = "look-inside"
    case kind
    case select
    case scale
    case measurePresence = "measure-presence"
    case measureState = "measure-state"
    case measureSize = "measure-size"
    case measureRatio = "measure-ratio"
    case measureAge = "measure-age"
    case measureMean = "measure-mean"
    case measureMinimum = "measure-min"
    case measureMaximum = "measure-max"
    case measureNaN = "measure-nan"
    case measureConstant = "measure-constant"
    // Values
    case colors = "palette-next"
    case range, transpose
    case image, table
    // Slice
    case plot, histogram, borders, play, slower, faster
    case goTo = "go-to"
    case stepSize = "step-size"
    case pixel = "pixel-value"
    case decode
    case fullResolution = "full-resolution"
    // Forms
    case change, arm, disarm
    case copy
    case copyPath = "copy-path"
    // Home and browser
    case tab6 = "tab-6"
    case sort
    case reverseOrder = "reverse-order"
    case count
    case connect = "test-connection"
    case forget

    // Findings and inspector
    case findings, expect
    case pauseVerify = "pause-verify"
    case loadExpected = "load-expected"

    // Delete plan and repair
    case plan, unstage, vacuum
    case stageState = "stage-state"
    case dryRun = "dry-run"
    case savePlan = "save-plan"

    // Operations and drills
    case operations, slowest, pause, follow, bookkeeping
    case step, outage, reseed
    case runAll = "run-all"

    // Compare, watch, census files
    case compare
    case compareValues = "compare-values"
    case exportDifferences = "export-differences"
    case watch

    // Settings, bookmarks, export
    case settings, bookmark, export

    /// The word that the palette knows it by.
    public var word: String {
        rawValue
    }
}
