internal import Storage
internal import ZarrModel

extension NodeReader {
    /// What a folder without a document is: an implicit group where a node lies below it within a
    /// few levels, or something in it cannot be looked at, so that it is listed with its error; foreign
    /// otherwise.
    func folder(at path: NodePath) async -> Node {
        do throws(StorageError) {
            var budget = 64
            var isBroken = false
            let isGroup = try await hasNodes(below: path, levels: 4, &budget, &isBroken)
            guard isGroup || isBroken else {
                return Node(path: path, content: .foreign(isFolder: true))
            }
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

    /// Looks for a document below `path`, breadth before depth, at no more than `budget` places; says
    /// whether a child of it could not be looked at. Throws what kept it from looking further down,
    /// where nothing else was found.
    private func hasNodes(
        below path: NodePath,
        levels: Int,
        _ budget: inout Int,
        _ isBroken: inout Bool
    ) async throws(StorageError) -> Bool {
        guard levels > 0, store.capabilities.contains(.list) else { return false }
        let listing = try await store.children(StorePrefix(path.keyPrefix))
        guard let page = try await listing.next() else { return false }
        let folders = page.prefixes.filter { !ReservedNames.isHidden($0) }.sorted().prefix(budget)
        budget -= folders.count
        var readable: [NodePath] = []
        for name in folders {
            let child = path.appending(name)
            do throws(StorageError) {
                if try await hasDocument(child) { return true }
                readable.append(child)
            } catch {
                isBroken = true
            }
        }
        var failure: StorageError?
        for child in readable where budget > 0 {
            var isDeep = false
            do throws(StorageError) {
                if try await hasNodes(below: child, levels: levels - 1, &budget, &isDeep) {
                    return true
                }
            } catch {
                failure = failure ?? error
            }
            isBroken = isBroken || isDeep
        }
        if let failure, !isBroken { throw failure }
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
