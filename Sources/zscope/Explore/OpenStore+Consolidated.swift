import Explorer
import ZarrEngine
import ZarrModel

extension OpenStore {
    /// A larger hierarchy is not read whole of itself.
    private static let comparedLimit = 300

    /// Says whether the consolidated copy that a group carries agrees with the documents below it.
    func compareConsolidated(_ node: Node, _ details: inout NodeDetails) async {
        let inline = node.group?.metadata?.consolidated?.nodes.count
        let hasDocument = details.documents.contains { $0.key.hasSuffix(".zmetadata") }
        guard node.group != nil, inline != nil || hasDocument else { return }
        details.facts.removeAll { $0.name == "consolidated" }
        if let inline, inline > Self.comparedLimit {
            let text = "\(Wording.count(inline, "node")), not compared: too many"
            details.facts.append(Fact("copy", text + "; zscope consolidate --check compares"))
            return
        }
        let agreement = await agreement(at: node.path)
        guard agreement.hasPrefix(Self.sign) else {
            details.facts.append(Fact("copy", agreement))
            return
        }
        details.facts.append(Fact("copy", Self.sign + "differs from the documents"))
        let place = inline == nil ? ".zmetadata" : "zarr.json#/consolidated_metadata"
        let remedy =
            "; programs that read the copy see what was before: zscope consolidate renews it"
        let message = agreement.dropFirst(Self.sign.count) + remedy
        details.diagnostics.append(Diagnostic(.warning, at: place, String(message)))
    }

    /// Before what is said of a copy that is not of the documents as they are.
    private static let sign = "▲ "

    private func agreement(at path: NodePath) async -> String {
        do {
            let plan = try await hierarchy.consolidationPlan(at: path)
            let nodes = Wording.count(plan.nodeCount, "node")
            if plan.isCurrent { return "✔ consolidated, \(nodes), agrees with the documents" }
            let places = plan.differences.map { "\($0.path) \(Self.word($0.kind))" }
            return Self.difference(places)
        } catch {
            // A broken node cannot be copied; the others can still be compared.
            guard let tree = try? await hierarchy.tree(at: path) else {
                return "consolidated; it could not be compared: \(error.message)"
            }
            var places: [String] = []
            Self.gather(tree, &places)
            return places.isEmpty
                ? "consolidated, agrees with every node that can be read" : Self.difference(places)
        }
    }

    private static func difference(_ places: [String]) -> String {
        let shown = places.prefix(6).joined(separator: ", ")
        let rest = places.count > 6 ? " and \(Wording.count(places.count - 6)) more" : ""
        let count = Wording.count(places.count, "place")
        return "\(sign)consolidated, differs from the documents in \(count): \(shown)\(rest)"
    }

    private static func word(_ kind: ConsolidationPlan.Difference.Kind) -> String {
        switch kind {
        case .missing: "is not in it"
        case .extra: "is only in it"
        case .differs: "differs"
        }
    }

    private static func gather(_ tree: NodeTree, _ places: inout [String]) {
        let isOff = tree.node.issues.contains { $0.message.mentions("consolidated") }
        if isOff { places.append("\(tree.node.path)") }
        for child in tree.children ?? [] { gather(child, &places) }
    }
}
