import Explorer
import ZarrEngine
import ZarrModel

extension ArrayNode {
    /// What the array is by a convention, in a word or two; `images` are those of its group.
    func note(_ images: [Multiscale]) -> String {
        let name = path.name ?? ""
        for image in images {
            guard let level = image.levels.first(where: { $0.path == name }) else { continue }
            let factors = image.factors(of: level).filter { $0 != 1 }
            return factors.isEmpty ? "finest" : "level ×\(Numbers.text(factors.max() ?? 1))"
        }
        return isCoordinate ? "axis" : ""
    }

    /// Whether it holds the coordinates of the dimension that it is named after.
    var isCoordinate: Bool {
        metadata.dimensionNames?.count == 1 && metadata.dimensionNames?.first == path.name
    }
}

extension ArrayConventions {
    /// The unit to write after a number; `nil` where there is none, or it is 1.
    var unit: String? {
        units.flatMap { $0.isEmpty || $0.utf8.elementsEqual("1".utf8) ? nil : $0 }
    }
}

extension GroupNode {
    /// What the group is by a convention, in a word or two.
    var note: String {
        let found = GroupConventions(attributes)
        if let image = found.images.first {
            let kind = found.isLabel ? "labels" : "image"
            return "\(kind), \(Wording.count(image.levels.count, "level"))"
        }
        if let plate = found.plate { return "plate, \(Wording.count(plate.wells, "well"))" }
        if let fields = found.fieldCount { return "well, \(Wording.count(fields, "field"))" }
        if !found.labels.isEmpty { return Wording.count(found.labels.count, "label image") }
        return ""
    }
}

extension FactSection {
    /// What an array's attributes say by the conventions of CF; `nil` for nothing.
    init?(_ conventions: ArrayConventions) {
        var facts: [Fact] = []
        func add(_ name: String, _ text: String?) {
            if let text, !text.isEmpty { facts.append(Fact(name, text)) }
        }
        add("means", conventions.longName ?? conventions.standardName)
        add("units", conventions.units)
        add("calendar", conventions.time?.calendar.rawValue)
        if conventions.isPacked {
            let scale = Numbers.text(conventions.scaleFactor ?? 1)
            let offset = conventions.addOffset ?? 0
            add("packed", "stored × \(scale) + \(Numbers.text(offset))")
        }
        add("missing", conventions.missingValue)
        add("beside", conventions.coordinates.joined(separator: " "))
        guard !facts.isEmpty else { return nil }
        self.init("CF conventions", facts)
    }

    /// The level of an image that an array is: its number, axes with units, size of an element.
    init(_ own: LevelOfImage) {
        var facts: [Fact] = []
        if !own.image.name.isEmpty { facts.append(Fact("image", own.image.name)) }
        let count = Wording.count(own.image.levels.count, "level")
        facts.append(Fact("level", "\(own.number), of \(count)"))
        for (place, axis) in own.image.axes.enumerated() {
            var words = [axis.name, axis.kind].filter { !$0.isEmpty }
            if own.level.scale.indices.contains(place), axis.kind != "channel" {
                words.append("  \(Numbers.text(own.level.scale[place])) \(axis.unit ?? "") each")
            }
            facts.append(Fact(place == 0 ? "axes" : "", words.joined(separator: " ")))
        }
        let version = own.image.version.map { " " + $0 } ?? ""
        self.init("OME-Zarr\(version) image", facts)
    }

    /// An image in several resolutions: axes, size of an element, levels with their shapes.
    init(_ image: Multiscale, shapes: [String: [Int]]) {
        var facts: [Fact] = []
        if !image.name.isEmpty { facts.append(Fact("name", image.name)) }
        for (place, axis) in image.axes.enumerated() {
            let kind = [axis.name, axis.kind, axis.unit ?? ""].filter { !$0.isEmpty }
            let step =
                image.levels[0].scale.indices.contains(place) ? image.levels[0].scale[place] : 1
            let size = axis.unit == nil ? "" : "   \(Numbers.text(step)) each"
            facts.append(Fact(place == 0 ? "axes" : "", kind.joined(separator: " ") + size))
        }
        for (place, level) in image.levels.enumerated() {
            let shape = shapes[level.path]?.map(String.init).joined(separator: "×") ?? "not there"
            let factors = image.factors(of: level)
            let text = factors.isEmpty || place == 0 ? "" : "   ×" + Numbers.list(factors)
            facts.append(Fact(place == 0 ? "levels" : "", "\(level.path)  \(shape)\(text)"))
        }
        let version = image.version.map { " " + $0 } ?? ""
        self.init("OME-Zarr\(version) image", facts)
    }
}

extension OpenStore {
    /// Adds what a group is by the conventions of OME-Zarr, CF and xarray.
    func addConventions(of node: Node, to details: inout NodeDetails) async {
        guard let group = node.group else { return }
        let found = GroupConventions(group.attributes)
        for image in found.images {
            var shapes: [String: [Int]] = [:]
            for level in image.levels.prefix(16) {
                guard let place = NodePath(level.path) else { continue }
                let array = try? await array(at: node.path.appending(place))
                shapes[level.path] = array?.metadata.shape
            }
            details.sections.append(FactSection(image, shapes: shapes))
        }
        var facts: [Fact] = []
        if let plate = found.plate {
            let size = "\(plate.rows) × \(plate.columns), \(Wording.count(plate.wells, "well"))"
            facts.append(Fact("plate", size))
        }
        if let fields = found.fieldCount {
            facts.append(Fact("well", Wording.count(fields, "field")))
        }
        if !found.labels.isEmpty {
            facts.append(Fact("labels", found.labels.joined(separator: "  ")))
        }
        if !facts.isEmpty { details.sections.append(FactSection("OME-Zarr", facts)) }
        if let section = await dataset(node, found) { details.sections.append(section) }
    }

    /// More arrays than this are not joined to a dataset: each costs a look at its document.
    private static let datasetLimit = 200

    /// The arrays of a group as xarray joins them: dimensions, coordinates, data.
    private func dataset(_ node: Node, _ found: GroupConventions) async -> FactSection? {
        var facts: [Fact] = []
        if let title = found.title { facts.append(Fact("title", title)) }
        if let text = found.conventions { facts.append(Fact("keeps", text)) }
        let nodes = (try? await hierarchy.children(of: node.path)) ?? []
        let arrays = nodes.prefix(Self.datasetLimit).compactMap(\.array)
        let named = arrays.filter { $0.metadata.dimensionNames?.contains { $0 != nil } ?? false }
        let coordinates = named.filter(\.isCoordinate)
        guard !coordinates.isEmpty else {
            return facts.isEmpty ? nil : FactSection("Conventions", facts)
        }
        for (place, array) in coordinates.enumerated() {
            let range = await ends(of: array)
            let text = "\(array.path.name ?? "")  \(array.metadata.shape[0])  \(range)"
            facts.append(Fact(place == 0 ? "axes" : "", text))
        }
        let data = named.filter { !$0.isCoordinate }
        for (place, array) in data.prefix(40).enumerated() {
            let names = (array.metadata.dimensionNames ?? []).map { $0 ?? "–" }
            let units = ArrayConventions(array.metadata.attributes).unit.map { "  " + $0 } ?? ""
            let text = "\(array.path.name ?? "") (\(names.joined(separator: ", ")))\(units)"
            facts.append(Fact(place == 0 ? "data" : "", text))
        }
        return FactSection("Dataset", facts)
    }
}

/// Numbers of metadata as people write them.
private enum Numbers {
    static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : "\(number)"
    }

    static func list(_ numbers: [Double]) -> String {
        numbers.map { text($0) }.joined(separator: "·")
    }
}
