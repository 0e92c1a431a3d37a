import Storage
import ZarrEngine
import ZarrModel

/// What a locator on the command line names: open storage, and a node in it.
struct Target: Sendable {
    let location: OpenedLocation
    let hierarchy: ZarrHierarchy
    /// The node.
    let path: NodePath
    /// The storage alone, as a person names it.
    private let storage: StoreLocator

    /// Opens `locator`. Throws what the opener throws, and for a node path that is none.
    init(_ locator: String) async throws {
        let parsed = try StoreLocator(locator)
        do {
            try await self.init(parsed)
        } catch let error as StorageError where error.code == .notFound && error.key != nil {
            throw await Self.missing(parsed, error)
        }
    }

    /// Opens `parsed`.
    init(_ parsed: StoreLocator) async throws {
        var storage = parsed.at(node: nil)
        storage.place = try Composition.opener.resolve(parsed).place
        self.storage = storage
        location = try await Composition.opener.open(parsed)
        guard let path = NodePath(location.node) else {
            throw ToolError(
                "'\(location.node)' is no path of a node",
                remedy: "a path is names with '/' between them: /group/array"
            )
        }
        self.path = path
        hierarchy = ZarrHierarchy(location.storage, root: .root)
    }

    private init(_ other: Target, _ path: NodePath) {
        location = other.location
        hierarchy = other.hierarchy
        storage = other.storage
        self.path = path
    }

    /// Another node of the same storage.
    func at(_ path: NodePath) -> Target {
        Target(self, path)
    }

    /// The storage without the layers of the locator.
    func bareStorage() async throws -> OpenedStorage {
        var bare = location.locator
        bare.layers = []
        return try await Composition.opener.open(bare).storage
    }

    /// The layers of the locator, to be put around other storage; `nil` where it has none.
    var layers:
        (@Sendable (OpenedStorage, StorageClock) async throws(StorageError) -> OpenedStorage)?
    {
        let locator = location.locator
        guard !locator.layers.isEmpty else { return nil }
        return { storage, clock throws(StorageError) in
            try await Composition.opener.layered(storage, as: locator, clock: clock)
        }
    }

    /// The node. Throws where there is none, or none that can be read.
    func node() async throws -> Node {
        let node = await hierarchy.node(at: path)
        if let error = node.error {
            let failure = located(error)
            guard error.code == .notFound, let hint = await nearby(),
                let told = failure as? ToolError
            else { throw failure }
            throw ToolError(told.message, remedy: hint, status: told.status)
        }
        if case .foreign = node.content {
            throw ToolError("\(place): there is no array or group here")
        }
        return node
    }

    /// The array. Throws where the node is something else.
    func array() async throws -> ArrayNode {
        let node = try await node()
        if let array = node.array { return array }
        let arrays = try? await hierarchy.children(of: node).filter { $0.array != nil }
        let example = arrays?.first.map { "an array in it: \(name(of: $0.path))" }
        throw ToolError(
            "\(place) is a group, and this needs an array",
            remedy: example ?? "'zscope tree \(ShellWord.quoted(place))' lists what is in it"
        )
    }

    /// The node as a person would name it, without secrets.
    var place: String {
        name(of: path)
    }

    /// A node of this storage as a locator: a longer path where it is a path, else after `#`.
    func name(of path: NodePath) -> String {
        storage.naming(path)
    }

    /// `error` with the place it is about, where it does not say so itself. What is wrong with the
    /// command line is about no place.
    func located(_ error: any Error) -> any Error {
        if error is UsageError { return error }
        let failure = ToolError(reporting: error)
        guard error is EngineError, !failure.message.hasPrefix("\(storage)") else { return failure }
        return ToolError(
            "\(place): \(failure.message)",
            remedy: failure.remedy,
            status: failure.status
        )
    }
}

extension StoreLocator {
    /// A node of the storage as a person names it: a longer path where it is a path, else after `#`.
    func naming(_ path: NodePath) -> String {
        guard path != .root else { return "\(self)" }
        guard scheme == nil else { return "\(at(node: path.description))" }
        var longer = self
        while longer.place.hasSuffix("/") { longer.place.removeLast() }
        longer.place += path.description
        return "\(longer)"
    }
}
