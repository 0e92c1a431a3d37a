/// Reorders the dimensions of arrays whose elements have no fixed length.
enum VariableOrder {
    /// Element by element; both sides in C order.
    static func decode(
        _ elements: [[UInt8]],
        _ order: [Int],
        decodedShape: [Int],
        encodedShape: [Int]
    ) -> [[UInt8]] {
        let places = targets(order, decodedShape: decodedShape, encodedShape: encodedShape)
        var result = elements
        for (position, place) in places.enumerated() { result[place] = elements[position] }
        return result
    }

    /// The way back.
    static func encode(
        _ elements: [[UInt8]],
        _ order: [Int],
        decodedShape: [Int],
        encodedShape: [Int]
    ) -> [[UInt8]] {
        targets(order, decodedShape: decodedShape, encodedShape: encodedShape).map { elements[$0] }
    }

    /// For each element of the encoded array, its place in the decoded one.
    private static func targets(
        _ order: [Int],
        decodedShape: [Int],
        encodedShape: [Int]
    ) -> [Int] {
        let strides = Scatter(whole: decodedShape).axes.map(\.stride)
        var places = [0]
        for (position, length) in encodedShape.enumerated() {
            let stride = strides[order[position]]
            places = places.flatMap { place in (0..<length).map { place + $0 * stride } }
        }
        return places
    }
}
