internal import Storage
internal import ZarrModel

extension NodeReader {
    /// What a folder without a document is: an implicit group where a node lies below it within a
    /// few levels, foreign otherwise.
    func folder(at path: NodePath) async -> Node {
        do throws(StorageError) {
            var budget = 64
            let isGroup = try await hasNodes(below: path, levels: 4, budget: &budget)
            guard isGroup else { return Node(path: path, content: .foreign(isFolder: true)) }
            let note = Diagnostic(
                .note,
                at: path.description,
                "the group is implicit: nodes lie below it, and it has no document"
            )
            return Node(path: path, content: .group(GroupNode(metadata: nil)), issues: [note])
        } catch {
            return Node(path: path, error: EngineError(error, at: path.description))
        }
    }

    /// Looks for a document below `path`, breadth before depth, at no more than `budget` places.
    private func hasNodes(
        below path: NodePath,
        levels: Int,
        budget: inout Int
    ) async throws(StorageError) -> Bool {
        guard levels > 0, store.capabilities.contains(.list) else { return false }
        let listing = try await store.children(StorePrefix(path.keyPrefix))
        guard let page = try await listing.next() else { return false }
        let folders = page.prefixes.filter { !ReservedNames.isHidden($0) }.sorted().prefix(budget)
        budget -= folders.count
        for name in folders where try await hasDocument(path.appending(name)) {
            return true
        }
        for name in folders where budget > 0 {
            let place = path.appending(name)
            if try await hasNodes(below: place, levels: levels - 1, budget: &budget) { return true }
        }
        return false
    }

    private func hasDocument(_ path: NodePath) async throws(StorageError) -> Bool {
        let prefix = try StorePrefix(path.keyPrefix)
        for name in ["zarr.json", ".zarray", ".zgroup"] {
            if try await store.info(prefix.key(name)) != nil { return true }
        }
        return false
    }
}
