// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// Kernels are 30 to 60 times slower without optimisation, so they are optimised in debug builds too.
let kernels: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// What is not called for each chunk is made small rather than fast, where it is released.
let compact: [SwiftSetting] =
    strict + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// Optimised in debug builds, where tests go through much of it, and small where it is released.
let compactKernels: [SwiftSetting] =
    kernels + [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// A library module and its test target.
func module(
    _ name: String,
    uses dependencies: [String] = [],
    settings: [SwiftSetting] = strict,
    testsUse: [String] = []
) -> [Target] {
    [
        .target(
            name: name,
            dependencies: dependencies.map { .init(stringLiteral: $0) },
            swiftSettings: settings
        ),
        tests(name + "Tests", use: [name] + dependencies + testsUse),
    ]
}

/// A test target. What lies beside the sources (golden screens, scripts) is read by path.
func tests(_ name: String, use dependencies: [String]) -> Target {
    .testTarget(
        name: name,
        dependencies: Set(dependencies).sorted().map { .init(stringLiteral: $0) },
        exclude: name == "ExplorerTests" ? ["Screens"] : [],
        swiftSettings: strict
    )
}

let libraries: [[Target]] = [
    module("Arena"),
    module("JSONValue", settings: kernels),
    module("ZarrModel", uses: ["JSONValue"], settings: compactKernels),
    module("Storage", uses: ["Arena", "ZarrModel"], settings: compact),
    module("StorageTesting", uses: ["Arena", "Storage", "ZarrModel"], settings: compact),
    module(
        "StorageBackends",
        uses: [
            "Arena", "JSONValue", "Storage", "ZarrModel", "CCompression", "CFileSystem",
        ],
        settings: compact,
        testsUse: ["StorageTesting"]
    ),
    module(
        "StorageLayers",
        uses: ["Arena", "Storage", "ZarrModel"],
        settings: compact,
        testsUse: ["StorageTesting"]
    ),
    module("Codecs", uses: ["Arena", "CCompression", "JSONValue", "ZarrModel"], settings: kernels),
    module(
        "ZarrEngine",
        uses: ["Arena", "Codecs", "JSONValue", "Storage", "ZarrModel"],
        settings: kernels,
        testsUse: ["StorageBackends", "StorageLayers"]
    ),
    module(
        "Drills",
        uses: ["Arena", "JSONValue", "Storage", "StorageBackends", "StorageLayers", "ZarrModel"],
        settings: compact,
        testsUse: ["StorageTesting"]
    ),
    module("Raster", uses: ["ZarrModel"], settings: compactKernels),
    module("Canvas", settings: compactKernels),
    module(
        "Explorer",
        uses: ["Canvas", "JSONValue", "Raster", "ZarrModel"],
        settings: compactKernels
    ),
    module("TerminalDriver", uses: ["CCurses", "Canvas"], settings: compactKernels),
]

let native: [Target] = [
    .target(
        name: "CCurses",
        linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]
    ),
    .target(
        name: "CFileSystem",
        cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]
    ),
    .target(
        name: "CCompression",
        cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))],
        linkerSettings: ["blosc", "zstd", "lz4", "z", "deflate", "bz2", "lzma"].map {
            .linkedLibrary($0)
        }
    ),
]

let everything = [
    "Arena", "Canvas", "Codecs", "Drills", "Explorer", "JSONValue", "Raster", "Storage",
    "StorageBackends",
    "StorageLayers", "StorageTesting", "TerminalDriver", "ZarrEngine", "ZarrModel",
]

let tool: [Target] = [
    .executableTarget(
        name: "zscope",
        dependencies: (everything + ["CFileSystem"]).map { .init(stringLiteral: $0) },
        swiftSettings: compact
    ),
    tests(
        "EndToEndTests",
        use: ["Canvas", "JSONValue", "Storage", "StorageBackends", "ZarrEngine", "ZarrModel"]
    ),
]

/// What `make fuzz` builds with the sanitizers, and nothing else does.
let fuzz: [Target] = [
    .executableTarget(
        name: "Fuzz",
        dependencies: [
            "Arena", "Codecs", "Drills", "JSONValue", "Storage", "StorageBackends", "ZarrModel",
        ],
        path: "Tests/Fuzz",
        exclude: ["run"],
        swiftSettings: [.swiftLanguageMode(.v6)]
    )
]
let isFuzzing = Context.environment["ZSCOPE_FUZZ"] != nil

let package = Package(
    name: "zscope",
    products: [
        .executable(name: "zscope", targets: ["zscope"]),
        .library(name: "ZarrEngine", targets: ["ZarrEngine"]),
        .library(name: "ZarrModel", targets: ["ZarrModel"]),
        .library(name: "Storage", targets: ["Storage"]),
        .library(name: "StorageBackends", targets: ["StorageBackends"]),
        .library(name: "StorageLayers", targets: ["StorageLayers"]),
        .library(name: "StorageTesting", targets: ["StorageTesting"]),
    ],
    targets: native + libraries.flatMap { $0 } + tool + (isFuzzing ? fuzz : [])
)
