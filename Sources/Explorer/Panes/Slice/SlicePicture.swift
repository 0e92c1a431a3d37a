import Canvas
import Raster

/// The image of what was read, made anew only when something changed.
struct SlicePicture: Sendable {
    /// What it was made from.
    struct Key: Hashable, Sendable {
        /// Grows with everything that is read.
        var generation: Int
        var presence: SlicePresence.Key?
        var range: ColorRange
        var pixel: Reduction.Choice
        var ramp: Ramp
        var magnification: Int
        var isColor: Bool
        var isDirect: Bool
        var isUnicode: Bool
        var rows: Int
    }

    let key: Key
    /// One number for each place of the request.
    let plane: Plane
    let normalization: Normalization
    let statistics: Statistics
    let cells: ImageCells
    /// Screen columns to a pixel.
    let pixelColumns: Int

    /// Makes an image. Cost: the places, and what is drawn.
    init(_ values: PlaneValues, _ presence: SlicePresence?, _ key: Key) {
        self.key = key
        let isKnown = presence?.key.request == values.request
        plane = values.plane(key.pixel, known: isKnown ? presence?.sources ?? [] : [])
        normalization = key.range.normalization(plane, values.statistics, values.spread)
        statistics = values.statistics ?? Statistics(plane)
        let hasHalves = key.isColor && key.isUnicode
        pixelColumns = hasHalves ? 1 : 2
        let isLine = plane.rows == 1
        let enlarged = plane.enlarged(
            rows: isLine
                ? max(1, key.rows * (hasHalves ? 2 : 1)) : plane.rows * key.magnification,
            columns: plane.columns * key.magnification
        )
        let style =
            key.isColor
            ? ImageStyle(
                normalization,
                colors: key.ramp.palette.levels(isIndexed: !key.isDirect),
                isUnicode: key.isUnicode
            )
            : ImageStyle(
                normalization,
                ramp: key.isUnicode ? ImageStyle.shades : ImageStyle.signs
            )
        cells = ImageCells(enlarged, style)
    }
}
