import Glibc
import Storage

extension StoreLocator {
    /// The same place, found from every folder: a path of files or of a zip file begins at the root of the
    /// file system, without parts that lead nowhere; what other schemes name stays as it is.
    var absolute: StoreLocator {
        guard scheme == nil || scheme == "file" || scheme == "zip", !place.isEmpty else {
            return self
        }
        var copy = self
        copy.place = Self.absolute(place)
        return copy
    }

    /// A path by bytes: a mark that joins the sign before it is no part of that.
    private static func absolute(_ path: String) -> String {
        var whole = path
        if whole.utf8.starts(with: "~/".utf8), let home = Environment.text("HOME") {
            whole = home + String(decoding: whole.utf8.dropFirst(), as: UTF8.self)
        }
        if whole.utf8.first != slash {
            guard let folder = Environment.folder else { return path }
            whole = folder + "/" + whole
        }
        var parts: [Substring.UTF8View] = []
        var hasParent = false
        for part in whole[...].utf8.split(separator: slash) {
            if part.elementsEqual("..".utf8) {
                hasParent = true
                _ = parts.popLast()
            } else if !part.elementsEqual(".".utf8) {
                parts.append(part)
            }
        }
        let short = parts.map { "/" + String(Substring($0)) }.joined()
        // Behind a link `..` leads elsewhere than the text says.
        guard !hasParent || real(short) == real(whole) else { return whole }
        return short.isEmpty ? "/" : short
    }

    private static let slash = UInt8(ascii: "/")

    fileprivate static func real(_ path: String) -> String? {
        guard let text = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }
}

extension Environment {
    /// The folder that the program was started in, by the links that led there; `nil` where it is gone.
    static var folder: String? {
        guard let text = unsafe getcwd(nil, 0) else { return nil }
        defer { unsafe free(text) }
        let path = unsafe String(cString: text)
        guard let named = Environment.text("PWD"), named.utf8.first == UInt8(ascii: "/"),
            StoreLocator.real(named) == path
        else { return path }
        return named
    }
}
