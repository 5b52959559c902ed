/* engine/store/migrate.c: databases of every version are brought up to date, or left as they are.
 */
#include "scratch.h"
#include "store/store_private.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *const good_steps[] = {
	"CREATE TABLE one (a TEXT) STRICT; INSERT INTO one VALUES ('kept');",
	"CREATE TABLE two (b TEXT) STRICT; INSERT INTO two SELECT a FROM one;",
	"ALTER TABLE two RENAME COLUMN b TO c;",
};
/* breaks off after its first statement */
static const char *const bad_steps[] = {
	good_steps[0],
	"CREATE TABLE two (b TEXT) STRICT; INSERT INTO nowhere VALUES (1);",
};

static Db *
old_database(const char *path, int version)
{
	const Schema old = { good_steps, version };
	Db *db = db_open(path, DB_CREATE, NULL);
	g_assert_true(schema_install(db, &old, NULL));
	return db;
}

static int64_t
number(Db *db, const char *sql)
{
	int64_t n;
	g_assert_true(db_number(db, -1, &n, NULL, sql, ""));
	return n;
}

static void
test_steps(void)
{
	for (int version = 1; version <= 3; version++) {
		g_autoptr(Scratch) dir = scratch_new();
		g_autofree char *path = g_build_filename(dir, "x.db", NULL);
		g_autoptr(GError) error = NULL;
		const Schema newest = { good_steps, 3 };
		Db *db = old_database(path, version);
		g_assert_true(migrate(db, &newest, path, &error));
		g_assert_no_error(error);
		g_assert_cmpint(number(db, "PRAGMA user_version"), ==, 3);
		g_assert_cmpint(number(db, "SELECT count(*) FROM two WHERE c = 'kept'"), ==, 1);
		g_autofree char *backup = g_strdup_printf("%s.v%d.bak", path, version);
		g_assert_cmpint(g_file_test(backup, G_FILE_TEST_EXISTS), ==, version < 3);
		db_close(db);
		if (version == 3)
			continue;
		Db *saved = db_open(backup, DB_WRITE, NULL);
		g_assert_cmpint(number(saved, "PRAGMA user_version"), ==, version);
		db_close(saved);
	}
}

/* A step that fails leaves the version and the tables of before, and may be tried again. */
static void
test_failure(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autofree char *path = g_build_filename(dir, "x.db", NULL);
	const Schema bad = { bad_steps, 2 }, good = { good_steps, 3 };
	Db *db = old_database(path, 1);
	for (int attempt = 0; attempt < 2; attempt++) {
		g_autoptr(GError) error = NULL;
		g_assert_false(migrate(db, &bad, path, &error));
		g_assert_nonnull(strstr(error->message, "version 2"));
		g_assert_cmpint(number(db, "PRAGMA user_version"), ==, 1);
		g_assert_cmpint(
			number(db, "SELECT count(*) FROM sqlite_master WHERE name = 'two'"), ==, 0);
	}
	g_assert_true(migrate(db, &good, path, NULL));
	db_close(db);
}

static void
test_refusals(void)
{
	static const struct {
		const char *sql, *word;
	} rows[] = {
		{ "PRAGMA user_version = 9", "9" },
		{ "PRAGMA application_id = 7", "not a database of vanthu" },
		{ "PRAGMA user_version = 0", "not a database of vanthu" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Scratch) dir = scratch_new();
		g_autofree char *path = g_build_filename(dir, "x.db", NULL);
		const Schema newest = { good_steps, 3 };
		Db *db = old_database(path, 2);
		g_assert_true(db_script(db, rows[i].sql, NULL));
		g_autoptr(GError) error = NULL;
		g_assert_false(migrate(db, &newest, path, &error));
		g_assert_error(error, VANTHU_ERROR, ERR_FORMAT);
		g_assert_nonnull(strstr(error->message, rows[i].word));
		g_assert_cmpint(number(db, "SELECT count(b) FROM two"), ==, 1);
		db_close(db);
	}
}

/* What a broken init leaves is no office, and does not stand in the way of the next init. */
static void
test_unfinished_office(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autofree char *unfinished = g_build_filename(dir, "vanthu.db.new", NULL);
	db_close(old_database(unfinished, 1));
	g_autoptr(GError) error = NULL;
	g_assert_null(store_open(dir, STORE_WRITE, &error));
	g_assert_error(error, VANTHU_ERROR, ERR_NOT_FOUND);
	const StoreOptions options = { .test = true, .next_arrival = 1 };
	g_assert_true(store_create(dir, &options, NULL));
	g_assert_false(g_file_test(unfinished, G_FILE_TEST_EXISTS));
	g_autoptr(GError) twice = NULL;
	g_assert_false(store_create(dir, &options, &twice));
	g_assert_error(twice, VANTHU_ERROR, ERR_CONFLICT);
	g_autoptr(Store) store = store_open(dir, STORE_WRITE, NULL);
	g_assert_true(store_is_test(store));
}

/* A statement is kept for the next time: asked twice at once, and again with nothing left of
 * before, also when the table has changed meanwhile. */
static void
test_kept_statements(void)
{
	static const char sql[] = "SELECT a FROM one WHERE a = ?";
	g_autoptr(Scratch) dir = scratch_new();
	g_autofree char *path = g_build_filename(dir, "x.db", NULL);
	Db *db = old_database(path, 1);
	for (int round = 0; round < 2; round++) {
		g_autoptr(Rows) outer = db_ask(db, NULL, sql, "s", "kept");
		g_assert_true(rows_next(outer, NULL));
		g_autoptr(Rows) inner = db_ask(db, NULL, sql, "s", "other");
		g_assert_false(rows_next(inner, NULL));
		g_assert_cmpstr(rows_text(outer, 0), ==, "kept");
	}
	g_assert_true(db_run(db, NULL, "UPDATE one SET a = ?", "s", "other"));
	g_assert_true(db_script(db, "ALTER TABLE one ADD COLUMN b TEXT", NULL));
	g_autofree char *text = NULL;
	g_assert_true(db_text(db, &text, NULL, sql, "s", "other"));
	g_assert_cmpstr(text, ==, "other");
	db_close(db);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/migrate/steps", test_steps);
	g_test_add_func("/migrate/failure", test_failure);
	g_test_add_func("/migrate/refusals", test_refusals);
	g_test_add_func("/migrate/unfinished-office", test_unfinished_office);
	g_test_add_func("/db/kept-statements", test_kept_statements);
	return g_test_run();
}
