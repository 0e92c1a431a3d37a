import Testing
import ZarrModel

@testable import Explorer

struct CensusTests {
    @Test func `what no page named is missing only once the census ends complete`() {
        var census = Census(grid: [2, 3])
        var page = CensusPage()
        page.append(4, .present, size: 10)
        census?.merge(page)
        #expect(census?.count(.unknown) == 5)
        #expect(census?.count(.missing) == 0)
        census?.finish(CensusSummary(isComplete: true))
        #expect(census?.count(.missing) == 5)
        #expect(census?.state(4) == .present)
    }

    @Test func `a census that fails leaves what it did not see unknown`() {
        var census = Census(grid: [4])
        census?.stop("503")
        #expect(census?.count(.unknown) == 4)
        #expect(census?.count(.missing) == 0)
    }

    @Test func `chunks that cannot be counted give no census`() {
        #expect(Census(grid: [.max, 3]) == nil)
        #expect(Census(grid: [-1]) == nil)
    }

    @Test(arguments: [[4], [4, 1 << 20]])
    func `a look that tells no size leaves the size that is known`(_ grid: [Int]) throws {
        var census = try #require(Census(grid: grid))
        var page = CensusPage()
        for index in 0..<3 { page.append(index, .present, size: 10) }
        census.merge(page)
        var looked = CensusPage()
        looked.append(0, .present, size: -1)
        looked.append(1, .corrupt, size: -1)
        looked.append(2, .missing, size: -1)
        census.merge(looked)
        #expect(census.size(0) == 10)
        #expect(census.size(1) == 10)
        #expect(census.size(2) == nil)
        #expect(census.storedBytes == 20)
    }

    @Test(arguments: [[4], [4, 1 << 20]])
    func `a census begun anew keeps sizes only of what is found again`(_ grid: [Int]) throws {
        var census = try #require(Census(grid: grid))
        var page = CensusPage()
        for index in 0..<3 { page.append(index, .present, size: 10) }
        census.merge(page)
        census.finish(CensusSummary(isComplete: true))
        census.mark(1, true)
        census.forgetStates()
        #expect(census.count(.unknown) == census.total)
        #expect(census.markedCount == 0)
        #expect(census.storedBytes == 30)
        var again = CensusPage()
        again.append(1, .present, size: -1)
        again.append(2, .unreadable, size: -1)
        census.merge(again)
        census.finish(CensusSummary(isComplete: true))
        #expect(census.storedBytes == 20)
        #expect(census.size(0) == nil)
        #expect(census.count(.missing) == census.total - 2)
    }
}
