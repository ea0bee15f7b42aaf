-- What everybody who computes W prints: sums over all members as `key,value`, so that a wrong number shows.
SELECT key, value FROM (
  SELECT 'facts.' || key AS key, CAST(value AS VARCHAR) AS value FROM (
    UNPIVOT (
      SELECT
        CAST(sum(checkin_7) AS BIGINT) AS checkin_7, CAST(sum(checkin_30) AS BIGINT) AS checkin_30,
        CAST(sum(checkin_90) AS BIGINT) AS checkin_90, CAST(sum(comment_7) AS BIGINT) AS comment_7,
        CAST(sum(comment_30) AS BIGINT) AS comment_30, CAST(sum(comment_90) AS BIGINT) AS comment_90,
        CAST(sum(answer_7) AS BIGINT) AS answer_7, CAST(sum(answer_30) AS BIGINT) AS answer_30,
        CAST(sum(answer_90) AS BIGINT) AS answer_90, CAST(sum(post_30) AS BIGINT) AS post_30,
        CAST(sum(view_7) AS BIGINT) AS view_7, CAST(sum(view_30) AS BIGINT) AS view_30,
        CAST(sum(like_30) AS BIGINT) AS like_30,
        CAST(round(sum(amount_30) * 100) AS BIGINT) AS amount_30_cents,
        CAST(round(sum(amount_90) * 100) AS BIGINT) AS amount_90_cents,
        CAST(round(sum(quality_30) * 1000) AS BIGINT) AS quality_30_milli,
        CAST(sum(good_30) AS BIGINT) AS good_30, CAST(sum(active_days_30) AS BIGINT) AS active_days_30,
        CAST(sum(CAST(epoch(last_seen) AS BIGINT)) AS BIGINT) AS last_seen,
        CAST(sum(streak_days) AS BIGINT) AS streak_days
      FROM facts)
    ON COLUMNS(*) INTO NAME key VALUE value)
  UNION ALL SELECT 'ledger.' || rule || '.awards', CAST(sum(awards) AS VARCHAR) FROM ledger GROUP BY rule
  UNION ALL SELECT 'ledger.' || rule || '.points', CAST(sum(points) AS VARCHAR) FROM ledger GROUP BY rule
  UNION ALL SELECT 'balance.squares', CAST(CAST(sum(points * points) AS BIGINT) AS VARCHAR) FROM balance
  UNION ALL SELECT 'level.' || level, CAST(count(*) AS VARCHAR) FROM levels GROUP BY level)
ORDER BY key;
