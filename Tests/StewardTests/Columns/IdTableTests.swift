import Testing

@testable import Steward

/// Rows of ids, found one at a time and many at once.
struct IdTableTests {
  /// The rows of some ids by both ways, which must agree.
  private func rows(_ asked: [String], in ids: [String]) -> [Int32] {
    let table = IdTable(ids)
    var bytes: [UInt8] = []
    var fields: [UInt64] = []
    for id in asked {
      let start = UInt64(bytes.count)
      bytes.append(contentsOf: id.utf8)
      fields.append(start | UInt64(bytes.count) << 32)
      bytes.append(UInt8(ascii: ","))
    }
    var found = [Int32](repeating: -2, count: asked.count)
    var output = found.mutableSpan
    table.rows(bytes.span, fields.span, first: 0, shift: 0, into: &output, count: asked.count)
    for (place, field) in fields.enumerated() {
      let start = Int(field & 0xFFFF_FFFF)
      #expect(table.row(bytes.span, start, count: Int(field >> 32) - start) == Int(found[place]), "\(asked[place])")
    }
    return found
  }

  @Test func numbersOfFixedWidth() {
    let ids = ["m0000007", "m0000042", "m0000043", "m0001000"]
    let asked = [
      "m0000042", "m0001000", "m0000007", "m0000008", "m0001001", "m0000000", "m000042", "x0000042", "m00000x2", "",
    ]
    #expect(rows(asked, in: ids) == [1, 3, 0, -1, -1, -1, -1, -1, -1, -1])
  }

  @Test func shortNumbersWithoutPrefix() {
    #expect(rows(["12", "11", "13", "1", "123", "1:"], in: ["11", "12"]) == [1, 0, -1, -1, -1, -1])
  }

  @Test func eightDigitsBehindEightBytes() {
    #expect(
      rows(["account-20260102", "account-20260103", "account_20260102"], in: ["account-20260101", "account-20260102"])
        == [1, -1, -1])
  }

  @Test func otherIds() {
    let ids = ["1", "17850", "ann", "群主", "a-rather-long-identifier-of-somebody"]
    #expect(rows(ids + ["2", "群", "a-rather-long-identifier-of-nobody"], in: ids) == [0, 1, 2, 3, 4, -1, -1, -1])
  }

  @Test func numbersThatDoNotAscend() {
    #expect(rows(["m2", "m1", "m3", "m4"], in: ["m3", "m1", "m2", "m1"]) == [2, 1, 0, -1])
  }

  /// Ids that vary in their last bytes, as most do, are spread over the table: nobody looks at many slots.
  @Test(arguments: [
    (1..<10_000).map { "user\($0)" },
    (0..<46_656).map { "usr-x" + String(46_656 + $0, radix: 36).suffix(3) },
    (0..<10_000).map { "\($0)" },
  ]) func idsAreSpread(_ ids: [String]) {
    let slots = IdTable(ids).slots
    var (run, longest) = (0, 0)
    for slot in 0..<slots.count / 2 {
      run = slots[2 * slot + 1] == 0 ? 0 : run + 1
      longest = max(longest, run)
    }
    #expect(slots.isEmpty == false)
    #expect(longest < 200)
  }

  @Test func manyNumbersWithGaps() {
    let ids = (1..<1000).map { (row: Int) -> String in "\(10_000 + row * row / 37 + row)" }
    let all = (0..<999).map { (row: Int) -> Int32 in Int32(row) }
    #expect(rows(ids, in: ids) == all)
    #expect(rows(["10000", "99999", "36954"], in: ids) == [-1, -1, -1])
  }

  @Test func sparseNumbers() {
    #expect(rows(["m10000000", "m90000000", "m50000000"], in: ["m10000000", "m90000000"]) == [0, 1, -1])
  }
}
