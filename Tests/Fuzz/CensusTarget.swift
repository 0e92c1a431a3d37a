import Glibc
import Storage

@testable import StorageBackends

extension FuzzTarget {
    /// Census files: the listing is read to its end.
    static let censusFiles = FuzzTarget(
        name: "census-files",
        seeds: {
            [try Self.sampleCensus(0), try Self.sampleCensus(3), try Self.sampleCensus(300)]
        },
        words: ["zscope census 1\n", "zscpend\n", "zarr.json"],
        make: {
            var template = Array("/tmp/zscope-fuzz-XXXXXX".utf8CString)
            let file = unsafe mkstemp(&template)
            unsafe unlink(template)
            require(file >= 0, "there is a file without a name")
            return { input in
                require(ftruncate(file, 0) == 0, "the file can be emptied")
                require(
                    unsafe pwrite(file, input, input.count, 0) == input.count,
                    "the file can be written"
                )
                Self.readCensus("/proc/self/fd/\(file)")
            }
        }
    )

    /// One block of a listing, before it is compressed: what the checksum of a frame keeps away.
    static let listingBlocks = FuzzTarget(
        name: "listing-blocks",
        seeds: {
            [ListingBlock.encoded(Self.samplePage(0)), ListingBlock.encoded(Self.samplePage(9))]
        },
        make: {
            return { input in
                let page = ListingBlock.page(input, under: [])
                require(
                    (page?.keyBytes.count ?? 0) <= ListingBlock.nameLimit,
                    "names take no more than the limit"
                )
                _ = CensusTable(input, end: 1 << 20)
            }
        }
    )

    private static func readCensus(_ path: String) {
        guard let (listing, table) = try? CensusFileReader.open(path) else { return }
        for number in listing.blocks.indices.prefix(8) {
            _ = try? listing.page(number, under: Array("c/".utf8))
        }
        _ = try? listing.level([])
        _ = try? listing.info(Array("c/0".utf8))
        _ = table.documents.count
    }

    private static func samplePage(_ count: Int) -> ListingPage {
        var page = ListingPage()
        for number in 0..<count {
            page.append(key: "c/\(number)".utf8, size: Int64(number), modified: 1_700_000_000)
        }
        return page
    }

    private static func sampleCensus(_ count: Int) throws -> [UInt8] {
        var file = CensusFileEncoder(CensusOrigin(created: "2026-11-22", locator: "a.zarr"))
        var bytes = file.head
        bytes += try file.add(samplePage(count))
        file.add(document: "zarr.json", Array("{}".utf8))
        return bytes + (try file.finish())
    }
}
