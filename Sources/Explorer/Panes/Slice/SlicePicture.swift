import Canvas
import Raster

/// The image of what was read, made anew only when something changed.
struct SlicePicture: Sendable {
    /// What it was made from.
    struct Key: Hashable, Sendable {
        var request: PlaneRequest
        var span: SlicePane.Span
        var ramp: Ramp
        var magnification: Int
        var isColor: Bool
        var isDirect: Bool
        var isUnicode: Bool
        var rows: Int
    }

    let key: Key
    let normalization: Normalization
    let statistics: Statistics
    let histogram: Histogram
    let cells: ImageCells
    /// Screen columns to a pixel.
    let pixelColumns: Int

    /// Makes an image. Cost: the values, and what is drawn.
    init(_ values: PlaneValues, _ key: Key) {
        self.key = key
        let plane = Self.plane(values)
        switch key.span {
        case .automatic: normalization = Normalization(plane, .automatic)
        case .percentiles: normalization = Normalization(plane, .percentiles(2, 98))
        case .held(let low, let high): normalization = Normalization(plane, .fixed(low, high))
        }
        statistics = Statistics(plane)
        histogram = Histogram(plane, parts: 24)
        let hasHalves = key.isColor && key.isUnicode
        pixelColumns = hasHalves ? 1 : 2
        var enlarged = Self.enlarged(plane, by: key.magnification)
        if plane.rows == 1 {
            enlarged = Self.stretched(enlarged, to: max(1, key.rows * (hasHalves ? 2 : 1)))
        }
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

    /// What was read as a plane of numbers and marks.
    static func plane(_ values: PlaneValues) -> Plane {
        Plane(
            rows: values.request.rows.count,
            columns: values.request.columns.count,
            values: values.numbers,
            marks: values.sources.map { source in
                switch source {
                case .stored: .value
                case .absent: .absent
                case .failed: .failed
                }
            }
        )
    }

    private static func enlarged(_ plane: Plane, by factor: Int) -> Plane {
        guard factor > 1 else { return plane }
        var values: [Double] = []
        var marks: [PlaneMark] = []
        for row in 0..<plane.rows * factor {
            for column in 0..<plane.columns * factor {
                values.append(plane[row / factor, column / factor] ?? .nan)
                marks.append(plane.mark(row / factor, column / factor))
            }
        }
        return Plane(
            rows: plane.rows * factor,
            columns: plane.columns * factor,
            values: values,
            marks: marks
        )
    }

    private static func stretched(_ plane: Plane, to rows: Int) -> Plane {
        guard plane.rows > 0 else { return plane }
        var values: [Double] = []
        var marks: [PlaneMark] = []
        for _ in 0..<rows {
            for column in 0..<plane.columns {
                values.append(plane[0, column] ?? .nan)
                marks.append(plane.mark(0, column))
            }
        }
        return Plane(rows: rows, columns: plane.columns, values: values, marks: marks)
    }
}
