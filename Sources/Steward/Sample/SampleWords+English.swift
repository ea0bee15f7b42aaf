extension SampleWords {
  static let english = SampleWords(
    cities: [
      "Shanghai", "Beijing", "Shenzhen", "Guangzhou", "Hangzhou", "Chengdu", "Nanjing", "Wuhan", "Suzhou", "Xi'an",
      "Qingdao", "Xiamen", "Changsha", "Kunming", "Dalian", "Harbin",
    ],
    categories: [
      ("Parenting", ["picture books", "bedtime reading", "siblings", "screen time", "starting school", "teenagers"]),
      ("Home", ["tidying up", "small rooms", "balcony gardens", "family routines", "laundry", "light and lamps"]),
      ("Food", ["breakfast", "soups", "baking", "lunch boxes", "tea", "cooking with children"]),
      ("Health", ["sleep", "walking", "backs and necks", "eating well", "eyes", "ageing parents"]),
      ("Mind", ["worry", "habits", "listening", "saying no", "being alone", "marriage"]),
      ("History", ["city walls", "old maps", "family trees", "inventions", "trade routes", "letters"]),
      ("Travel", ["weekend trips", "trains", "museums", "islands", "walking old towns", "packing light"]),
      ("Money", ["household accounts", "saving", "insurance", "pocket money", "buying less", "retirement"]),
      ("Crafts", ["knitting", "paper", "wood", "mending clothes", "handwriting", "photographs"]),
      ("Literature", ["poems", "short stories", "essays", "long novels", "diaries", "plays"]),
    ],
    books: [
      "A Lamp for Two", "The Slow Kitchen", "Rain on the Balcony", "Seven Quiet Evenings", "The Borrowed Garden",
      "Letters to a Neighbour", "The House of Small Hours", "Tea before Trains", "What the Window Knew",
      "The Patient Carpenter", "A Year of Breakfasts", "Snow in the Stairwell", "My Mother's Atlas",
      "The Art of the Second Reading", "Salt, Paper, Light", "The Long Way to the Library", "An Orchard in Winter",
      "The Unfinished Quilt", "Counting Sparrows", "A Room with Nine Chairs",
    ],
    programme: [
      [
        "Ten minutes on {t}", "A page a day: {t}", "Three things about {t}", "“{b}” and {t}", "Five books on {t}",
        "A first look at {t}", "Sunday notes: {t}", "Reader's choice, {t}",
      ],
      [
        "Reading circle: {t} in “{b}”", "Workshop: talking about {t} at home, step by step", "Two evenings with {t}",
        "Ask the host: {t}, part by part",
      ],
      ["The complete course on {t}", "A season of {t}: twelve evenings", "\"{b}\" read together, from {t} to the end"],
    ],
    posts: [
      "What {t} taught me this week", "My notes on {b}", "Reading about {t}: day 30 and still going",
      "Reading {b} with my daughter",
      "A small discovery about {t}", "\"{b}\" changed how I see {t}", "On {t}, slowly",
      "Why I stopped reading about {t}, almost",
      "At our table: {t}", "Quote of the day from {b}", "Photos: my shelf on {t}", "One year of books about {t}",
      "Two pages of {b} before bed", "My list on {t}, with three quotes", "Rainy Sunday, {b} and a pot of tea",
    ],
    questions: [
      "Where does one begin with {t}?", "Which book on {t} would you lend a friend?",
      "My child asked me about {t}, what would you have said?",
      "How long did {b} take you?", "Is {b} right for a nine-year-old?",
      "The chapter on {t} in {b}: what do you make of it?",
      "Who has read {b}, and what did you skip?", "Any good reading on {t}, please?",
      "How much reading on {t} is \"enough\"?",
    ],
    answer: "Re: ", issue: (" (", ")"),
    spend: ["partner newsletters", "short video", "offline salons", "search ads", "referral gifts"])
}
