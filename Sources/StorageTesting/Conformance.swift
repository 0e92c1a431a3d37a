public import Storage
internal import ZarrModel

/// How one law fared.
public struct LawResult: Hashable, Sendable {
    /// How a law can fare.
    public enum Outcome: Hashable, Sendable {
        /// It holds.
        case passed
        /// It is broken; how.
        case failed(String)
        /// It means nothing here; why.
        case skipped(String)
    }

    /// The sentence.
    public var law: String
    /// How it fared.
    public var outcome: Outcome
}

/// How every law fared against one backend.
public struct ConformanceReport: Sendable {
    /// The backend's id.
    public var backend: String
    /// One for each law, in a fixed order.
    public var results: [LawResult] = []

    /// Laws that hold.
    public var passed: Int { results.count { $0.outcome == .passed } }
    /// Laws that mean nothing here.
    public var skipped: Int {
        results.count { if case .skipped = $0.outcome { true } else { false } }
    }
    /// Laws that are broken.
    public var failed: Int { results.count - passed - skipped }
}

/// Runs the laws of the contracts against backends, outside of any test framework.
public struct Conformance: Sendable {
    /// Opens locators.
    public var opener: LocatorOpener

    /// Runs laws with what `opener` knows.
    public init(_ opener: LocatorOpener) {
        self.opener = opener
    }

    /// Runs every law against the registered backend `id`, each at a fresh place under `scratch`.
    ///
    /// `scratch` is a directory, or whatever the backend's example wants for `{scratch}`.
    /// Throws `.notFound` for an unknown id. What fails to open is in the report.
    public func run(
        backend id: String,
        scratch: String
    ) async throws(StorageError) -> ConformanceReport {
        let backend = try opener.backends.get(id)
        var report = ConformanceReport(backend: id)
        var number = 0
        func context() -> DescriptorLawContext {
            number += 1
            return DescriptorLawContext(backend, opener: opener, scratch: "\(scratch)/\(number)")
        }
        for law in DescriptorLaw.all {
            report.results.append(await result(of: law, backend.capabilities) { context() })
        }
        for law in StoreLaw.all {
            let context = context()
            report.results.append(
                await result(of: law, backend.capabilities) {
                    try await storeContext(context)
                }
            )
        }
        for law in BackendLaw.all {
            let context = context()
            report.results.append(
                await result(of: law, backend.capabilities) {
                    try await backendContext(context)
                }
            )
        }
        return report
    }

    /// Throws where nothing can be written at all: that breaks no law, and tells nothing of them.
    private static func checkWriting(_ store: any Store) async throws(StorageError) {
        guard store.capabilities.contains(.write) else { return }
        let draw = UInt32.random(in: .min ... .max)
        let key = try StoreKey("\(StoreBackend.scratchPrefix)conform-\(draw)/written")
        do throws(StorageError) {
            try await store.write(key, [UInt8](repeating: 0, count: 4096))
            try await store.delete(key)
        } catch {
            guard [.readOnly, .forbidden, .noSpace, .quota].contains(error.code) else { return }
            throw error
        }
    }

    /// Runs the laws of `Store` against the storage that `text` names.
    ///
    /// What they write lies under one prefix with an unused name, and is removed.
    public func run(locator text: String) async throws(StorageError) -> ConformanceReport {
        let opened = try await opener.open(text)
        var report = ConformanceReport(backend: opened.backend.id)
        guard case .store(let store) = opened.storage else {
            throw StorageError(
                .unsupported,
                .open,
                "the laws of an array write into it; run them by the backend's id"
            )
        }
        try await Self.checkWriting(store)
        let opener = opener
        for (number, law) in StoreLaw.all.enumerated() {
            let draw = UInt32.random(in: .min ... .max)
            let name = "\(StoreBackend.scratchPrefix)conform-\(draw)-\(number)"
            let reopen: StoreLawContext.Reopening = {
                guard case .store(let again) = try await opener.open(text).storage else {
                    throw LawFailure("the same locator opened something else")
                }
                return again
            }
            let context = StoreLawContext(store, place: try StorePrefix(name), reopen: reopen)
            report.results.append(await result(of: law, store.capabilities) { context })
            await context.clear()
        }
        return report
    }

    private func result<Context>(
        of law: Law<Context>,
        _ capabilities: Capabilities,
        _ context: () async throws -> Context
    ) async -> LawResult {
        let missing = law.requires.subtracting(capabilities)
        guard missing.isEmpty else {
            let words = missing.words.joined(separator: ", ")
            return LawResult(law: law.id, outcome: .skipped("it cannot: \(words)"))
        }
        do {
            try await law.run(try await context())
            return LawResult(law: law.id, outcome: .passed)
        } catch let skip as NothingToTry {
            return LawResult(law: law.id, outcome: .skipped(skip.reason))
        } catch {
            return LawResult(law: law.id, outcome: .failed("\(error)"))
        }
    }

    /// A store made for one law; skipped where the backend is an array or cannot be made.
    private func storeContext(_ context: DescriptorLawContext) async throws -> StoreLawContext {
        let locator = try StoreLocator(context.locator)
        guard case .store(let store) = try await made(context, locator) else {
            throw NothingToTry(reason: "it is no store")
        }
        let opener = opener
        let reopen: StoreLawContext.Reopening = {
            guard case .store(let again) = try await opener.open(locator).storage else {
                throw LawFailure("the same locator opened something else")
            }
            return again
        }
        return StoreLawContext(store, place: try StorePrefix("laws"), reopen: reopen)
    }

    private func backendContext(_ context: DescriptorLawContext) async throws -> BackendLawContext {
        switch try await made(context, StoreLocator(context.locator)) {
        case .store(let store): BackendLawContext(StoreBackend(store, rank: 2))
        case .array(let array): BackendLawContext(array)
        }
    }

    private func made(
        _ context: DescriptorLawContext,
        _ locator: StoreLocator
    ) async throws -> OpenedStorage {
        guard context.backend.capabilities.contains(.write) else {
            throw NothingToTry(reason: "it cannot make a place; run the laws by a locator")
        }
        return try await opener.create(locator).storage
    }
}

/// There is nothing that a law could be tried on.
private struct NothingToTry: Error {
    var reason: String
}
