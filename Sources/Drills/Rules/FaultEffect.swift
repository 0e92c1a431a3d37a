public import Storage

/// What a rule does to a call.
public enum FaultEffect: Hashable, Sendable {
    /// The call fails and has no effect.
    case error(FaultError)
    /// The call waits.
    case delay(DelayDistribution)
    /// No answer comes; after a minute the call fails with a time-out.
    case hang
    /// Bytes come at this rate, so many a second.
    case rate(Int)
    /// Only the first part comes or is stored, and nobody says so.
    case cut(Portion)
    /// The connection breaks after the first part: a read fails, a write is not done.
    case reset(Portion)
    /// The first part is stored, then the write fails without a word on whether it was done.
    case torn(Portion)
    /// So many bits come or are stored wrong.
    case flip(Int)
    /// The bytes of this range come or are stored as zeros.
    case zero(Range<Int>)
    /// So many zeros follow the bytes that come or are stored.
    case pad(Int)
    /// The bytes of another object come.
    case swap(String)
    /// So many zeros come instead.
    case bomb(Int)
    /// The call is done, and its acknowledgement is lost.
    case dropAcknowledgement
    /// The call is done so many more times.
    case duplicate(Int)
    /// One object of the listing is left out.
    case hide
    /// The listing has an object that is not there.
    case ghost(String)
    /// The listing ends after this share of its objects, and nobody says so.
    case page(Double)
    /// No more than so many bytes can be written in all.
    case quota(Int)
    /// The storage dies during the call, which is left half known.
    case crash
}

extension FaultEffect {
    /// Whether the effect means something for `operation`. A rule does not fire where none does.
    func applies(to operation: FaultOperation) -> Bool {
        switch self {
        case .error, .delay, .hang: true
        case .rate, .cut, .reset, .flip, .zero, .pad, .crash:
            operation.isRead || operation.isWrite || (operation == .delete && self == .crash)
        case .torn, .quota: operation.isWrite
        case .dropAcknowledgement, .duplicate: operation.isWrite || operation == .delete
        case .swap: operation == .read
        case .bomb: operation.isRead
        case .hide, .ghost, .page: operation == .list
        }
    }
}

extension FaultOperation {
    var isRead: Bool { self == .read || self == .readMetadata }
    var isWrite: Bool { self == .write || self == .writeMetadata }
}

/// A part of an object: a share, or a number of bytes.
public enum Portion: Hashable, Sendable {
    /// From 0 to 1.
    case share(Double)
    /// Bytes from the start.
    case bytes(Int)

    /// The bytes of an object of `count` bytes that belong to the part.
    func count(of count: Int) -> Int {
        switch self {
        case .share(let share): min(count, max(0, Int(Double(count) * share)))
        case .bytes(let bytes): min(count, max(0, bytes))
        }
    }
}

/// What an injected error says.
public struct FaultError: Hashable, Sendable {
    /// The word in the rule: `503`, `ENOSPC`, `reset`.
    public var word: String
    /// What the caller gets; `nil` where storage says that there is no such object.
    public var code: StorageError.Code?
    /// Whether asking again can help.
    public var persistence: StorageError.Persistence
    /// How long the storage asks to wait.
    public var retryAfter: Duration?
}

extension FaultError {
    /// The error of a word, or `nil` where no error is called so.
    init?(_ word: String) {
        self.word = word
        guard let (code, isTemporary) = Self.known[word] else { return nil }
        self.code = code
        persistence = isTemporary ? .temporary : .permanent
    }

    /// Every word, sorted, for messages.
    static var words: [String] {
        known.keys.sorted()
    }

    private static let known: [String: (StorageError.Code?, Bool)] = {
        var known: [String: (StorageError.Code?, Bool)] = [
            "400": (.internal, false), "401": (.unauthenticated, false), "403": (.forbidden, false),
            "404": (nil, false), "408": (.timeout, true), "409": (.conflict, false),
            "412": (.conflict, false), "413": (.tooLarge, false), "429": (.throttled, true),
            "500": (.server, true), "502": (.server, true), "503": (.throttled, true),
            "504": (.timeout, true), "507": (.noSpace, false),
            "reset": (.unreachable, true), "refused": (.unreachable, true),
            "dns": (.unreachable, true), "tls": (.unreachable, false), "absent": (nil, false),
            "ENOENT": (nil, false), "EIO": (.ioError, false), "EACCES": (.forbidden, false),
            "EROFS": (.readOnly, false), "ENOSPC": (.noSpace, false), "EDQUOT": (.quota, false),
            "EMFILE": (.tooMany, true), "ENFILE": (.tooMany, true), "EBUSY": (.ioError, true),
            "ESTALE": (.ioError, true), "EINTR": (.ioError, true), "ETIMEDOUT": (.timeout, true),
            "LOADING": (.server, true), "READONLY": (.readOnly, false), "OOM": (.noSpace, false),
        ]
        let temporary: Set<StorageError.Code> = [
            .timeout, .unreachable, .throttled, .server, .tooMany, .incomplete,
        ]
        for code in StorageError.Code.allCases where code != .notFound {
            known[code.rawValue] = (code, temporary.contains(code))
        }
        return known
    }()
}
