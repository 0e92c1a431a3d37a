public import ZarrModel

/// One deletion in the trash of one array.
public struct KeptDeletion: Sendable {
    /// The array.
    public var array: ArrayNode
    /// The deletion.
    public var entry: TrashEntry
}

extension ZarrHierarchy {
    /// The deletions that are kept in the trashes of the array at `path`, or of all arrays below it,
    /// oldest first; deletions of one name, as a vacuum makes them, next to each other. Arrays that cannot
    /// be looked at are told in `problems`. Throws where there is no node. O(nodes and kept chunks).
    public func trash(
        at path: NodePath
    ) async throws(EngineError) -> (kept: [KeptDeletion], problems: [EngineError]) {
        var kept: [KeptDeletion] = []
        var problems: [EngineError] = []
        var waiting = [try await tree(at: path)]
        while let tree = waiting.popLast() {
            waiting += tree.children ?? []
            if let error = tree.node.error { problems.append(error) }
            guard let array = tree.node.array else { continue }
            do throws(EngineError) {
                kept += try await array.trash().map { KeptDeletion(array: array, entry: $0) }
            } catch {
                problems.append(error)
            }
        }
        kept.sort { left, right in
            left.entry.id == right.entry.id
                ? left.array.path < right.array.path : left.entry.id < right.entry.id
        }
        return (kept, problems)
    }
}
