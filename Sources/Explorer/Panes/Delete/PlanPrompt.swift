import Canvas
import ZarrModel

/// A question of the plan that takes every key until it is answered or left.
enum PlanPrompt: Hashable, Sendable {
    /// What is to be done with entries, or with what is to be staged.
    case action(PlanTarget, selected: Int)
    /// Which chunks of the whole array are to be staged.
    case states(selected: Int)
    /// Where values are to come from: for entries, or for what is to be staged.
    case locator(PlanTarget)
    /// Which file the list of keys is written to.
    case file
    /// Which entries are shown.
    case filter
}

/// What an action or a locator is asked for.
enum PlanTarget: Hashable, Sendable {
    case entries([Int])
    /// Chunks that are not staged yet; without a `why` it is what is known of them.
    case boxes([[Range<Int>]], why: String?)
}

extension PlanPrompt {
    /// What can be done with a box of chunks, in the order of the question.
    static let actions: [(action: ChunkAction, choice: PlanChoice)] = [
        (.delete, PlanChoice(title: "delete", text: "remove the objects: they read as fill")),
        (
            .resetToFill,
            PlanChoice(title: "reset to fill", text: "the same, said as a repair: reads as fill")
        ),
        (
            .reEncode,
            PlanChoice(title: "re-encode", text: "decode and write again with the codecs")
        ),
        (
            .copy(from: ""),
            PlanChoice(title: "repair from…", text: "the same chunks of another store: asks which")
        ),
    ]

    /// The states of the array that can be staged, and how many chunks are in each.
    static func states(_ census: Census?) -> [(state: ChunkState, choice: PlanChoice)] {
        guard let census else { return [] }
        let offered: [(ChunkState, String)] = [
            (.short, "to delete; e changes it"), (.corrupt, "to delete; e changes it"),
            (.missing, "to repair from another store: asks which"),
            (.present, "every chunk that is there: DATA LOSS"),
        ]
        return offered.compactMap { state, text in
            let count = census.count(state)
            guard count > 0 else { return nil }
            let title = "\(StateLook.word(state)): \(Format.count(count))"
            return (state, PlanChoice(title: title, text: text))
        }
    }
}
