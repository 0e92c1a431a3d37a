import Storage
import ZarrEngine
import ZarrModel

extension Target {
    /// Opens the place of a node that is to be made, and makes the storage where there is none.
    ///
    /// A plain path that names no node with `#` lies in the hierarchy whose groups enclose it, or in
    /// the folder on it that is called `*.zarr`; otherwise it is a hierarchy of its own.
    init(creating locator: String) async throws {
        let parsed = try await Self.rooted(try StoreLocator(locator))
        do {
            try await self.init(parsed)
        } catch let error as StorageError where error.code == .notFound {
            // Nothing is made for a locator that may not change anything.
            guard !parsed.layers.contains(where: { $0.id == "readonly" }) else { throw error }
            _ = try await Composition.opener.create(parsed)
            try await self.init(parsed)
        }
    }

    /// The same node in the hierarchy that encloses it; `nil` where `locator` names all of it.
    static func enclosing(_ locator: String) async throws -> Target? {
        let parsed = try StoreLocator(locator)
        let rooted = try await rooted(parsed)
        return rooted == parsed ? nil : try await Target(rooted)
    }

    private static func rooted(_ locator: StoreLocator) async throws -> StoreLocator {
        let resolved = try Composition.opener.resolve(locator)
        guard locator.node == nil, resolved.node == nil, resolved.backend.id == "file",
            locator.scheme == nil
        else { return locator }
        var place = locator.place
        while place.count > 1, place.hasSuffix("/") { place.removeLast() }
        guard let root = try await root(above: place, locator) ?? named(place), root != place else {
            return locator
        }
        var rooted = locator
        rooted.place = root
        rooted.node = String(place.dropFirst(root == "/" ? 0 : root.count))
        return rooted
    }

    /// The outermost of the groups that enclose `place` without a gap; `nil` where none does.
    private static func root(above place: String, _ locator: StoreLocator) async throws -> String? {
        var found: String?
        var inner = place
        while let slash = inner.lastIndex(of: "/") {
            inner = slash == inner.startIndex ? "/" : String(inner[..<slash])
            var above = locator
            above.place = inner
            if try await isNode(above) {
                found = inner
            } else if found != nil {
                break
            }
            if inner == "/" { break }
        }
        return found
    }

    private static func isNode(
        _ locator: StoreLocator
    ) async throws(StorageError) -> Bool {
        do throws(StorageError) {
            guard case .store(let store) = try await Composition.opener.open(locator).storage else {
                return false
            }
            return try await store.rootDocument() != nil
        } catch {
            guard [.notFound, .forbidden].contains(error.code) else { throw error }
            return false
        }
    }

    /// The first folder on the path that is called like a store.
    private static func named(_ place: String) -> String? {
        var end = place.startIndex
        while end < place.endIndex {
            end = place[end...].dropFirst().firstIndex(of: "/") ?? place.endIndex
            if place[..<end].hasSuffix(".zarr") { return String(place[..<end]) }
        }
        return nil
    }
}
