import Storage
import ZarrEngine
import ZarrModel

extension Target {
    /// What to name in place of this node, which is not there: a name like it, else what there is in
    /// the nearest group above it. `nil` where nothing is known to help.
    func nearby() async -> String? {
        var wanted = path
        while let above = wanted.parent {
            let node = await hierarchy.node(at: above)
            if node.array != nil { return "\(name(of: above)) is an array: nothing lies below it" }
            if node.group != nil, let name = wanted.name {
                guard let children = try? await hierarchy.children(of: node) else { return nil }
                return hint(for: name, in: above, among: children)
            }
            wanted = above
        }
        return nil
    }

    private func hint(for wanted: String, in group: NodePath, among children: [Node]) -> String? {
        let names = children.filter { $0.array != nil || $0.group != nil }.map(\.name)
        if let near = nearest(to: wanted, among: names) {
            return "did you mean \(name(of: group.appending(near)))?"
        }
        guard !names.isEmpty else { return "there is no node in \(name(of: group))" }
        let rest = names.count > 8 ? ", and \(Wording.count(names.count - 8)) more" : ""
        return "nodes in \(name(of: group)): \(names.prefix(8).joined(separator: ", "))\(rest)"
    }

    /// `error`, which says that nothing is where `locator` leads, with what helps.
    static func missing(_ locator: StoreLocator, _ error: StorageError) async -> any Error {
        let message = ToolError(reporting: error).message
        let bytes = locator.place.utf8
        if locator.node == nil, let sign = bytes.lastIndex(of: UInt8(ascii: "#")) {
            let place = locator.place[..<sign]
            let name = locator.place[bytes.index(after: sign)...]
            return ToolError(message, remedy: "a node stands behind '#/': \(place)#/\(name)")
        }
        let above = try? await enclosing("\(locator)")
        let hint = if let above { await above.nearby() } else { await beside(locator) }
        return hint.map { ToolError(message, remedy: $0) } ?? error
    }

    /// A name like that of a place which is not there, in the same folder.
    private static func beside(_ locator: StoreLocator) async -> String? {
        guard locator.scheme == nil else { return nil }
        var place = locator.place[...]
        while place.utf8.last == UInt8(ascii: "/") { place = place.dropLast() }
        let slash = place.utf8.lastIndex(of: UInt8(ascii: "/"))
        let lead = slash.map { String(place[...$0]) } ?? ""
        let folder = StoreLocator(scheme: "file", place: lead.isEmpty ? "." : lead)
        guard case .store(let store)? = try? await Composition.opener.open(folder).storage,
            let page = try? await store.children(.root).next(),
            let near = nearest(
                to: String(place.dropFirst(lead.count)),
                among: page.prefixes + page.objects
            )
        else { return nil }
        return "did you mean \(lead)\(near)?"
    }
}
