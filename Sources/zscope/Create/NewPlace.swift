import Storage
import ZarrEngine
import ZarrModel

extension Target {
    /// Opens the place of a node that is to be made, and makes the storage where there is none.
    ///
    /// A plain path that names no node with `#` lies in the hierarchy whose groups enclose it, or in
    /// the folder on it that is called `*.zarr`; otherwise it is a hierarchy of its own.
    init(creating locator: String) async throws {
        let given = try StoreLocator(locator)
        try await Self.checkArchive(given)
        let parsed = try await Self.rooted(given)
        do {
            try await self.init(parsed)
        } catch let error as StorageError where error.code == .notFound {
            // Nothing is made for a locator that may not change anything.
            guard !parsed.layers.contains(where: { $0.id == "readonly" }) else { throw error }
            _ = try await Composition.opener.create(parsed)
            try await self.init(parsed)
        }
    }

    /// Throws where a plain path names a zip that is not there: a folder is not called so.
    private static func checkArchive(_ locator: StoreLocator) async throws {
        guard locator.scheme == nil else { return }
        let resolved = try Composition.opener.resolve(locator)
        guard resolved.backend.id == "file" else { return }
        var end = locator.place.startIndex
        while end < locator.place.endIndex {
            end =
                locator.place.utf8[end...].dropFirst().firstIndex(of: UInt8(ascii: "/"))
                ?? locator.place.endIndex
            let place = String(locator.place[..<end])
            guard place.utf8.suffix(4).map({ $0 | 0x20 }) == Array(".zip".utf8) else { continue }
            let archive = StoreLocator(scheme: "file", place: place)
            do throws(StorageError) {
                _ = try await Composition.opener.open(archive)
            } catch {
                guard error.code == .notFound else { throw error }
                throw ToolError(
                    "'\(place)' names a zip, and a zip is only read: nothing is made in one",
                    remedy: "make it in a folder, and pack that"
                )
            }
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
        while let slash = inner.utf8.lastIndex(of: UInt8(ascii: "/")) {
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
            end = place.utf8[end...].dropFirst().firstIndex(of: UInt8(ascii: "/")) ?? place.endIndex
            if place[..<end].hasSuffix(".zarr") { return String(place[..<end]) }
        }
        return nil
    }
}
