// swift-tools-version: 6.1
import PackageDescription

// The engine and the data sets are slow beyond use without the optimiser, so they have it in debug builds too.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]
// With the standard library inside, the program starts in three quarters of the time.
let atOnce = LinkerSetting.unsafeFlags(
  ["-use-ld=lld", "-static-stdlib", "-l_FoundationCShims", "-l_FoundationCollections"],
  .when(platforms: [.linux], configuration: .release))
let optimisedC: [CSetting] = [.unsafeFlags(["-O3", "-fno-math-errno", "-Wno-psabi"])]

let package = Package(
  name: "sumi",
  products: [
    .executable(name: "sumi", targets: ["sumi"]), .executable(name: "sumi-bench", targets: ["sumi-bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
  ],
  targets: [
    .systemLibrary(name: "CEditline", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CMd", pkgConfig: "libmd", providers: [.apt(["libmd-dev"])]),
    .target(name: "CLoader"),
    .target(name: "COpenBLAS", dependencies: ["CLoader"], cSettings: optimisedC),
    .target(name: "CKernels", cSettings: optimisedC),
    .target(name: "CCairo", dependencies: ["CLoader"]),
    .target(name: "CChafa", dependencies: ["CLoader"]),
    .target(name: "CTurboJPEG", dependencies: ["CLoader"]),
    .target(name: "CCurl", dependencies: ["CLoader"]),
    .target(name: "CSQLite", dependencies: ["CLoader"]),
    .target(name: "CHDF5", dependencies: ["CLoader"]),
    .target(name: "Grammar"),
    .target(name: "Files"),
    .target(name: "Pictures", dependencies: ["CCairo", "CChafa"]),
    .target(name: "Images", dependencies: ["CCairo", "CTurboJPEG"], swiftSettings: optimised),
    .target(name: "Engine", dependencies: ["Grammar", "CKernels", "COpenBLAS"], swiftSettings: optimised),
    .target(
      name: "Datasets",
      dependencies: ["Engine", "Files", "Grammar", "Images", "CCurl", "CMd", "CZlib"],
      swiftSettings: optimised),
    .target(
      name: "Schemas", dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["README.md", "onnx.proto", "tensorboard.proto"]),
    .target(name: "Interchange", dependencies: ["CHDF5", "Datasets", "Engine", "Files", "Grammar", "Schemas"]),
    .target(
      name: "Workbench",
      dependencies: ["CSQLite", "Files", "Grammar", "Pictures", "Images", "Engine", "Datasets", "Interchange"]),
    .executableTarget(
      name: "sumi",
      dependencies: [
        "Workbench", "Files", "Pictures", "Datasets", "Engine", "Grammar", "CEditline",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      linkerSettings: [atOnce]),
    .executableTarget(
      name: "sumi-bench",
      dependencies: [
        "Workbench", "Pictures", "Datasets", "Engine", "Grammar",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(name: "TestSupport", dependencies: ["CZlib"], path: "Tests/Support"),
    .testTarget(name: "FilesTests", dependencies: ["Files", "TestSupport"]),
    .target(
      name: "Fuzzing",
      dependencies: [
        "Workbench", "Interchange", "Images", "Pictures", "Datasets", "Engine", "Files", "Grammar", "CHDF5", "CZlib",
      ],
      path: "Tests/Fuzz/Fuzzing", swiftSettings: optimised),
    .executableTarget(name: "sumi-fuzz", dependencies: ["Fuzzing", "Files"], path: "Tests/Fuzz/sumi-fuzz"),
    .testTarget(name: "GrammarTests", dependencies: ["Grammar"]),
    .testTarget(name: "PicturesTests", dependencies: ["Pictures", "CCairo"], exclude: ["Goldens"]),
    .testTarget(name: "ImagesTests", dependencies: ["Images"]),
    .target(name: "CAllocations", path: "Tests/CAllocations"),
    // Its tests hold the engine against sums in plain loops.
    .testTarget(
      name: "EngineTests", dependencies: ["Engine", "CKernels", "CAllocations"], swiftSettings: optimised),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "CZlib", "TestSupport"]),
    .testTarget(name: "WorkbenchTests", dependencies: ["Workbench", "TestSupport"], exclude: ["Goldens"]),
    .testTarget(
      name: "InterchangeTests",
      dependencies: [
        "Interchange", "CHDF5", "Engine", "Schemas", "TestSupport",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ], exclude: ["Goldens"]),
    .testTarget(name: "PeersTests", dependencies: ["Workbench", "Interchange", "TestSupport"]),
    .testTarget(name: "sumiTests", dependencies: ["sumi", "TestSupport"]),
    .testTarget(name: "FuzzTests", dependencies: ["Fuzzing", "sumi-fuzz", "sumi"]),
    .testTarget(name: "sumi-benchTests", dependencies: ["sumi-bench", "Engine"]),
  ],
  swiftLanguageModes: [.v6]
)

// libFuzzer brings a main of its own and wants every module compiled for it, so Tests/Fuzz/libfuzzer alone builds this.
if Context.environment["SUMI_LIBFUZZER"] != nil {
  package.targets.append(
    .executableTarget(
      name: "sumi-libfuzzer", dependencies: ["Fuzzing"], path: "Tests/Fuzz/sumi-libfuzzer",
      swiftSettings: [.unsafeFlags(["-parse-as-library"])]))
}
