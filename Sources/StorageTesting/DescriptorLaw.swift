public import Storage
internal import ZarrModel

/// What a law of a registered backend works on.
public struct DescriptorLawContext: Sendable {
    /// The backend.
    public var backend: BackendDescriptor
    /// Opens locators with the registry that has the backend.
    public var opener: LocatorOpener
    /// What stands for `{scratch}` in the example; nothing is there yet.
    public var scratch: String

    /// Makes a context.
    public init(_ backend: BackendDescriptor, opener: LocatorOpener, scratch: String) {
        self.backend = backend
        self.opener = opener
        self.scratch = scratch
    }

    /// The example with `{scratch}` replaced.
    public var locator: String {
        replaced(backend.example, "{scratch}", by: scratch)
    }
}

/// A law of a registered backend.
public typealias DescriptorLaw = Law<DescriptorLawContext>

extension Law where Context == DescriptorLawContext {
    /// Every law of a registered backend.
    public static var all: [DescriptorLaw] {
        [
            DescriptorLaw("a backend says what it is in one line", run: describes),
            DescriptorLaw("the example is a locator that names the backend", run: exampleNames),
            DescriptorLaw(
                "an unknown option is refused, naming the known ones",
                run: refusesOption
            ),
            DescriptorLaw("no secret is taken from a locator", run: refusesSecrets),
            DescriptorLaw(
                "opening a place where nothing is says so",
                requires: .reopen,
                run: opensNothing
            ),
            DescriptorLaw(
                "what create made can be opened",
                requires: [.write, .reopen],
                run: opensCreated
            ),
            DescriptorLaw(
                "create refuses to replace an array or group unless told to",
                requires: [.write, .reopen],
                run: refusesToReplace
            ),
        ]
    }

    private static func describes(_ context: Context) async throws {
        let backend = context.backend
        let lines = [backend.summary] + backend.options.map(\.help)
        for line in lines {
            try expect(!line.isEmpty && !line.contains { $0 == "\n" }, "'\(line)' is not one line")
        }
        try expect(!backend.schemes.isEmpty, "no scheme names it")
        let names = backend.options.map(\.name)
        try expect(Set(names).count == names.count, "two options have one name")
        for option in backend.options {
            guard let text = option.defaultText else { continue }
            try expect(!option.isSecret, "a secret has a default")
            try expect(
                !option.isRequired,
                "'\(option.name)' is required and has a default: \(text)"
            )
        }
    }

    private static func exampleNames(_ context: Context) async throws {
        let locator = try StoreLocator(context.locator)
        let target = try context.opener.resolve(locator)
        try expect(target.backend.id == context.backend.id, "it names '\(target.backend.id)'")
        let again = try StoreLocator(locator.description)
        try expect(again == locator, "'\(locator)' reads back as '\(again)'")
    }

    private static func refusesOption(_ context: Context) async throws {
        var locator = try StoreLocator(context.locator)
        locator.scheme = locator.scheme ?? context.backend.schemes.first
        locator.options.append(LocatorOption("no_such_option", "1"))
        guard let error = await context.errorOfOpening(locator) else {
            throw LawFailure("it was opened all the same")
        }
        try expect(error.code == .invalidConfiguration, "refused as \(error.code.rawValue)")
        for option in context.backend.options where !option.isSecret {
            try expect(error.message.mentions(option.name), "'\(option.name)' is not named")
        }
    }

    private static func refusesSecrets(_ context: Context) async throws {
        for option in context.backend.options where option.isSecret {
            var locator = try StoreLocator(context.locator)
            locator.options.append(LocatorOption(option.name, "canary-4711"))
            guard let error = await context.errorOfOpening(locator) else {
                throw LawFailure("'\(option.name)' was taken from a locator")
            }
            try expect(!"\(error)".mentions("canary-4711"), "the error prints the secret")
        }
    }

    private static func opensNothing(_ context: Context) async throws {
        guard let error = await context.errorOfOpening(try StoreLocator(context.locator)) else {
            throw LawFailure("it was opened")
        }
        try expect(error.code == .notFound, "it says \(error.code.rawValue)")
    }

    private static func opensCreated(_ context: Context) async throws {
        let locator = try StoreLocator(context.locator)
        _ = try await context.opener.create(locator)
        _ = try await context.opener.open(locator)
    }

    private static func refusesToReplace(_ context: Context) async throws {
        let locator = try StoreLocator(context.locator)
        let document = MetadataDocument(Array("{}".utf8), version: .v3)
        switch try await context.opener.create(locator).storage {
        case .store(let store): try await store.write(StoreKey("zarr.json"), document.bytes)
        case .array(let array): try await array.writeMetadata(document)
        }
        do throws(StorageError) {
            _ = try await context.opener.create(locator)
        } catch {
            try expect(error.code == .exists, "it says \(error.code.rawValue)")
            _ = try await context.opener.create(locator, overwrites: true)
            return
        }
        throw LawFailure("it was made over what was there")
    }
}

extension DescriptorLawContext {
    /// Why `locator` cannot be opened, or `nil` when it can.
    fileprivate func errorOfOpening(_ locator: StoreLocator) async -> StorageError? {
        do throws(StorageError) {
            _ = try await opener.open(locator)
            return nil
        } catch {
            return error
        }
    }
}

/// `text` with the first `part` replaced by `other`.
func replaced(_ text: String, _ part: String, by other: String) -> String {
    guard let range = text.place(of: part) else { return text }
    return text.replacingCharacters(range, by: other)
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<Index>, by other: String) -> String {
        self[..<range.lowerBound] + other + self[range.upperBound...]
    }
}
