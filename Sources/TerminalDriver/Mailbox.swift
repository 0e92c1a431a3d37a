import Synchronization

/// Where other threads leave events for the one that owns the terminal.
///
/// The doorbell is rung only by the event that finds the box empty, so that a flood of events costs
/// one wake-up. Take events only after `waitForInput` has answered, or before waiting again.
public final class Mailbox<Event: Sendable>: Sendable {
    /// Rung when there is something in the box. Give it to the terminal that waits.
    public let doorbell: Doorbell
    private let events = Mutex<[Event]>([])

    /// Makes an empty box.
    public init(doorbell: Doorbell = Doorbell()) {
        self.doorbell = doorbell
    }

    /// Leaves an event. Never waits for longer than another thread takes to do the same.
    public func post(_ event: Event) {
        let wasEmpty = events.withLock { events in
            events.append(event)
            return events.count == 1
        }
        if wasEmpty { doorbell.ring() }
    }

    /// Takes everything out, oldest first.
    public func drain() -> [Event] {
        events.withLock { events in
            var taken: [Event] = []
            swap(&taken, &events)
            return taken
        }
    }

    /// Whether nothing is waiting.
    public var isEmpty: Bool {
        events.withLock { $0.isEmpty }
    }
}
