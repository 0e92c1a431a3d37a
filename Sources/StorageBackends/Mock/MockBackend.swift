public import Storage

extension BackendDescriptor {
    /// Memory, or an overlay of any storage, that fails on purpose.
    public static let mock = BackendDescriptor(
        id: "mock",
        summary: "fails and waits on purpose, over memory or over a copy-on-write overlay",
        options: mockOptions,
        capabilities: [
            .read, .write, .list, .delete, .ranges, .hierarchy, .sizes, .modified,
        ],
        example: "mock:?error_rate=0&seed=7",
        open: { configuration throws(StorageError) in
            let mock = Mock(try behaviour(configuration.options))
            return try await underneath(configuration).intercepted(by: mock)
        },
        create: { configuration throws(StorageError) in
            let mock = Mock(try behaviour(configuration.options))
            let storage = try await underneath(configuration)
            try await storage.refuseToReplaceNode(overwrites: configuration.overwrites)
            return storage.intercepted(by: mock)
        }
    )

    private static let mockOptions = [
        OptionDescriptor(
            "error_rate",
            .number,
            default: "0",
            help: "share of calls that fail, from 0 to 1"
        ),
        OptionDescriptor(
            "simulate_errors",
            .flag,
            default: "true",
            help: "whether any call fails; false switches all faults off"
        ),
        OptionDescriptor("seed", .integer, default: "0", help: "decides which calls fail"),
        OptionDescriptor(
            "delay",
            .duration,
            default: "0ms",
            help: "how long every call takes"
        ),
        OptionDescriptor(
            "error",
            .choice(StorageError.Code.allCases.filter(\.isInjectable).map(\.rawValue)),
            default: StorageError.Code.server.rawValue,
            help: "what a failed call fails with"
        ),
        OptionDescriptor(
            "fail_on",
            .text,
            help: "operations that always fail, such as write+delete"
        ),
        OptionDescriptor(
            "over",
            .locator,
            help: "storage underneath, which is only read, as is PATH of mock:PATH; else memory"
        ),
    ]
}

/// What a mock works on: an overlay of what `mock:PATH` or `over` names, else fresh memory.
private func underneath(
    _ configuration: BackendConfiguration
) async throws(StorageError) -> OpenedStorage {
    let over = configuration.options.text("over")
    guard over == nil || configuration.place.isEmpty else {
        let message = "mock: name the storage underneath once, as mock:PATH or with over"
        throw StorageError(.invalidConfiguration, .open, message)
    }
    guard let named = over ?? (configuration.place.isEmpty ? nil : configuration.place) else {
        return .store(MemoryStore())
    }
    let opened = try await configuration.opener.open(named)
    guard opened.node == "/" else {
        let message = "mock: \(named) names a node inside storage; name the node after '#'"
        throw StorageError(.invalidConfiguration, .open, message)
    }
    return opened.storage.overlaid()
}

private func behaviour(_ options: OptionValues) throws(StorageError) -> Mock.Behaviour {
    let rate = options.number("error_rate") ?? 0
    guard rate <= 1 else {
        throw StorageError(.invalidConfiguration, .open, "mock: error_rate is from 0 to 1")
    }
    var failOn: Set<StorageOperation> = []
    for word in (options.text("fail_on") ?? "").split(separator: "+") {
        guard let operation = StorageOperation(rawValue: String(word)) else {
            let known = StorageOperation.allCases.map(\.rawValue).joined(separator: ", ")
            let message = "mock: fail_on knows \(known), not '\(word)'"
            throw StorageError(.invalidConfiguration, .open, message)
        }
        failOn.insert(operation)
    }
    return Mock.Behaviour(
        errorRate: rate,
        simulatesErrors: options.flag("simulate_errors"),
        failOn: failOn,
        error: options.text("error").flatMap(StorageError.Code.init) ?? .server,
        delay: options.duration("delay") ?? .zero,
        seed: UInt64(options.integer("seed") ?? 0)
    )
}

extension StorageError.Code {
    /// Whether asking again can help, by nature of the failure.
    var isTemporary: Bool {
        switch self {
        case .timeout, .unreachable, .throttled, .server, .tooMany, .incomplete: true
        default: false
        }
    }

    /// Whether storage itself can fail with it, rather than its caller be refused.
    var isInjectable: Bool {
        switch self {
        case .timeout, .unreachable, .throttled, .server, .tooMany, .incomplete, .ioError,
            .forbidden, .unauthenticated, .noSpace, .quota, .corrupt, .conflict, .readOnly:
            true
        default: false
        }
    }
}
