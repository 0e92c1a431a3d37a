import Testing

/// The first thing that a person tries.
@Suite struct DemoCommandTests {
    @Test func `without a terminal the demo prints its maps, what is wrong, and how to open it`()
        throws
    {
        let folder = try TemporaryFolder()
        let outcome = try Program.run("demo", environment: ["XDG_CACHE_HOME": folder.path])
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("missing"))
        #expect(outcome.text.contains("zscope \(folder.path)/zscope/demo.zarr"))
    }
}
