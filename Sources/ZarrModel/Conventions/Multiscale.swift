public import JSONValue

/// One image in several resolutions, as OME-Zarr describes it (0.1 to 0.5). The text is untrusted.
public struct Multiscale: Hashable, Sendable {
    /// One axis of the image.
    public struct Axis: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// `space`, `time`, `channel`; empty where nothing is said.
        public var kind: String
        /// Its unit; `nil` where nothing is said.
        public var unit: String?
    }

    /// One resolution.
    public struct Level: Hashable, Sendable {
        /// The array's path, from the group.
        public var path: String
        /// The size of an element along each axis; empty where nothing is said.
        public var scale: [Double]
        /// Where the first element is along each axis; empty where nothing is said.
        public var translation: [Double]
    }

    /// The version of the convention; `nil` where nothing is said.
    public var version: String?
    /// The image's name; may be empty.
    public var name: String
    /// The axes, in the order of the arrays' dimensions; empty before version 0.3.
    public var axes: [Axis]
    /// The resolutions, finest first.
    public var levels: [Level]

    private static let most = 64

    /// The images that a group's attributes describe.
    public static func all(in attributes: JSONObject) -> [Multiscale] {
        let own = attributes["ome"]
        let version = own?["version"]?.stringValue
        let list = (own?["multiscales"] ?? attributes["multiscales"])?.arrayValue ?? []
        return list.prefix(most).compactMap { Multiscale($0, version) }
    }

    private init?(_ document: JSONValue, _ version: String?) {
        guard let datasets = document["datasets"]?.arrayValue, !datasets.isEmpty else { return nil }
        self.version = version ?? document["version"]?.stringValue
        name = document["name"]?.stringValue ?? ""
        axes = (document["axes"]?.arrayValue ?? []).prefix(Self.most).map { axis in
            Axis(
                name: axis.stringValue ?? axis["name"]?.stringValue ?? "",
                kind: axis["type"]?.stringValue ?? "",
                unit: axis["unit"]?.stringValue
            )
        }
        let shared = Self.transformation(document["coordinateTransformations"])
        levels = datasets.prefix(Self.most).compactMap { dataset in
            guard let path = dataset["path"]?.stringValue else { return nil }
            let own = Self.transformation(dataset["coordinateTransformations"])
            return Level(
                path: path,
                scale: Self.product(own.scale, shared.scale),
                translation: Self.translation(own, shared)
            )
        }
        guard !levels.isEmpty else { return nil }
    }

    /// How many elements of the finest level one element of `level` stands for, along each axis;
    /// empty where nothing is said.
    public func factors(of level: Level) -> [Double] {
        guard let finest = levels.first, !finest.scale.isEmpty,
            finest.scale.count == level.scale.count
        else { return [] }
        return zip(level.scale, finest.scale).map { $1 == 0 ? 1 : $0 / $1 }
    }

    private typealias Transformation = (scale: [Double], translation: [Double])

    private static func transformation(_ list: JSONValue?) -> Transformation {
        var found: Transformation = ([], [])
        for step in (list?.arrayValue ?? []).prefix(most) {
            let numbers = { (name: String) in
                (step[name]?.arrayValue ?? []).prefix(most).compactMap(\.doubleValue)
            }
            switch step["type"]?.stringValue {
            case "scale": found.scale = numbers("scale")
            case "translation": found.translation = numbers("translation")
            default: break
            }
        }
        return found
    }

    private static func product(_ left: [Double], _ right: [Double]) -> [Double] {
        guard !left.isEmpty, left.count == right.count else { return left.isEmpty ? right : left }
        return zip(left, right).map { $0 * $1 }
    }

    /// Where the first element lies once the image's own transformation follows the level's.
    private static func translation(_ own: Transformation, _ shared: Transformation) -> [Double] {
        let moved = own.translation.isEmpty ? [] : product(own.translation, shared.scale)
        guard !moved.isEmpty, moved.count == shared.translation.count else {
            return moved.isEmpty ? shared.translation : moved
        }
        return zip(moved, shared.translation).map { $0 + $1 }
    }
}

/// What else a group's attributes say by the conventions of OME-Zarr and CF. The text is untrusted.
public struct GroupConventions: Hashable, Sendable {
    /// The images in several resolutions.
    public var images: [Multiscale]
    /// Paths of label images, from the group.
    public var labels: [String]
    /// The rows, columns and wells of a plate of images.
    public var plate: (rows: Int, columns: Int, wells: Int)? {
        plateCounts.map { ($0[0], $0[1], $0[2]) }
    }
    /// The fields of view of a well; `nil` where it is none.
    public var fieldCount: Int?
    /// Whether its images are labels of another image.
    public var isLabel: Bool
    /// The conventions that it says it keeps: `CF-1.8`.
    public var conventions: String?
    /// Its title.
    public var title: String?
    private var plateCounts: [Int]?

    /// Reads attributes; what is not as the conventions say is left out.
    public init(_ attributes: JSONObject) {
        let own = attributes["ome"]?.objectValue ?? attributes
        images = Multiscale.all(in: attributes)
        labels = (own["labels"]?.arrayValue ?? []).prefix(64).compactMap(\.stringValue)
        isLabel = own["image-label"] != nil
        if let plate = own["plate"] {
            plateCounts = ["rows", "columns", "wells"].map { plate[$0]?.arrayValue?.count ?? 0 }
        }
        fieldCount = own["well"]?["images"]?.arrayValue?.count
        conventions = attributes["Conventions"]?.stringValue
        title = attributes["title"]?.stringValue
    }
}
