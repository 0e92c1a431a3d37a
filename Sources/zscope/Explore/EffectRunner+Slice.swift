import Explorer

extension EffectRunner {
    /// Reads a part of a plane, and brings what there is of it as it comes.
    func plane(_ request: PlaneRequest, _ number: Int) async throws -> News {
        let values = try await reading(request).values { report(number, .planePart($0)) }
        return .plane(values)
    }

    /// Reads a part of a plane that nobody looks at yet.
    func planeAhead(_ request: PlaneRequest) async throws -> News {
        .plane(try await reading(request).values())
    }

    private func reading(_ request: PlaneRequest) async throws -> PlaneReading {
        let store = try store()
        let array = try await store.array(request.path)
        guard let level = request.level else { return PlaneReading(request, array) }
        let coarser = try await store.array(at: try OpenStore.path(level.path))
        return PlaneReading(request, array, level: coarser)
    }
}
