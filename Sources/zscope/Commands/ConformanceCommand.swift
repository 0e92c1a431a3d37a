import ZarrEngine
import ZarrModel

extension CommandDeclaration {
    static let conformance = CommandDeclaration(
        "conformance",
        "every element in C order as fill-value JSON, one a line",
        options: [.arrayPath],
        discussion: "What the Zarr conformance suites call. An array of any size passes through the"
            + "\nmemory of a few chunks.",
        examples: [
            .init("zscope conformance --array_path data.zarr/temp", "its values, line by line")
        ],
        action: .batch { context in
            guard let path = context.arguments.value(.arrayPath) else {
                throw UsageError("'conformance' needs --array_path DIR")
            }
            let target = try await Target(path)
            let array = try await target.array()
            // A slab is decoded by itself: one as large as this holds many chunks.
            let size = array.metadata.dataType.byteCount ?? 64
            let limit = slabBytes / max(1, size)
            for slab in SlabPlan(array.metadata.axes, limit: limit) {
                let values: ArrayValues
                do {
                    let selection = ResolvedSelection(region: slab)
                    values = try await array.read(selection, context.readOptions())
                } catch {
                    throw target.located(error)
                }
                try ValuesReport(values: values, output: context.output).elements()
            }
            context.messages.clearProgress()
            return .done
        }
    )

    private static let slabBytes = 64 << 20
}

extension OptionDeclaration {
    fileprivate static let arrayPath = Self(
        "array_path",
        takes: .locator("DIR"),
        help: "the array to read"
    )
}
