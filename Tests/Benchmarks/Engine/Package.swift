// swift-tools-version: 6.2
import PackageDescription

// The engine as another program would use it: through the products of the package.
let package = Package(
    name: "engine",
    dependencies: [.package(name: "zscope", path: "../../..")],
    targets: [
        .executableTarget(
            name: "engine",
            dependencies: [
                .product(name: "ZarrEngine", package: "zscope"),
                .product(name: "Storage", package: "zscope"),
                .product(name: "StorageBackends", package: "zscope"),
                .product(name: "StorageLayers", package: "zscope"),
                .product(name: "ZarrModel", package: "zscope"),
            ],
            swiftSettings: [.swiftLanguageMode(.v6)]
        )
    ]
)
