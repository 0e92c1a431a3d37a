public import JSONValue
internal import Storage
public import ZarrModel

extension ZarrHierarchy {
    /// Changes the attributes of the node at `path` and answers them as they are then.
    ///
    /// Everything else in the document stays as it is: the order of members, numbers of any length; but
    /// what no JSON has is put right (a bare `NaN`, an empty list of filters in v2). The document is
    /// replaced as a whole, and only while it is what was read: where another program was faster,
    /// `change` is called again on what that wrote. `.zattrs` (v2) is made where there is none. Throws
    /// `.notFound` without a node, `.refused` where others are faster a hundred times, and what `change`
    /// throws.
    @discardableResult
    public func changeAttributes(
        at path: NodePath,
        _ change: (inout JSONObject) throws(EngineError) -> Void
    ) async throws(EngineError) -> JSONObject {
        for _ in 0..<100 {
            if let changed = try await tryAttributes(at: path, change) { return changed }
        }
        throw EngineError(
            .refused,
            at: path.description,
            "other programs keep changing its attributes; nothing was written"
        )
    }

    /// The attributes after a change; `nil` where another program changed the document meanwhile.
    private func tryAttributes(
        at path: NodePath,
        _ change: (inout JSONObject) throws(EngineError) -> Void
    ) async throws(EngineError) -> JSONObject? {
        let node = await node(at: path)
        if let error = node.error { throw error }
        let place = DocumentPlace(storage: storage, path: path)
        if let (bytes, value) = try await place.value("zarr.json") {
            guard var document = value.objectValue else {
                throw EngineError(.metadata, at: path.location("zarr.json"), "it is no object")
            }
            var attributes = try Self.object(document["attributes"], path, "zarr.json#/attributes")
            let before = attributes
            try change(&attributes)
            guard attributes != before else { return attributes }
            document["attributes"] = .object(attributes)
            let isDone = try await place.exchange("zarr.json", bytes, for: .object(document))
            return isDone ? attributes : nil
        }
        guard case .store = storage, node.array != nil || node.group?.isImplicit == false else {
            throw EngineError(
                .refused,
                at: path.description,
                "there is no document to keep attributes in; make the group first"
            )
        }
        let old = try await place.value(".zattrs")
        var attributes = try Self.object(old?.value, path, ".zattrs")
        let before = attributes
        try change(&attributes)
        guard attributes != before else { return attributes }
        let isDone = try await place.exchange(".zattrs", old?.bytes, for: .object(attributes))
        return isDone ? attributes : nil
    }

    private static func object(
        _ value: JSONValue?,
        _ path: NodePath,
        _ name: String
    ) throws(EngineError) -> JSONObject {
        guard let value, !value.isNull else { return JSONObject() }
        guard let object = value.objectValue else {
            throw EngineError(
                .metadata,
                at: path.location(name),
                "attributes are an object, not \(value.kindPhrase)"
            )
        }
        return object
    }

    /// Nodes above `path`, itself included, whose consolidated metadata has a copy of its documents,
    /// which a change of them leaves stale. At most one small object is read for each.
    public func consolidatedCopies(of path: NodePath) async throws(EngineError) -> [NodePath] {
        var found: [NodePath] = []
        for depth in 0...path.segments.count {
            let above = NodePath(segments: Array(path.segments.prefix(depth)))
            let place = DocumentPlace(storage: storage, path: above)
            if try await place.read(".zmetadata") != nil {
                found.append(above)
            } else if depth < path.segments.count,
                let document = try? await place.value("zarr.json")?.value,
                document["consolidated_metadata"]?.objectValue != nil
            {
                found.append(above)
            }
        }
        return found
    }
}
