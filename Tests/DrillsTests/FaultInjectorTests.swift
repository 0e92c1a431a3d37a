import Drills
import Storage
import StorageBackends
import Testing
import ZarrModel

/// A store with `c/0`…`c/9`, each of 100 bytes, behind faults on a virtual clock.
private func faulty(
    _ rules: String,
    seed: UInt64 = 1
) async throws -> (store: FaultStore, injector: FaultInjector, base: any Store, clock: VirtualClock)
{
    let base = MemoryStore(name: "faulty")
    for number in 0..<10 {
        try await base.write(
            try StoreKey("c/\(number)"),
            [UInt8](repeating: UInt8(number), count: 100)
        )
    }
    let clock = VirtualClock()
    let injector = FaultInjector(
        try FaultScript(parsing: rules),
        seed: seed,
        clock: clock.storageClock
    )
    return (FaultStore(OverlayStore(base), injector), injector, base, clock)
}

private func read(_ store: some Store, _ key: String) async throws -> [UInt8]? {
    try await store.read(try StoreKey(key), .all)
}

/// The error that reading `key` gives.
private func failure(_ store: some Store, _ key: String) async throws -> StorageError? {
    let key = try StoreKey(key)
    do throws(StorageError) {
        _ = try await store.read(key, .all)
        return nil
    } catch {
        return error
    }
}

struct FaultInjectorTests {
    @Test func `which calls fail does not depend on what runs between them`() async throws {
        let rules = "[flaky] read ** : 30% -> error 500"
        let (one, _, _, _) = try await faulty(rules)
        let (other, _, _, _) = try await faulty(rules)
        var rows: [[Bool]] = []
        for number in 0..<10 {
            var row: [Bool] = []
            for _ in 0..<20 { row.append(try await failure(one, "c/\(number)") != nil) }
            rows.append(row)
        }
        for turn in 0..<20 {
            for number in (0..<10).reversed() {
                let failed = try await failure(other, "c/\(number)") != nil
                #expect(failed == rows[number][turn])
            }
        }
        let failures = rows.joined().count { $0 }
        #expect((35...85).contains(failures))
    }

    @Test func `the same calls fail when they run beside each other`() async throws {
        let rules = "[flaky] read ** : 30% -> error 500"
        func failures(_ taskCount: Int) async throws -> Set<String> {
            let (store, _, _, _) = try await faulty(rules)
            return await withTaskGroup(of: [String].self) { group in
                for task in 0..<taskCount {
                    group.addTask {
                        var failed: [String] = []
                        for number in stride(from: task, to: 10, by: taskCount) {
                            for turn in 0..<20 {
                                guard (try? await read(store, "c/\(number)")) == nil else {
                                    continue
                                }
                                failed.append("\(number) \(turn)")
                            }
                        }
                        return failed
                    }
                }
                return await group.reduce(into: []) { $0.formUnion($1) }
            }
        }
        let alone = try await failures(1)
        #expect(try await failures(4) == alone)
        #expect(try await failures(10) == alone)
        #expect(!alone.isEmpty)
    }

    @Test func `another rule beside it changes nothing for a rule`() async throws {
        let (one, _, _, _) = try await faulty("[a] read ** : 30% -> error 500")
        let (two, _, _, _) = try await faulty(
            "[b] read ** : 50% -> delay 1ms\n[a] read ** : 30% -> error 500"
        )
        for number in 0..<10 {
            for _ in 0..<10 {
                let first = try await failure(one, "c/\(number)") != nil
                #expect(try await (failure(two, "c/\(number)") != nil) == first)
            }
        }
    }

    @Test func `nth, every, burst, after and windows fire when they say`() async throws {
        let (store, injector, _, clock) = try await faulty(
            """
            [nth] read c/0 : nth 2..3 -> error 500
            [every] read c/1 : every 3 -> error 500
            [burst] read c/2 : burst 2 of 5 -> error 500
            [after] read c/3 : after read c/4 -> error 500
            [window] read c/5 : 1s..2s -> error 500
            """
        )
        func pattern(_ key: String, _ count: Int) async throws -> String {
            var text = ""
            for _ in 0..<count { text += try await failure(store, key) == nil ? "." : "x" }
            return text
        }
        #expect(try await pattern("c/0", 5) == ".xx..")
        #expect(try await pattern("c/1", 6) == "..x..x")
        #expect(try await pattern("c/2", 7) == "xx...xx")
        #expect(try await pattern("c/3", 2) == "..")
        #expect(try await pattern("c/4", 1) == ".")
        #expect(try await pattern("c/3", 2) == "xx")
        #expect(try await pattern("c/5", 1) == ".")
        try await clock.storageClock.sleep(.milliseconds(1500))
        #expect(try await pattern("c/5", 1) == "x")
        try await clock.storageClock.sleep(.milliseconds(500))
        #expect(try await pattern("c/5", 1) == ".")
        #expect(injector.firings.map(\.fired) == [2, 2, 4, 2, 1])
    }

    @Test func `an error says what storage would`() async throws {
        let (store, injector, _, _) = try await faulty(
            """
            [busy] read c/0 : always -> error 503 retry-after=2s
            [denied] read c/1 : always -> error 403
            [gone] read c/2 : always -> error 404
            [first] read c/3 : always -> error EIO
            [second] read c/3 : always -> error 500
            """
        )
        let busy = try #require(try await failure(store, "c/0"))
        #expect(busy.code == .throttled)
        #expect(busy.persistence == .temporary)
        #expect(busy.retryAfter == .seconds(2))
        #expect(busy.message == "injected: error 503 by [busy]")
        let denied = try #require(try await failure(store, "c/1"))
        #expect(denied.code == .forbidden)
        #expect(denied.persistence == .permanent)
        #expect(try await read(store, "c/2") == nil)
        #expect(try await failure(store, "c/3")?.code == .ioError)
        #expect(injector.counts.failed == 3)
        #expect(injector.counts.wrong == 1)
        #expect(injector.counts.operations == 4)
        #expect(injector.takeLog().map(\.outcome) == [.failed, .failed, .wrong, .failed])
        #expect(injector.takeLog().isEmpty)
    }

    @Test func `bytes come wrong as the rules say`() async throws {
        let (store, injector, base, clock) = try await faulty(
            """
            [flip] read c/1 : always -> flip 1bit
            [cut] read c/2 : always -> cut 60%
            [zero] read c/3 : always -> zero 10..20
            [pad] read c/4 : always -> pad 5
            [swap] read c/5 : always -> swap c/6
            [bomb] read c/7 : always -> bomb 1KiB
            [slow] read c/8 : always -> rate 100B
            [reset] read c/9 : always -> reset 50%
            """
        )
        let flipped = try #require(try await read(store, "c/1"))
        let bits = flipped.reduce(0) { $0 + ($1 ^ 1).nonzeroBitCount }
        #expect(bits == 1)
        #expect(try await read(store, "c/2")?.count == 60)
        let zeroed = try #require(try await read(store, "c/3"))
        #expect(zeroed.count { $0 == 0 } == 10)
        #expect(try await read(store, "c/4")?.count == 105)
        #expect(try await read(store, "c/5")?.first == 6)
        #expect(try await read(store, "c/7") == [UInt8](repeating: 0, count: 1024))
        #expect(try await read(store, "c/8")?.count == 100)
        #expect(clock.now == .seconds(1))
        #expect(try await failure(store, "c/9")?.code == .unreachable)
        #expect(try await read(base, "c/1") == [UInt8](repeating: 1, count: 100))
        #expect(injector.counts.wrong == 6)
    }

    @Test func `changes are lost, doubled, torn and refused as the rules say`() async throws {
        let (store, _, base, _) = try await faulty(
            """
            [lost] write c/1 : always -> dropack
            [torn] write c/2 : always -> torn 60%
            [quota] write c/3 : always -> quota 150
            [gone] delete c/4 : always -> dropack
            """
        )
        let bytes = [UInt8](repeating: 9, count: 100)
        func write(_ key: String) async throws -> StorageError? {
            let key = try StoreKey(key)
            do throws(StorageError) {
                try await store.write(key, bytes)
                return nil
            } catch {
                return error
            }
        }
        #expect(try await write("c/1")?.outcome == .unknown)
        #expect(try await read(store, "c/1") == bytes)
        #expect(try await write("c/2")?.outcome == .unknown)
        #expect(try await read(store, "c/2")?.count == 60)
        #expect(try await write("c/3") == nil)
        #expect(try await write("c/3")?.code == .quota)
        await #expect(throws: StorageError.self) { try await store.delete(try StoreKey("c/4")) }
        #expect(try await read(store, "c/4") == nil)
        #expect(try await read(base, "c/4")?.count == 100)
    }

    @Test func `listings hide, invent and end early as the rules say`() async throws {
        func keys(_ rule: String) async throws -> [String] {
            let (store, _, _, _) = try await faulty(rule)
            let listing = try await store.list(try StorePrefix("c"))
            var keys: [String] = []
            while let page = try await listing.next() {
                keys += (0..<page.count).map { page.key($0) }
            }
            return keys.sorted()
        }
        let all = (0..<10).map(String.init)
        #expect(try await keys("list ** : always -> hide").count == 9)
        #expect(try await keys("list ** : always -> ghost 99") == (all + ["99"]).sorted())
        #expect(try await keys("list ** : always -> page 50%").count == 5)
        #expect(try await keys("list d/** : always -> hide") == all)
    }

    @Test func `rules tell metadata from chunks, and count from the prefix`() async throws {
        let base = MemoryStore(name: "prefixed")
        for key in ["g/a/zarr.json", "g/a/c/0"] { try await base.write(try StoreKey(key), [1]) }
        let script = try FaultScript(
            parsing:
                "[doc] rmeta zarr.json : always -> error 500\n[chunk] read c/* : always -> error 403"
        )
        let injector = FaultInjector(script)
        let store = FaultStore(base, injector, prefix: try StorePrefix("g/a"))
        #expect(try await failure(store, "g/a/zarr.json")?.code == .server)
        #expect(try await failure(store, "g/a/c/0")?.code == .forbidden)
    }

    @Test func `an effect that means nothing for a call does not count as fired`() async throws {
        let (store, injector, _, _) = try await faulty("[lost] * ** : always -> dropack")
        _ = try await read(store, "c/1")
        #expect(injector.firings.map(\.fired) == [0])
    }

    @Test func `the log is bounded`() async throws {
        let injector = FaultInjector(
            try FaultScript(parsing: "* ** : always -> error 500"),
            logLimit: 3
        )
        let store = FaultStore(MemoryStore(name: "bounded"), injector)
        for _ in 0..<5 { _ = try await failure(store, "a") }
        #expect(injector.takeLog().count == 3)
        #expect(injector.counts.failed == 5)
    }
}
