import Drills
import Explorer
import Storage
import ZarrEngine
import ZarrModel

extension EffectRunner {
    /// Puts a mock over what is open. The storage underneath is only read from now on.
    func arm(_ settings: MockSettings, _ number: Int) async throws -> News {
        let open = try store()
        let location = open.location
        let overlay = try MockOverlay(settings, number: number)
        let storage = overlay.over(location.storage, array: open.latestArray)
        replaceStore(
            with: OpenStore(location, recorder: open.recorder, storage: storage, mock: overlay),
            keeping: number
        )
        watch(overlay)
        return .armed(settings)
    }

    /// What is wrong with rules that are typed in one row, with `;` between them; `nil` for nothing.
    static func mistake(in rules: String) -> Problem? {
        do throws(FaultScriptError) {
            let lines = rules.split(separator: ";", omittingEmptySubsequences: false)
            _ = try FaultScript(parsing: lines.joined(separator: "\n"))
            return nil
        } catch {
            let rule = rules.utf8.contains(UInt8(ascii: ";")) ? "rule \(error.line), " : ""
            return Problem("\(rule)column \(error.column): \(visible(error.message))")
        }
    }

    /// Takes the mock away.
    func disarm(_ number: Int) async throws -> News {
        let mocked = try store()
        guard let overlay = mocked.mock else { return .disarmed(MockReport()) }
        let report = overlay.report(isLast: true, chunkOf: mocked.chunk)
        replaceStore(with: OpenStore(mocked.location, recorder: mocked.recorder), keeping: number)
        return .disarmed(report ?? MockReport())
    }

    /// Reports what the mock does a few times a second, while it is armed and does something.
    private func watch(_ overlay: MockOverlay) {
        Task.detached { [weak self] in
            while true {
                try? await Task.sleep(for: .milliseconds(250))
                guard let self, let store = try? self.store(), store.mock === overlay else {
                    return
                }
                if let report = overlay.report(isLast: false, chunkOf: store.chunk) {
                    self.report(overlay.number, .mockReport(report))
                }
            }
        }
    }
}

extension OpenStore {
    /// The chunk that a key names, in C order of its grid, where it is one of an array looked at.
    func chunk(of key: String) -> Int? {
        for array in knownArrays {
            let prefix = array.path.keyPrefix.isEmpty ? "" : array.path.keyPrefix + "/"
            let isWhole = key.hasPrefix(prefix)
            guard isWhole || array.path == latestArray else { continue }
            let name = Array(key.dropFirst(isWhole ? prefix.count : 0).utf8)[...]
            if let index = array.keyEncoding.parse(name, rank: array.grid.rank) {
                return array.grid.linearIndex(of: index)
            }
        }
        return nil
    }
}
