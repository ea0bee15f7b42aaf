/// What can be wrong with modules and parameters.
enum ModuleProblem: CheckProblem {
  case noModule(String, near: String?, all: [String])
  case noFolder(String)
  case unreadable(String, Wording)
  case cycle([String])
  case overridesNothing(String, isOwn: Bool)
  case overridesAnother(String, String, by: String)
  case twoModules(String, Wording, one: String, other: String)
  case taken(String, Wording, module: String, form: String)
  case needs([String], module: String)
  case notAConstant
  case parameterType(String, Type, expected: Type)

  var words: CheckWords {
    switch self {
    case .noModule(let name, let near, let all):
      CheckWords(
        .noModule, en: "the standard library has no module `\(name)`", zh: "标准库里没有模块 `\(name)`",
        hint: .near(near)
          ?? Wording(
            en: "there are \(Wording.list(all.map { "`std.\($0)`" }).english)",
            zh: "现有\(Wording.list(all.map { "`std.\($0)`" }).chinese)"))
    case .noFolder(let path):
      CheckWords(
        .noModule, en: "there is no folder of rules `\(path)`", zh: "没有规则文件夹“\(path)”",
        hint: Wording(
          en: "a path is relative to the folder of the file that uses it", zh: "路径相对于使用它的文件所在的文件夹"))
    case .unreadable(let path, let why):
      CheckWords(
        .noModule, en: "`\(path)` cannot be used: \(why.english)", zh: "无法使用“\(path)”：\(why.chinese)")
    case .cycle(let names):
      CheckWords(
        .moduleCycle, en: "these modules use each other: " + names.joined(separator: " → "),
        zh: "这些模块互相使用：" + names.joined(separator: " → "),
        hint: Wording(en: "put what both need into a third folder", zh: "请把共用的部分放进另一个文件夹"))
    case .needs(let names, let module):
      CheckWords(
        .needs,
        en: module.isEmpty
          ? "the events \(Wording.names(names).english) are needed and nobody declares them"
          : "`\(module)` needs the events \(Wording.names(names).english)",
        zh: module.isEmpty
          ? "需要事件\(Wording.names(names).chinese)，却没有声明" : "`\(module)` 需要事件\(Wording.names(names).chinese)",
        hint: needsHint(names))
    case .notAConstant:
      CheckWords(
        .parameter, en: "a parameter is a value written out: `30 days`, `5`, `20%`, `\"app\"`",
        zh: "参数必须是直接写出的值：`30 days`、`5`、`20%`、`\"app\"`",
        hint: Wording(en: "what is computed is a `let`", zh: "要计算的值请用 `let`"))
    case .parameterType(let name, let type, let expected):
      CheckWords(
        .parameter, en: "the parameter `\(name)` is \(expected.words.english), this is \(type.words.english)",
        zh: "参数“\(name)”是\(expected.words.chinese)，这里却是\(type.words.chinese)")
    case .overridesNothing, .overridesAnother, .twoModules, .taken: overrideWords
    }
  }

  private func needsHint(_ names: [String]) -> Wording {
    let single = names.map { "`event \($0)`" }
    let name = names.first ?? ""
    return Wording(
      en:
        "declare them in the community block: \(single.joined(separator: ", ")), or `events \(name) = …` out of others",
      zh: "请在 community 块里声明：\(single.joined(separator: "、"))，或由别的事件组成 `events \(name) = …`")
  }

  private var overrideWords: CheckWords {
    switch self {
    case .overridesNothing(let name, isOwn: true):
      CheckWords(
        .override, en: "`\(name)` is the rule set's own: `override` replaces what came with a module",
        zh: "“\(name)”是本规则集自己的：`override` 只替换模块带来的声明",
        hint: Wording(en: "change it where it stands", zh: "请直接修改原来的声明"))
    case .overridesNothing(let name, isOwn: false):
      CheckWords(
        .override, en: "no module declares `\(name)`, so there is nothing to replace", zh: "没有模块声明“\(name)”，无可替换",
        hint: Wording(en: "drop `override`, or look at the name", zh: "请去掉 `override`，或检查名字"))
    case .overridesAnother(let name, let what, let new):
      CheckWords(
        .override, en: "`\(name)` is declared with `\(what)` and cannot be replaced by `\(new)`",
        zh: "“\(name)”是用 `\(what)` 声明的，不能换成 `\(new)`",
        hint: Wording(en: "write `override \(what) \(name)`", zh: "请写 `override \(what) \(name)`"))
    case .twoModules(let name, let what, let one, let other):
      CheckWords(
        .nameClash, en: "two modules declare `\(name)`, \(what.english): \(one) and \(other)",
        zh: "两个模块都声明了“\(name)”（\(what.chinese)）：\(one) 和 \(other)",
        hint: Wording(
          en: "an `override` in the rule set replaces both", zh: "在规则集里写 `override` 声明，可以同时替换两者"))
    case .taken(let name, let what, let module, let form):
      CheckWords(
        .nameClash, en: "`\(name)` is already the name of \(what.english) of \(module)",
        zh: "“\(name)”已经是 \(module) 里\(what.chinese)的名字",
        hint: Wording(
          en: "to replace it write `override \(form) \(name)`", zh: "要替换它请写 `override \(form) \(name)`"))
    default: CheckWords(.noModule, en: "a module is wrong", zh: "模块有误")
    }
  }
}

extension ModuleProblem {
  /// The code of an `override` of nothing.
  static let nothingToOverride = ModuleProblem.overridesNothing("", isOwn: false).code
}
