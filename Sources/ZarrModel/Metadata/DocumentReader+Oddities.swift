import JSONValue

extension DocumentReader {
    /// xarray's attribute of v2 has no meaning in v3; two answers are one too many.
    mutating func compareNames(_ names: [String?]?, _ attributes: JSONObject) {
        guard let list = attributes["_ARRAY_DIMENSIONS"]?.arrayValue else { return }
        guard names ?? [] != list.map(\.stringValue) else { return }
        diagnostics.append(
            Diagnostic(
                .warning,
                at: location("attributes") + "/_ARRAY_DIMENSIONS",
                "it differs from dimension_names, which counts in v3"
            )
        )
    }

    /// `must_understand: false` is for codecs and storage transformers only.
    mutating func reportOptional() {
        for key in ["data_type", "chunk_grid", "chunk_key_encoding"]
        where object[key]?["must_understand"] == .bool(false) {
            warn(
                key,
                "\(key) must always be understood; must_understand: false has no meaning here"
            )
        }
    }

    /// Configurations that are read all the same, and that other programs refuse.
    mutating func reportOdd(_ codecs: [CodecSpec]) {
        for spec in codecs {
            switch spec.name {
            case "blosc" where spec.shufflesWithoutSize:
                remark(spec, "typesize", "blosc needs a typesize where it shuffles; it was guessed")
            case "transpose" where spec.configuration["order"]?.stringValue != nil:
                remark(
                    spec,
                    "order",
                    "the order of transpose is a list of dimensions, no longer a letter"
                )
            case "endian":
                remark(spec, nil, "the codec endian is called bytes now")
            case "sharding_indexed":
                for key in ["codecs", "index_codecs"] {
                    if let inner = try? spec.nestedCodecs(key) { reportOdd(inner) }
                }
            default: break
            }
        }
    }

    private mutating func remark(_ spec: CodecSpec, _ member: String?, _ message: String) {
        let place = spec.location + (member.map { "/configuration/" + $0 } ?? "")
        diagnostics.append(Diagnostic(.warning, at: place, message))
    }
}

extension CodecSpec {
    fileprivate var shufflesWithoutSize: Bool {
        configuration["typesize"] == nil && configuration["shuffle"] != "noshuffle"
    }
}
