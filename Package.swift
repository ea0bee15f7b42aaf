// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "steward",
  products: [
    .library(name: "Steward", targets: ["Steward"]),
    .library(name: "StewardHost", targets: ["StewardHost"]),
    .executable(name: "steward", targets: ["StewardTool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-algorithms", from: "1.2.1"),
  ],
  targets: [
    .target(
      name: "Steward",
      dependencies: [
        .product(name: "OrderedCollections", package: "swift-collections"),
        .product(name: "Algorithms", package: "swift-algorithms"),
      ], exclude: ["Parse/Grammar.txt"], swiftSettings: strict, plugins: ["EmbedStdlib"]),
    .executableTarget(name: "embed-text", path: "Sources/EmbedText", swiftSettings: strict),
    .plugin(name: "EmbedStdlib", capability: .buildTool(), dependencies: ["embed-text"]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
    .target(name: "StewardHost", dependencies: ["Steward", "CZlib"], swiftSettings: strict),
    .executableTarget(
      name: "StewardTool",
      dependencies: [
        "Steward", "StewardHost", "CReadline",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .testTarget(name: "StewardTests", dependencies: ["Steward"], exclude: ["Goldens"]),
    .testTarget(name: "HostTests", dependencies: ["Steward", "StewardHost", "CZlib"]),
    .testTarget(name: "ToolTests", dependencies: ["StewardTool"], exclude: ["Goldens"]),
  ]
)
