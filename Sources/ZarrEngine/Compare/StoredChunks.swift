public import Storage
public import ZarrModel

/// The stored chunks of one array, sorted: 24 bytes for each.
public struct StoredChunks: Sendable {
    /// One stored chunk.
    public struct Entry: Hashable, Sendable {
        /// Its number in C order.
        public var chunk: Int
        /// Bytes; -1 where the storage does not say, `ListingPage.irregular` where it is no object.
        public var size: Int64
        /// Last change in seconds since 1970; `Int64.min` where the storage does not say.
        public var modified: Int64

        /// What is known of it.
        public var info: ObjectInfo {
            ObjectInfo(
                size: size < 0 ? nil : Int(size),
                modified: modified == .min ? nil : modified
            )
        }
    }

    /// Every stored chunk of the grid, ascending.
    public private(set) var entries: [Entry] = []

    /// Lists an array to the end. `onProgress` gets the number of chunks found so far.
    public init(
        _ array: ArrayNode,
        onProgress: (Int) -> Void = { _ in }
    ) async throws(EngineError) {
        let census = try await array.census()
        do throws(StorageError) {
            while let page = try await census.next() {
                for place in 0..<page.count {
                    let isOdd = page.states[place] == .unreadable
                    entries.append(
                        Entry(
                            chunk: page.chunks[place],
                            size: isOdd ? ListingPage.irregular : page.sizes[place],
                            modified: page.modifiedTimes[place]
                        )
                    )
                }
                onProgress(entries.count)
            }
        } catch {
            throw EngineError(error, at: array.path.description)
        }
        entries.sort { $0.chunk < $1.chunk }
    }

    /// The entry of a chunk; `nil` where it is not stored. O(log entries).
    public subscript(chunk: Int) -> Entry? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].chunk < chunk { low = middle + 1 } else { high = middle }
        }
        return low < entries.count && entries[low].chunk == chunk ? entries[low] : nil
    }
}

/// A chunk of the left array's grid, as two listings show it.
public struct ComparedChunk: Hashable, Sendable {
    /// Its number in C order of the left grid.
    public var chunk: Int
    /// What the listings tell.
    public var difference: ChunkDifference
    /// What is stored on the left; `nil` where nothing is.
    public var left: ObjectInfo?
    /// What is stored on the right, all of the region together where the grids differ.
    public var right: ObjectInfo?
}

extension ArrayComparison {
    /// Calls `body` with every chunk of the left grid that is stored on either side, in C order; all
    /// others are absent. O(stored), or O(grid) where the grids differ.
    public func forEachChunk(
        _ left: StoredChunks,
        _ right: StoredChunks,
        _ body: (ComparedChunk) -> Void
    ) {
        guard sharesGrid else { return forEachRegion(left, right, body) }
        let (one, other) = (left.entries, right.entries)
        var (here, there) = (0, 0)
        while here < one.count || there < other.count {
            let first = here < one.count ? one[here].chunk : .max
            let second = there < other.count ? other[there].chunk : .max
            body(
                compared(
                    min(first, second),
                    first <= second ? one[here] : nil,
                    second <= first ? other[there] : nil
                )
            )
            if first <= second { here += 1 }
            if second <= first { there += 1 }
        }
    }

    private func compared(
        _ chunk: Int,
        _ left: StoredChunks.Entry?,
        _ right: StoredChunks.Entry?
    ) -> ComparedChunk {
        let difference: ChunkDifference
        if left?.size == ListingPage.irregular || right?.size == ListingPage.irregular {
            difference = .unreadable
        } else if let left, let right {
            let areSized = comparesSizes && left.size >= 0 && right.size >= 0
            difference = areSized && left.size != right.size ? .sizes : .alike
        } else {
            difference = left == nil ? .onlyRight : .onlyLeft
        }
        return ComparedChunk(
            chunk: chunk,
            difference: difference,
            left: left?.info,
            right: right?.info
        )
    }

    private func forEachRegion(
        _ left: StoredChunks,
        _ right: StoredChunks,
        _ body: (ComparedChunk) -> Void
    ) {
        for chunk in 0..<self.left.grid.total {
            let behind = counterparts(of: self.left.grid.index(at: chunk))
            var found = ObjectInfo(size: 0)
            var count = 0
            var isOdd = false
            behind.forEachIndex { index in
                guard let number = self.right.grid.linearIndex(of: index),
                    let entry = right[number]
                else { return }
                count += 1
                isOdd = isOdd || entry.size == ListingPage.irregular
                found.size = (found.size ?? 0) &+ Int(max(0, entry.size))
                if entry.modified != .min {
                    found.modified = max(found.modified ?? .min, entry.modified)
                }
            }
            let here = left[chunk]
            guard here != nil || count > 0 else { continue }
            let isWhole = count == behind.shape.reduce(1, *)
            isOdd = isOdd || here?.size == ListingPage.irregular
            body(
                ComparedChunk(
                    chunk: chunk,
                    difference: isOdd
                        ? .unreadable
                        : here == nil ? .onlyRight : isWhole ? .alike : .onlyLeft,
                    left: here?.info,
                    right: count > 0 ? found : nil
                )
            )
        }
    }
}

extension Region {
    /// Calls `body` with each place in C order.
    fileprivate func forEachIndex(_ body: (ChunkIndex) -> Void) {
        guard ranges.allSatisfy({ !$0.isEmpty }) else { return }
        var place = ranges.map(\.lowerBound)
        while true {
            body(ChunkIndex(place))
            var axis = ranges.count - 1
            while axis >= 0 {
                place[axis] += 1
                if place[axis] < ranges[axis].upperBound { break }
                place[axis] = ranges[axis].lowerBound
                axis -= 1
            }
            if axis < 0 { return }
        }
    }
}
