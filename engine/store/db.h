/*
 * The narrow door to the database: everything in store/ goes through it, so that a second driver is
 * one more file. SQL is written where it is used, in the part that SQLite and PostgreSQL share.
 *
 * Parameters are given with a string of types, one letter each: s text (NULL is SQL NULL), i int64,
 * d double.
 */
#ifndef VANTHU_STORE_DB_H
#define VANTHU_STORE_DB_H

#include "base/error.h"

#include <stdint.h>

typedef struct Db Db;
typedef struct Rows Rows;

typedef enum { DB_READ, DB_WRITE, DB_CREATE } DbMode;

/* ERR_NOT_FOUND, ERR_FORMAT (no database of ours), ERR_LIBRARY. */
Db *db_open(const char *path, DbMode mode, GError **err);
void db_close(Db *db);

/* Several statements without parameters. */
bool db_script(Db *db, const char *sql, GError **err);
/* One statement that answers no rows. ERR_RETRY: busy or disk full. ERR_CONFLICT: a constraint. */
bool db_run(Db *db, GError **err, const char *sql, const char *types, ...);
/* One statement that answers rows; read with rows_next, freed with rows_free. */
Rows *db_ask(Db *db, GError **err, const char *sql, const char *types, ...);
/* The first column of the first row; `otherwise` when there is none. */
bool db_number(Db *db, int64_t otherwise, int64_t *ret, GError **err, const char *sql,
	const char *types, ...);
/* The same as text; NULL when there is none. Caller owns. */
bool db_text(Db *db, char **ret, GError **err, const char *sql, const char *types, ...);
/* Rows that the last db_run changed. */
int db_changes(const Db *db);

/* False at the end or on error (*err is set then). */
bool rows_next(Rows *rows, GError **err);
/* Lent until the next row; "" for NULL. */
const char *rows_text(const Rows *rows, int column);
bool rows_is_null(const Rows *rows, int column);
int64_t rows_int(const Rows *rows, int column);
double rows_double(const Rows *rows, int column);
int rows_columns(const Rows *rows);
const char *rows_name(const Rows *rows, int column);
void rows_free(Rows *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rows, rows_free)

#endif
