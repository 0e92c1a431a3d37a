/// What is known of the operations of the store that is open.
struct OperationSession: Sendable {
    /// The figures.
    private(set) var meter = OperationMeter()
    /// The latest operations, newest last.
    private(set) var entries: [OperationEntry] = []
    /// The request that opened the store.
    private(set) var number = 0
    /// What storage did that is being opened and may replace the store.
    private var coming: (number: Int, report: OperationReport)?

    /// How many operations are kept.
    static let limit = 4096

    /// The number of the oldest operation that is kept.
    var firstNumber: Int {
        entries.first?.number ?? 0
    }

    /// Takes what concerns the operations. Of storage that is no longer open nothing is taken.
    mutating func receive(_ event: Event) {
        switch event.news {
        case .opened(let store) where event.number > number:
            let early = coming
            self = OperationSession()
            meter.breakers = store.breakers
            number = event.number
            if let early, early.number == number { take(early.report) }
        case .operations(let report):
            if event.number == number {
                take(report)
            } else if event.number > number {
                var early = coming?.number == event.number ? coming?.report.entries ?? [] : []
                early += report.entries
                coming = (event.number, OperationReport(meter: report.meter, entries: early))
            }
        default: break
        }
    }

    private mutating func take(_ report: OperationReport) {
        meter = report.meter
        entries += report.entries
        if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
    }
}
