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
      "D0408", en: "Text of an unknown encoding", zh: "文本编码无法识别",
      Wording(
        en: """
          Data files are UTF-8, UTF-16 or GB18030. Mostly the file tells which; `encoding "gb18030"` behind its name says \
          it. This one is none of them, or no text at all, as .xlsx is not. Save it in the spreadsheet program as "CSV \
          UTF-8 (comma delimited)".
          """,
        zh: """
          数据文件可以是 UTF-8、UTF-16 或 GB18030 编码，一般能自动识别，也可以在文件名后面用 `encoding "gb18030"` 写明。\
          这个文件都不是，或者像 .xlsx 那样根本不是文本。请在表格软件里另存为“CSV UTF-8（逗号分隔）”。
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
      "D0421", en: "A file that is separated otherwise", zh: "分隔符与格式不符的文件",
      Wording(
        en: """
          In a .csv file commas separate the fields, in a .tsv file tabs; here it is something else. Save the file as "CSV \
          UTF-8 (comma delimited)", or give a file with tabs a name that ends in .tsv. Excel writes semicolons where the \
          list separator in the settings of the system is one.
          """,
        zh: """
          .csv 文件用逗号分隔字段，.tsv 文件用制表符；这个文件用的是别的符号。请另存为“CSV UTF-8（逗号分隔）”，\
          用制表符的文件请改成以 .tsv 结尾。如果系统的列表分隔符设成了分号，Excel 就会写出分号。
          """),
      example: """
        id;joined
        m0042;2026-01-31
        """,
      mend: """
        id,joined
        m0042,2026-01-31
        """),
    HelpPage(
      "D0422", en: "A damaged compressed file", zh: "压缩文件已损坏",
      Wording(
        en: """
          The gzip file breaks off, or its bytes do not fit its own checksum, or it is no gzip file at all. The line is \
          about where that shows. Nothing of such a file is used, for what is missing would be missing from every count.
          """,
        zh: """
          gzip 文件中途断了，或内容与自带的校验码不符，或根本不是 gzip 文件。给出的行号是大致发现问题的地方。\
          这样的文件一行也不会使用，因为缺失的部分会让所有统计都不准。
          """),
      example: "events.csv.gz was still being written when it was copied",
      mend: "gzip --test events.csv.gz      and copy it again"),
    HelpPage(
      "D0423", en: "A line that is not JSON", zh: "不是 JSON 的行",
      Wording(
        en: """
          Every line of a .jsonl file is one JSON object as RFC 8259 has it: names and texts in double quotes, no comma \
          behind the last value, no comments, no NaN. The message names the character where it stops being that.
          """,
        zh: """
          .jsonl 文件的每一行都是一个符合 RFC 8259 的 JSON 对象：名字和文本用双引号，最后一个值后面没有逗号，没有注释，\
          没有 NaN。报错会指出从第几个字符开始不对。
          """),
      example: "{'member': 'm0042', 'kind': 'checkin',}",
      mend: "{\"member\": \"m0042\", \"kind\": \"checkin\"}"),
    HelpPage(
      "D0424", en: "A line that is no object", zh: "不是对象的行",
      Wording(
        en: """
          The line is a list, a number or a text, or the beginning of a list that fills the whole file. A .jsonl file has \
          one object on every line, without a list around them.
          """,
        zh: "这一行是数组、数字或文本，或者整个文件是一个大数组。.jsonl 文件应每行一个对象，外面不加方括号。"),
      example: """
        [
          {"member": "m0042", "kind": "checkin"}
        ]
        """,
      mend: "{\"member\": \"m0042\", \"kind\": \"checkin\"}"),
    HelpPage(
      "D0425", en: "An object where one value is expected", zh: "应该是单个值的地方出现了对象",
      Wording(
        en: """
          A column holds one value in every row. An array of texts may stand in a column declared `list of text`; other \
          arrays and objects only under names that the block does not declare.
          """,
        zh: "一列在每一行里只能有一个值。声明为 `list of text` 的列可以放文本数组；其他数组和对象只能出现在没有声明的名字下面。"),
      example: "{\"member\": {\"id\": \"m0042\"}, \"kind\": \"checkin\"}",
      mend: "{\"member\": \"m0042\", \"kind\": \"checkin\"}"),
    HelpPage(
      "D0426", en: "A name that stands twice in a line", zh: "一行里重复的名字",
      Wording(
        en: "An object gives each name one value. Which of two would count is anybody's guess.",
        zh: "一个对象里每个名字只能有一个值，出现两次就无法判断以哪个为准。"),
      example: "{\"member\": \"m0042\", \"kind\": \"checkin\", \"member\": \"m0043\"}",
      mend: "{\"member\": \"m0042\", \"kind\": \"checkin\"}"),
    HelpPage(
      "D0427", en: "A file in two encodings", zh: "一个文件里有两种编码",
      Wording(
        en: """
          Most of the file is in one encoding, and this line in another, as when an export in UTF-8 and one in GB18030 \
          were put into one file. Save both as UTF-8 and join them again.
          """,
        zh: "文件大部分是一种编码，这一行却是另一种，例如把 UTF-8 和 GB18030 的导出拼在了一起。请都存成 UTF-8 后再合并。"),
      example: "cat january-gbk.csv february-utf8.csv > events.csv",
      mend: "iconv -f gb18030 -t utf-8 january-gbk.csv > january.csv"),
  ]
}
