/* The door to the database, over SQLite: WAL, every commit synced, foreign keys on. */
#include "store/db.h"

#include <sqlite3.h>
#include <stdarg.h>
#include <string.h>

enum { BUSY_MS = 20000, IDLE_MAX = 200 };

struct Db {
	sqlite3 *handle;
	GHashTable *idle; /* text to sqlite3_stmt, which owns the text: compiled, not in use */
};

struct Rows {
	Db *db;
	sqlite3_stmt *statement;
};

static bool
db_fail(sqlite3 *handle, int status, GError **err)
{
	static const struct {
		int status;
		ErrCode code;
	} codes[] = {
		{ SQLITE_BUSY, ERR_RETRY },
		{ SQLITE_LOCKED, ERR_RETRY },
		{ SQLITE_FULL, ERR_RETRY },
		{ SQLITE_IOERR, ERR_RETRY },
		{ SQLITE_CONSTRAINT, ERR_CONFLICT },
		{ SQLITE_CORRUPT, ERR_FORMAT },
		{ SQLITE_NOTADB, ERR_FORMAT },
		{ SQLITE_CANTOPEN, ERR_NOT_FOUND },
		{ SQLITE_READONLY, ERR_DENIED },
	};
	ErrCode code = ERR_LIBRARY;
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		if (codes[i].status == (status & 0xff))
			code = codes[i].code;
	/* "disk I/O error" alone does not tell a full disk from a broken one */
	int reason = sqlite3_system_errno(handle);
	if (code == ERR_RETRY && reason)
		return fail(err, code, _("database: %s: %s"), sqlite3_errmsg(handle),
			g_strerror(reason));
	return fail(err, code, _("database: %s"), sqlite3_errmsg(handle));
}

static void
finalize(void *statement)
{
	sqlite3_finalize(statement);
}

static bool
set_up(Db *db, DbMode mode, GError **err)
{
	sqlite3_busy_timeout(db->handle, BUSY_MS);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	const char *common = "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;"
			     "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;";
	return db_script(db, common, err) &&
		(mode == DB_READ || db_script(db, "PRAGMA journal_mode = WAL;", err));
}

Db *
db_open(const char *path, DbMode mode, GError **err)
{
	/* a reader of a WAL database must be able to write its shared memory: it only never writes
	 * rows */
	int flags = mode == DB_CREATE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
				      : SQLITE_OPEN_READWRITE;
	Db *db = g_new0(Db, 1);
	db->idle = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, finalize);
	int status = sqlite3_open_v2(path, &db->handle, flags, NULL);
	if (status != SQLITE_OK)
		db_fail(db->handle, status, err);
	else if (set_up(db, mode, err))
		return db;
	because(err, _("opening '%s'"), path);
	db_close(db);
	return NULL;
}

void
db_close(Db *db)
{
	if (!db)
		return;
	g_hash_table_unref(db->idle);
	sqlite3_close(db->handle);
	g_free(db);
}

bool
db_script(Db *db, const char *sql, GError **err)
{
	int status = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	return status == SQLITE_OK || db_fail(db->handle, status, err);
}

static void
bind(sqlite3_stmt *statement, const char *types, va_list args)
{
	for (int i = 0; types[i]; i++) {
		if (types[i] == 'i') {
			sqlite3_bind_int64(statement, i + 1, va_arg(args, int64_t));
		} else if (types[i] == 'd') {
			sqlite3_bind_double(statement, i + 1, va_arg(args, double));
		} else {
			g_assert(types[i] == 's');
			sqlite3_bind_text(
				statement, i + 1, va_arg(args, const char *), -1, SQLITE_TRANSIENT);
		}
	}
}

/* Compiling costs more than running most statements: each is kept for the next time. */
static int
compile(Db *db, const char *sql, sqlite3_stmt **ret)
{
	void *kept;
	if (!g_hash_table_steal_extended(db->idle, sql, NULL, &kept))
		return sqlite3_prepare_v3(
			db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, ret, NULL);
	*ret = kept;
	return SQLITE_OK;
}

static void
keep(Db *db, sqlite3_stmt *statement)
{
	const char *sql = sqlite3_sql(statement);
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
	if (g_hash_table_contains(db->idle, sql) || g_hash_table_size(db->idle) >= IDLE_MAX)
		sqlite3_finalize(statement);
	else
		g_hash_table_insert(db->idle, (void *)(uintptr_t)sql, statement);
}

static Rows *
prepare(Db *db, const char *sql, const char *types, va_list args, GError **err)
{
	sqlite3_stmt *statement;
	int status = compile(db, sql, &statement);
	if (status != SQLITE_OK) {
		db_fail(db->handle, status, err);
		return NULL;
	}
	g_assert(sqlite3_bind_parameter_count(statement) == (int)strlen(types));
	bind(statement, types, args);
	Rows *rows = g_new0(Rows, 1);
	rows->db = db;
	rows->statement = statement;
	return rows;
}

bool
db_run(Db *db, GError **err, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	g_autoptr(Rows) rows = prepare(db, sql, types, args, err);
	va_end(args);
	if (!rows)
		return false;
	int status = sqlite3_step(rows->statement);
	return status == SQLITE_DONE || status == SQLITE_ROW || db_fail(db->handle, status, err);
}

Rows *
db_ask(Db *db, GError **err, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	Rows *rows = prepare(db, sql, types, args, err);
	va_end(args);
	return rows;
}

bool
db_number(Db *db, int64_t otherwise, int64_t *ret, GError **err, const char *sql, const char *types,
	...)
{
	va_list args;
	va_start(args, types);
	g_autoptr(Rows) rows = prepare(db, sql, types, args, err);
	va_end(args);
	if (!rows)
		return false;
	g_autoptr(GError) error = NULL;
	*ret = rows_next(rows, &error) && !rows_is_null(rows, 0) ? rows_int(rows, 0) : otherwise;
	if (!error)
		return true;
	g_propagate_error(err, g_steal_pointer(&error));
	return false;
}

bool
db_text(Db *db, char **ret, GError **err, const char *sql, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	g_autoptr(Rows) rows = prepare(db, sql, types, args, err);
	va_end(args);
	*ret = NULL;
	if (!rows)
		return false;
	g_autoptr(GError) error = NULL;
	if (rows_next(rows, &error) && !rows_is_null(rows, 0))
		*ret = g_strdup(rows_text(rows, 0));
	if (!error)
		return true;
	g_propagate_error(err, g_steal_pointer(&error));
	return false;
}

int
db_changes(const Db *db)
{
	return sqlite3_changes(db->handle);
}

bool
rows_next(Rows *rows, GError **err)
{
	int status = sqlite3_step(rows->statement);
	if (status == SQLITE_ROW)
		return true;
	if (status != SQLITE_DONE)
		db_fail(rows->db->handle, status, err);
	return false;
}

const char *
rows_text(const Rows *rows, int column)
{
	const char *text = (const char *)sqlite3_column_text(rows->statement, column);
	return text ? text : "";
}

bool
rows_is_null(const Rows *rows, int column)
{
	return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

int64_t
rows_int(const Rows *rows, int column)
{
	return sqlite3_column_int64(rows->statement, column);
}

double
rows_double(const Rows *rows, int column)
{
	return sqlite3_column_double(rows->statement, column);
}

int
rows_columns(const Rows *rows)
{
	return sqlite3_column_count(rows->statement);
}

const char *
rows_name(const Rows *rows, int column)
{
	return sqlite3_column_name(rows->statement, column);
}

void
rows_free(Rows *rows)
{
	if (!rows)
		return;
	keep(rows->db, rows->statement);
	g_free(rows);
}
