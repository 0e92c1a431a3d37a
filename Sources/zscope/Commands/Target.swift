import Storage
import ZarrEngine
import ZarrModel

/// What a locator on the command line names: open storage, and a node in it.
struct Target: Sendable {
    let location: OpenedLocation
    let hierarchy: ZarrHierarchy
    /// The node.
    let path: NodePath

    /// Opens `locator`. Throws what the opener throws, and for a node path that is none.
    init(_ locator: String) async throws {
        location = try await Composition.opener.open(locator)
        guard let path = NodePath(location.node) else {
            throw ToolError(
                "'\(location.node)' is no path of a node",
                remedy: "a path is names with '/' between them: /group/array"
            )
        }
        self.path = path
        hierarchy = ZarrHierarchy(location.storage, root: .root)
    }

    private init(_ location: OpenedLocation, _ hierarchy: ZarrHierarchy, _ path: NodePath) {
        self.location = location
        self.hierarchy = hierarchy
        self.path = path
    }

    /// Another node of the same storage.
    func at(_ path: NodePath) -> Target {
        Target(location, hierarchy, path)
    }

    /// The node. Throws where there is none, or none that can be read.
    func node() async throws -> Node {
        let node = await hierarchy.node(at: path)
        if let error = node.error { throw located(error) }
        if case .foreign = node.content {
            throw ToolError("\(place): there is no array or group here")
        }
        return node
    }

    /// The array. Throws where the node is something else.
    func array() async throws -> ArrayNode {
        let node = try await node()
        if let array = node.array { return array }
        let arrays = try? await hierarchy.children(of: path).filter { $0.array != nil }
        let example = arrays?.first.map { "an array in it: \(name(of: $0.path))" }
        throw ToolError(
            "\(place) is a group, and this needs an array",
            remedy: example ?? "'zscope tree \(location.locator)' lists what is in it"
        )
    }

    /// The node as a person would name it, without secrets.
    var place: String {
        name(of: path)
    }

    /// A node of this storage as a locator.
    func name(of path: NodePath) -> String {
        let storage = location.locator.at(node: nil)
        return path == .root ? "\(storage)" : "\(location.locator.at(node: path.description))"
    }

    private func located(_ error: EngineError) -> ToolError {
        let failure = ToolError(reporting: error)
        return ToolError(
            "\(location.locator.at(node: nil)): \(failure.message)",
            remedy: failure.remedy
        )
    }
}
