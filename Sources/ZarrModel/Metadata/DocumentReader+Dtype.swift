import JSONValue

extension DocumentReader {
    /// What is odd about a v2 `dtype` that was read: an order that says nothing where one is needed,
    /// times without a unit, two fields of one name.
    mutating func reportDtype(_ dtype: DataTypeV2) {
        report(object["dtype"] ?? .null, dtype.type, at: location("dtype"))
    }

    private mutating func report(_ value: JSONValue, _ type: DataType, at place: String) {
        if let text = value.stringValue {
            if text.hasPrefix("|"), let unit = type.swapUnit, unit > 1 {
                remark(place, "a type of \(unit) bytes has an order, < or >; < was taken")
            }
            switch type {
            case .datetime(.generic, _), .timedelta(.generic, _):
                remark(place, "a time has a unit in brackets")
            default: break
            }
            return
        }
        guard case .structure(let fields) = type, let list = value.arrayValue else { return }
        var names: Set<[UInt8]> = []
        for (position, (element, field)) in zip(list, fields).enumerated() {
            if !names.insert(Array(field.name.utf8)).inserted {
                remark("\(place)/\(position)", "two fields have the same name")
            }
            report(element[1] ?? .null, field.type, at: "\(place)/\(position)/1")
        }
    }

    private mutating func remark(_ place: String, _ message: String) {
        diagnostics.append(Diagnostic(.warning, at: place, message))
    }
}
