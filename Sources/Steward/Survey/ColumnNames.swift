// What a column's name says about it, in English and Chinese. Names are compared without case, blanks, underscores and
// hyphens: `Member ID`, `member_id` and `memberId` are one.

enum ColumnNames {
  /// A name without what is easily written in several ways.
  static func folded(_ name: String) -> String {
    String(
      name.lowercased().filter { !$0.isWhitespace && !"_-.#()（）".contains($0) }.map { simplified[$0] ?? $0 })
  }

  /// Characters of traditional Chinese in names like these.
  private static let simplified: [Character: Character] = [
    "會": "会", "員": "员", "編": "编", "號": "号", "時": "时", "間": "间", "為": "为", "類": "类", "種": "种", "動": "动",
    "戶": "户", "註": "注", "冊": "册", "紀": "记", "錄": "录", "發": "发", "創": "创", "學": "学", "買": "买", "賣": "卖",
    "賬": "账", "帳": "账", "單": "单", "內": "内", "記": "记", "誌": "志", "點": "点", "離": "离", "開": "开", "關": "关",
    "機": "机", "電": "电", "話": "话", "郵": "邮", "證": "证", "實": "实", "參": "参", "與": "与", "係": "系", "聯": "联",
    "題": "题", "課": "课", "貼": "贴", "頻": "频", "產": "产", "書": "书", "問": "问",
  ]

  /// The words of a name, `createdAt` being two.
  static func words(_ name: String) -> [String] {
    var words: [String] = [""]
    var wasLower = false
    for character in name {
      if character.isUppercase && wasLower || !(character.isLetter || character.isNumber) { words.append("") }
      wasLower = character.isLowercase
      if character.isLetter || character.isNumber { words[words.count - 1].append(character.lowercased()) }
    }
    return words.filter { !$0.isEmpty }
  }

  // MARK: Roles

  /// Who did it, the likeliest first.
  static let member = [
    "member", "memberid", "user", "userid", "uid", "customer", "customerid", "client", "clientid", "account",
    "accountid",
    "openid", "unionid", "player", "playerid", "student", "studentid", "subscriber", "subscriberid", "buyer", "buyerid",
    "reader", "readerid", "distinctid", "actor", "actorid", "author", "authorid", "person", "personid", "who",
    "owneruserid",
    "memberno",
    "成员", "成员id", "成员编号", "成员号", "会员", "会员id", "会员编号", "会员号", "会员卡号", "用户", "用户id", "用户编号", "用户号",
    "客户", "客户id", "客户编号", "顾客", "顾客id", "买家", "买家id", "学员", "学员id", "学员编号", "学号", "玩家", "玩家id", "账号",
    "帐号", "账户", "作者", "作者id", "发布人", "操作人", "参与人",
  ]

  /// When it happened, the likeliest first.
  static let at = [
    "at", "ts", "timestamp", "eventtime", "eventat", "time", "datetime", "occurredat", "happenedat", "createdat",
    "created",
    "creationdate", "createdate", "createtime", "createdtime", "date", "when", "loggedat", "postedat", "orderedat",
    "paidat",
    "orderdate", "ordertime", "invoicedate", "day", "时间", "发生时间", "事件时间", "行为时间", "操作时间", "创建时间", "发布时间", "下单时间",
    "支付时间", "签到时间", "记录时间", "日期", "创建日期", "发生日期",
  ]

  /// What it was, the likeliest first.
  static let kind = [
    "kind", "eventtype", "eventkind", "eventname", "event", "action", "actiontype", "activitytype", "activity", "verb",
    "type", "behavior", "behaviour", "operation", "类型", "事件", "事件类型", "事件名", "事件名称", "行为", "行为类型", "动作", "操作", "操作类型",
    "种类", "活动类型", "互动类型",
  ]

  static let joined = [
    "joined", "joinedat", "joindate", "joinedon", "jointime", "registered", "registeredat", "registrationdate",
    "registerdate", "registertime", "signedup", "signedupat", "signupdate", "signupat", "signup", "membersince",
    "since",
    "createdat", "created", "creationdate", "createtime", "firstseen", "firstseenat", "firstvisit", "加入时间", "加入日期",
    "入会时间", "入会日期", "入群时间", "入群日期", "注册时间", "注册日期", "关注时间", "创建时间", "首次访问", "首次活跃", "首次下单",
  ]

  static let left = [
    "left", "leftat", "leftdate", "lefton", "leavedate", "churnedat", "cancelledat", "canceledat", "deactivatedat",
    "deletedat", "unsubscribedat", "退出时间", "退出日期", "离开时间", "离开日期", "退群时间", "退群日期", "退会时间", "退会日期", "注销时间",
    "注销日期", "取关时间",
  ]

  /// Words of file names, singular and plural.
  static let memberFiles = [
    "member", "user", "customer", "client", "account", "people", "person", "player", "student", "subscriber", "profile",
    "成员", "会员", "用户", "客户", "顾客", "学员", "玩家", "名单", "花名册",
  ]
  static let eventFiles = [
    "event", "log", "activity", "activities", "action", "interaction", "transaction", "behavior", "behaviour",
    "history",
    "事件", "行为", "日志", "流水", "记录", "动态", "互动",
  ]
  static let contentFiles = [
    "content", "post", "item", "product", "article", "topic", "thread", "course", "video", "lesson", "book", "question",
    "内容", "帖子", "文章", "商品", "产品", "作品", "课程", "视频", "话题", "笔记", "书目",
  ]

  // MARK: Keys and references

  static func mayBeKey(_ name: String) -> Bool {
    let folded = folded(name)
    return mayRefer(name) || ["key", "code", "sku", "guid", "uuid", "no", "number", "isbn", "slug"].contains(folded)
      || ["code", "sku", "no", "编码", "代码", "单号"].contains { folded.hasSuffix($0) }
  }

  /// How much a name is that of a table's key.
  static func keyRank(_ name: String, _ place: Int) -> Int {
    let folded = folded(name)
    let rank = folded == "id" || folded == "编号" ? 40 : mayRefer(name) ? 30 : mayBeKey(name) ? 20 : 0
    return rank + (place == 0 ? 15 : 0) - min(place, 10)
  }

  /// Whether a name is that of the rows' own id, whatever they refer to: `id`, `event_id`, `posts_id` in posts.csv.
  static func isOwnId(_ name: String, stem: String) -> Bool {
    let folded = folded(name)
    if ["id", "编号", "uuid", "guid"].contains(folded) || means(name, key: "id", stem: stem) { return true }
    return ["event", "log", "record", "order", "invoice", "transaction", "事件", "流水", "单号", "记录"].contains {
      folded.hasPrefix($0) && mayBeKey(name)
    }
  }

  private static let referring = [
    "member", "user", "customer", "author", "owner", "inviter", "invitedby", "referrer", "referredby", "parent",
    "seller",
    "buyer", "creator", "editor", "sender", "receiver", "recipient", "target", "content", "item", "post", "article",
    "product", "question", "answer", "topic", "thread", "course", "lesson", "video", "book", "client", "account",
    "player",
    "student", "subscriber", "uid", "who", "actor", "person", "reader",
  ]
  private static let referringChinese = [
    "人", "者", "编号", "用户", "成员", "会员", "客户", "顾客", "学员", "玩家", "买家", "卖家", "内容", "帖子", "文章", "商品", "作品", "课程", "题",
    "学号", "卡号", "账号", "帐号",
  ]

  /// Whether a name may be that of an id or a reference.
  static func mayRefer(_ name: String) -> Bool {
    let folded = folded(name)
    if folded.hasSuffix("id") || folded.hasSuffix("ids") || folded.hasSuffix("号") { return true }
    if referringChinese.contains(where: { folded.hasSuffix($0) }) { return true }
    return referring.contains(folded) || words(name).last.map { referring.contains($0) } == true
  }

  /// Whether a name speaks of people, and not of things.
  static func speaksOfMembers(_ name: String) -> Bool {
    let folded = folded(name)
    if member.contains(folded) { return true }
    let people = [
      "member", "user", "customer", "author", "owner", "inviter", "invited", "referrer", "referred", "seller", "buyer",
      "creator", "editor", "sender", "receiver", "recipient", "client", "account", "player", "student", "subscriber",
      "by",
      "actor", "person", "reader",
    ]
    if words(name).contains(where: { people.contains($0) }) { return true }
    return ["人", "者", "用户", "成员", "会员", "客户", "顾客", "学员", "玩家", "买家", "卖家", "学号"].contains { folded.contains($0) }
  }

  /// Whether a name means the things that a file of that stem holds: `post_id` and `post` those of posts.csv.
  static func means(_ name: String, key: String, stem: String) -> Bool {
    let folded = folded(name)
    let ownKey = self.folded(key)
    if folded == ownKey, ownKey != "id", ownKey != "编号" { return true }
    let whole = self.folded(stem)
    var forms = [whole]
    if whole.hasSuffix("ies") { forms.append(whole.dropLast(3) + "y") }
    if whole.hasSuffix("s") { forms.append(String(whole.dropLast())) }
    return forms.contains { form in
      !form.isEmpty && (folded == form || folded == form + "id" || folded == form + "编号" || folded == form + "号")
    }
  }

  // MARK: What people would not want to see

  private static let privateWords: Set<String> = [
    "phone", "mobile", "tel", "telephone", "cellphone", "email", "mail", "wechat", "weixin", "wxid", "qq", "openid",
    "unionid",
    "idcard", "passport", "ssn", "address", "birthday", "birthdate", "birthyear", "dob", "realname", "fullname",
    "firstname",
    "lastname",
    "surname", "ip", "ipaddress", "password", "bank", "iban", "whatsapp", "line",
  ]
  private static let privateChinese = [
    "手机", "电话", "邮箱", "邮件地址", "微信", "身份证", "证件号", "地址", "生日", "出生", "姓名", "真实名", "银行卡", "密码", "收货", "联系方式",
  ]

  /// Whether a name is that of something private.
  static func isPrivate(_ name: String) -> Bool {
    let folded = folded(name)
    if privateWords.contains(folded) || privateChinese.contains(where: { folded.contains($0) }) { return true }
    let words = words(name)
    if words.contains(where: { privateWords.contains($0) && $0 != "line" && $0 != "bank" && $0 != "ip" }) {
      return true
    }
    let pairs = zip(words, words.dropFirst()).map { $0 + $1 }
    return pairs.contains { privateWords.contains($0) }
  }

  /// Whether a name asks a yes-or-no question.
  static func isQuestion(_ name: String) -> Bool {
    let words = words(name)
    if let first = words.first, ["is", "has", "can", "was", "did"].contains(first), words.count > 1 { return true }
    return name.hasPrefix("是否") || name.hasPrefix("已") || name.hasPrefix("有无")
  }

  /// The place of a name in a list of roles; nil if it is none of them.
  static func place(of name: String, in roles: [String]) -> Int? { roles.firstIndex(of: folded(name)) }

  /// Whether a file is simply called members, users or people.
  static func isMembersFile(_ stem: String) -> Bool {
    ["member", "members", "user", "users", "people", "会员", "用户", "成员", "会员表", "用户表", "成员表"].contains(folded(stem))
  }

  /// Whether a file's stem has one of some words.
  static func stem(_ stem: String, has words: [String]) -> Bool {
    let folded = folded(stem)
    return words.contains { word in
      word.unicodeScalars.allSatisfy { $0.isASCII }
        ? self.words(stem).contains { $0 == word || $0 == word + "s" } || folded == word || folded == word + "s"
        : folded.contains(word)
    }
  }
}
