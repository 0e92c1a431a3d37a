/// How it stands with the mock overlay.
struct MockSession: Sendable {
    /// What it is set to; `nil` while it is not armed.
    private(set) var settings: MockSettings?
    /// The totals so far.
    private(set) var report = MockReport()
    /// What it did to single operations, newest last.
    private(set) var log: [MockLogEntry] = []
    /// The request that armed it.
    private(set) var number: Int?

    /// How much of the log is kept.
    static let logLimit = 500

    /// Whether everything goes through a mock.
    var isArmed: Bool {
        settings != nil
    }

    /// Takes what concerns the mock.
    mutating func receive(_ event: Event) {
        switch event.news {
        case .armed(let settings):
            self = MockSession()
            self.settings = settings
            number = event.number
        case .mockReport(let report) where event.number == number:
            take(report)
        case .disarmed(let report):
            take(report)
            settings = nil
            number = nil
        default: break
        }
    }

    private mutating func take(_ report: MockReport) {
        log += report.log
        if log.count > Self.logLimit {
            log.removeFirst(log.count - Self.logLimit)
        }
        self.report = report
        self.report.log = []
    }
}
