import Glibc
import Storage

/// A node's place, the same however it is spelled and whatever layers are around its storage.
struct PlaceIdentity: Hashable {
    /// The backend, and the names on the way to the node, as bytes.
    private let parts: [[UInt8]]

    /// The place that `locator` names; the text itself where that means nothing. What is not there yet
    /// lies in the folder that is.
    init(_ locator: String) {
        guard let parsed = try? StoreLocator(locator),
            let resolved = try? Composition.opener.resolve(parsed)
        else {
            parts = [Array(locator.utf8)]
            return
        }
        var path = resolved.place + "/" + (resolved.node ?? "")
        if resolved.backend.id == "file" { path = Self.real(path) }
        let names = path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
        parts = [Array(resolved.backend.id.utf8)] + names.filter { $0 != [0x2e] }
    }

    /// Whether it lies below `other`.
    func isInside(_ other: PlaceIdentity) -> Bool {
        parts.count > other.parts.count && parts.starts(with: other.parts)
    }

    /// `path` without links as far as there is anything, and what follows as it is written.
    private static func real(_ path: String) -> String {
        var above = path
        while true {
            if let text = unsafe realpath(above.isEmpty ? "." : above, nil) {
                defer { unsafe free(text) }
                return unsafe String(cString: text) + "/"
                    + path.utf8.dropFirst(above.utf8.count).text
            }
            guard let slash = above.utf8.lastIndex(of: UInt8(ascii: "/")) else {
                if above.isEmpty { return path }
                above = ""
                continue
            }
            above =
                slash == above.startIndex && above.utf8.count > 1 ? "/" : String(above[..<slash])
        }
    }
}

extension Substring.UTF8View {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
