-- Workload W in SQL: what w.steward says, with its names. From members and events it makes
-- facts, ledger, balance and levels. The as-of is the end of 2025-06-29.
SET VARIABLE as_of = DATE '2025-06-30';

-- Every window and every rule of W counts in days, so one pass over the events is enough: a row a member and day.
-- Its marked place takes the columns that only w-daily wants.
CREATE TABLE member_days AS
SELECT member_id, CAST(ts AS DATE) AS day,
  count(*) FILTER (kind = 'checkin') AS checkin,
  count(*) FILTER (kind = 'like') AS likes,
  count(*) FILTER (kind = 'comment') AS comment,
  count(*) FILTER (kind = 'post') AS post,
  count(*) FILTER (kind = 'answer') AS answer,
  count(*) FILTER (kind = 'view') AS views,
  count(*) FILTER (kind = 'answer' AND quality >= 0.8) AS good,
  sum(quality) FILTER (kind = 'answer') AS quality,
  sum(amount) FILTER (kind = 'purchase') AS amount,
  {DAILY}
  max(ts) AS last_seen
FROM events
WHERE ts < getvariable('as_of')
GROUP BY ALL;

-- Runs of days with a check-in: within a run, day minus row number stays the same.
CREATE TABLE streaks AS
SELECT member_id, day, row_number() OVER (PARTITION BY member_id, run ORDER BY day) AS length
FROM (
  SELECT member_id, day,
    day - CAST(row_number() OVER (PARTITION BY member_id ORDER BY day) AS INTEGER) AS run
  FROM member_days
  WHERE checkin > 0);

CREATE TABLE facts AS
WITH windows AS (
  SELECT member_id,
    sum(checkin) FILTER (day >= getvariable('as_of') - 7) AS checkin_7,
    sum(checkin) FILTER (day >= getvariable('as_of') - 30) AS checkin_30,
    sum(checkin) FILTER (day >= getvariable('as_of') - 90) AS checkin_90,
    sum(comment) FILTER (day >= getvariable('as_of') - 7) AS comment_7,
    sum(comment) FILTER (day >= getvariable('as_of') - 30) AS comment_30,
    sum(comment) FILTER (day >= getvariable('as_of') - 90) AS comment_90,
    sum(answer) FILTER (day >= getvariable('as_of') - 7) AS answer_7,
    sum(answer) FILTER (day >= getvariable('as_of') - 30) AS answer_30,
    sum(answer) FILTER (day >= getvariable('as_of') - 90) AS answer_90,
    sum(post) FILTER (day >= getvariable('as_of') - 30) AS post_30,
    sum(views) FILTER (day >= getvariable('as_of') - 7) AS view_7,
    sum(views) FILTER (day >= getvariable('as_of') - 30) AS view_30,
    sum(likes) FILTER (day >= getvariable('as_of') - 30) AS like_30,
    sum(amount) FILTER (day >= getvariable('as_of') - 30) AS amount_30,
    sum(amount) FILTER (day >= getvariable('as_of') - 90) AS amount_90,
    sum(quality) FILTER (day >= getvariable('as_of') - 30) AS quality_sum_30,
    sum(good) FILTER (day >= getvariable('as_of') - 30) AS good_30,
    count(*) FILTER (day >= getvariable('as_of') - 30) AS active_days_30,
    max(last_seen) AS last_seen
  FROM member_days
  GROUP BY member_id)
SELECT m.id AS member_id,
  coalesce(checkin_7, 0) AS checkin_7, coalesce(checkin_30, 0) AS checkin_30, coalesce(checkin_90, 0) AS checkin_90,
  coalesce(comment_7, 0) AS comment_7, coalesce(comment_30, 0) AS comment_30, coalesce(comment_90, 0) AS comment_90,
  coalesce(answer_7, 0) AS answer_7, coalesce(answer_30, 0) AS answer_30, coalesce(answer_90, 0) AS answer_90,
  coalesce(post_30, 0) AS post_30, coalesce(view_7, 0) AS view_7, coalesce(view_30, 0) AS view_30,
  coalesce(like_30, 0) AS like_30, coalesce(amount_30, 0) AS amount_30, coalesce(amount_90, 0) AS amount_90,
  -- Two whole numbers divided, so that the quotient is rounded once, as Steward's avg is.
  CAST(quality_sum_30 * 1000 AS BIGINT) / CAST(nullif(answer_30, 0) * 1000 AS BIGINT) AS quality_30,
  coalesce(good_30, 0) AS good_30, coalesce(active_days_30, 0) AS active_days_30, last_seen,
  coalesce(s.length, 0) AS streak_days
FROM members m
LEFT JOIN windows w ON w.member_id = m.id
LEFT JOIN streaks s ON s.member_id = m.id AND s.day = getvariable('as_of') - 1;

-- A row a member, rule and period (the day; for the weekly task the last day of its week).
CREATE TABLE ledger AS
SELECT member_id, day, 'checkin_points' AS rule, 1 AS awards, 5 AS points FROM member_days WHERE checkin > 0
UNION ALL SELECT member_id, day, 'streak7', 1, 20 FROM streaks WHERE length % 7 = 0
UNION ALL SELECT member_id, day, 'answer_points', least(good, 3), 10 * least(good, 3) FROM member_days WHERE good > 0
UNION ALL SELECT member_id, day, 'comment_points', least(comment, 10), 2 * least(comment, 10)
  FROM member_days WHERE comment > 0
UNION ALL SELECT member_id, CAST(date_trunc('week', day) + INTERVAL 6 DAY AS DATE), 'weekly', 1, 50
  FROM member_days
  GROUP BY member_id, date_trunc('week', day)
  HAVING sum(post + answer) >= 3 AND sum(comment) >= 5;

CREATE TABLE balance AS SELECT member_id, sum(points) AS points FROM ledger GROUP BY member_id;

CREATE TABLE levels AS
SELECT f.member_id, coalesce(b.points, 0) AS points,
  CASE
    WHEN b.points >= 2000 AND f.good_30 >= 10 AND f.active_days_30 >= 15 THEN 'champion'
    WHEN b.points >= 500 AND f.good_30 >= 5 THEN 'contributor'
    WHEN b.points >= 50 THEN 'member'
    ELSE 'newcomer'
  END AS level
FROM facts f
LEFT JOIN balance b USING (member_id);
