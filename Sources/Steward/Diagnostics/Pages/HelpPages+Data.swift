// Help for the codes of data, D04xx.

extension HelpPages {
  static let data: [HelpPage] = [
    HelpPage(
      "D0401", en: "A file that cannot be read", zh: "无法读取的文件",
      Wording(
        en: """
          The file is not there, is a folder, or may not be read. Paths in the community block are relative to \
          the folder given by `--data`, without it to the rule set's folder.
          """,
        zh: "文件不存在、是文件夹，或没有读取权限。community 块里的路径相对于 `--data` 给出的文件夹；不给 `--data` 则相对于规则所在的文件夹。"),
      example: "members from \"member.csv\" { id text key }",
      mend: "members from \"members.csv\" { id text key }"),
    HelpPage(
      "D0402", en: "An empty file", zh: "空文件",
      Wording(
        en: "A data file has at least its header line.",
        zh: "数据文件至少要有表头一行。"),
      example: "",
      mend: "id,joined"),
    HelpPage(
      "D0403", en: "A column that the file does not have", zh: "文件里没有这一列",
      Wording(
        en: "The block names a column that the header does not. If the file spells it otherwise, say so with `is`.",
        zh: "community 块里声明的列在表头里找不到。文件里叫别的名字时，请用 `is` 写明。"),
      example: "members from \"members.csv\" { id text key; city text? }      with the header   id,joined,town",
      mend: "members from \"members.csv\" { id text key; city text? is \"town\" }"),
    HelpPage(
      "D0404", en: "Two columns of one name", zh: "两列同名",
      Wording(
        en: "A header that the rules use stands twice, so nobody can tell which is meant.",
        zh: "规则用到的表头出现了两次，无法判断该用哪一列。"),
      example: "id,joined,city,city",
      mend: "id,joined,city,home_city"),
    HelpPage(
      "D0405", en: "A row with too many or too few fields", zh: "字段数不对",
      Wording(
        en: """
          Every row has as many fields as the header, empty ones included. A comma inside a text needs quotes \
          around the field. Blank rows, of commas and spaces alone, are passed over.
          """,
        zh: "每一行的字段数要与表头一致，空字段也算。文本里有逗号时，整个字段要加引号。只有逗号和空格的空行会自动略过。"),
      example: """
        id,title
        c1,Reading, writing
        """,
      mend: """
        id,title
        c1,"Reading, writing"
        """),
    HelpPage(
      "D0406", en: "A quote that is never closed", zh: "引号没有结束",
      Wording(
        en: """
          A field that begins with `"` ends with `"`. The rest of the file is swallowed by the open quote, so \
          only its beginning is reported.
          """,
        zh: "以 `\"` 开头的字段要以 `\"` 结束。后面的内容都被这个引号吞掉了，所以只报告它的起点。"),
      example: """
        id,title
        c1,"Reading
        c2,Writing
        """,
      mend: """
        id,title
        c1,"Reading"
        c2,Writing
        """),
    HelpPage(
      "D0407", en: "Text behind a closing quote", zh: "结束引号后还有文本",
      Wording(
        en: """
          Behind the closing quote of a field comes a comma or the end of the line. A quote inside a quoted \
          field is written twice.
          """,
        zh: "字段的结束引号后面只能是逗号或行尾。引号字段里的引号要写两遍。"),
      example: "c1,\"The \"best\" book\"",
      mend: "c1,\"The \"\"best\"\" book\""),
    HelpPage(
      "D0408", en: "Text that is not UTF-8", zh: "文本不是 UTF-8 编码",
      Wording(
        en: """
          This version reads data files in UTF-8 only, and tells once for each file that is not: GB18030 or UTF-16 \
          where that is plain, else the first line with other bytes; or a file that is no CSV text at all, such as \
          .xlsx. Save it in the spreadsheet program as "CSV UTF-8 (comma delimited)".
          """,
        zh: """
          当前版本只能读取 UTF-8 编码的数据文件，不是的文件每个只报告一次：看得出是 GB18030 或 UTF-16 的会写明，否则指出第一处不属于 UTF-8 的行；\
          .xlsx 这类根本不是 CSV 文本的文件也在此列。请在表格软件里另存为“CSV UTF-8（逗号分隔）”。
          """),
      example: "",
      mend: ""),
    HelpPage(
      "D0409", en: "A field that must not be empty", zh: "字段不能为空",
      Wording(
        en: """
          The column is declared without `?`. Fill the field, or declare that it may be empty. The member, the time \
          and the kind of an event are never empty.
          """,
        zh: "这一列声明时没有 `?`。请补上内容，或声明它可以为空。事件的成员、时间和类型任何时候都不能为空。"),
      example: "members from \"members.csv\" { id text key; city text }       with the row   m0042,",
      mend: "members from \"members.csv\" { id text key; city text? }"),
    HelpPage(
      "D0410", en: "A field of another type", zh: "字段类型不对",
      Wording(
        en: """
          The text is not of the column's type. Numbers are plain decimals (`0.8`), dates `2026-01-31`, times \
          `2026-01-31 09:00`, yes and no `true` and `false`, choices exactly as listed.
          """,
        zh: "字段内容与列的类型不符。数写作普通小数（`0.8`），日期写作 `2026-01-31`，时间写作 `2026-01-31 09:00`，是否写作 `true`、`false`，可选值必须与列出的完全一致。"),
      example: """
        member,at,kind,quality
        m0042,2026-01-31 09:00,answer,"0,8"
        """,
      mend: """
        member,at,kind,quality
        m0042,2026-01-31 09:00,answer,0.8
        """),
    HelpPage(
      "D0411", en: "A member that does not exist", zh: "成员不存在",
      Wording(
        en: "The field refers to a member, but no row of the members table has this key.",
        zh: "字段指向一名成员，但成员表里没有这个主键。"),
      example: """
        member,at,kind
        m9999,2026-01-31 09:00,checkin
        """,
      mend: """
        member,at,kind
        m0042,2026-01-31 09:00,checkin
        """),
    HelpPage(
      "D0412", en: "A content item that does not exist", zh: "内容条目不存在",
      Wording(
        en: "The field refers to an item, but no row of the content table has this key.",
        zh: "字段指向一个内容条目，但内容表里没有这个主键。"),
      example: """
        member,at,kind,content
        m0042,2026-01-31 09:00,like,c9999
        """,
      mend: """
        member,at,kind,content
        m0042,2026-01-31 09:00,like,c1
        """),
    HelpPage(
      "D0413", en: "A row without its key", zh: "缺少主键的行",
      Wording(
        en: "The key tells rows apart, so it is never empty.",
        zh: "主键用来区分每一行，不能为空。"),
      example: """
        id,joined
        ,2026-01-31
        """,
      mend: """
        id,joined
        m0042,2026-01-31
        """),
    HelpPage(
      "D0414", en: "A key that stands twice", zh: "主键重复",
      Wording(
        en: "Two rows have the same key. Keep one of them.",
        zh: "两行的主键相同，请保留其中一行。"),
      example: """
        id,joined
        m0042,2026-01-31
        m0042,2026-02-01
        """,
      mend: """
        id,joined
        m0042,2026-01-31
        """),
    HelpPage(
      "D0415", en: "More of the same", zh: "还有更多错误",
      Wording(
        en: """
          The first 20 errors of the data are shown. Mend them and look again, or run with `--skip-bad-rows`, \
          which leaves bad rows out and lists every one in rejected.csv.
          """,
        zh: "只显示前 20 处数据错误。请改正后再试；或用 `--skip-bad-rows` 跳过有误的行，并全部列在 rejected.csv 里。"),
      example: "steward run rules --data club",
      mend: "steward run rules --data club --skip-bad-rows --out out"),
    HelpPage(
      "D0416", en: "Events without members", zh: "有事件却没有成员表",
      Wording(
        en: "Every event belongs to a member, so the community block declares the members too.",
        zh: "每个事件都属于某个成员，所以 community 块也要声明成员表。"),
      example: "events from \"events.csv\" { member member; at time; kind text }",
      mend: """
        members from "members.csv" { id text key }
        events from "events.csv" { member member; at time; kind text }
        """),
    HelpPage(
      "D0417", en: "An encoding that cannot be read", zh: "无法读取的编码",
      Wording(
        en: """
          This version reads data files in UTF-8 only, whatever `encoding` says. Save the file in UTF-8, and leave \
          `encoding` out.
          """,
        zh: "不论 `encoding` 怎么写，当前版本都只能读取 UTF-8 编码的数据文件。请把文件存成 UTF-8，并去掉 `encoding`。"),
      example: "members from \"members.csv\" encoding \"gb18030\" { id text key }",
      mend: "members from \"members.csv\" { id text key }"),
    HelpPage(
      "D0418", en: "A table without rows", zh: "没有数据的表",
      Wording(
        en: """
          The file has a header and nothing else, but rows of other tables refer to it. Most often the export was \
          empty, or the wrong file was saved under this name.
          """,
        zh: "文件只有表头，没有数据，但其他表里的行提到了它。多半是导出为空，或者存错了文件。"),
      example: "id,joined",
      mend: """
        id,joined
        m0042,2026-01-31
        """),
    HelpPage(
      "D0419", en: "Skipped events that look like a declared kind", zh: "被跳过的事件很像声明过的类型",
      Wording(
        en: """
          Events of kinds that the block does not declare are skipped. This spelling is almost that of a declared \
          kind; kinds agree to the letter, upper and lower case included.
          """,
        zh: "没有声明过的事件类型会被跳过。这个写法与某个声明过的类型非常接近；类型要逐字相同，区分大小写。"),
      example: """
        member,at,kind
        m0042,2026-01-31 09:00,Checkin
        """,
      mend: """
        member,at,kind
        m0042,2026-01-31 09:00,checkin
        """),
    HelpPage(
      "D0420", en: "No event of a declared kind", zh: "没有一个事件属于声明过的类型",
      Wording(
        en: """
          There are events, but none is of a kind that the block declares, so there is nothing to compute. Declare \
          the kinds as the data spells them; `is` gives a kind another spelling.
          """,
        zh: "数据里有事件，但没有一个属于 community 块里声明过的类型，因此没有可算的内容。请按数据里的写法声明；写法与名字不同时用 `is`。"),
      example: "event checkin      with the rows   m0042,2026-01-31 09:00,签到",
      mend: "event checkin is \"签到\""),
    HelpPage(
      "D0421", en: "A file that is not separated by commas", zh: "不是用逗号分隔的文件",
      Wording(
        en: """
          The fields are separated by semicolons, tabs or the like. Save the file as "CSV UTF-8 (comma delimited)". \
          Excel writes semicolons where the list separator in the settings of the system is one.
          """,
        zh: "字段是用分号、制表符之类隔开的。请另存为“CSV UTF-8（逗号分隔）”。如果系统的列表分隔符设成了分号，Excel 就会写出分号。"),
      example: """
        id;joined
        m0042;2026-01-31
        """,
      mend: """
        id,joined
        m0042,2026-01-31
        """),
  ]
}
