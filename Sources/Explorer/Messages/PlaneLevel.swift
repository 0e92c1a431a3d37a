public import ZarrModel

/// A coarser level of the image that an array is a level of, which can be read in its place.
public struct PlaneLevel: Hashable, Sendable {
    /// Which level of the image, from 0.
    public var number: Int
    /// The level's array.
    public var path: String
    /// How each axis of the array lies in it.
    public var axes: [LevelAxis]
    /// Elements of what can be read of it alone.
    public var chunkShape: [Int]

    /// Makes a level.
    public init(number: Int, path: String, axes: [LevelAxis], chunkShape: [Int]) {
        self.number = number
        self.path = path
        self.axes = axes
        self.chunkShape = chunkShape
    }

    /// Elements of the array to one of the level, along the axis on which they are most.
    public var factor: Double {
        axes.reduce(1) { max($0, $1.factor) }
    }

    /// Elements along each axis.
    var shape: [Int] {
        axes.map(\.length)
    }

    /// `level 2 (¼)`; `level 2 (½×¼)` where the two axes differ.
    func word(_ axes: [Int?], isUnicode: Bool) -> String {
        var shares: [String] = []
        for axis in axes.compactMap({ $0 }) where self.axes.indices.contains(axis) {
            shares.append(Self.share(self.axes[axis].factor, isUnicode: isUnicode))
        }
        if Set(shares).count == 1 { shares = [shares[0]] }
        return "level \(number) (\(shares.joined(separator: isUnicode ? "×" : " x ")))"
    }

    private static func share(_ factor: Double, isUnicode: Bool) -> String {
        if isUnicode, let sign = signs[factor] { return sign }
        return factor == 1 ? "1" : "1/\(Format.value(factor))"
    }

    private static let signs: [Double: String] = [2: "½", 3: "⅓", 4: "¼", 8: "⅛"]
}

/// What is known of the coarser levels of an array.
public struct ArrayLevels: Hashable, Sendable {
    /// A level that is not read in the array's place, and why.
    public struct Left: Hashable, Sendable {
        /// Which level of the image, from 0.
        public var number: Int
        /// Elements of the array to one of it, as far as that is known.
        public var factor: Double
        /// Why. Untrusted text, made visible.
        public var reason: String

        /// Makes one.
        public init(number: Int, factor: Double, reason: String) {
            self.number = number
            self.factor = factor
            self.reason = reason
        }
    }

    /// Whether the array is a level of an image at all.
    public var isOfImage = false
    /// Those that can be read, the finest first.
    public var coarser: [PlaneLevel] = []
    /// Those that cannot.
    public var left: [Left] = []

    /// Of an array that is no level of an image.
    public init() {}

    /// Puts the finest first.
    public mutating func sort() {
        coarser.sort { $0.factor < $1.factor }
    }
}
