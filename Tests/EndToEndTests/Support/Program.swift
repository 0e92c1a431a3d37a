import Glibc
import JSONValue
import Testing

/// The program under test: the built binary, run as a person runs it.
enum Program {
    /// Where the binary is: `ZSCOPE_BIN`, else beside the tests that are running.
    static let path: String = {
        if let path = unsafe getenv("ZSCOPE_BIN") { return unsafe String(cString: path) }
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = unsafe readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(
            decoding: buffer[..<max(0, count)].map(UInt8.init(bitPattern:)),
            as: UTF8.self
        )
        return own.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/zscope"
    }()

    /// Runs it with an environment that holds no surprises.
    static func run(
        _ arguments: String...,
        environment: [String: String] = [:]
    ) throws -> ChildProcess.Outcome {
        try run(arguments, environment: environment)
    }

    /// Runs it with an environment that holds no surprises.
    static func run(
        _ arguments: [String],
        environment: [String: String] = [:]
    ) throws -> ChildProcess.Outcome {
        let plain = [
            "LC_ALL": "C.UTF-8", "NO_COLOR": "", "COLORTERM": "", "TERM": "xterm-256color",
        ]
        .merging(homes) { $1 }
        return try ChildProcess.run(path, arguments, environment: plain.merging(environment) { $1 })
    }

    /// Where it keeps what it remembers: not where a person's own zscope does.
    static let homes: [String: String] = {
        let names = ["STATE", "DATA", "CONFIG"].map { "XDG_\($0)_HOME" }
        return Dictionary(uniqueKeysWithValues: names.map { ($0, "\(Demo.folder)/home") })
    }()
}

extension ChildProcess.Outcome {
    /// Standard output as the one JSON document that it must be.
    func json() throws -> JSONValue {
        try JSONParser.parse(output, mode: .strict, limits: .standard).value
    }
}

extension Program {
    /// A number that two people's tests on one machine do not share.
    static var user: UInt32 { getuid() }
}
