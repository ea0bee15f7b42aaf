extension SampleLife {
  /// Lives through one visit: each event some seconds after the one before.
  mutating func visit(_ visit: Visit, day: Int, from beginning: Int32) {
    let member = Int(visit.member)
    var second = clear(beginning)
    var left = visit.events
    if visit.isFirst {
      if day == Int(people[member].joined), people[member].channel != 2 {
        events.append(Event(second: second, member: visit.member, kind: .joinGroup))
        second = clear(second + 20 + Int32(random.below(100)))
      }
      if random.chance(people[member].habit) {
        events.append(Event(second: second, member: visit.member, kind: .checkin))
        people[member].checkins += 1
        left -= 1
        second = clear(second + 3 + Int32(random.below(40)))
      }
    }
    var seen = -1
    while left > 0, second < 86_399 {
      act(member, day: day, second: second, seen: &seen)
      left -= 1
      second = clear(second + 4 + Int32(45 * random.exponential()))
    }
  }

  /// One event, drawn by what this member is like.
  private mutating func act(_ member: Int, day: Int, second: Int32, seen: inout Int) {
    let person = people[member]
    let now = Int64(day) * 86_400 + Int64(second)
    var event = Event(second: second, member: Int32(member), kind: .view)
    var draw = random.unit() * (0.616 + 0.3 * person.social + 0.06 * person.creative)
    func within(_ share: Double) -> Bool {
      draw -= share
      return draw < 0
    }
    if within(0.57) {
      view(&event, seen: &seen, now: now)
    } else if within(0.18 * person.social) {
      like(&event, seen: &seen, now: now)
    } else if within(0.1 * person.social) {
      event.kind = .comment
      event.item = Int32(seen >= 0 ? seen : chooseItem(now: now, member: member))
      if event.item < 0 { return }
      // Voice messages have no length.
      if !random.chance(0.06) { event.value = 2 + Int32(38 * random.exponential()) }
    } else if within(0.02 * person.social) {
      event.kind = .share
    } else if within(0.025 * person.creative) {
      write(&event, day: day, now: now)
    } else if within(0.035 * person.creative) {
      if !answer(&event, day: day, now: now) { view(&event, seen: &seen, now: now) }
    } else if within(0.014) {
      event.kind = .booking
      event.item = Int32(chooseShown(.booked, now: now))
      if event.item < 0 { return }
    } else if within(person.paying ? 0.016 : 0.0008) {
      buy(&event, day: day, now: now)
    } else if within(0.006) {
      event.kind = .whisper
    } else if within(0.004) {
      event.kind = .invite
    } else if person.checkins >= 25 * (person.redeemed + 1) {
      event.kind = .redeem
      people[member].redeemed += 1
    } else {
      view(&event, seen: &seen, now: now)
    }
    if event.kind != .view || event.item >= 0 { events.append(event) }
  }

  private mutating func view(_ event: inout Event, seen: inout Int, now: Int64) {
    event.kind = .view
    seen = chooseItem(now: now, member: Int(event.member))
    event.item = Int32(seen)
  }

  /// Likes what was just seen, or something new; each thing once, and never one's own.
  private mutating func like(_ event: inout Event, seen: inout Int, now: Int64) {
    for attempt in 0..<3 {
      let item = attempt == 0 && seen >= 0 ? seen : chooseItem(now: now, member: Int(event.member))
      if item < 0 { break }
      let author = catalogue[item].author
      if author < 0 || author == event.member { continue }
      if !done.insert(UInt64(UInt32(event.member)) << 32 | UInt64(item)).inserted { continue }
      event.kind = .like
      event.item = Int32(item)
      event.other = author
      return
    }
    view(&event, seen: &seen, now: now)
  }

  /// A post; two in five are questions.
  private mutating func write(_ event: inout Event, day: Int, now: Int64) {
    let isQuestion = random.chance(0.42)
    let like = shown > 0 ? catalogue[random.below(shown)] : catalogue[0]
    let item = catalogue.add(
      isQuestion ? .question : .post, author: Int(event.member), day: day, since: now + 1, category: like.category,
      topic: like.topic, question: 0, &random)
    event.kind = .post
    event.item = Int32(item)
    if isQuestion {
      let wanted = random.pick([0.1, 0.3, 0.28, 0.18, 0.1, 0.04])
      open.append(Question(item: Int32(item), asker: event.member, since: now, wanted: Int8(wanted)))
    }
  }

  /// Answers somebody's open question, if there is one.
  private mutating func answer(_ event: inout Event, day: Int, now: Int64) -> Bool {
    for _ in 0..<5 where !open.isEmpty {
      let place = random.below(open.count)
      let question = open[place]
      let key = UInt64(UInt32(event.member)) << 32 | UInt64(question.item) | 1 << 63
      if question.wanted <= 0 || question.asker == event.member || question.since + 90 > now { continue }
      if !done.insert(key).inserted { continue }
      open[place].wanted -= 1
      let asked = catalogue[Int(question.item)]
      let item = catalogue.add(
        .answer, author: Int(event.member), day: day, since: now + 1, category: asked.category, topic: asked.topic,
        question: Int(question.item), &random)
      let quality = people[Int(event.member)].skill + 0.15 + 0.16 * random.normal()
      event.kind = .answer
      event.item = Int32(item)
      event.other = question.item
      event.value = Int32(100 * min(1, max(0.05, quality)))
      if random.chance(0.3 + 0.3 * quality) {
        // The one who asked comes back to it, within three days.
        let delay = 600 + Int64(min(2.8, 0.5 * random.exponential()) * 86_400)
        wait(
          Event(second: 0, member: question.asker, kind: .followup, item: question.item), until: waking(now + delay))
      }
      return true
    }
    return false
  }

  private mutating func buy(_ event: inout Event, day: Int, now: Int64) {
    orders += 1
    event.kind = .purchase
    event.other = orders
    event.item = Int32(random.chance(0.7) ? chooseShown(.paid, now: now) : -1)
    let prices: [Int32] = [990, 1990, 2990, 4950, 6800, 9900, 19900, 36500]
    event.value = prices[random.pick([0.2, 0.26, 0.2, 0.12, 0.09, 0.08, 0.04, 0.01])]
    if random.chance(0.055) {
      let delay = Int64((0.8 + 8 * random.unit()) * 86_400)
      wait(Event(second: 0, member: event.member, kind: .refund, other: orders), until: waking(now + delay))
    }
  }

  /// People sleep: what falls between midnight and seven moves to the morning.
  private func waking(_ instant: Int64) -> Int64 {
    let second = instant % 86_400
    return second < 7 * 3600 ? instant - second + 7 * 3600 + second / 2 : instant
  }

  /// Puts an event off to a later moment; after the last day nothing is seen of it.
  private mutating func wait(_ event: Event, until instant: Int64) {
    let day = Int(instant / 86_400)
    guard day < options.days else { return }
    var event = event
    event.second = Int32(instant % 86_400)
    if day == today {
      event.second = clear(event.second)
      events.append(event)
    } else {
      later[day].append(event)
    }
  }

  /// Something to look at: recent contributions or the programme, by charm and interest. - Missing: −1
  private mutating func chooseItem(now: Int64, member: Int) -> Int {
    let interests = people[member].interests
    let written = catalogue.items.count - catalogue.programme
    for _ in 0..<4 {
      let place: Int
      if written > 0, random.chance(0.62) {
        // Mostly the newest: twice as far back is half as likely.
        let back = Int(random.exponential() * (25 + 0.02 * Double(written)))
        if back >= written { continue }
        place = catalogue.items.count - 1 - back
      } else {
        if shown == 0 { continue }
        let back = random.unit()
        place = shown - 1 - Int(back * back * Double(shown))
      }
      let item = catalogue[place]
      if item.since > now { continue }
      let drawn = Int(random.next() >> 56)
      let isWanted = interests == 0 || interests & (1 << UInt32(item.category)) != 0
      if drawn < (isWanted ? Int(item.charm) : Int(item.charm) / 2) { return place }
    }
    return shown > 0 ? random.below(shown) : -1
  }

  /// An item of the programme with that access. - Missing: −1
  private mutating func chooseShown(_ access: SampleCatalogue.Access, now: Int64) -> Int {
    for _ in 0..<24 where shown > 0 {
      let place = random.below(shown)
      if catalogue[place].access == access { return place }
    }
    return -1
  }
}
