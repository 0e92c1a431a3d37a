import Raster

extension ColorRange {
    /// What a person reads of it.
    var word: String {
        let word =
            switch bounds {
            case .automatic: "auto"
            case .percentiles(let low, let high):
                "\(Format.value(low))–\(Format.value(high)) %"
            case .held: "fixed"
            case .around(let center): "around \(Format.value(center))"
            }
        return isLogarithmic ? (bounds == .automatic ? "log" : "log \(word)") : word
    }

    /// The next of those that one key goes through. `held` are the bounds as they are now.
    func next(held: (Double, Double)?) -> ColorRange {
        switch bounds {
        case .automatic where !isLogarithmic: ColorRange(bounds: .percentiles(2, 98))
        case .percentiles: ColorRange(isLogarithmic: true)
        case .automatic: ColorRange(bounds: .around(0))
        case .around: held.map { ColorRange(bounds: .held($0.0, $0.1)) } ?? ColorRange()
        case .held: ColorRange()
        }
    }
}
