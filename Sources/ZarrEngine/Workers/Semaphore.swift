import Glibc

/// A counting semaphore on which threads of the engine's own wait for work.
@safe
final class Semaphore: Sendable {
    private let address: UInt

    /// A semaphore that nobody has posted.
    init() {
        let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
        // The three arguments are valid by construction, the only way this can fail.
        _ = unsafe sem_init(semaphore, 0, 0)
        address = UInt(bitPattern: semaphore)
    }

    deinit {
        guard let semaphore = unsafe UnsafeMutablePointer<sem_t>(bitPattern: address) else {
            return
        }
        _ = unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    /// Lets one waiting thread go on, now or when it comes.
    func post() {
        guard let semaphore = unsafe UnsafeMutablePointer<sem_t>(bitPattern: address) else {
            return
        }
        _ = unsafe sem_post(semaphore)
    }

    /// Blocks the thread until somebody posts.
    func wait() {
        guard let semaphore = unsafe UnsafeMutablePointer<sem_t>(bitPattern: address) else {
            return
        }
        while unsafe sem_wait(semaphore) != 0 {}
    }
}
