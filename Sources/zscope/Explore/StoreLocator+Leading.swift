import Storage
import ZarrEngine
import ZarrModel

extension StoreLocator {
    /// More levels up nobody is looked for.
    private static let levels = 8

    /// `error` with the array that the place lies in, where it lies in one: the path of a chunk was named.
    func leading(on error: any Error) async -> any Error {
        let failure = ToolError(reporting: error)
        guard scheme == nil || scheme == "file", failure.status == .failed, node == nil else {
            return error
        }
        var above = self
        for _ in 0..<Self.levels {
            guard let slash = above.place.lastIndex(of: "/"), slash > above.place.startIndex else {
                return error
            }
            above.place = String(above.place[..<slash])
            let documents = ["zarr.json", ".zarray"]
            guard documents.contains(where: { FileKind(path: above.place + "/" + $0) == .regular })
            else { continue }
            let array = try? await Target(above).array()
            guard array != nil else { return error }
            return ToolError(
                failure.message,
                remedy: "the array is \(above)",
                status: failure.status
            )
        }
        return error
    }
}
