import Explorer
import Storage
import ZarrEngine
import ZarrModel

extension OpenStore {
    /// The coarser levels of the image that the array at `path` is a level of: those that can be read
    /// in its place, and why others cannot. O(levels).
    func levels(of path: String) async throws -> ArrayLevels {
        let place = try Self.path(path)
        var levels = ArrayLevels()
        guard let array = try? await array(at: place), let own = await levelOfImage(place) else {
            return levels
        }
        levels.isOfImage = true
        for (number, level) in own.image.levels.enumerated() where number != own.number {
            try Task.checkCancellation()
            let rank = array.metadata.rank
            let said = Multiscale.factors(of: level, to: own.level, rank: rank)?.max()
            // Of a level that cannot be read its place in the list must tell: the finest comes first.
            let isCoarser = said.map { $0 > 1 } ?? (number > own.number)
            func leave(_ reason: String) {
                guard isCoarser else { return }
                levels.left.append(
                    ArrayLevels.Left(number: number, factor: said ?? 1, reason: visible(reason))
                )
            }
            guard let inside = NodePath(level.path) else {
                leave("its path is none")
                continue
            }
            guard own.isInside else {
                leave("it is not in what is open: open the image itself")
                continue
            }
            do {
                let other = try await self.array(at: own.group.appending(inside))
                switch Self.fit(level, other, to: own.level, array) {
                case .finer: break
                case .unfit(let reason): leave(reason)
                case .coarser(let axes):
                    levels.coarser.append(PlaneLevel(number, other, axes))
                }
            } catch {
                leave(ToolError(reporting: error).message)
            }
        }
        levels.sort()
        return levels
    }

    private static func fit(
        _ level: Multiscale.Level,
        _ array: ArrayNode,
        to other: Multiscale.Level,
        _ whole: ArrayNode
    ) -> LevelFit {
        let type = array.metadata.dataType
        guard type == whole.metadata.dataType else {
            return .unfit("its type is \(type.name), not \(whole.metadata.dataType.name)")
        }
        return Multiscale.fit(level, array.metadata.shape, to: other, whole.metadata.shape)
    }

    /// The level of an image in several resolutions that the array at `place` is, if it is one.
    func levelOfImage(_ place: NodePath) async -> LevelOfImage? {
        guard place.parent != nil else { return await levelOfImageAbove() }
        var segments = place.segments
        for _ in 0..<3 {
            guard let name = segments.popLast() else { return nil }
            let group = NodePath(segments: segments)
            let path = NodePath(segments: Array(place.segments.dropFirst(segments.count)))
            let node = await hierarchy.node(at: group)
            guard let attributes = node.group?.attributes, !name.isEmpty else { continue }
            for image in Multiscale.all(in: attributes) {
                guard let number = image.levels.firstIndex(where: { NodePath($0.path) == path })
                else { continue }
                return LevelOfImage(image: image, number: number, group: group)
            }
        }
        return nil
    }
}

extension OpenStore {
    /// The same of an array that was opened by itself: the image is described in a folder above it.
    private func levelOfImageAbove() async -> LevelOfImage? {
        let parts = location.locator.at(node: nil).place.split(separator: "/").map(String.init)
        for depth in 1...3 where parts.count > depth {
            guard let above = try? await hierarchyAbove(depth),
                let path = NodePath(parts.suffix(depth).joined(separator: "/")),
                let attributes = await above.node(at: .root).group?.attributes
            else { continue }
            for image in Multiscale.all(in: attributes) {
                guard let number = image.levels.firstIndex(where: { NodePath($0.path) == path })
                else { continue }
                return LevelOfImage(image: image, number: number, group: .root, isInside: false)
            }
        }
        return nil
    }

    /// Adds of which image an array is a level, and what its axes are called there where it does not say
    /// itself.
    func addImage(_ place: NodePath, to details: inout NodeDetails) async {
        guard let own = await levelOfImage(place), let rank = details.array?.shape.count else {
            return
        }
        let names = details.array?.dimensionNames ?? []
        let isNamed = names.contains { !($0 ?? "").isEmpty }
        if !isNamed, own.image.axes.count == rank {
            details.array?.dimensionNames = own.image.axes.map { visible($0.name) }
        }
        details.sections.append(FactSection(own))
    }
}

extension PlaneLevel {
    fileprivate init(_ number: Int, _ array: ArrayNode, _ axes: [LevelAxis]) {
        self.init(
            number: number,
            path: array.path.description,
            axes: axes,
            chunkShape: array.metadata.innerChunkShape ?? array.metadata.chunkShape
        )
    }
}

/// One resolution of an image.
struct LevelOfImage {
    let image: Multiscale
    let number: Int
    /// The group that describes the image.
    let group: NodePath
    /// Whether that group lies in what is open.
    var isInside = true

    var level: Multiscale.Level { image.levels[number] }
}
