# ruff: noqa: E501 one statement a line
"""What people ask of their databases, and must be able to: by dialect, separated by empty lines."""

POSTGRES = r"""
SELECT count(*) FROM orders

SELECT region, sum(amount) AS revenue FROM orders GROUP BY region HAVING sum(amount) > 10 ORDER BY revenue DESC LIMIT 5

SELECT date_trunc('day', created_at) AS time, sum(amount) AS value FROM orders
WHERE created_at >= :now::timestamptz - interval '7 days' GROUP BY 1 ORDER BY 1

WITH daily AS (SELECT created_at::date AS day, sum(amount) AS revenue FROM orders GROUP BY 1)
SELECT day, revenue, avg(revenue) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS week FROM daily

SELECT region, amount, rank() OVER (PARTITION BY region ORDER BY amount DESC) FROM orders

SELECT region, percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) AS median FROM orders GROUP BY region

SELECT count(*) FILTER (WHERE region = 'north') AS north, count(*) FILTER (WHERE region <> 'north') AS rest FROM orders

SELECT region, date_part('dow', created_at) AS dow, sum(amount) FROM orders GROUP BY GROUPING SETS ((region), (dow), ())

SELECT region, sum(amount), grouping(region) FROM orders GROUP BY ROLLUP (region)

SELECT details->>'channel' AS channel, sum((details->>'clicks')::int) FROM orders GROUP BY 1

SELECT id, item FROM orders, jsonb_array_elements_text(details->'items') AS item

SELECT o.id, x.n FROM orders o CROSS JOIN LATERAL (SELECT count(*) AS n FROM orders p WHERE p.region = o.region) x

WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT sum(i) FROM n

SELECT d::date, coalesce(sum(o.amount), 0) FROM generate_series(date '2026-11-01', date '2026-11-07', interval '1 day') d
LEFT JOIN orders o ON o.created_at::date = d::date GROUP BY 1 ORDER BY 1

SELECT DISTINCT ON (region) region, id, amount FROM orders ORDER BY region, amount DESC

SELECT region FROM orders UNION SELECT 'none' EXCEPT SELECT 'south' INTERSECT SELECT 'south'

SELECT CASE WHEN amount > 100 THEN 'big' ELSE 'small' END AS kind, round(avg(amount)::numeric, 2) FROM orders GROUP BY 1

SELECT to_char(created_at, 'YYYY-MM') AS month, string_agg(DISTINCT region, ', ' ORDER BY region) FROM orders GROUP BY 1

SELECT amount - lag(amount) OVER w AS change, ntile(4) OVER w FROM orders WINDOW w AS (ORDER BY created_at)

SELECT extract(epoch FROM (max(created_at) - min(created_at))) / 3600 AS hours FROM orders

SELECT * FROM orders WHERE region ~* '^n\w+' AND region NOT LIKE '%x%' AND details @> '{"channel": "web"}'

SELECT region, array_agg(id ORDER BY id) FROM orders WHERE id = ANY (ARRAY[1, 2, 3]) GROUP BY region

SELECT created_at AT TIME ZONE 'Europe/Berlin' AS local, :now AS now FROM orders WHERE created_at < :now

SELECT count(*) AS "select", max(amount) AS "delete; drop" FROM orders -- a comment; with a semicolon

/* a note: never UPDATE this */ SELECT 'it''s; DROP TABLE orders' AS words, E'tab\there', $$dollar's$$ FROM orders LIMIT 1;

(SELECT region FROM orders LIMIT 1) UNION ALL (SELECT region FROM orders LIMIT 1)

VALUES (1, 'a'), (2, 'b')

SELECT v.kind, g.n FROM (VALUES ('a', 1), ('b', 2)) v (kind, n) JOIN generate_series(1, 2) AS g(n) USING (n)

SELECT x.a, x.b FROM jsonb_to_recordset('[{"a": 1, "b": "x"}]') AS x(a int, b text)

SELECT width_bucket(amount, 0, 500, 5) AS bucket, count(*), stddev_samp(amount), corr(amount, id) FROM orders GROUP BY 1

SELECT EXISTS (SELECT 1 FROM orders WHERE amount IS NULL) AS has_gaps, greatest(1, 2), nullif(1, 1), num_nulls(NULL, 1)

SELECT schemaname, relname, n_live_tup, pg_size_pretty(pg_total_relation_size(relid)) FROM pg_stat_user_tables

SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'

SELECT regexp_replace(region, '(o|u)', '*', 'g'), split_part(region, 'o', 1), left(region, 1) || upper(region) FROM orders
""".strip()

MYSQL = r"""
SELECT COUNT(*) AS orders FROM orders

SELECT region, SUM(amount) AS revenue FROM orders GROUP BY region WITH ROLLUP

SELECT DATE(created_at) AS day, SUM(amount) FROM orders WHERE created_at >= :now - INTERVAL 7 DAY GROUP BY DATE(created_at)

SELECT DATE_FORMAT(created_at, '%Y-%m') AS month, COUNT(DISTINCT region) FROM orders GROUP BY month ORDER BY month

SELECT `region` AS `group`, IFNULL(SUM(amount), 0), IF(COUNT(*) > 1, 'many', 'one') FROM orders GROUP BY `region`

WITH daily AS (SELECT DATE(created_at) AS day, SUM(amount) AS revenue FROM orders GROUP BY 1)
SELECT day, revenue, LAG(revenue) OVER (ORDER BY day) AS before_it FROM daily

WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT SUM(i) FROM n

SELECT GROUP_CONCAT(DISTINCT region ORDER BY region SEPARATOR ', ') FROM orders

SELECT JSON_UNQUOTE(JSON_EXTRACT(details, '$.channel')) AS channel, COUNT(*) FROM orders GROUP BY channel

SELECT TIMESTAMPDIFF(HOUR, MIN(created_at), MAX(created_at)) AS hours, UNIX_TIMESTAMP(MAX(created_at)) FROM orders

SELECT DATEDIFF(NOW(), created_at), YEARWEEK(created_at), DAYOFWEEK(created_at), DATE_ADD(created_at, INTERVAL 1 MONTH) FROM orders

SELECT region, ROW_NUMBER() OVER (PARTITION BY region ORDER BY amount DESC) AS place FROM orders

SELECT * FROM orders WHERE region REGEXP '^n' AND region LIKE 'n\_%' OR region IN ('north', "south") LIMIT 10 OFFSET 0

SELECT 'it\'s; DROP TABLE orders' AS words, "a ""quoted"" one", 0x41, N'x' FROM orders -- done;

SELECT CASE region WHEN 'north' THEN 1 ELSE 0 END AS is_north, CAST(amount AS DECIMAL(10, 2)), REPLACE(region, 'o', '0') FROM orders

SELECT CONVERT(amount, SIGNED), CONCAT_WS('-', region, id), SUBSTRING_INDEX(region, 'o', 1), MOD(id, 2) FROM orders

SELECT a.id FROM orders a LEFT JOIN orders b ON a.region = b.region AND a.id < b.id WHERE b.id IS NULL

SELECT table_name, table_rows FROM information_schema.tables WHERE table_schema = DATABASE()
""".strip()

SQLITE = r"""
SELECT count(*) FROM orders

SELECT region, sum(amount) AS revenue, total(amount), avg(amount) FROM orders GROUP BY region ORDER BY 2 DESC

SELECT date(created_at) AS time, sum(amount) AS value FROM orders WHERE created_at >= datetime(:now, '-7 days') GROUP BY 1

SELECT strftime('%Y-%m', created_at) AS month, group_concat(DISTINCT region) FROM orders GROUP BY 1

WITH daily AS (SELECT date(created_at) AS day, sum(amount) AS revenue FROM orders GROUP BY 1)
SELECT day, revenue, avg(revenue) OVER (ORDER BY day ROWS 6 PRECEDING) FROM daily

WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT sum(i) FROM n

SELECT json_extract(details, '$.channel') AS channel, count(*) FROM orders GROUP BY 1

SELECT details ->> '$.channel', details -> '$.items' FROM orders

SELECT orders.id, item.value FROM orders, json_each(orders.details, '$.items') AS item

SELECT id, row_number() OVER (PARTITION BY region ORDER BY amount DESC) AS place FROM orders

SELECT count(*) FILTER (WHERE region = 'north'), sum(CASE WHEN amount > 100 THEN 1 ELSE 0 END) FROM orders

SELECT iif(amount > 100, 'big', 'small') AS kind, round(avg(amount), 2) FROM orders GROUP BY kind

SELECT julianday(max(created_at)) - julianday(min(created_at)) AS days, unixepoch('now') FROM orders

SELECT a.id, b.id FROM orders a JOIN orders b USING (region) WHERE a.id <> b.id

SELECT [region], "amount", `id` FROM orders WHERE region GLOB 'n*' AND region LIKE '%\_%' ESCAPE '\' OR id IN (1, 2)

SELECT max(amount), min(amount), printf('%.2f', sum(amount)), coalesce(NULL, 0), ifnull(NULL, 1), abs(-1) FROM orders

SELECT region FROM orders UNION ALL SELECT 'none' EXCEPT SELECT 'south'

VALUES (1, 'a'), (2, 'b')

SELECT name FROM sqlite_master WHERE type = 'table'

SELECT 'it''s; DROP TABLE orders' AS words /* not; this */, replace(region, 'o', '0'), substr(region, 1, 2) FROM orders;
""".strip()

DUCKDB = r"""
SELECT count(*) FROM orders

FROM orders SELECT region, sum(amount) AS revenue GROUP BY ALL ORDER BY ALL

SELECT date_trunc('day', created_at) AS time, sum(amount) AS value FROM orders
WHERE created_at >= :now - INTERVAL 7 DAY GROUP BY 1

SELECT * EXCLUDE (region) FROM orders

SELECT * REPLACE (amount * 2 AS amount) FROM orders

SELECT region, median(amount), quantile_cont(amount, 0.9), mode(region), arg_max(id, amount) FROM orders GROUP BY region

SELECT id, amount FROM orders QUALIFY row_number() OVER (PARTITION BY region ORDER BY amount DESC) = 1

WITH daily AS (SELECT created_at::date AS day, sum(amount) AS revenue FROM orders GROUP BY 1)
SELECT day, revenue, avg(revenue) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) FROM daily

SELECT list_sort(list(DISTINCT region)) AS regions, len(list(id)), [x * 2 for x in [1, 2, 3]] FROM orders

SELECT list_transform([1, 2, 3], lambda x: x + 1), {'a': 1, 'b': 'x'}.a, map {'k': 1}['k']

SELECT strftime(created_at, '%Y-%m') AS month, string_agg(region, ', ' ORDER BY region) FROM orders GROUP BY 1

SELECT unnest(generate_series(1, 3)) AS n

SELECT r.range AS n, coalesce(sum(o.amount), 0) FROM range(1, 4) r LEFT JOIN orders o ON o.id = r.range GROUP BY 1

SELECT date_diff('hour', min(created_at), max(created_at)), epoch(max(created_at)), time_bucket(INTERVAL '1 day', max(created_at)) FROM orders

SELECT region, sum(amount) FROM orders GROUP BY ROLLUP (region)

SELECT * FROM (PIVOT orders ON region IN ('north', 'south') USING sum(amount) GROUP BY id)

SELECT regexp_extract(region, '(\w)o', 1), region.upper(), region ILIKE 'N%', split(region, 'o')[1] FROM orders

SELECT o.region, v.visits FROM orders o ASOF JOIN visits v ON o.created_at >= v.day

SELECT sum(visits) FROM visits WHERE day BETWEEN TIMESTAMP '2026-01-01' AND :now

SELECT try_cast('x' AS INTEGER) IS NULL AS is_null, greatest(1, 2), 7 // 2, 'it''s; COPY' AS words -- fine; really
""".strip()

BY_DIALECT = {
    "postgres": POSTGRES.split("\n\n"),
    "mysql": MYSQL.split("\n\n"),
    "sqlite": SQLITE.split("\n\n"),
    "duckdb": DUCKDB.split("\n\n"),
}
