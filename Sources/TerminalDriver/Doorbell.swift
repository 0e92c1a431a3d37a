import CCurses

/// Wakes the thread that waits for input. Any thread may ring it; ringing twice is ringing once.
public final class Doorbell: Sendable {
    /// Readable while it has been rung and not answered; -1 if the system had none left.
    let descriptor: Int32

    /// Makes a doorbell that was not rung.
    public init() {
        descriptor = ncx_doorbell_open()
    }

    deinit {
        if descriptor >= 0 { ncx_doorbell_close(descriptor) }
    }

    /// Wakes whoever waits, now or next.
    public func ring() {
        ncx_doorbell_ring(descriptor)
    }

    /// Makes it as if it had not been rung.
    func answer() {
        ncx_doorbell_clear(descriptor)
    }
}
