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

    /// What is odd about how a v3 document names its extensions, and what it says of them.
    mutating func reportExtensions() {
        let rules: [(String, [String: ConfigurationRule])] = [
            ("data_type", ConfigurationRule.dataTypes), ("chunk_grid", ConfigurationRule.grids),
            ("chunk_key_encoding", ConfigurationRule.keyEncodings),
        ]
        for (key, rules) in rules {
            guard let value = object[key]?.objectValue else { continue }
            if value["must_understand"] == .bool(false) {
                // That is for codecs and storage transformers only.
                warn(key, "must_understand: false has no meaning here: it is always understood")
            }
            reportMembers(value, at: location(key))
            let name = value["name"]?.stringValue ?? ""
            guard let rule = rules[name] else { continue }
            let configuration = value["configuration"]?.objectValue ?? [:]
            remark(rule.problems(in: configuration), at: location(key))
        }
        for (position, value) in (object["codecs"]?.arrayValue ?? []).enumerated() {
            guard let value = value.objectValue else { continue }
            reportMembers(value, at: "\(location("codecs"))/\(position)")
        }
    }

    private mutating func reportMembers(_ value: JSONObject, at place: String) {
        let known = ["name", "configuration", "must_understand"]
        for member in value.members where !known.contains(member.key) {
            let place = "\(place)/\(JSONPointer.escape(member.key))"
            diagnostics.append(
                Diagnostic(.warning, at: place, "an extension has no member of this name")
            )
        }
        if value["configuration"]?.isNull == true {
            let place = place + "/configuration"
            diagnostics.append(
                Diagnostic(.warning, at: place, "a configuration is an object or is left out")
            )
        }
    }

    /// Configurations of codecs that are read all the same, and that other programs refuse.
    mutating func reportOdd(_ codecs: [CodecSpec]) {
        for spec in codecs {
            switch (spec.dialect, spec.name) {
            case (.v3, "blosc") where spec.shufflesWithoutSize:
                remark(spec, "typesize", "blosc needs a typesize where it shuffles; it was guessed")
            case (.v3, "transpose") where spec.configuration["order"]?.stringValue != nil:
                remark(spec, "order", "the order of a transpose is a list, no longer a letter")
            case (.v3, "endian"):
                remark(spec, nil, "the codec endian is called bytes now")
            case (.v3, "sharding_indexed"):
                for key in ["codecs", "index_codecs"] {
                    if let inner = try? spec.nestedCodecs(key) { reportOdd(inner) }
                }
            case (.v2, "blosc") where spec.configuration["shuffle"]?.stringValue != nil:
                remark(spec, "shuffle", "blosc's shuffle is a number in v2")
            default: break
            }
            let rules =
                spec.dialect == .v3 ? ConfigurationRule.codecs : ConfigurationRule.codecsV2
            guard let rule = rules[spec.name] else { continue }
            remark(rule.problems(in: spec.configuration), at: spec.location, spec.dialect)
        }
    }

    private mutating func remark(_ spec: CodecSpec, _ member: String?, _ message: String) {
        remark([(member, message)], at: spec.location, spec.dialect)
    }

    private mutating func remark(
        _ problems: [(member: String?, message: String)],
        at place: String,
        _ dialect: CodecSpec.Dialect = .v3
    ) {
        let inside = dialect == .v3 ? "/configuration/" : "/"
        for (member, message) in problems {
            let place = place + (member.map { inside + JSONPointer.escape($0) } ?? "")
            diagnostics.append(Diagnostic(.warning, at: place, message))
        }
    }
}

extension CodecSpec {
    fileprivate var shufflesWithoutSize: Bool {
        configuration["typesize"] == nil && configuration["shuffle"] != "noshuffle"
    }
}
