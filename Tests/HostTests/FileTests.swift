import Foundation
import Steward
import StewardHost
import Testing

/// The sentence of what a body throws.
private func sentence(_ body: () throws(SourceFailure) -> Void) -> String? {
  do throws(SourceFailure) { try body() } catch { return error.message[.english] }
  return nil
}

@Suite struct FileSourceTests {
  @Test func readsAnywhere() throws {
    let folder = try TemporaryFolder()
    let source = try FileSource.open(try folder.put("a.csv", "0123456789"), name: "a.csv")
    #expect(source.name == "a.csv" && source.size == 10)
    var buffer: [UInt8] = []
    for (offset, count, text) in [(0, 4, "0123"), (8, 8, "89"), (10, 3, ""), (3, 0, ""), (-5, 2, "01"), (99, 1, "")] {
      try source.read(at: offset, count: count, into: &buffer)
      #expect(String(decoding: buffer, as: UTF8.self) == text)
    }
    #expect(try source.all() == Array("0123456789".utf8))
  }

  @Test func oneSentenceForWhatCannotBeRead() throws {
    let folder = try TemporaryFolder()
    #expect(
      sentence { () throws(SourceFailure) in _ = try FileSource.open("/no/such", name: "no/such") }
        == "there is no file `no/such`")
    #expect(
      sentence { () throws(SourceFailure) in _ = try FileSource.open(folder.path, name: "club") }
        == "`club` is a folder; a file is expected here")
    let secret = try folder.put("secret", "x")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: secret)
    if !isRoot {
      #expect(
        sentence { () throws(SourceFailure) in _ = try FileSource.open(secret, name: "secret") }
          == "there is no permission to read `secret`")
    }
  }

  @Test func aFileThatShrinksIsAFailure() throws {
    let folder = try TemporaryFolder()
    let file = try folder.put("a", "0123456789")
    let source = try FileSource.open(file, name: "a")
    try Data("01".utf8).write(to: URL(fileURLWithPath: file))
    let truncated = FileHandle(forWritingAtPath: file)
    try truncated?.truncate(atOffset: 2)
    var buffer: [UInt8] = []
    // The file was replaced, or is short now: either way the bytes asked for come, or a sentence does.
    do throws(SourceFailure) { try source.read(at: 0, count: 10, into: &buffer) } catch {
      #expect(error.message[.english] == "`a` became shorter while it was read")
    }
  }
}

@Suite struct RuleFolderTests {
  @Test func aDeviceOrAPipeIsNoRuleFile() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.path + "/pipe.steward"
    #expect(mkfifo(pipe, 0o600) == 0)
    // Neither is opened: a pipe without a writer would be waited for.
    for path in ["/dev/zero", pipe, folder.path] {
      let said = sentence { () throws(SourceFailure) in _ = try RuleFolder.read(path) }
      #expect(said?.hasSuffix("is neither a file nor a folder; `-` reads rules from standard input") == true)
    }
  }

  @Test func filesOfAFolderByTheirBytes() throws {
    let folder = try TemporaryFolder()
    for name in [
      "b.steward", "a.steward", "Z.steward", "é.steward", ".hidden.steward", "notes.txt", "deeper/c.steward",
    ] {
      try folder.put(name, "// " + name)
    }
    try FileManager.default.createDirectory(atPath: folder.path + "/d.steward", withIntermediateDirectories: true)
    let files = try RuleFolder.read(folder.path)
    #expect(
      files.map { ($0.name as NSString).lastPathComponent } == ["Z.steward", "a.steward", "b.steward", "é.steward"])
    #expect(files.map(\.id.index) == [0, 1, 2, 3])
    #expect(files[1].bytes == Array("// a.steward".utf8))
  }

  @Test func aSingleFile() throws {
    let folder = try TemporaryFolder()
    let file = try folder.put("only.steward", "x")
    #expect(try RuleFolder.read(file).map(\.name) == [file])
    #expect(RuleFolder.dataFolder(of: file) == folder.path)
    #expect(RuleFolder.dataFolder(of: folder.path) == folder.path)
    #expect(RuleFolder.dataFolder(of: "x.steward") == ".")
    #expect(RuleFolder.dataFolder(of: "/x.steward") == "/")
    #expect(RuleFolder.dataFolder(of: "-") == ".")
  }

  @Test func nothingToRead() throws {
    let folder = try TemporaryFolder()
    #expect(
      sentence { () throws(SourceFailure) in _ = try RuleFolder.read("/no/such") } == "there is no file `/no/such`")
    #expect(
      sentence { () throws(SourceFailure) in _ = try RuleFolder.read(folder.path) }
        == "there is no rule file (`….steward`) in the folder `\(folder.path)`")
  }

  @Test func paths() {
    #expect(RuleFolder.joined("a", "b.csv") == "a/b.csv")
    #expect(RuleFolder.joined("a/", "b.csv") == "a/b.csv")
    #expect(RuleFolder.joined(".", "b.csv") == "b.csv")
    #expect(RuleFolder.joined("a", "/b.csv") == "/b.csv")
  }
}

@Suite struct AtomicWriterTests {
  @Test func allOrNothing() throws {
    let folder = try TemporaryFolder()
    try folder.put("out/awards.csv", "old")
    try folder.put("out/refusals.csv", "stale")
    let out = folder.path + "/out"
    do {
      let writer = try AtomicWriter(folder: out)
      try writer.begin("awards.csv")
      try writer.write(Array("half".utf8))
      #expect(folder.text("out/awards.csv") == "old")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: out).sorted() == ["awards.csv", "refusals.csv"])
    let writer = try AtomicWriter(folder: out)
    try writer.begin("awards.csv")
    try writer.write(Array("new".utf8))
    try writer.begin("run.json")
    try writer.write(Array("{}".utf8))
    try writer.commit(removing: ["refusals.csv", "awards.csv"])
    #expect(folder.text("out/awards.csv") == "new")
    #expect(try FileManager.default.contentsOfDirectory(atPath: out).sorted() == ["awards.csv", "run.json"])
  }

  @Test func foldersAreMadeAndUnmade() throws {
    let folder = try TemporaryFolder()
    do {
      let writer = try AtomicWriter(folder: folder.path + "/a/b/c")
      try writer.begin("x")
    }
    #expect(folder.names.isEmpty)
    let writer = try AtomicWriter(folder: folder.path + "/a/b/c/")
    try writer.begin("x")
    try writer.commit()
    #expect(folder.text("a/b/c/x") == "")
  }

  @Test func oneSentenceForWhatCannotBeWritten() throws {
    let folder = try TemporaryFolder()
    let file = try folder.put("file", "x")
    #expect(sentence { () throws(SourceFailure) in _ = try AtomicWriter(folder: file) } == "`\(file)` is not a folder")
    #expect(
      sentence { () throws(SourceFailure) in _ = try AtomicWriter(folder: file + "/deeper") }
        == "`\(file)` is not a folder")
    try folder.put("out/awards.csv/x", "")
    let out = folder.path + "/out"
    #expect(
      sentence { () throws(SourceFailure) in
        let writer = try AtomicWriter(folder: out)
        try writer.begin("awards.csv")
      } == "`\(out)/awards.csv` is a folder; a file is to be written there")
    if !isRoot {
      try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: out)
      #expect(
        sentence { () throws(SourceFailure) in _ = try AtomicWriter(folder: out) }
          == "there is no permission to write `\(out)`")
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: out)
    }
  }
}

@Suite struct ZoneFilesTests {
  @Test func tablesAreRead() throws {
    let bytes = try ZoneFiles.table("Asia/Shanghai")
    #expect(bytes.prefix(4) == Array("TZif".utf8)[...])
    #expect(ZoneRules(tzif: bytes) != nil)
  }

  @Test(arguments: [
    ("Asia/Shanghia", "Asia/Shanghai"), ("asia/shanghai", "Asia/Shanghai"), ("Europe/Berln", "Europe/Berlin"),
    ("America/Sao Paulo", "America/Sao_Paulo"), ("Shanghai", "Asia/Shanghai"),
  ])
  func nearNames(_ wrong: String, _ right: String) {
    do throws(ZoneFailure) {
      _ = try ZoneFiles.table(wrong)
      Issue.record("\(wrong) is no zone")
    } catch {
      guard case .unknown(let near) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(near.first == right)
    }
  }

  @Test(arguments: [
    "", "/etc/passwd", "../../../etc/passwd", "Asia", "Asia/../Asia/Shanghai", "Nowhere/Atall", "Asia/Shanghai\0",
  ])
  func noneOfThese(_ name: String) {
    do throws(ZoneFailure) {
      _ = try ZoneFiles.table(name)
      Issue.record("\(name) is no zone")
    } catch {
      guard case .unknown = error else {
        Issue.record("\(error)")
        return
      }
    }
  }
}
