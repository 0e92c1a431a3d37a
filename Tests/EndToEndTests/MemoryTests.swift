import Testing

/// Stores that ask for more memory than their bytes are worth get none of it.
@Suite struct MemoryTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func array(_ shape: [Int], _ chunks: [Int], _ codecs: String) throws -> String {
        let document = """
            {"zarr_format":3,"node_type":"array","shape":\(shape),"data_type":"uint8",
            "chunk_grid":{"name":"regular","configuration":{"chunk_shape":\(chunks)}},
            "chunk_key_encoding":{"name":"default"},"fill_value":0,"codecs":\(codecs),"attributes":{}}
            """
        try folder.write("zarr.json", Array(document.utf8))
        return folder.path
    }

    /// Runs `zscope read` where the system gives it no more than 256 MiB of data.
    private func read(_ path: String, _ arguments: String) throws -> ChildProcess.Outcome {
        let line = "ulimit -d 262144; exec '\(Program.path)' read '\(path)' \(arguments)"
        return try ChildProcess.run("/bin/sh", ["-c", line], environment: ["LC_ALL": "C.UTF-8"])
    }

    @Test func `a shape or a chunk beyond all memory is refused before memory is taken`() throws {
        let raw = #"[{"name":"bytes"}]"#
        for (shape, chunks) in [([1 << 50], [1 << 10]), ([1 << 50], [1 << 50])] {
            let path = try array(shape, chunks, raw)
            try folder.write("c/0", [1, 2, 3])
            let outcome = try read(path, "--format raw")
            #expect(outcome.status == 2)
            #expect(outcome.messages.contains("limit"), "\(outcome.messages)")
        }
        let path = try array([1 << 50], [1 << 50], raw)
        #expect(try read(path, "'[5]'").status == 2)
    }

    @Test func `a chunk that unpacks to far more than its size is an error, not memory`() throws {
        let gzip = #"[{"name":"bytes"},{"name":"gzip","configuration":{"level":1}}]"#
        let path = try array([1 << 20], [1 << 20], gzip)
        try folder.write("c/0", [])
        let packed = "head -c 1073741824 /dev/zero | gzip -1 > '\(path)/c/0'"
        #expect(try ChildProcess.run("/bin/sh", ["-c", packed]).status == 0)
        let outcome = try read(path, "--format raw")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("c/0"), "\(outcome.messages)")
    }

    @Test func `a read takes its result, and for each worker a chunk as stored and as decoded`()
        throws
    {
        // 128 MiB of result; chunks that were kept would take 128 MiB as stored and as much decoded.
        let gzip = #"[{"name":"bytes"},{"name":"gzip","configuration":{"level":1}}]"#
        let path = try array([128 << 20], [4 << 20], gzip)
        try folder.write("c/0", [])
        let packed = """
            cd '\(path)/c' && head -c 4194304 /dev/urandom | gzip -1 > 0 &&
            for n in $(seq 31); do ln 0 $n; done
            """
        #expect(try ChildProcess.run("/bin/sh", ["-c", packed]).status == 0)
        let line = """
            ulimit -d 262144; '\(Program.path)' read '\(path)' --format raw -o '\(path)/out' &&
            test $(wc -c < '\(path)/out') = 134217728
            """
        let outcome = try ChildProcess.run(
            "/bin/sh",
            ["-c", line],
            environment: ["LC_ALL": "C.UTF-8"]
        )
        #expect(outcome.status == 0, "\(outcome.messages)")
    }
}
