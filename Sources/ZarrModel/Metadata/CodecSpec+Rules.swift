extension CodecSpec {
    /// What its specification says against the configuration, each with the member that it is about,
    /// `nil` for one that is missing; none where the specification is not known here.
    public var configurationProblems: [(member: String?, message: String)] {
        rule?.problems(in: configuration) ?? []
    }

    /// The members that its specification knows, sorted; none where it is not known here.
    public var configurationMembers: [String] {
        guard let rule else { return [] }
        return (Array(rule.required.keys) + Array(rule.optional.keys)).sorted()
    }

    /// numcodecs' codecs are configured in v3 as they are in v2.
    private var rule: ConfigurationRule? {
        let prefix = "numcodecs."
        guard dialect == .v3 else { return ConfigurationRule.codecsV2[name] }
        guard name.hasPrefix(prefix) else { return ConfigurationRule.codecs[name] }
        return ConfigurationRule.codecsV2[String(name.dropFirst(prefix.count))]
    }
}
