-- What everybody who computes w-daily prints besides the sums of W. Doubles are added up in no certain order.
SELECT 'metrics.' || metric AS key, printf('%.9f', sum(value)) AS value FROM metrics GROUP BY metric
UNION ALL SELECT 'alerts.days', CAST(sum(coalesce(until, DATE '2025-06-30') - since) AS VARCHAR)
FROM alerts WHERE state = 'firing'
ORDER BY key;
