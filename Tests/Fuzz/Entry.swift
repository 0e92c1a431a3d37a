import Glibc

/// The target that `FUZZ_TARGET` names, ready to run.
private nonisolated(unsafe) var run: ([UInt8]) -> Void = { _ in }

/// Called by libFuzzer before anything else; also lists targets and writes their seeds.
///
/// - `FUZZ_TARGET=list`: prints the names of all targets.
/// - `FUZZ_TARGET=NAME FUZZ_SEEDS=FOLDER`: writes the seeds of a target, and its words as a
///   dictionary beside the folder.
/// - `FUZZ_TARGET=NAME`: runs it, with libFuzzer's own arguments.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutableRawPointer,
    _ arguments: UnsafeMutableRawPointer
) -> CInt {
    let name = variable("FUZZ_TARGET") ?? ""
    if name == "list" {
        for target in FuzzTarget.all { print(target.name) }
        exit(0)
    }
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
        print("FUZZ_TARGET names no target: '\(name)'; `list` lists them")
        exit(2)
    }
    do {
        if let folder = variable("FUZZ_SEEDS") {
            for (number, seed) in try target.seeds().enumerated() {
                write(seed, to: "\(folder)/seed-\(number)")
            }
            let words = target.words.map { "\"" + escaped($0) + "\"\n" }.joined()
            write(Array(words.utf8), to: folder + ".words")
            exit(0)
        }
        run = try target.make()
    } catch {
        print("\(name): \(error)")
        exit(2)
    }
    return 0
}

/// Called by libFuzzer for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ bytes: UnsafeRawPointer?, _ count: Int) -> CInt {
    unsafe run(Array(UnsafeRawBufferPointer(start: bytes, count: count)))
    return 0
}

private func variable(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
}

private func write(_ bytes: [UInt8], to path: String) {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    defer { close(file) }
    require(file >= 0, "cannot write \(path)")
    require(unsafe Glibc.write(file, bytes, bytes.count) == bytes.count, "cannot write \(path)")
}

/// A word as libFuzzer's dictionaries have it.
private func escaped(_ word: String) -> String {
    word.utf8.map { byte in
        let isPlain = byte > 0x20 && byte < 0x7f && byte != 0x22 && byte != 0x5c
        let digits = Array("0123456789abcdef")
        return isPlain
            ? String(UnicodeScalar(byte))
            : "\\x" + String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
    }.joined()
}
