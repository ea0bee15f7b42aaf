import ArgumentParser
import FoundationEssentials
import Steward

/// The man page, made of the commands' own declarations, so that it never says anything else than `--help`.
///
/// Source: man(7), of which it uses the macros that both groff and mandoc know.
enum ManualPage {
  /// What the commands declare, as ArgumentParser writes it out.
  private struct Declared: Decodable { var command: Command }

  private struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var shouldDisplay: Bool?
    var subcommands: [Command]?
    var arguments: [Argument]?
  }

  private struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String
      var shown: String { (kind == "long" ? "--" : "-") + name }
    }
    var kind: String
    var shouldDisplay: Bool
    var isOptional: Bool
    var isRepeating: Bool
    var names: [Name]?
    var valueName: String?
    var defaultValue: String?
    var abstract: String?
  }

  /// The page in the tool's language.
  /// - Missing: nil if the declarations cannot be read.
  static func text() -> String? {
    let json = Array(StewardCommand._dumpHelp().utf8)
    guard let declared = try? JSONDecoder().decode(Declared.self, from: Data(json)) else { return nil }
    let root = declared.command
    var lines = [
      ".\\\" Made by `steward help --man` from the commands themselves.",
      ".TH STEWARD 1 \"\" \"steward \(Release.version)\"",
      section("NAME", "名称"), "steward \\- \(escaped(root.abstract ?? ""))",
      section("SYNOPSIS", "概要"),
    ]
    var seen: Set<String> = []
    // The parser has a `help` of its own, which ours stands before.
    let commands = (root.subcommands ?? []).filter {
      ($0.shouldDisplay ?? true) && seen.insert($0.commandName).inserted
    }
    for (index, command) in commands.enumerated() {
      if index > 0 { lines.append(".br") }
      lines.append(synopsis(command))
    }
    lines.append(section("DESCRIPTION", "说明"))
    lines += paragraphs(root.discussion)
    lines.append(section("COMMANDS", "命令"))
    for command in commands {
      lines += [".SS steward \(escaped(command.commandName))", escaped(command.abstract ?? "")]
      if let discussion = command.discussion { lines += [".PP"] + paragraphs(discussion) }
      for argument in (command.arguments ?? []) where argument.shouldDisplay && !isOfAll(argument) {
        lines += [".TP", name(argument), described(argument)]
      }
    }
    lines += [section("OPTIONS OF EVERY COMMAND", "每个命令都有的选项")]
    for argument in (commands.first?.arguments ?? []) where argument.shouldDisplay && isOfAll(argument) {
      lines += [".TP", name(argument), described(argument)]
    }
    return (lines + ending).joined(separator: "\n") + "\n"
  }

  private static func isOfAll(_ argument: Argument) -> Bool {
    (argument.names ?? []).contains { ["lang", "version", "help"].contains($0.name) }
  }

  private static func section(_ english: String, _ chinese: String) -> String {
    ".SH \"\(words(english, chinese))\""
  }

  /// `steward run [rules] [options]`
  private static func synopsis(_ command: Command) -> String {
    let places = (command.arguments ?? []).filter { $0.kind == "positional" && $0.shouldDisplay }.map { argument in
      let name =
        "\\fI\(escaped(argument.valueName ?? "").replacing("> <", with: " "))\\fR"
        + (argument.isRepeating ? " ..." : "")
      return argument.isOptional ? "[\(name)]" : name
    }
    let options = words("options", "选项")
    return "\\fBsteward \(escaped(command.commandName))\\fR "
      + (places + ["[\\fI\(options)\\fR]"]).joined(separator: " ")
  }

  private static func name(_ argument: Argument) -> String {
    if argument.kind == "positional" {
      return "\\fI\(escaped(argument.valueName ?? "").replacing("> <", with: " "))\\fR"
    }
    let names = (argument.names ?? []).sorted { $0.shown.count < $1.shown.count }.map { "\\fB\(escaped($0.shown))\\fR" }
    let value = argument.kind == "option" ? " \\fI\(escaped(argument.valueName ?? ""))\\fR" : ""
    return names.joined(separator: ", ") + value
  }

  private static func described(_ argument: Argument) -> String {
    var text = escaped(translated(argument.abstract ?? ""))
    if let value = argument.defaultValue, !value.isEmpty, argument.kind != "flag" {
      text += words(" (default: \(escaped(value)))", "（默认：\(escaped(value))）")
    }
    return text
  }

  /// What the parser says about its own options.
  private static func translated(_ abstract: String) -> String {
    ParserMessages.shown("  " + abstract).trimmingPrefix("  ").description
  }

  /// A text with its indented lines as they stand.
  private static func paragraphs(_ text: String?) -> [String] {
    var lines: [String] = []
    var isCode = false
    for line in (text ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
      let isIndented = line.hasPrefix("  ")
      if isIndented != isCode { lines.append(isIndented ? ".nf" : ".fi") }
      isCode = isIndented
      if line.isEmpty {
        lines.append(".PP")
      } else if line == "EXAMPLE" || line == "示例" {
        lines.append("\\fB\(words("Example", "示例"))\\fR")
      } else {
        lines.append(escaped(String(line)))
      }
    }
    if isCode { lines.append(".fi") }
    return lines
  }

  private static let ending: [String] = [
    section("EXIT STATUS", "退出状态"),
    ".TP", "0", words("All is well.", "一切正常。"),
    ".TP", "1", words("The rules or the data are wrong.", "规则或数据有误。"),
    ".TP", "2", words("The command line is wrong.", "命令行有误。"),
    ".TP", "4",
    words(
      "An alert of the severity of \\fBrun \\-\\-fail\\-on\\fR or a higher one is firing.",
      "有 \\fBrun \\-\\-fail\\-on\\fR 所定级别或更高级别的预警在触发。"),
    ".TP", "130", words("It was interrupted.", "被中断。"),
    section("ENVIRONMENT", "环境变量"),
    ".TP", "LANG, LC_ALL, LC_MESSAGES",
    words("A Chinese locale has the same effect as \\fB\\-\\-lang zh\\fR.", "中文区域设置与 \\fB\\-\\-lang zh\\fR 效果相同。"),
    ".TP", "NO_COLOR", words("If it is set, nothing is coloured.", "设置后不使用颜色。"),
    section("SEE ALSO", "另见"),
    words("\\fBsteward help\\fR lists topics, functions and diagnostics.", "\\fBsteward help\\fR 列出主题、函数和诊断。"),
  ]

  /// A text that troff prints as it stands.
  private static func escaped(_ text: String) -> String {
    let safe = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
  }
}
