-- The tables of `steward run --out`, in the shape of metrics.sql's.
CREATE TABLE metrics AS
SELECT metric, CAST(left("at", 10) AS DATE) AS day, CAST(value AS DOUBLE) AS value
FROM read_csv('{FOUND}/metrics.csv', header = true, all_varchar = true);

CREATE TABLE alerts AS
SELECT state, CAST(left("from", 10) AS DATE) AS since, CAST(left("to", 10) AS DATE) AS until
FROM read_csv('{FOUND}/alerts.csv', header = true, all_varchar = true);
