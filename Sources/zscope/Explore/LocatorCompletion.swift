import Explorer
import Glibc
import Storage

/// What could follow a locator that is being typed: paths, schemes, options, layers.
enum LocatorCompletion {
    private static let limit = 40

    /// The ways to go on with `text`, best first. Reads one folder at most.
    static func completions(of text: String) -> [Completion] {
        if let bar = text.lastIndex(of: "|") {
            return layers(text[...bar], text[text.index(after: bar)...])
        }
        if let colon = scheme(of: text), let backend = Composition.backends.backend(scheme: colon) {
            if let mark = text.lastIndex(where: { $0 == "?" || $0 == "&" }) {
                return options(text[...mark], text[text.index(after: mark)...], backend.options)
            }
            guard backend.id == "file" || backend.id == "zip" else {
                guard backend.options.contains(where: { !$0.isSecret }) else { return [] }
                return [Completion(text: text + "?", label: text + "?", kind: "with options")]
            }
            let prefix = text.prefix(colon.count + 1)
            return paths(String(text.dropFirst(prefix.count))).map { found in
                Completion(text: prefix + found.text, label: found.label, kind: found.kind)
            }
        }
        return Array((schemes(text) + paths(text)).prefix(limit))
    }

    private static func scheme(of text: String) -> String? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let word = text[..<colon]
        return word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "+") }
            ? word.lowercased() : nil
    }

    private static func schemes(_ text: String) -> [Completion] {
        guard !text.isEmpty, !text.contains("/") else { return [] }
        return Composition.backends.list().flatMap { backend in
            backend.schemes.filter { $0.hasPrefix(text.lowercased()) }.map {
                Completion(text: $0 + ":", label: $0 + ":", kind: backend.summary)
            }
        }
    }

    private static func layers(_ before: Substring, _ word: Substring) -> [Completion] {
        if let colon = word.firstIndex(of: ":") {
            guard let layer = try? Composition.layers.get(String(word[..<colon])) else { return [] }
            let mark = word.lastIndex { $0 == "," || $0 == ":" } ?? colon
            let left = before + word[...mark]
            return options(left, word[word.index(after: mark)...], layer.options)
        }
        return Composition.layers.list().filter { $0.id.hasPrefix(word) }.map { layer in
            Completion(text: before + layer.id, label: layer.id, kind: layer.summary)
        }
    }

    private static func options(
        _ before: Substring,
        _ word: Substring,
        _ options: [OptionDescriptor]
    ) -> [Completion] {
        if let sign = word.firstIndex(of: "=") {
            let option = options.first { $0.name == word[..<sign] && !$0.isSecret }
            guard let option else { return [] }
            let start = before + word[...sign]
            return values(start, word[word.index(after: sign)...], option)
        }
        return options.filter { $0.name.hasPrefix(word) && !$0.isSecret }.map { option in
            let standard = option.defaultText.map { ", else \($0)" } ?? ""
            return Completion(
                text: before + option.name + "=",
                label: option.name + "=",
                kind: "\(option.kind.word)\(standard): \(option.help)"
            )
        }
    }

    /// The values that an option can have, where they can be told; never one of a secret.
    private static func values(
        _ before: Substring,
        _ word: Substring,
        _ option: OptionDescriptor
    ) -> [Completion] {
        var words: [(String, String)] =
            switch option.kind {
            case .choice(let choices): choices.map { ($0, "") }
            case .flag: [("true", ""), ("false", "")]
            case .duration: [("20ms", "a time"), ("1s", "a time"), ("2m", "a time")]
            case .size: [("64KiB", "bytes"), ("1MiB", "bytes"), ("1GiB", "bytes")]
            case .text, .integer, .number, .locator, .secret: []
            }
        if let standard = option.defaultText {
            words.removeAll { $0.0 == standard }
            words.insert((standard, "what holds without it"), at: 0)
        }
        return words.filter { $0.0.hasPrefix(word) && $0.0 != word }.map { value, kind in
            Completion(text: before + value, label: value, kind: kind)
        }
    }

    private static func paths(_ text: String) -> [Completion] {
        let cut = text.lastIndex(of: "/").map { text.index(after: $0) } ?? text.startIndex
        let folder = String(text[..<cut])
        let word = text[cut...]
        let home = Environment.text("HOME") ?? ""
        let place = folder.hasPrefix("~/") ? home + folder.dropFirst() : folder
        let names = FolderNames.list(place.isEmpty ? "." : place)
            .filter { $0.hasPrefix(word) && ($0.first != "." || word.first == ".") }
        return names.sorted().prefix(limit * 4).compactMap { name in
            guard let kind = kind(of: place + name) else { return nil }
            let end = kind == "zip archive" ? "" : "/"
            return Completion(text: folder + name + end, label: name + end, kind: kind)
        }
        .sorted { rank($0) < rank($1) }
    }

    private static func rank(_ completion: Completion) -> Int {
        completion.kind.hasPrefix("zarr") ? 0 : completion.kind == "directory" ? 2 : 1
    }

    /// What is at a path, in words; `nil` for what cannot be opened.
    private static func kind(of path: String) -> String? {
        switch FileKind(path: path) {
        case .directory:
            if FileKind(path: path + "/zarr.json") == .regular { return "zarr v3" }
            if FileKind(path: path + "/.zarray") == .regular { return "zarr v2 array" }
            if FileKind(path: path + "/.zgroup") == .regular { return "zarr v2 group" }
            return "directory"
        case .regular:
            return path.lowercased().hasSuffix(".zip") ? "zip archive" : nil
        case .other, nil:
            return nil
        }
    }
}

/// The names in a folder.
enum FolderNames {
    /// Up to 10,000 names, without `.` and `..`; none when the folder cannot be read.
    static func list(_ path: String) -> [String] {
        guard let folder = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(folder) }
        var names: [String] = []
        while names.count < 10_000, let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { bytes in
                unsafe bytes.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
