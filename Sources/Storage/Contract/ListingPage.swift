/// A page of a listing, packed: a million keys cost no million strings.
///
/// Keys are relative to the prefix that was listed. They are untrusted bytes: pass them through
/// `StoreKey` or parse them as chunk keys before they are used for anything.
public struct ListingPage: Sendable {
    /// The keys, one after another.
    public private(set) var keyBytes: [UInt8] = []
    /// Where each key ends in `keyBytes`.
    public private(set) var keyEnds: [Int] = []
    /// Bytes of each object; -1 where the store does not say, `irregular` where no read gives any.
    public private(set) var sizes: [Int64] = []
    /// Last change of each object in seconds since 1970; `Int64.min` where the store does not say.
    public private(set) var modifiedTimes: [Int64] = []

    /// Places directly under which there is nothing at all, relative to the prefix that was listed, where
    /// a store has such: no object, but nothing absent either, for reading one fails. Untrusted text.
    public var emptyPlaces: [String] = []

    /// Why folders could not be read, where the listing was told to go on: the key of each error is the
    /// folder relative to the prefix that was listed. Nothing is known of what lies below it.
    public var unlisted: [StorageError] = []

    /// The size of what stands at a key and is no object: a symbolic link, a pipe, a device. It is
    /// there, and reading it fails.
    public static let irregular: Int64 = -2

    /// Makes an empty page.
    public init() {}

    /// How many objects the page holds.
    public var count: Int {
        keyEnds.count
    }

    /// Adds an object.
    public mutating func append(key: some Sequence<UInt8>, size: Int64, modified: Int64) {
        keyBytes.append(contentsOf: key)
        keyEnds.append(keyBytes.count)
        sizes.append(size)
        modifiedTimes.append(modified)
    }

    /// Adds the object `directory` + `name`, without an allocation of its own.
    public mutating func append(
        _ directory: [UInt8],
        _ name: Span<UInt8>,
        size: Int64,
        modified: Int64
    ) {
        keyBytes.append(contentsOf: directory)
        for position in name.indices {
            keyBytes.append(name[position])
        }
        keyEnds.append(keyBytes.count)
        sizes.append(size)
        modifiedTimes.append(modified)
    }

    /// Makes room for `count` objects whose keys have about `keyLength` bytes.
    public mutating func reserve(_ count: Int, keyLength: Int = 16) {
        keyBytes.reserveCapacity(count * keyLength)
        keyEnds.reserveCapacity(count)
        sizes.reserveCapacity(count)
        modifiedTimes.reserveCapacity(count)
    }

    /// Where the key of object `position` lies in `keyBytes`. Requires `0 <= position < count`.
    public func keyRange(_ position: Int) -> Range<Int> {
        (position == 0 ? 0 : keyEnds[position - 1])..<keyEnds[position]
    }

    /// The key of object `position` as text, invalid UTF-8 replaced. Requires `0 <= position < count`.
    public func key(_ position: Int) -> String {
        String(decoding: keyBytes[keyRange(position)], as: UTF8.self)
    }

    /// What the page says of object `position`. Requires `0 <= position < count`.
    public func info(_ position: Int) -> ObjectInfo {
        ObjectInfo(
            size: sizes[position] < 0 ? nil : Int(sizes[position]),
            modified: modifiedTimes[position] == .min ? nil : modifiedTimes[position]
        )
    }
}
