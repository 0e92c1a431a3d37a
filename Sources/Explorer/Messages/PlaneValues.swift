public import Raster

/// What was read of a plane, row by row, or what was read of it so far.
public struct PlaneValues: Hashable, Sendable {
    /// What stands behind a place, the worst of it where it holds several elements.
    public enum Source: UInt8, Hashable, Sendable, Comparable {
        /// A value that was stored.
        case stored
        /// Nothing is known: it was not read so far.
        case unread
        /// The fill value, since the chunk is absent.
        case absent
        /// Nothing: the chunk could not be read or decoded.
        case failed

        /// By severity.
        public static func < (left: Source, right: Source) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// The request it answers.
    public var request: PlaneRequest
    /// `rows.count * columns.count` numbers where numbers were asked for, else empty: the mean where
    /// a place holds several elements. Complex numbers by magnitude, booleans as 0 and 1;
    /// meaningless where the source is not `stored`.
    public var numbers: [Double] = []
    /// As many numbers, the least behind each place; empty where each place is one element.
    public var minima: [Double] = []
    /// As many numbers, the greatest behind each place; empty where each place is one element.
    public var maxima: [Double] = []
    /// As many texts where texts were asked for, else empty.
    public var texts: [String] = []
    /// How many elements behind each place are absent; empty where each place is one element, or none
    /// is.
    public var absentCounts: [Int] = []
    /// How many could not be read, as those.
    public var failedCounts: [Int] = []
    /// How many elements are read behind each row of places; empty where each place is one element.
    public var rowPlaces: [Int] = []
    /// How many behind each column of places, as those.
    public var columnPlaces: [Int] = []
    /// What stands behind each; may be empty when every element was stored.
    public var sources: [Source] = []
    /// Of all elements that were read as numbers; `nil` where only `numbers` are known.
    public var statistics: Statistics?
    /// How those elements are spread; `nil` where only `numbers` are known.
    public var spread: Spread?
    /// How many stored elements equal the fill value; `nil` where that is not known.
    public var fillCount: Int?
    /// How many stored elements stand for no value; 0 unless they were decoded.
    public var noneCount = 0
    /// The unit of the numbers, where the array's attributes name one. Untrusted.
    public var unit = ""
    /// The first few reasons why chunks failed.
    public var problems: [String] = []
    /// The first thousand chunks that failed, as findings.
    public var failures: [ChunkFinding] = []
    /// When it was read, in seconds since 1970.
    public var readAt: Int?
    /// How many chunks are to be read.
    public var chunksTotal = 0
    /// How many chunks were read.
    public var chunksRead = 0
    /// How many of them were absent.
    public var chunksAbsent = 0
    /// How many of them failed.
    public var chunksFailed = 0
    /// How long it took, in milliseconds.
    public var milliseconds = 0

    /// Makes an empty answer.
    public init(request: PlaneRequest) {
        self.request = request
    }

    /// Whether they are of a coarser level that cannot be read whole.
    var isOfBrokenLevel: Bool {
        request.level != nil && chunksFailed > 0
    }

    /// The source of a place; `stored` where none are named.
    public func source(_ place: Int) -> Source {
        place >= 0 && place < sources.count ? sources[place] : .stored
    }
}
