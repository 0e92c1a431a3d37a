import Explorer
import ZarrEngine
import ZarrModel

extension EffectRunner {
    func arm(_ settings: MockSettings, _ number: Int) async throws -> News {
        .armed(settings)
    }
    func disarm() async throws -> News {
        .disarmed(MockReport())
    }
    func verify(_ path: String, _ number: Int) async throws -> News {
        try await census(path, number)
    }
}
extension OpenStore {
    func inspect(_ path: String, _ chunk: ZarrModel.ChunkIndex) async throws -> ChunkReport {
        let array = try await array(path)
        return ChunkReport(chunk: chunk, key: array.key(of: chunk), state: .present)
    }
}
