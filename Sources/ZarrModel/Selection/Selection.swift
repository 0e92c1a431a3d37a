/// Which elements of an array are wanted, as a person writes it: NumPy's basic indexing and lists of
/// positions, whole chunks, points, or a mask; by dimension name as well.
public struct Selection: Hashable, Sendable {
    /// What is wanted of one dimension.
    public enum Item: Hashable, Sendable {
        /// One position; negative counts from the end. The dimension is dropped from the result.
        case index(Int)
        /// `start:stop:step` as in Python; what is left out is `nil`.
        case slice(start: Int?, stop: Int?, step: Int?)
        /// `...`: as many whole dimensions as are left.
        case ellipsis
        /// `[1, 5, -1]`: these positions in this order, repeated ones too; negative counts from the
        /// end. Each dimension is taken by itself, as in Zarr's orthogonal indexing.
        case positions([Int])
        /// `[true, false, …]`: the positions that are `true`, of a list as long as the dimension.
        case flags([Bool])
    }

    /// An item, and the dimension it is for where it was given by name.
    public struct Term: Hashable, Sendable {
        /// The name of the dimension; `nil` where the place in the list says which.
        public var dimension: String?
        /// What is wanted of it.
        public var item: Item

        /// Makes a term.
        public init(_ item: Item, dimension: String? = nil) {
            self.dimension = dimension
            self.item = item
        }
    }

    /// How the elements are named.
    public enum Kind: Hashable, Sendable {
        /// Every combination of what is wanted of each dimension.
        case elements([Term])
        /// The same, counted in stored chunks (shards, where there are), each whole: places and
        /// slices without a step. No dimension is dropped.
        case blocks([Term])
        /// Points, each with a coordinate for every dimension.
        case points(PointSelection)
        /// The elements that are `true` in a mask of the array's shape, in C order.
        case mask(MaskSelection)
    }

    /// How the elements are named. Either all terms have names or none has.
    public var kind: Kind
    /// Of structured elements the field that is wanted, `a.b` for one in another; `nil` for whole
    /// elements.
    public var field: String?

    /// Makes a selection.
    public init(_ kind: Kind, field: String? = nil) {
        self.kind = kind
        self.field = field
    }

    /// Makes a selection of elements from its terms, in the order they are written.
    public init(_ terms: [Term]) {
        self.init(.elements(terms))
    }

    /// Everything.
    public static let all = Selection([])
}

/// Why a selection cannot be read, or does not fit the array.
public struct SelectionError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in one sentence.
    public var message: String

    /// Makes an error.
    public init(_ message: String) {
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
