internal import Storage

extension Law where Context == StoreLawContext {
    /// What holds where a capability is missing.
    static var limits: [StoreLaw] {
        [
            StoreLaw(
                "what a store cannot do is refused as unsupported, and nothing changes",
                run: refuses
            )
        ]
    }

    private static func refuses(_ context: Context) async throws {
        let store = context.store
        let can = store.capabilities
        let key = try context.key("refused")
        if !can.contains(.write) {
            try await expectUnsupported("write") { try await store.write(key, [1]) }
            if can.contains(.read) { try await context.expectValue(key, nil) }
        }
        if !can.contains(.delete) {
            let found = try await can.contains(.list) ? context.sample(1).first : nil
            let victim = found ?? key
            let before = try await can.contains(.read) ? store.read(victim, .all) : nil
            try await expectUnsupported("delete") { try await store.delete(victim) }
            if can.contains(.read) { try await context.expectValue(victim, before) }
        }
        if !can.contains(.read) {
            try await expectUnsupported("read") { _ = try await store.read(key, .all) }
        }
        if !can.contains(.list) {
            try await expectUnsupported("list") {
                _ = try await store.list(context.place).next()
            }
        }
        if !can.contains(.hierarchy) {
            try await expectUnsupported("children") {
                _ = try await store.children(context.place).next()
            }
        }
    }
}

/// Throws unless `body` throws `.unsupported`.
func expectUnsupported(_ what: String, _ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let error as StorageError {
        try expect(error.code == .unsupported, "\(what) is refused as \(error.code.rawValue)")
        return
    }
    throw LawFailure("\(what) is no capability and was not refused")
}
