-- The daily metrics of w-daily in SQL, from the days of members that ../w/workload.sql made and the table of members:
-- metrics has a row a metric and day, alerts one for each state that the alert was in.
CREATE TABLE community_days AS
WITH days AS (
  SELECT CAST(range AS DATE) AS day
  FROM range((SELECT min(day) FROM member_days), getvariable('as_of'), INTERVAL 1 DAY)),
totals AS (
  SELECT day, count(*) AS dau, sum(events) AS events,
    sum(likes + comment + share + followup + answer + post) AS interactions,
    sum(comment + answer + post + followup) AS deep
  FROM member_days
  GROUP BY day),
-- Each member is alive for thirty days from an active one, or until the next.
stretches AS (
  SELECT day AS comes,
    least(day + 30, coalesce(lead(day) OVER (PARTITION BY member_id ORDER BY day), DATE '9999-12-31')) AS goes
  FROM member_days),
changes AS (
  SELECT day, sum(change) AS change
  FROM (SELECT comes AS day, 1 AS change FROM stretches UNION ALL SELECT goes, -1 FROM stretches)
  GROUP BY day),
alive AS (
  SELECT day, sum(coalesce(change, 0)) OVER (ORDER BY day) AS alive
  FROM days LEFT JOIN changes USING (day)),
arrivals AS (
  SELECT greatest(joined, (SELECT min(day) FROM days)) AS day, count(*) AS arrived FROM members GROUP BY ALL),
present AS (
  SELECT day, sum(coalesce(arrived, 0)) OVER (ORDER BY day) AS present
  FROM days LEFT JOIN arrivals USING (day))
SELECT day, CAST(coalesce(dau, 0) AS DOUBLE) AS dau,
  -- Two whole numbers divided, so that the quotient is rounded once, as Steward's share is.
  coalesce(CAST(present - alive AS BIGINT) / nullif(CAST(present AS BIGINT), 0), 0) AS zombie,
  coalesce(CAST(interactions AS BIGINT) / CAST(events AS BIGINT), 0) AS interaction_rate,
  coalesce(CAST(deep AS BIGINT) / nullif(CAST(interactions AS BIGINT), 0), 0) AS deep_share
FROM alive JOIN present USING (day) LEFT JOIN totals USING (day);

CREATE TABLE metrics AS
UNPIVOT community_days ON dau, zombie, interaction_rate, deep_share INTO NAME metric VALUE value;

-- The alert holds from a day on, fires when it has for three days, and is resolved on the first day after.
CREATE TABLE alerts AS
WITH runs AS (
  SELECT min(day) AS first, max(day) + 1 AS after
  FROM (
    SELECT day, day - CAST(row_number() OVER (ORDER BY day) AS INTEGER) AS run FROM community_days WHERE zombie > 0.77)
  GROUP BY run),
stays AS (
  SELECT 'pending' AS state, first AS since, least(first + 2, after) AS until FROM runs
  UNION ALL SELECT 'firing', first + 2, after FROM runs WHERE after > first + 2
  UNION ALL SELECT 'resolved', after, lead(first) OVER (ORDER BY first) FROM runs
  QUALIFY after > first + 2)
SELECT state, since, CASE WHEN until < getvariable('as_of') THEN until END AS until
FROM stays
WHERE since < getvariable('as_of');
