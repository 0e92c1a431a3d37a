import Codecs
import ZarrModel

extension Sample {
    /// The names of all codecs, those inside shards included.
    var codecNames: [String] {
        specs.flatMap { Self.names(in: $0) }
    }

    private static func names(in spec: CodecSpec) -> [String] {
        let inner = ["codecs", "index_codecs"].flatMap { (try? spec.nestedCodecs($0)) ?? [] }
        return [spec.name] + inner.flatMap { names(in: $0) }
    }

    /// Whether the codec is part of the chain. What makes bytes of numbers is part of most, and
    /// counts where there is nothing else.
    func uses(_ descriptor: CodecDescriptor) -> Bool {
        if descriptor.name == "bytes" { return codecNames.allSatisfy { $0 == "bytes" } }
        return codecNames.contains {
            descriptor.v3Names.contains($0) || descriptor.v2Names.contains($0)
        }
    }
}
