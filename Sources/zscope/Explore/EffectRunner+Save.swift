import Explorer
import ZarrModel

extension EffectRunner {
    /// Writes a new file. Throws where there is one of that name.
    func save(_ text: String, as name: String) throws -> News {
        guard FileKind(path: name) == nil else {
            throw ToolError("\(visible(name)) is there already: choose another name")
        }
        let output = try Output(path: name)
        do {
            try output.write(text)
            try output.finish()
        } catch {
            output.discard()
            throw error
        }
        return .saved(name)
    }
}
