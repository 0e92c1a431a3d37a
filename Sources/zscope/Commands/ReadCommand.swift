import JSONValue
import ZarrEngine
import ZarrModel

extension CommandDeclaration {
    static let read = CommandDeclaration(
        "read",
        "values",
        operands: [.locator, .selection],
        options: [.format(["text", "json", "csv", "npy", "raw"]), .json, .csv, .decoded, .output]
            + OptionDeclaration.selecting,
        discussion:
            "SELECTION is numpy's basic indexing, '[0:10, 5, ::2, ...]', or by dimension name,"
            + "\n'time=0:10,lat=5'; everything when it is left out. A list takes positions one by"
            + "\none, each dimension by itself: '[[1,5,7], 0:10]'. Absent chunks read as the fill"
            + "\nvalue; a chunk that cannot be decoded is an error, never fill. With --decoded, numbers"
            + "\nare floats with NaN for no value, and times (days since …) are texts. With -o FILE a name"
            + "\nin .json, .csv or .npy is written as such.",
        examples: [
            .init("zscope read data.zarr/temp '[0, :5, :5]'", "a corner, as text"),
            .init("zscope read data.zarr/temp '[0, [3,5,8], :]'", "three rows"),
            .init("zscope read data.zarr/temp --points '0,3,4;0,9,1'", "two values"),
            .init("zscope read data.zarr/temp time=0 -o t.npy", "for NumPy"),
            .init("zscope read data.zarr/temp time=0 --decoded --csv", "in the unit that is meant"),
        ],
        action: .batch { context in
            let format = try context.format(OutputFormat(named: context.arguments.value(.output)))
            let selection = try context.selection(1)
            let target = try await Target(context.locator)
            let meaning = try await target.meaning(context)
            let values = try await target.read(selection, context)
            let count = values.absentChunks.count
            if count > 0 {
                let chunks = Wording.count(count, "chunk")
                context.messages.warning("\(chunks) absent: read as the fill value")
            }
            let isText = format == .text
            let report = ValuesReport(
                values: isText ? values : try meaning?.decoded(values) ?? values,
                output: context.output
            )
            switch format {
            case .json: try report.json()
            case .csv: try report.csv()
            case .npy: try report.npy()
            case .raw: try report.raw()
            case .text, .ndjson: try report.text(meaning)
            }
            return .done
        }
    )
}

extension OutputFormat {
    /// What a file called `path` is to hold, by its ending: text where that says nothing.
    init(named path: String?) {
        let ending = path?.split(separator: ".").last.map(String.init) ?? ""
        self = ["json", "csv", "npy"].contains(ending) ? Self(rawValue: ending) ?? .text : .text
    }
}

extension Target {
    /// The values of `selection` of the array. Throws with the place of what is wrong.
    func read(
        _ selection: Selection,
        _ context: CommandContext,
        _ options: ReadOptions? = nil
    ) async throws -> ArrayValues {
        let array = try await array()
        defer { context.messages.clearProgress() }
        do {
            return try await array.read(selection, options ?? context.readOptions())
        } catch {
            throw located(error)
        }
    }
}

extension CommandContext {
    /// How arrays are read: a chunk that does not decode stops it.
    func readOptions() -> ReadOptions {
        let messages = messages
        return ReadOptions { done, total in
            messages.progress("\(Wording.count(done)) of \(Wording.count(total)) chunks read")
        }
    }
}
