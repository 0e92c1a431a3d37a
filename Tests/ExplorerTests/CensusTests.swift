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
}
