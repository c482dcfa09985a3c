"""What nobody may run in somebody's database: by dialect, one statement a line."""

POSTGRES = r"""
INSERT INTO orders VALUES (99, 'x', 1, now(), '{}')
UPDATE orders SET amount = 0
DELETE FROM orders
MERGE INTO orders o USING orders s ON o.id = s.id WHEN MATCHED THEN DELETE
TRUNCATE orders
DROP TABLE orders
CREATE TABLE stolen AS SELECT * FROM orders
CREATE TABLE stolen (a int)
CREATE TEMP TABLE stolen AS SELECT 1
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'DELETE FROM orders; SELECT 1'
CREATE EXTENSION dblink
ALTER TABLE orders ADD COLUMN x int
ALTER SYSTEM SET fsync = off
GRANT ALL ON orders TO PUBLIC
REVOKE ALL ON orders FROM PUBLIC
COMMENT ON TABLE orders IS 'x'
REINDEX TABLE orders
VACUUM orders
ANALYZE orders
CLUSTER orders
LOCK TABLE orders
SELECT * INTO stolen FROM orders
SELECT * INTO TEMP stolen FROM orders
SELECT * FROM orders FOR UPDATE
SELECT * FROM orders FOR NO KEY UPDATE SKIP LOCKED
SELECT * FROM orders FOR SHARE
SELECT * FROM orders FOR KEY SHARE
WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone
WITH made AS (INSERT INTO orders (id) VALUES (99) RETURNING *) SELECT * FROM made
WITH set AS (UPDATE orders SET amount = 0 RETURNING *) SELECT count(*) FROM set
SELECT * FROM (WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone) t
SELECT 1; DELETE FROM orders
SELECT 1; SELECT 2
SELECT 1;;DROP TABLE orders
; DROP TABLE orders
SELECT 1 /* ; */ ; DROP TABLE orders -- SELECT
SELECT 1 -- it is fine
; DELETE FROM orders
BEGIN; DELETE FROM orders; COMMIT
COMMIT
ROLLBACK; DELETE FROM orders
START TRANSACTION READ WRITE
SET TRANSACTION READ WRITE
SET statement_timeout = 0
SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE
RESET ALL
SHOW data_directory
EXPLAIN ANALYZE DELETE FROM orders
EXPLAIN SELECT 1
COPY orders TO '{out}/stolen.csv'
COPY orders FROM '/etc/passwd'
COPY (SELECT 1) TO PROGRAM 'touch {out}/stolen'
COPY orders TO STDOUT
DO $$ BEGIN DELETE FROM orders; END $$
CALL wipe()
EXECUTE stolen
PREPARE stolen AS DELETE FROM orders
DEALLOCATE ALL
DECLARE c CURSOR WITH HOLD FOR SELECT * FROM orders
LISTEN houston
NOTIFY houston
DISCARD ALL
CHECKPOINT
LOAD 'x.so'
TABLE orders; DROP TABLE orders
VALUES (1); DROP TABLE orders
SELECT pg_sleep(60)
SELECT pg_sleep_for('1 minute')
SELECT pg_catalog.pg_sleep(60)
SELECT "pg_sleep"(60)
SELECT PG_SLEEP (60)
SELECT pg_sleep/**/(60)
SELECT U&"\0070g_sleep"(60)
SELECT * FROM pg_sleep(60)
SELECT * FROM orders, LATERAL pg_sleep(60)
SELECT * FROM orders pg_sleep(60)
SELECT * FROM orders pg_sleep(id)
SELECT sum(a) FROM t GROUP #BY 1 ORDER BY 1
SELECT 1 WHERE pg_sleep(60) IS NULL
SELECT CASE WHEN true THEN pg_sleep(60) END
WITH pg_sleep(a) AS (SELECT 1) SELECT pg_sleep(60)
SELECT pg_read_file('/etc/passwd')
SELECT pg_read_binary_file('/etc/passwd')
SELECT pg_ls_dir('/')
SELECT pg_stat_file('/etc/passwd')
SELECT * FROM pg_ls_logdir()
SELECT lo_import('/etc/passwd')
SELECT lo_export(1, '{out}/stolen')
SELECT lo_create(0)
SELECT lo_from_bytea(0, 'x')
SELECT lo_unlink(1)
SELECT dblink('host=169.254.169.254', 'SELECT 1')
SELECT dblink_exec('dbname=shop', 'DELETE FROM orders')
SELECT http_get('http://169.254.169.254/')
SELECT pg_terminate_backend(pid) FROM pg_stat_user_tables
SELECT pg_cancel_backend(1)
SELECT pg_reload_conf()
SELECT pg_rotate_logfile()
SELECT pg_switch_wal()
SELECT pg_create_restore_point('x')
SELECT pg_advisory_lock(1)
SELECT pg_advisory_xact_lock(1)
SELECT pg_try_advisory_lock_shared(1)
SELECT pg_notify('houston', 'x')
SELECT pg_logical_emit_message(true, 'a', 'b')
SELECT pg_logical_slot_get_changes('s', NULL, NULL)
SELECT pg_create_logical_replication_slot('s', 'pgoutput')
SELECT pg_export_snapshot()
SELECT pg_current_logfile()
SELECT pg_file_write('{out}/stolen', 'x', false)
SELECT set_config('transaction_read_only', 'off', false)
SELECT set_config('statement_timeout', '0', false)
SELECT current_setting('data_directory')
SELECT nextval('order_numbers')
SELECT setval('order_numbers', 1)
SELECT query_to_xml('DELETE FROM orders RETURNING *', true, true, '')
SELECT query_to_xml('SELECT pg_sleep(60)', true, true, '')
SELECT table_to_xml('pg_authid', true, true, '')
SELECT cursor_to_xml('houston', 1, true, true, '')
SELECT database_to_xml(true, true, '')
SELECT ts_stat('SELECT pg_sleep(60)')
SELECT ts_rewrite('a'::tsquery, 'SELECT pg_sleep(60)')
SELECT xmlparse(document '<x/>')
SELECT txid_current()
SELECT inet_server_addr()
SELECT has_table_privilege('orders', 'DELETE')
SELECT wipe()
SELECT public.wipe()
SELECT shop.public.wipe()
SELECT OPERATOR(pg_catalog.+) 1
SELECT * FROM pg_authid
SELECT rolpassword FROM pg_catalog.pg_authid
SELECT * FROM pg_shadow
SELECT * FROM pg_user_mapping
SELECT * FROM pg_hba_file_rules
SELECT * FROM pg_file_settings
SELECT * FROM pg_largeobject
SELECT query FROM pg_stat_activity
SELECT 'a' AS b; DROP TABLE orders --'
SELECT 'it\'; DROP TABLE orders --'
SELECT E'it\'; DROP TABLE orders --
SELECT $a$ x $b$; DROP TABLE orders
SELECT $$x$$; DELETE FROM orders; SELECT $$y$$
SELECT 1 /* /* */; DROP TABLE orders; */ */
SELECT id$$, pg_sleep(60), id$$ FROM orders
SELECT id$a$, pg_sleep(60), id$a$ FROM orders
SELECT e'\', pg_sleep(60), '\' FROM orders
SELECT U&'\', pg_sleep(60), '\' FROM orders
SELECT * FROM orders WHERE id = $1
SELECT * FROM orders WHERE id = %s
SELECT * FROM orders WHERE id = :id
""".strip()

MYSQL = r"""
INSERT INTO orders VALUES (1)
REPLACE INTO orders VALUES (1)
UPDATE orders SET amount = 0
DELETE FROM orders
TRUNCATE TABLE orders
DROP DATABASE shop
CREATE TABLE stolen SELECT * FROM orders
CREATE USER x IDENTIFIED BY 'y'
ALTER TABLE orders ENGINE = MEMORY
RENAME TABLE orders TO stolen
GRANT ALL ON *.* TO x
LOAD DATA INFILE '/etc/passwd' INTO TABLE orders
LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE orders
SELECT * FROM orders INTO OUTFILE '{out}/stolen'
SELECT * INTO OUTFILE '{out}/stolen' FROM orders
SELECT 'x' INTO DUMPFILE '{out}/stolen.so'
SELECT 1 INTO @stolen
SELECT id INTO @a FROM orders LIMIT 1
SELECT @a := 1
SELECT @@global.secure_file_priv
SELECT @@version
SET GLOBAL general_log = ON
SET @a = 1
SET SESSION TRANSACTION READ WRITE
SELECT SLEEP(60)
SELECT sleep/**/(60)
SELECT `sleep`(60)
SELECT IF(1, SLEEP(60), 0)
SELECT * FROM orders WHERE id = 1 AND SLEEP(60)
SELECT BENCHMARK(1000000000, SHA1('x'))
SELECT LOAD_FILE('/etc/passwd')
SELECT GET_LOCK('houston', 60)
SELECT RELEASE_ALL_LOCKS()
SELECT IS_FREE_LOCK('x')
SELECT MASTER_POS_WAIT('x', 4)
SELECT SOURCE_POS_WAIT('x', 4)
SELECT LAST_INSERT_ID(99)
SELECT NAME_CONST('a', SLEEP(60))
SELECT UUID_SHORT(), SLEEP(60)
SELECT UPDATEXML('<a/>', '/a', LOAD_FILE('/etc/passwd'))
SELECT sys_exec('touch {out}/stolen')
SELECT sys.ps_thread_id(1)
SELECT shop.wipe()
SELECT wipe()
SELECT * FROM orders FOR UPDATE
SELECT * FROM orders FOR SHARE
SELECT * FROM orders LOCK IN SHARE MODE
SELECT * FROM orders PROCEDURE ANALYSE()
SELECT 1; DELETE FROM orders
SELECT 1 /*! ; DELETE FROM orders */
SELECT 1 /*!50000 INTO OUTFILE '{out}/stolen' */
SELECT 1 /*!99999 , SLEEP(60) */
SELECT /*!SLEEP(60)*/ 1
SELECT /*M!100000 SLEEP(60) */ 1
SELECT /*+ SET_VAR(max_execution_time=0) */ 1
SELECT /*+ MAX_EXECUTION_TIME(0) */ * FROM orders
SELECT 1 # fine
; DELETE FROM orders
SELECT 'it\'; DELETE FROM orders -- '; DELETE FROM orders
SELECT "a\"; DELETE FROM orders
WITH gone AS (SELECT 1) DELETE FROM orders
EXPLAIN ANALYZE DELETE FROM orders
SHOW VARIABLES
SHOW GRANTS
DESCRIBE orders
USE mysql
KILL 1
FLUSH PRIVILEGES
HANDLER orders OPEN
CALL wipe()
DO SLEEP(60)
PREPARE x FROM 'DELETE FROM orders'
EXECUTE x
LOCK TABLES orders WRITE
UNLOCK TABLES
START TRANSACTION
COMMIT
XA START 'x'
INSTALL PLUGIN x SONAME 'x.so'
SHUTDOWN
CHANGE MASTER TO MASTER_HOST = 'x'
IMPORT TABLE FROM 'x.sdi'
TABLE orders INTO OUTFILE '{out}/stolen'
VALUES ROW(1) INTO OUTFILE '{out}/stolen'
SELECT * FROM mysql.user
SELECT authentication_string FROM mysql.user
SELECT * FROM performance_schema.threads
SELECT * FROM sys.processlist
SELECT * FROM JSON_TABLE(LOAD_FILE('/etc/passwd'), '$' COLUMNS (a TEXT PATH '$')) t
SELECT _gbk'\', SLEEP(60), '\'
SELECT 5 --SLEEP(60)
SELECT 5--1
SELECT * FROM orders WHERE id = ?
""".strip()

SQLITE = r"""
INSERT INTO orders VALUES (99, 'x', 1, 'x')
INSERT OR REPLACE INTO orders VALUES (1, 'x', 1, 'x')
REPLACE INTO orders VALUES (1, 'x', 1, 'x')
UPDATE orders SET amount = 0
DELETE FROM orders
DELETE FROM orders RETURNING *
WITH gone AS (SELECT 1) DELETE FROM orders
WITH made AS (SELECT 1) INSERT INTO orders (id) SELECT * FROM made
CREATE TABLE stolen AS SELECT * FROM orders
CREATE TEMP TABLE stolen (a)
CREATE TRIGGER t AFTER INSERT ON orders BEGIN SELECT 1; END
CREATE VIEW v AS SELECT 1
CREATE VIRTUAL TABLE f USING fts5(a)
DROP TABLE orders
ALTER TABLE orders RENAME TO stolen
CREATE INDEX i ON orders (id)
REINDEX
ANALYZE
VACUUM
VACUUM INTO '{out}/stolen.db'
ATTACH '{out}/stolen.db' AS stolen
ATTACH DATABASE '/etc/passwd' AS p
DETACH main
PRAGMA journal_mode = DELETE
PRAGMA query_only = OFF
PRAGMA writable_schema = ON
PRAGMA table_info(orders)
PRAGMA database_list
BEGIN
BEGIN IMMEDIATE
COMMIT
ROLLBACK
SAVEPOINT a
RELEASE a
EXPLAIN SELECT 1
EXPLAIN QUERY PLAN SELECT 1
SELECT 1; DELETE FROM orders
SELECT 1; SELECT 2
SELECT 1 -- fine
; DROP TABLE orders
SELECT load_extension('{out}/x')
SELECT LOAD_EXTENSION ('{out}/x')
SELECT "load_extension"('{out}/x')
SELECT [load_extension]('{out}/x')
SELECT writefile('{out}/stolen', 'x')
SELECT readfile('/etc/passwd')
SELECT edit('x', 'touch {out}/stolen')
SELECT fts3_tokenizer('simple')
SELECT fts5(NULL)
SELECT sqlite_log(1, 'x')
SELECT sqlite_compileoption_used('x')
SELECT last_insert_rowid(), changes()
SELECT total_changes()
SELECT eval('DELETE FROM orders')
SELECT shell('touch {out}/stolen')
SELECT wipe()
SELECT * FROM pragma_table_info('orders')
SELECT * FROM pragma_database_list
SELECT file FROM pragma_database_list()
SELECT * FROM sqlite_dbpage
SELECT * FROM dbstat
SELECT * FROM fsdir('/')
SELECT * FROM zipfile('/x.zip')
SELECT * FROM csv
SELECT * FROM orders WHERE id = ?
SELECT * FROM orders WHERE id = ?1
SELECT * FROM orders WHERE id = @id
SELECT * FROM orders WHERE id = $id
SELECT 'it\'; DELETE FROM orders --
SELECT /* 1; DELETE FROM orders
VALUES (1); DELETE FROM orders
SELECT * FROM orders INTO OUTFILE '{out}/stolen'
""".strip()

DUCKDB = r"""
INSERT INTO orders VALUES (1)
UPDATE orders SET amount = 0
DELETE FROM orders
MERGE INTO orders USING orders s ON true WHEN MATCHED THEN DELETE
TRUNCATE orders
CREATE TABLE stolen AS FROM orders
CREATE OR REPLACE VIEW orders AS SELECT 1
CREATE MACRO f() AS 1
CREATE SECRET s (TYPE s3)
CREATE TYPE t AS ENUM ('a')
DROP VIEW orders
ALTER VIEW orders RENAME TO stolen
WITH gone AS (DELETE FROM orders RETURNING *) FROM gone
COPY orders TO '{out}/stolen.csv'
COPY (SELECT 1) TO '{folder}/stolen.parquet'
COPY (SELECT 'gone' AS x) TO '{folder}/orders.csv'
COPY (SELECT 'gone' AS x) TO '{folder}/orders.csv' (USE_TMP_FILE false)
COPY (SELECT 1) TO '{out}' (FORMAT parquet, PER_THREAD_OUTPUT)
COPY orders FROM '/etc/passwd'
COPY FROM DATABASE memory TO stolen
EXPORT DATABASE '{out}/stolen'
IMPORT DATABASE '{out}/stolen'
ATTACH '{out}/stolen.duckdb' AS stolen
ATTACH ':memory:' AS stolen
ATTACH 'host=169.254.169.254' AS p (TYPE postgres)
DETACH memory
USE stolen
INSTALL httpfs
LOAD httpfs
FORCE INSTALL httpfs FROM 'http://169.254.169.254/'
SET memory_limit = '100GB'
SET enable_external_access = true
SET allowed_directories = ['/']
SET GLOBAL threads = 64
RESET memory_limit
SET VARIABLE a = 1
PRAGMA database_list
PRAGMA enable_profiling
PRAGMA memory_limit = '100GB'
CALL pragma_version()
CALL duckdb_secrets()
CHECKPOINT
VACUUM
ANALYZE
BEGIN
COMMIT
DESCRIBE orders
SUMMARIZE orders
SHOW TABLES
EXPLAIN ANALYZE SELECT 1
PREPARE s AS SELECT 1
EXECUTE s
PIVOT orders ON region USING sum(amount)
SELECT 1; COPY orders TO '{out}/stolen.csv'
SELECT * FROM read_csv('/etc/passwd')
SELECT * FROM read_csv_auto('/etc/passwd')
FROM read_text('/etc/passwd')
FROM read_blob('/etc/*')
SELECT * FROM read_parquet('http://169.254.169.254/x.parquet')
SELECT * FROM parquet_metadata('{folder}/orders.csv')
SELECT * FROM read_json('{folder}/orders.csv')
SELECT * FROM sniff_csv('/etc/passwd')
SELECT * FROM glob('/*')
FROM '/etc/passwd'
SELECT * FROM '/etc/passwd'
SELECT * FROM "/etc/passwd"
SELECT * FROM '{folder}/orders.csv'
SELECT * FROM 'orders.csv'
SELECT * FROM "../secret.csv"
SELECT * FROM 's3://bucket/x.parquet'
SELECT * FROM 'https://169.254.169.254/x.csv'
SELECT * FROM query('DROP VIEW orders')
SELECT * FROM query('SELECT 1')
SELECT * FROM query_table('orders')
SELECT * FROM json_execute_serialized_sql('{}')
SELECT * FROM duckdb_secrets()
SELECT * FROM duckdb_settings()
SELECT * FROM duckdb_settings
SELECT * FROM which_secret('s3://x', 's3')
SELECT * FROM pragma_table_info('orders')
SELECT * FROM sqlite_scan('{out}/x.db', 't')
SELECT * FROM postgres_scan('host=169.254.169.254', 'public', 't')
SELECT * FROM seq_scan('orders')
SELECT * FROM pandas_scan(1)
SELECT * FROM python_map_function()
SELECT * FROM test_all_types()
SELECT getenv('HOME')
SELECT getvariable('a')
SELECT current_setting('memory_limit')
SELECT nextval('s')
SELECT setseed(0.5)
SELECT pg_sleep(60)
SELECT sleep_ms(60000)
SELECT write_log('x')
SELECT error('x')
SELECT ('/etc/passwd').read_text()
SELECT main.read_text('/etc/passwd')
SELECT * FROM orders WHERE id = ?
SELECT * FROM orders WHERE id = $1
SELECT * FROM orders WHERE id = $id
SELECT 1 -- fine
; COPY orders TO '{out}/stolen.csv'
""".strip()

UNICODE = (
    "SELECT 1\u037e DROP TABLE orders",
    "SELECT 1\uff1b DROP TABLE orders",
    "SELECT pg\u200b_sleep(60)",
    "SELECT \uff50\uff47\uff3fsleep(60)",
    "SELECT slee\u0440(60)",
    "\u202eSELECT 1",
    "SELECT 1\x00; DROP TABLE orders",
    "SELECT '\x00'",
    "DE\u00adLETE FROM orders",
    "\u0405ELECT 1",
    "SELECT \u2018a\u2019",
    "SELECT 1 \u2212 1",
    "SELECT 1;\u00a0DELETE FROM orders",
    "SELECT 1\u2028; DELETE FROM orders",
    "\ufeffDELETE FROM orders",
    "SELECT * FROM orders \uff37HERE 1 = 1",
    "SELECT 5 --\u00a0'\n , sleep(60) -- '",
    "SELECT 5 --\u2003'\n , pg_sleep(60) -- '",
)

SHAPES = (
    "",
    "   ",
    ";",
    "-- nothing",
    "/* nothing */",
    "hello",
    "SELECT",
    "SELECT (",
    "SELECT " + "(" * 600 + "1" + ")" * 600,
    "SELECT " + "1," * 12_000 + "1",
    "SELECT 'never closed",
    'SELECT "never closed',
    "SELECT /* never closed",
)


def lines(statements: str) -> list[str]:
    """Lines that begin with a semicolon belong to the one before: they are about line ends."""
    return [line.replace("\v", "\n") for line in statements.replace("\n;", "\v;").split("\n")]


BY_DIALECT = {
    "postgres": lines(POSTGRES),
    "mysql": lines(MYSQL),
    "sqlite": lines(SQLITE),
    "duckdb": lines(DUCKDB),
}
