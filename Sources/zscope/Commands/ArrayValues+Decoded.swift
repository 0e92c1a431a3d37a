import ZarrEngine
import ZarrModel

extension OptionDeclaration {
    static let decoded = Self(
        "decoded",
        help: "what is meant: scale_factor, add_offset, _FillValue, missing_value, times as dates"
    )
}

extension Target {
    /// What values mean where `--decoded` asks for it, else `nil`. Where the attributes say nothing
    /// they are what they are, and that is told.
    func meaning(_ context: CommandContext) async throws -> ValueMeaning? {
        guard context.arguments.has(.decoded) else { return nil }
        let meaning = ValueMeaning(try await array().metadata, isDecoded: true)
        if meaning.isPlain {
            context.messages.warning(
                "nothing to decode: the attributes have no scale_factor, add_offset, _FillValue,"
                    + " missing_value or units of time"
            )
        }
        return meaning
    }
}

extension ValueMeaning {
    /// `values` as what they mean: floats with NaN for no value, or texts of times. Throws where
    /// there is no memory for them.
    func decoded(_ values: ArrayValues) throws -> ArrayValues {
        guard !isPlain, let numbers = values.numbers else { return values }
        let found: ArrayValues?
        if time != nil {
            let texts = numbers.indices.map { place -> [UInt8] in
                let text = text(numbers[place])
                return Array((text == "none" ? "NaT" : text ?? "\(numbers[place])").utf8)
            }
            found = ArrayValues(shape: values.shape, dataType: .string, variable: texts)
        } else {
            let isSingle = decoding?.isSingle ?? false
            found = ArrayValues.filled(
                shape: values.shape,
                dataType: .float(isSingle ? .float32 : .float64)
            ) { (bytes: inout MutableRawSpan) in
                for (place, number) in numbers.enumerated() {
                    let value = decoding?.value(number) ?? number
                    if isSingle {
                        let bits = Float(value).bitPattern.littleEndian
                        bytes.storeBytes(of: bits, toByteOffset: 4 * place, as: UInt32.self)
                    } else {
                        let bits = value.bitPattern.littleEndian
                        bytes.storeBytes(of: bits, toByteOffset: 8 * place, as: UInt64.self)
                    }
                }
            }
        }
        guard let found else { throw ToolError("there is no memory for so many values") }
        return found
    }
}
