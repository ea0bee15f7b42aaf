-- Workload W for ClickHouse: workload.sql in its dialect, with the same names. (There a column's alias hides the column, hence `spent`.)
CREATE TABLE w.member_days ENGINE = Memory AS
SELECT member_id, toDate(ts) AS day,
  countIf(kind = 'checkin') AS checkin, countIf(kind = 'like') AS likes, countIf(kind = 'comment') AS comment,
  countIf(kind = 'post') AS post, countIf(kind = 'answer') AS answer, countIf(kind = 'view') AS views,
  countIf(kind = 'answer' AND quality >= 0.8) AS good,
  sumIf(quality, kind = 'answer') AS quality_sum, sumIf(amount, kind = 'purchase') AS spent, max(ts) AS last_at
FROM file('{DATA}/events.csv', 'CSVWithNames', 'member_id String, ts DateTime(\'UTC\'), kind LowCardinality(String), amount Nullable(Decimal(12,2)), quality Nullable(Decimal(4,3)), content_id String')
WHERE ts < toDate('2025-06-30')
GROUP BY member_id, day
SETTINGS date_time_input_format = 'best_effort';

CREATE TABLE w.streaks ENGINE = Memory AS
SELECT member_id, day, row_number() OVER (PARTITION BY member_id, run ORDER BY day) AS length
FROM (
  SELECT member_id, day, toInt32(day) - toInt32(row_number() OVER (PARTITION BY member_id ORDER BY day)) AS run
  FROM w.member_days
  WHERE checkin > 0);

CREATE TABLE w.facts ENGINE = Memory AS
WITH toDate('2025-06-30') AS as_of
SELECT m.id AS member_id, f.*, s.length AS streak_days
FROM file('{DATA}/members.csv', 'CSVWithNames', 'id String, joined Date, city String, interests String, channel String, is_paying Bool, birth_year Int16, name String') AS m
LEFT JOIN (
  SELECT member_id AS doer,
    sumIf(checkin, day >= as_of - 7) AS checkin_7, sumIf(checkin, day >= as_of - 30) AS checkin_30,
    sumIf(checkin, day >= as_of - 90) AS checkin_90, sumIf(comment, day >= as_of - 7) AS comment_7,
    sumIf(comment, day >= as_of - 30) AS comment_30, sumIf(comment, day >= as_of - 90) AS comment_90,
    sumIf(answer, day >= as_of - 7) AS answer_7, sumIf(answer, day >= as_of - 30) AS answer_30,
    sumIf(answer, day >= as_of - 90) AS answer_90, sumIf(post, day >= as_of - 30) AS post_30,
    sumIf(views, day >= as_of - 7) AS view_7, sumIf(views, day >= as_of - 30) AS view_30,
    sumIf(likes, day >= as_of - 30) AS like_30, sumIf(spent, day >= as_of - 30) AS amount_30,
    sumIf(spent, day >= as_of - 90) AS amount_90, sumIf(quality_sum, day >= as_of - 30) AS quality_sum_30,
    sumIf(good, day >= as_of - 30) AS good_30, countIf(day >= as_of - 30) AS active_days_30,
    max(last_at) AS last_seen
  FROM w.member_days
  GROUP BY member_id) AS f ON f.doer = m.id
LEFT JOIN (
  SELECT member_id AS runner, length FROM w.streaks WHERE day = toDate('2025-06-29')) AS s ON s.runner = m.id;

CREATE TABLE w.ledger ENGINE = Memory AS
SELECT member_id, day, 'checkin_points' AS rule, toInt64(1) AS awards, toInt64(5) AS points
  FROM w.member_days WHERE checkin > 0
UNION ALL SELECT member_id, day, 'streak7', toInt64(1), toInt64(20) FROM w.streaks WHERE length % 7 = 0
UNION ALL SELECT member_id, day, 'answer_points', toInt64(least(good, 3)), toInt64(10 * least(good, 3))
  FROM w.member_days WHERE good > 0
UNION ALL SELECT member_id, day, 'comment_points', toInt64(least(comment, 10)), toInt64(2 * least(comment, 10))
  FROM w.member_days WHERE comment > 0
UNION ALL SELECT member_id, toMonday(day) + 6 AS week, 'weekly', toInt64(1), toInt64(50)
  FROM w.member_days GROUP BY member_id, week HAVING sum(post + answer) >= 3 AND sum(comment) >= 5;

CREATE TABLE w.balance ENGINE = Memory AS SELECT member_id, sum(points) AS points FROM w.ledger GROUP BY member_id;

CREATE TABLE w.levels ENGINE = Memory AS
SELECT f.member_id AS member_id, b.points AS points,
  multiIf(b.points >= 2000 AND good_30 >= 10 AND active_days_30 >= 15, 'champion',
    b.points >= 500 AND good_30 >= 5, 'contributor', b.points >= 50, 'member', 'newcomer') AS level
FROM w.facts AS f
LEFT JOIN w.balance AS b ON f.member_id = b.member_id;
