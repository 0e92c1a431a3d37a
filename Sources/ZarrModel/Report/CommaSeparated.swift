/// A text as a field of comma-separated values: in quotes, those in it doubled (RFC 4180, section 2).
///
/// Escapes nothing else: what may come from a store is made `visible` first.
public func commaQuoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
}
