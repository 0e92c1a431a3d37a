import Storage

extension OptionDeclaration {
    static let recorded = Self(
        "file",
        short: "f",
        takes: .file("FILE"),
        help: "a census file in place of the store, or an inventory with --metadata"
    )
    static let metadata = Self(
        "metadata",
        takes: .locator("LOCATOR"),
        help: "with -f INVENTORY: where the metadata is, the store or a folder with its zarr.json"
    )
    static let inventory = Self(
        "inventory",
        takes: .file("FILE"),
        help: "what is there by an inventory of the bucket (CSV, gzip, manifest.json), unlisted"
    )

    /// The options of what also works on a record.
    static let record = [recorded, metadata]
}

extension Arguments {
    /// The operands, with what `-f`, `--metadata` and `--inventory` name in the place of the locator.
    static func operands(
        _ operands: [String],
        _ values: [String: [String]]
    ) throws(UsageError) -> [String] {
        let metadata = values[OptionDeclaration.metadata.name]?.last
        if let file = values[OptionDeclaration.recorded.name]?.last {
            let node = operands.first
            guard node?.hasPrefix("/") ?? true else {
                throw UsageError("-f FILE stands in the place of LOCATOR; a node in it is /PATH")
            }
            let record =
                metadata.map { inventory(file, $0) } ?? StoreLocator(scheme: "census", place: file)
            return [record.at(node: node).description] + operands.dropFirst()
        }
        guard metadata == nil else { throw UsageError("--metadata goes with -f INVENTORY") }
        guard let file = values[OptionDeclaration.inventory.name]?.last else { return operands }
        guard let locator = operands.first else {
            throw UsageError("--inventory needs LOCATOR, for the metadata")
        }
        guard var parsed = try? StoreLocator(locator) else { return operands }
        let node = parsed.node
        parsed.node = nil
        return [inventory(file, parsed.description).at(node: node).description]
            + operands.dropFirst()
    }

    private static func inventory(_ file: String, _ metadata: String) -> StoreLocator {
        StoreLocator(
            scheme: "inventory",
            place: file,
            options: [LocatorOption("metadata", metadata)]
        )
    }
}
