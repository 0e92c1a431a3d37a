internal import Storage

/// Some thousand objects of a listing in few bytes: names by what they have in common with the one
/// before, sizes, times by their distance. Pure.
enum ListingBlock {
    /// The most objects in one.
    static let entryLimit = 8192
    /// The most bytes of names in one.
    static let nameLimit = 4 << 20
    /// The most bytes of one before it is compressed.
    static let sizeLimit = 16 << 20

    /// What the column of sizes says besides sizes.
    private enum Mark {
        static let unknown: UInt64 = 0
        static let irregular: UInt64 = 1
        /// A place directly under which there is nothing.
        static let emptyPlace: UInt64 = 2
        static let count: UInt64 = 3
    }

    /// The times that are kept: what lies beyond is no time of a file.
    private static let times: ClosedRange<Int64> = -(1 << 60)...(1 << 60)

    /// Packs a page that keeps to the limits.
    static func encoded(_ page: ListingPage) -> [UInt8] {
        var names = PackedWriter()
        var sizes = PackedWriter()
        var times = PackedWriter()
        var last: ArraySlice<UInt8> = []
        var lastTime: Int64 = 0
        for position in 0..<page.count {
            let name = page.keyBytes[page.keyRange(position)]
            append(name, after: last, to: &names)
            last = name
            sizes.append(mark(of: page.sizes[position]))
            append(page.modifiedTimes[position], after: &lastTime, to: &times)
        }
        for place in page.emptyPlaces {
            let name = Array(place.utf8)[...]
            append(name, after: last, to: &names)
            last = name
            sizes.append(Mark.emptyPlace)
            append(.min, after: &lastTime, to: &times)
        }
        var block = PackedWriter()
        block.append(count: page.count + page.emptyPlaces.count)
        block.append(text: names.bytes)
        block.append(text: sizes.bytes)
        block.append(text: times.bytes)
        return block.bytes
    }

    /// The objects of a block whose names begin with `prefix`, which is taken off; `nil` for what is
    /// no block. No more bytes are made than the limits say.
    static func page(_ bytes: [UInt8], under prefix: [UInt8]) -> ListingPage? {
        var block = PackedReader(bytes)
        guard let count = block.count(atMost: bytes.count), let nameCount = block.count(),
            let nameBytes = block.skip(nameCount), let sizeCount = block.count(),
            let sizeBytes = block.skip(sizeCount), let timeCount = block.count(),
            let timeBytes = block.skip(timeCount)
        else { return nil }
        var names = PackedReader(bytes, nameBytes)
        var sizes = PackedReader(bytes, sizeBytes)
        var times = PackedReader(bytes, timeBytes)
        var page = ListingPage()
        page.reserve(count)
        var name: [UInt8] = []
        var lastTime: Int64 = 0
        var room = nameLimit
        for _ in 0..<count {
            guard let shared = names.count(atMost: name.count), let tail = names.text(),
                let mark = sizes.number(), let time = time(&times, after: &lastTime)
            else { return nil }
            name.removeLast(name.count - shared)
            name += tail
            room -= name.count
            guard room >= 0 else { return nil }
            guard name.starts(with: prefix) else { continue }
            let rest = name[prefix.count...]
            if mark == Mark.emptyPlace {
                if !rest.isEmpty { page.emptyPlaces.append(String(decoding: rest, as: UTF8.self)) }
                continue
            }
            guard let size = size(of: mark) else { return nil }
            if !rest.isEmpty { page.append(key: rest, size: size, modified: time) }
        }
        return page
    }

    /// The bytes that all names of a page begin with.
    static func commonPrefix(_ page: ListingPage) -> [UInt8] {
        var common: ArraySlice<UInt8>?
        func meet(_ name: ArraySlice<UInt8>) {
            let known = common ?? name
            common = known.prefix(sharedCount(known, name))
        }
        for position in 0..<page.count { meet(page.keyBytes[page.keyRange(position)]) }
        for place in page.emptyPlaces { meet(Array(place.utf8)[...]) }
        return Array(common ?? [])
    }

    /// How many bytes two names begin with alike.
    private static func sharedCount(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Int {
        let end = min(one.count, other.count)
        var count = 0
        while count < end, one[one.startIndex + count] == other[other.startIndex + count] {
            count += 1
        }
        return count
    }

    private static func append(
        _ name: ArraySlice<UInt8>,
        after last: ArraySlice<UInt8>,
        to names: inout PackedWriter
    ) {
        let shared = sharedCount(last, name)
        names.append(count: shared)
        names.append(text: name.dropFirst(shared))
    }

    private static func append(
        _ time: Int64,
        after last: inout Int64,
        to times: inout PackedWriter
    ) {
        guard Self.times.contains(time) else { return times.append(0) }
        let step = time - last
        last = time
        times.append(UInt64(bitPattern: (step << 1) ^ (step >> 63)) + 1)
    }

    private static func time(_ times: inout PackedReader, after last: inout Int64) -> Int64? {
        guard let code = times.number() else { return nil }
        guard code > 0 else { return .min }
        let folded = code - 1
        let step = Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
        let (time, overflow) = last.addingReportingOverflow(step)
        guard !overflow, Self.times.contains(time) else { return nil }
        last = time
        return time
    }

    private static func mark(of size: Int64) -> UInt64 {
        if size == ListingPage.irregular { return Mark.irregular }
        return size < 0 ? Mark.unknown : UInt64(size) + Mark.count
    }

    private static func size(of mark: UInt64) -> Int64? {
        switch mark {
        case Mark.unknown: -1
        case Mark.irregular: ListingPage.irregular
        default: Int64(exactly: mark - Mark.count)
        }
    }
}
