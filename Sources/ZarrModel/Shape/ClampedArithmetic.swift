extension Int {
    /// The product of two numbers that are not negative, or the greatest number where that is more.
    public func multipliedOrMost(by other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }

    /// The sum, held within the range of numbers.
    public func addedOrMost(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
