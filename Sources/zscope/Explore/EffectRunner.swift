import Explorer
import Synchronization

/// Carries out what the explorer asks for, away from its thread, and brings the answers back.
final class EffectRunner: Sendable {
    let isWritable: Bool
    let post: @Sendable (Event) -> Void

    init(isWritable: Bool, post: @escaping @Sendable (Event) -> Void) {
        self.isWritable = isWritable
        self.post = post
    }

    func perform(_ effect: Effect) {
    }

    func stop() {
    }
}
