/// Which keys a rule is about: `c/**`, `**/zarr.json`, `c/2/?`.
///
/// `*` is any part of a segment, `?` one character of it, `**` any number of whole segments (none
/// as well). Everything else is itself.
public struct KeyPattern: Hashable, Sendable {
    /// The pattern as written, escapes resolved.
    public let text: String
    private let segments: [[Unicode.Scalar]]
    /// Which letters were escaped and so are themselves.
    private let literal: [[Bool]]

    /// Reads a pattern; a letter after `\` is itself.
    public init(_ source: String) {
        var segments: [[Unicode.Scalar]] = [[]]
        var literal: [[Bool]] = [[]]
        var isEscaped = false
        for scalar in source.unicodeScalars {
            if !isEscaped, scalar == "\\" {
                isEscaped = true
                continue
            }
            if scalar == "/" {
                segments.append([])
                literal.append([])
            } else {
                segments[segments.count - 1].append(scalar)
                literal[literal.count - 1].append(isEscaped)
            }
            isEscaped = false
        }
        text = source
        self.segments = segments
        self.literal = literal
    }

    /// Whether `key` is meant. O(pattern × key).
    public func matches(_ key: String) -> Bool {
        let parts =
            key.isEmpty
            ? []
            : key.unicodeScalars.split(
                separator: "/",
                omittingEmptySubsequences: false
            ).map(Array.init)
        // reached[n]: the pattern so far can stand for the first n segments.
        var reached = [Bool](repeating: false, count: parts.count + 1)
        reached[0] = true
        for position in segments.indices {
            var next = [Bool](repeating: false, count: parts.count + 1)
            if isAnySegments(position) {
                var isReached = false
                for count in 0...parts.count {
                    isReached = isReached || reached[count]
                    next[count] = isReached
                }
            } else {
                for count in parts.indices where reached[count] {
                    next[count + 1] = matches(parts[count], position)
                }
            }
            reached = next
        }
        return reached[parts.count]
    }

    private func isAnySegments(_ position: Int) -> Bool {
        segments[position] == ["*", "*"] && literal[position] == [false, false]
    }

    private func matches(_ part: [Unicode.Scalar], _ position: Int) -> Bool {
        let pattern = segments[position]
        var reached = [Bool](repeating: false, count: part.count + 1)
        reached[0] = true
        for (place, scalar) in pattern.enumerated() {
            let isLiteral = literal[position][place]
            var next = [Bool](repeating: false, count: part.count + 1)
            if scalar == "*", !isLiteral {
                var isReached = false
                for count in 0...part.count {
                    isReached = isReached || reached[count]
                    next[count] = isReached
                }
            } else {
                for count in part.indices where reached[count] {
                    next[count + 1] = part[count] == scalar || (scalar == "?" && !isLiteral)
                }
            }
            reached = next
        }
        return reached[part.count]
    }
}
