/// Rule texts for the parser's tests.
enum ParserSamples {
  /// Every construct that this version reads, once, without a mistake.
  static let everything = """
    /// 居家读书会
    community "居家读书会" {
      time zone "Asia/Shanghai"
      week starts monday
      starts 2026-01-01   // the first day
      privacy group 5
      skip bad rows
      members from "a.csv", "b.csv" encoding "gb18030" {
        id text key
        joined date; left date?
        birthday date? private, city text? is "城市"
        interests list of text by ";"
        channel one of "wechat", "app",
          "offline" fixed
        inviter member?
      }
      events from "events.csv" { id text? key, member member is "member_id", at time, kind text }
      event checkin, share
      event like { content item, author member }
      event whisper anonymous
      event join_group is "group-join", leave_group is "group-leave"
      event answer { question item; content item; quality number }
      event liked = like seen by content.author
      records spend from "spend.csv" encoding "gb18030" { at time; amount number; channel text }
      purse xp, 成长值
      events deep = answer or share
        or like where quality >= 0.8
      content from "content.csv" { id text key; title text; layer one of "base", "top", ready bool }
    }

    let engagement = count(like, last 30 days) + 3 * count(deep, last 2 weeks)
      - 8 * days(anything)
    let loved about content = count(like, last 7 days) title "Loved"
    let shown = "{share(沉默成员) as percent} of {count(members)}: {{ok}} \\"\\n" title "t"
    segment 沉默成员 = not any(deep, last 30 days) and now - joined >= 30 days
    fn f(w: window, p: events, k: number) = sum(quality of answer where 1 <= quality <= 5, w) / k ?? 0
    let stage = case {
      when points is missing then "new"
      when city in ["上海", "北京"] and name starts with "a" then if x then "b"
        else "c"
      else "d"
    }
    let parts = day of joined == 2026-01-31 or weekday of at == "monday" or hour of at < 9
    let times = f(from 2026-01-01 to 2026-03-31, same content, author, by week, today)
    let nested = (case { when a then b, when c then d; else e })

    incentive good_answer {
      title "Good answers"
      on answer or share where quality >= 15%
      among not staff
      during activation, cocreation
      when count(answer, same question, previous month) == 1
      award round(10 * (if standing >= contributor then 1.5 else 1)) points and badge "首答"
      limit 3 per day, 40 per month, 1 per content, 1 ever
      cap 30 points per day
      cooldown 10 minutes
      budget 50_000 points per month per member
    }
    incentive weekly { every week; award 5 points }
    incentive board {
      every month
      rank by earned(xp, this month) desc, joined asc, -points within city, inviter.city
      award 500, 300, 200 points and 50 xp and badge "冠军"
      expires after 180 days
      cost 0.01 per point
      cap 30 xp per day, 100 points per week
    }
    incentive gift { on redeem; deduct up to price points }
    incentive returned { on refund; take back good_answer same order, question }
    budget season { title "Season"; 300_000 points per quarter per member
      covers weekly, board; warn at 80% }
    use std.points
    use "../shared"
    needs events interaction, events deep
    parameter silent_after title "Silent" = 30 days
    let was = previous(points, 2 weeks) + streak(deep, by week, forgive 1 per month) + spent(xp, this month)

    tiers standing {
      title "Standing"
      /// everybody
      tier member
      tier contributor {
        when earned(last 365 days) >= 500
        keep when earned(last 365 days) >= 400
        grants "priority booking", "badge"
        title "Contributor"
      }
      review every week
      grace 30 days
      demote one step
    }

    """
}
