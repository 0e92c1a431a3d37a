import Explorer

extension EffectRunner {
    func arm(_ settings: MockSettings, _ number: Int) async throws -> News {
        .armed(settings)
    }
    func disarm() async throws -> News {
        .disarmed(MockReport())
    }
}
