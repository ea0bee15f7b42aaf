-- The tables of `steward run --out`, in the shape of workload.sql's. Everything is read as text and cast here,
-- so that a field of another form is an error and not a guess.
CREATE TABLE facts AS
SELECT member AS member_id,
  CAST(checkin_7 AS BIGINT) AS checkin_7, CAST(checkin_30 AS BIGINT) AS checkin_30,
  CAST(checkin_90 AS BIGINT) AS checkin_90, CAST(comment_7 AS BIGINT) AS comment_7,
  CAST(comment_30 AS BIGINT) AS comment_30, CAST(comment_90 AS BIGINT) AS comment_90,
  CAST(answer_7 AS BIGINT) AS answer_7, CAST(answer_30 AS BIGINT) AS answer_30,
  CAST(answer_90 AS BIGINT) AS answer_90, CAST(post_30 AS BIGINT) AS post_30,
  CAST(view_7 AS BIGINT) AS view_7, CAST(view_30 AS BIGINT) AS view_30, CAST(like_30 AS BIGINT) AS like_30,
  CAST(amount_30 AS DOUBLE) AS amount_30, CAST(amount_90 AS DOUBLE) AS amount_90,
  CAST(quality_30 AS DOUBLE) AS quality_30, CAST(good_30 AS BIGINT) AS good_30,
  CAST(active_days_30 AS BIGINT) AS active_days_30, CAST(last_seen AS TIMESTAMP) AS last_seen,
  CAST(streak_days AS BIGINT) AS streak_days, level
FROM read_csv('{FOUND}/facts.csv', header = true, all_varchar = true);

CREATE TABLE awards AS
SELECT id, member AS member_id, rule, CAST(left("at", 10) AS DATE) AS day, CAST(points AS BIGINT) AS points
FROM read_csv('{FOUND}/awards.csv', header = true, all_varchar = true);

CREATE TABLE ledger AS
SELECT member_id, day, rule, count(*) AS awards, sum(points) AS points FROM awards GROUP BY ALL;

CREATE TABLE balance AS
SELECT member AS member_id, CAST(points AS BIGINT) AS points
FROM read_csv('{FOUND}/balances.csv', header = true, all_varchar = true)
WHERE purse = 'points' AND (CAST(points AS BIGINT) <> 0 OR CAST(earned AS BIGINT) <> 0);

CREATE TABLE levels AS
SELECT f.member_id, coalesce(b.points, 0) AS points, f.level
FROM facts f
LEFT JOIN balance b USING (member_id);
