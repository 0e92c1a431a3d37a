extension Sequence<Int> {
    /// The product of the numbers (1 for none), or `nil` when it does not fit. Requires none negative.
    ///
    /// A zero anywhere makes it 0, however large the others are.
    public func checkedProduct() -> Int? {
        var product = 1
        var overflowed = false
        for factor in self {
            if factor == 0 { return 0 }
            guard !overflowed else { continue }
            (product, overflowed) = product.multipliedReportingOverflow(by: factor)
        }
        return overflowed ? nil : product
    }
}
