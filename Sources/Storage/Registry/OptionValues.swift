/// The options of one locator or layer, checked against what the backend or layer declares.
///
/// Reading an option cannot fail: its text was checked when the values were made.
public struct OptionValues: Sendable {
    private let texts: [String: String]
    private let secrets: [String: Secret]

    /// Checks `given` against `declared` and fills in defaults and the environment.
    ///
    /// Throws `.invalidConfiguration` for an option that is unknown (naming the known ones), given
    /// twice, missing, ill-formed, or secret and given in the open.
    public init(
        _ given: [LocatorOption],
        declared: [OptionDescriptor],
        of owner: String,
        environment: @Sendable (String) -> String? = { _ in nil }
    ) throws(StorageError) {
        var texts: [String: String] = [:]
        for option in given {
            guard let descriptor = declared.first(where: { $0.name == option.name }) else {
                throw Self.unknown(option.name, declared, owner)
            }
            if descriptor.isSecret { throw Self.inTheOpen(descriptor, owner) }
            guard texts[option.name] == nil else {
                throw Self.wrong(owner, "option '\(option.name)' is given twice")
            }
            texts[option.name] = option.value
        }
        var secrets: [String: Secret] = [:]
        for descriptor in declared {
            let name = descriptor.name
            if texts[name] == nil {
                texts[name] = descriptor.environment.lazy.compactMap(environment).first
            }
            guard let text = texts[name] ?? descriptor.defaultText else {
                if descriptor.isRequired { throw Self.missing(descriptor, owner) }
                continue
            }
            if descriptor.isSecret {
                secrets[name] = Secret(text)
                texts[name] = nil
                continue
            }
            if let problem = Self.problem(text, descriptor.kind) {
                throw Self.wrong(owner, "option '\(name)' \(problem), not '\(text)'")
            }
            texts[name] = text
        }
        self.texts = texts
        self.secrets = secrets
    }

    /// The text of a declared option; `nil` when it is not given and has no default.
    public func text(_ name: String) -> String? {
        texts[name]
    }

    /// The number of an option declared `.integer`.
    public func integer(_ name: String) -> Int? {
        texts[name].flatMap { Int($0) }
    }

    /// The number of an option declared `.number`.
    public func number(_ name: String) -> Double? {
        texts[name].flatMap { Double($0) }
    }

    /// Whether an option declared `.flag` is on.
    public func flag(_ name: String) -> Bool {
        texts[name].map { $0.isEmpty || $0 == "true" } ?? false
    }

    /// The time of an option declared `.duration`.
    public func duration(_ name: String) -> Duration? {
        texts[name].flatMap(Quantity.duration)
    }

    /// The bytes of an option declared `.size`.
    public func byteCount(_ name: String) -> Int? {
        texts[name].flatMap(Quantity.byteCount)
    }

    /// The value of an option declared `.secret`.
    public func secret(_ name: String) -> Secret? {
        secrets[name]
    }
}

extension OptionValues {
    /// What is wrong with `text` as an option of `kind`, or `nil`.
    static func problem(_ text: String, _ kind: OptionDescriptor.Kind) -> String? {
        switch kind {
        case .text, .secret:
            nil
        case .integer:
            Int(text).map { $0 >= 0 } == true ? nil : "takes a whole number"
        case .number:
            Double(text).map { $0 >= 0 && $0.isFinite } == true ? nil : "takes a number"
        case .flag:
            ["", "true", "false"].contains(text) ? nil : "takes true or false"
        case .duration:
            Quantity.duration(text) == nil ? "takes a time such as 20ms" : nil
        case .size:
            Quantity.byteCount(text) == nil ? "takes a number of bytes such as 64KiB" : nil
        case .choice(let words):
            words.contains(text) ? nil : "takes one of \(words.joined(separator: ", "))"
        case .locator:
            text.isEmpty ? "takes a locator" : nil
        }
    }

    private static func wrong(_ owner: String, _ message: String) -> StorageError {
        StorageError(.invalidConfiguration, .open, "\(owner): \(message)")
    }

    private static func unknown(
        _ name: String,
        _ declared: [OptionDescriptor],
        _ owner: String
    ) -> StorageError {
        let known = declared.filter { !$0.isSecret }.map(\.name).joined(separator: ", ")
        return wrong(
            owner,
            known.isEmpty
                ? "takes no options, so not '\(name)'"
                : "no option '\(name)'; it takes \(known)"
        )
    }

    private static func missing(_ option: OptionDescriptor, _ owner: String) -> StorageError {
        let places = option.environment.map { "$\($0)" }.joined(separator: " or ")
        let place = places.isEmpty ? "" : " (from \(places))"
        return wrong(owner, "needs option '\(option.name)'\(place): \(option.help)")
    }

    private static func inTheOpen(_ option: OptionDescriptor, _ owner: String) -> StorageError {
        let places = option.environment.map { "$\($0)" }.joined(separator: " or ")
        return wrong(
            owner,
            "'\(option.name)' is secret and is never taken from a locator; set \(places)"
        )
    }
}
