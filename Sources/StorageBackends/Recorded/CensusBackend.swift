public import Storage

extension BackendDescriptor {
    /// A census file, read only.
    public static let census = BackendDescriptor(
        id: "census",
        summary:
            "a census file (zscope chunks -o FILE), read only: what is there, without the values",
        capabilities: [.read, .list, .ranges, .hierarchy, .sizes, .modified, .reopen],
        example: "census:{scratch}/a.census",
        claim: { CensusFileReader.isCensusFile($0) ? $0 : nil },
        open: { configuration throws(StorageError) in
            let path = try localPath(configuration.place)
            let (listing, table) = try CensusFileReader.open(path)
            return .store(
                RecordedStore(
                    listing,
                    table.origin,
                    kind: "a census file",
                    path: path,
                    documents: table.documents
                )
            )
        },
        create: { configuration throws(StorageError) in
            throw StorageError(
                .unsupported,
                .create,
                "a census file is made by 'zscope chunks LOCATOR -o FILE'"
            )
        }
    )
}
