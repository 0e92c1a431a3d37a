internal import Storage

extension FaultInjector {
    /// Waits, and throws the error of the first rule that has one. `true` when the storage is to
    /// say that there is no such object.
    func enter(_ plan: FaultPlan) async throws(StorageError) -> Bool {
        guard !plan.isEmpty else { return false }
        let delay = plan.delay
        if delay > .zero {
            record(plan, .slow, "delay \(Quantity.text(delay)) by \(rules(plan) { $0.isDelay })")
            try await pause(delay, plan)
        }
        if let hang = plan.first({ $0 == .hang ? true : nil }) {
            try await pause(.seconds(60), plan)
            throw failed(plan, .timeout, "hang by \(Self.bracketed(hang.rule))", .temporary)
        }
        guard let (error, rule) = plan.first({ $0.injectedError }) else { return false }
        let detail = "error \(error.word) by \(Self.bracketed(rule))"
        guard let code = error.code else {
            guard plan.operation.answersAbsence else {
                throw failed(plan, .notFound, detail, .permanent)
            }
            record(plan, .wrong, detail)
            return true
        }
        var thrown = failed(plan, code, detail, error.persistence)
        thrown.retryAfter = error.retryAfter
        throw thrown
    }

    /// What a read answers instead of `bytes`.
    func carried(_ plan: FaultPlan, _ bytes: [UInt8]?) async throws(StorageError) -> [UInt8]? {
        guard !plan.isEmpty, let bytes else { return bytes }
        let transfer = plan.transferTime(bytes.count)
        if transfer > .zero {
            record(plan, .slow, "\(Quantity.text(transfer)) for \(bytes.count) bytes")
            try await pause(transfer, plan)
        }
        if let (portion, rule) = plan.first({ $0.resetPortion }) {
            let came = portion.count(of: bytes.count)
            let detail = "reset after \(came) of \(bytes.count) bytes by \(Self.bracketed(rule))"
            throw failed(plan, .unreachable, detail, .temporary)
        }
        try crash(plan)
        let damaged = plan.damaged(bytes)
        if damaged != bytes {
            record(plan, .wrong, rules(plan) { $0.isDamage } + " changed the bytes")
        }
        return damaged
    }

    /// Performs a change by way of `perform`, which stores the bytes that it is given (none for a
    /// delete), and loses what the rules say is lost.
    func change(
        _ plan: FaultPlan,
        _ bytes: [UInt8],
        _ perform: ([UInt8]) async throws(StorageError) -> Void
    ) async throws(StorageError) {
        guard !plan.isEmpty else { return try await perform(bytes) }
        try await pause(plan.transferTime(bytes.count), plan)
        if let (quota, rule) = plan.first({ $0.quota }), !reserve(bytes.count, within: quota) {
            throw failed(plan, .quota, "quota by \(Self.bracketed(rule))", .permanent)
        }
        if let (_, rule) = plan.first({ $0.resetPortion }) {
            throw unknown(plan, .unreachable, "reset by \(Self.bracketed(rule))")
        }
        if let (portion, rule) = plan.first({ $0.tornPortion }), !bytes.isEmpty {
            let count = portion.count(of: bytes.count)
            try await perform(Array(bytes.prefix(count)))
            throw unknown(plan, .ioError, "torn at \(count) bytes by \(Self.bracketed(rule))")
        }
        let damaged = bytes.isEmpty ? bytes : plan.damaged(bytes)
        if damaged != bytes {
            record(plan, .wrong, rules(plan) { $0.isDamage } + " changed the bytes")
        }
        for _ in 0...(plan.first { $0.duplicates }?.value ?? 0) { try await perform(damaged) }
        if let (_, rule) = plan.first({ $0 == .dropAcknowledgement ? true : nil }) {
            throw unknown(plan, .timeout, "dropack by \(Self.bracketed(rule))")
        }
        try crash(plan)
    }

    private func crash(_ plan: FaultPlan) throws(StorageError) {
        guard let (_, rule) = plan.first({ $0 == .crash ? true : nil }) else { return }
        var error = unknown(plan, .internal, "crash by \(Self.bracketed(rule))")
        error.persistence = .permanent
        throw error
    }

    private func pause(_ time: Duration, _ plan: FaultPlan) async throws(StorageError) {
        try await clock.pause(time, before: StorageCall(plan.operation.storageOperation, plan.key))
    }

    // MARK: Words

    private func failed(
        _ plan: FaultPlan,
        _ code: StorageError.Code,
        _ detail: String,
        _ persistence: StorageError.Persistence
    ) -> StorageError {
        record(plan, .failed, detail)
        return StorageError(
            code,
            plan.operation.storageOperation,
            key: plan.key,
            "injected: \(detail)",
            persistence: persistence
        )
    }

    private func unknown(
        _ plan: FaultPlan,
        _ code: StorageError.Code,
        _ detail: String
    ) -> StorageError {
        record(plan, .unacknowledged, detail)
        return StorageError(
            code,
            plan.operation.storageOperation,
            key: plan.key,
            "injected: \(detail)",
            persistence: .temporary,
            outcome: .unknown
        )
    }

    /// The rules whose effects `select` accepts, in brackets.
    func rules(_ plan: FaultPlan, _ select: (FaultEffect) -> Bool) -> String {
        var labels: [String] = []
        for step in plan.steps where select(step.effect) && !labels.contains(step.rule) {
            labels.append(step.rule)
        }
        return labels.map(Self.bracketed).joined(separator: " ")
    }

    static func bracketed(_ label: String) -> String {
        label.hasPrefix("[") ? label : "[\(label)]"
    }
}

extension FaultOperation {
    /// Whether the operation has an answer that says "there is none".
    var answersAbsence: Bool {
        switch self {
        case .read, .readMetadata, .exists: true
        default: false
        }
    }
}

extension FaultEffect {
    fileprivate var injectedError: FaultError? {
        if case .error(let error) = self { error } else { nil }
    }

    fileprivate var resetPortion: Portion? {
        if case .reset(let portion) = self { portion } else { nil }
    }

    fileprivate var tornPortion: Portion? {
        if case .torn(let portion) = self { portion } else { nil }
    }

    fileprivate var quota: Int? {
        if case .quota(let quota) = self { quota } else { nil }
    }

    fileprivate var duplicates: Int? {
        if case .duplicate(let count) = self { min(count, 1000) } else { nil }
    }

    fileprivate var isDelay: Bool {
        if case .delay = self { true } else { false }
    }

    fileprivate var isDamage: Bool {
        switch self {
        case .cut, .flip, .zero, .pad, .bomb: true
        default: false
        }
    }
}
