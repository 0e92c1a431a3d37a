internal import Storage

extension Law where Context == BackendLawContext {
    /// What the metadata document promises.
    static var documents: [BackendLaw] {
        [
            BackendLaw(
                "an array without metadata reads it as nil",
                requires: [.read, .write],
                run: absentDocument
            ),
            BackendLaw(
                "metadata reads back byte for byte, and is replaced as a whole",
                requires: [.read, .write],
                run: documentRoundTrips
            ),
            BackendLaw(
                "an array exists once its metadata is written",
                requires: .write,
                run: exists
            ),
        ]
    }

    private static func absentDocument(_ context: Context) async throws {
        let seen = try await context.array.readMetadata()
        try expect(seen == nil, "there is a document of \(seen?.bytes.count ?? 0) bytes")
    }

    private static func documentRoundTrips(_ context: Context) async throws {
        let texts = ["{\"shape\": [1e1, 2],\n \"x\":1 }", "{}", "{\"é\":\"\\u0000\"}  "]
        for text in texts {
            let document = MetadataDocument(Array(text.utf8), version: .v3)
            try await context.array.writeMetadata(document)
            let seen = try await context.array.readMetadata()
            try expect(seen == document, "the document reads as \(brief(seen?.bytes))")
        }
    }

    private static func exists(_ context: Context) async throws {
        try await context.array.writeMetadata(MetadataDocument([123, 125], version: .v3))
        try expect(try await context.array.exists(), "it does not exist")
    }
}
