internal import Storage
internal import ZarrModel

/// What was wrong with an answer or a deed.
enum DrillFinding: String {
    case lost, torn, resurrected
    case silentWrong = "silent_wrong"
    case unknown, resolved
}

/// How an operation of the workload ended.
struct DrillOutcome {
    /// `ok`, `absent`, or how it failed.
    var word: String
    var isSuccess: Bool
    /// Whether a breaker refused it.
    var isRefused = false
    var finding: DrillFinding?

    static func success(_ word: String = "ok", _ finding: DrillFinding? = nil) -> DrillOutcome {
        DrillOutcome(word: word, isSuccess: true, finding: finding)
    }

    static func failure(_ error: StorageError, _ finding: DrillFinding? = nil) -> DrillOutcome {
        DrillOutcome(
            word: "\(error.outcome.rawValue) \(error.code.rawValue)",
            isSuccess: false,
            isRefused: error.code == .circuitOpen,
            finding: finding
        )
    }
}

extension DrillVerdict {
    mutating func count(_ finding: DrillFinding?) {
        switch finding {
        case .lost: lost += 1
        case .torn: torn += 1
        case .resurrected: resurrected += 1
        case .silentWrong: silentWrong += 1
        case .unknown: unknown += 1
        case .resolved:
            unknown += 1
            resolved += 1
        case nil: break
        }
    }
}

extension DrillRun {
    // MARK: Reads

    func read(_ index: ChunkIndex) async throws(StorageError) -> DrillOutcome {
        let expected = try await expected(index)
        do throws(StorageError) {
            let bytes = try await top.readChunk(index, range: .all)
            believe(index, bytes == nil ? .absent : .present, isWrong: bytes != expected)
            return .success(
                bytes == nil ? "absent" : "ok",
                bytes == expected ? nil : .silentWrong
            )
        } catch {
            believe(index, .failed)
            return .failure(error)
        }
    }

    func readMetadata() async throws(StorageError) -> DrillOutcome {
        let expected = try await bare.readMetadata()
        do throws(StorageError) {
            let document = try await top.readMetadata()
            return .success(
                document == nil ? "absent" : "ok",
                document == expected ? nil : .silentWrong
            )
        } catch {
            return .failure(error)
        }
    }

    func exists() async throws(StorageError) -> DrillOutcome {
        let expected = try await bare.exists()
        do throws(StorageError) {
            let exists = try await top.exists()
            return .success(exists ? "ok" : "absent", exists == expected ? nil : .silentWrong)
        } catch {
            return .failure(error)
        }
    }

    func list() async throws(StorageError) -> DrillOutcome {
        do throws(StorageError) {
            var indexes: Set<ChunkIndex> = []
            let listing = try await top.listChunks()
            while let page = try await listing.next() {
                indexes.formUnion(page.entries.map(\.index))
            }
            for chunk in chunks {
                let isNamed = indexes.contains(chunk)
                let isWrong = listed.map { $0.contains(chunk) != isNamed } ?? false
                believe(chunk, isNamed ? .present : .absent, isWrong: isWrong)
            }
            return .success("\(indexes.count)", indexes == listed ? nil : .silentWrong)
        } catch {
            return .failure(error)
        }
    }

    // MARK: Changes

    func write(_ index: ChunkIndex, _ bytes: [UInt8]) async throws(StorageError) -> DrillOutcome {
        let before = try await expected(index)
        do throws(StorageError) {
            try await top.writeChunk(index, bytes)
        } catch {
            return try await failedChange(index, error, before: before, after: bytes)
        }
        let now = try await settle(index)
        believe(index, .present, isWrong: now != bytes)
        if now == bytes { return .success() }
        let isPart = now.map { !$0.isEmpty && $0 != before } ?? false
        return .success("ok", isPart ? .torn : .lost)
    }

    func delete(_ index: ChunkIndex) async throws(StorageError) -> DrillOutcome {
        let before = try await expected(index)
        do throws(StorageError) {
            try await top.deleteChunk(index)
        } catch {
            return try await failedChange(index, error, before: before, after: nil)
        }
        let now = try await settle(index)
        believe(index, .absent, isWrong: now != nil)
        return .success("ok", now == nil ? nil : .resurrected)
    }

    /// A change that failed has done nothing; one that does not know is settled by reading back.
    private func failedChange(
        _ index: ChunkIndex,
        _ error: StorageError,
        before: [UInt8]?,
        after: [UInt8]?
    ) async throws(StorageError) -> DrillOutcome {
        let now = try await settle(index)
        guard now == before || now == after else { return .failure(error, .torn) }
        guard error.outcome == .unknown else {
            if now == before { return .failure(error) }
            return .failure(error, now == nil ? .lost : .silentWrong)
        }
        believe(index, .failed)
        for _ in 0..<3 {
            do throws(StorageError) {
                let answer = try await top.readChunk(index, range: .all)
                believe(index, answer == nil ? .absent : .present, isWrong: answer != now)
                return .failure(error, answer == now ? .resolved : .silentWrong)
            } catch {
                // Who wants to know it waits until a breaker lets him ask.
                guard error.code == .circuitOpen, let wait = error.retryAfter else { continue }
                try await clock.storageClock.pause(wait, before: StorageCall(.read))
            }
        }
        return .failure(error, .unknown)
    }

    // MARK: The model

    /// Notes what an answer makes of a chunk.
    private func believe(_ index: ChunkIndex, _ belief: ChunkBelief, isWrong: Bool = false) {
        beliefs[index] = belief
        if isWrong { deceived.insert(index) } else { deceived.remove(index) }
    }

    /// What the chunk should hold.
    private func expected(_ index: ChunkIndex) async throws(StorageError) -> [UInt8]? {
        if let known = model[index] { return known }
        let bytes = try await bare.readChunk(index, range: .all)
        model[index] = .some(bytes)
        return bytes
    }

    /// What the chunk does hold: from now on the model goes by that.
    private func settle(_ index: ChunkIndex) async throws(StorageError) -> [UInt8]? {
        let bytes = try await bare.readChunk(index, range: .all)
        model[index] = .some(bytes)
        if bytes == nil { listed?.remove(index) } else { listed?.insert(index) }
        return bytes
    }
}
