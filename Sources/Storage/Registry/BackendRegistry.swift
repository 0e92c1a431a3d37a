/// The backends a program knows, as a value: changing a copy changes nobody else's.
///
/// Nothing here runs a backend's code, so none of them can fail it or hold it up.
public struct BackendRegistry: Sendable {
    private var descriptors: [BackendDescriptor] = []

    /// Makes a registry of `descriptors`; of two with one id, the first stays.
    public init(_ descriptors: [BackendDescriptor] = []) {
        for descriptor in descriptors where !isRegistered(descriptor.id) {
            self.descriptors.append(descriptor)
        }
    }

    /// Adds a backend. Throws `.exists` when its id or one of its schemes is taken.
    public mutating func register(_ descriptor: BackendDescriptor) throws(StorageError) {
        guard let word = descriptor.id.utf8.first, isLetter(word) else {
            throw StorageError(.invalidConfiguration, .open, "a backend's id begins with a letter")
        }
        for other in descriptors {
            let taken = descriptor.schemes.first { other.schemes.contains($0) }
            if other.id == descriptor.id || taken != nil {
                throw StorageError(
                    .exists,
                    .open,
                    "'\(taken ?? other.id)' is already registered by backend '\(other.id)'"
                )
            }
        }
        descriptors.append(descriptor)
    }

    /// Takes a backend out; storage that is open stays open. Throws `.notFound` for an unknown id.
    public mutating func unregister(_ id: String) throws(StorageError) {
        _ = try get(id)
        descriptors.removeAll { $0.id == id }
    }

    /// Every backend, by id.
    public func list() -> [BackendDescriptor] {
        descriptors.sorted { $0.id < $1.id }
    }

    /// The backend `id`. Throws `.notFound`, naming the known ones.
    public func get(_ id: String) throws(StorageError) -> BackendDescriptor {
        guard let found = info(id) else {
            let known = list().map(\.id).joined(separator: ", ")
            throw StorageError(.notFound, .open, "no backend '\(id)'; there are: \(known)")
        }
        return found
    }

    /// Whether there is a backend `id`.
    public func isRegistered(_ id: String) -> Bool {
        info(id) != nil
    }

    /// The backend `id`, or `nil`.
    public func info(_ id: String) -> BackendDescriptor? {
        descriptors.first { $0.id == id }
    }

    /// The backend whose locators begin with `scheme`, or `nil`.
    public func backend(scheme: String) -> BackendDescriptor? {
        descriptors.first { $0.schemes.contains(scheme) }
    }

    /// The first backend that claims the plain `path`, and the part of it that names the storage.
    func claiming(_ path: String) -> (BackendDescriptor, String)? {
        for descriptor in descriptors {
            if let place = descriptor.claim(path) { return (descriptor, place) }
        }
        return nil
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
