internal import Storage

/// The members of an archive, by name: packed, found by hash, and in order for listings.
///
/// Of members with one name the last counts, as writers that replace a member append it again.
struct ZipIndex: Sendable {
    /// Largest central directory that is read.
    static let largestDirectory = 1 << 30

    private(set) var names: [UInt8] = []
    /// Members in the order of their names. Only names that are store keys are here.
    private(set) var members: [ZipMember] = []
    /// Members whose names are no store keys: they cannot be reached, and are not listed.
    private(set) var rejected = 0

    /// Reads the central directory (APPNOTE 4.3.12). Throws `.corrupt`. O(members · log members).
    init(_ directory: [UInt8], _ end: ZipEnd) throws(StorageError) {
        var offset = 0
        members.reserveCapacity(end.count)
        for _ in 0..<end.count {
            guard offset + 46 <= directory.count, directory.number32(offset) == 0x0201_4b50 else {
                throw ZipEnd.corrupt("the central directory ends early")
            }
            let nameCount = directory.number16(offset + 28)
            let extraCount = directory.number16(offset + 30)
            let next = offset + 46 + nameCount + extraCount + directory.number16(offset + 32)
            guard next <= directory.count else {
                throw ZipEnd.corrupt("the central directory ends early")
            }
            let name = directory[(offset + 46)..<(offset + 46 + nameCount)]
            if let member = try Self.member(directory, offset, nameCount, extraCount, end) {
                add(member, named: name)
            }
            offset = next
        }
        sort()
    }

    /// One member, or `nil` for the entry of a directory.
    private static func member(
        _ directory: [UInt8],
        _ offset: Int,
        _ nameCount: Int,
        _ extraCount: Int,
        _ end: ZipEnd
    ) throws(StorageError) -> ZipMember? {
        guard nameCount > 0, directory[offset + 45 + nameCount] != UInt8(ascii: "/") else {
            return nil
        }
        let extra = (offset + 46 + nameCount)..<(offset + 46 + nameCount + extraCount)
        let wide = try ZipExtra.zip64(
            directory,
            extra,
            size: directory.number32(offset + 24),
            packedSize: directory.number32(offset + 20),
            header: directory.number32(offset + 42)
        )
        let (header, overflow) = wide.header.addingReportingOverflow(end.shift)
        guard !overflow, header >= 0, header <= end.start, wide.packedSize <= end.start else {
            throw ZipEnd.corrupt("a member lies outside the archive")
        }
        return ZipMember(
            name: 0..<0,
            method: directory.number16(offset + 10),
            isEncrypted: directory.number16(offset + 8) & 1 != 0,
            crc: UInt32(truncatingIfNeeded: directory.number32(offset + 16)),
            packedSize: wide.packedSize,
            size: wide.size,
            header: header
        )
    }

    private mutating func add(_ member: ZipMember, named name: ArraySlice<UInt8>) {
        guard let text = String(validating: name, as: UTF8.self), (try? StoreKey(text)) != nil
        else {
            rejected += 1
            return
        }
        var member = member
        member.name = names.count..<(names.count + name.count)
        names.append(contentsOf: name)
        members.append(member)
    }

    /// Orders by name; of equal names the later in the archive stays.
    private mutating func sort() {
        let names = names
        var isSorted = true
        for position in members.indices.dropFirst() {
            let previous = members[position - 1].name
            if !ByteOrder.isLess(names, previous, members[position].name) {
                isSorted = false
                break
            }
        }
        guard !isSorted else { return }
        let order = members.indices.sorted { left, right in
            let first = members[left].name
            let second = members[right].name
            if ByteOrder.isLess(names, first, second) { return true }
            return left < right && !ByteOrder.isLess(names, second, first)
        }
        var sorted: [ZipMember] = []
        sorted.reserveCapacity(order.count)
        for position in order {
            let member = members[position]
            if let last = sorted.last, names[last.name].elementsEqual(names[member.name]) {
                sorted.removeLast()
            }
            sorted.append(member)
        }
        members = sorted
    }

    /// The member `key`. O(log members).
    func member(_ key: String) -> ZipMember? {
        let bytes = Array(key.utf8)
        let position = firstPosition(notBefore: bytes)
        guard position < members.count,
            names[members[position].name].elementsEqual(bytes)
        else { return nil }
        return members[position]
    }

    /// The first member whose name is not before `bytes`. O(log members).
    func firstPosition(notBefore bytes: [UInt8], from start: Int = 0) -> Int {
        var low = start
        var high = members.count
        while low < high {
            let middle = low + (high - low) / 2
            if names[members[middle].name].lexicographicallyPrecedes(bytes) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// The folder, with its closing slash, in which every member lies; empty when there is none.
    var commonFolder: [UInt8] {
        guard let first = members.first, let last = members.last,
            let slash = names[first.name].firstIndex(of: UInt8(ascii: "/"))
        else { return [] }
        let folder = Array(names[first.name.lowerBound...slash])
        return names[last.name].starts(with: folder) ? folder : []
    }
}

/// Order of names by bytes.
private enum ByteOrder {
    static func isLess(_ names: [UInt8], _ left: Range<Int>, _ right: Range<Int>) -> Bool {
        var first = left.lowerBound
        var second = right.lowerBound
        while first < left.upperBound && second < right.upperBound {
            if names[first] != names[second] { return names[first] < names[second] }
            first += 1
            second += 1
        }
        return left.count < right.count
    }
}
