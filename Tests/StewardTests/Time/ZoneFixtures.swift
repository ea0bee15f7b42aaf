import Foundation
import Testing

@testable import Steward

/// Zones of this machine's time zone database, by name.
enum ZoneFixtures {
  static let names = ["Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "UTC"]

  static func bytes(_ name: String) throws -> [UInt8] {
    let data = try #require(
      FileManager.default.contents(atPath: "/usr/share/zoneinfo/" + name), "the time zone database is not installed")
    return Array(data)
  }

  static func calendar(_ name: String, weekStart: Weekday = .monday) throws -> Steward.Calendar {
    Steward.Calendar(zone: try #require(ZoneRules(tzif: bytes(name))), weekStart: weekStart)
  }

  /// Microseconds of a UTC time such as `2025-03-30 01:00:00`.
  static func utc(_ text: String) throws -> Int64 {
    let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
    let date = try #require(CivilDate(year: parts[0], month: parts[1], day: parts[2]))
    let seconds = parts.dropFirst(3).reduce(0) { $0 * 60 + $1 }
    let scale = parts.count == 6 ? 1 : parts.count == 5 ? 60 : 86_400
    return Int64(date.dayNumber) * 86_400_000_000 + Int64(seconds * scale) * 1_000_000
  }

  static func day(_ text: String) throws -> Int32 {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    return try #require(CivilDate(year: parts[0], month: parts[1], day: parts[2])).dayNumber
  }
}

/// Numbers that look random and are the same on every run. Source: Vigna, "SplitMix64".
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }
}
