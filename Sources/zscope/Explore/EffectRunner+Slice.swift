import Explorer

extension EffectRunner {
    /// Reads a part of a plane, and brings what there is of it as it comes.
    func plane(_ request: PlaneRequest, _ number: Int) async throws -> News {
        let array = try await store().array(request.path)
        let values = try await PlaneReading(request, array).values {
            report(number, .planePart($0))
        }
        return .plane(values)
    }

    /// Reads a part of a plane that nobody looks at yet.
    func planeAhead(_ request: PlaneRequest) async throws -> News {
        .plane(try await PlaneReading(request, try await store().array(request.path)).values())
    }
}
