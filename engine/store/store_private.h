/* What the files of store/ share. */
#ifndef VANTHU_STORE_PRIVATE_H
#define VANTHU_STORE_PRIVATE_H

#include "store/db.h"
#include "store/store.h"

struct Store {
	Db *db;
	char *dir;
	bool test;
};

/* Brings the database to this program's version: one transaction a step, a backup before the first.
 */
bool migrate(Db *db, const char *backup_path, GError **err);
int migrate_newest(void);

/* Creates a folder and makes its name durable. */
bool make_folder(const char *path, GError **err);
bool sync_folder(const char *path, GError **err);

/* The hash of an entry; journal.c says which bytes it covers. Caller owns. */
char *journal_hash(const char *previous, const char *const fields[7]);
bool journal_verify(Store *store, GPtrArray *findings, GError **err);

/* Rows of one type: filled from columns in order by a table of offsets. */
typedef struct {
	char type; /* s char *, i int, b bool, l int64_t */
	size_t offset;
} Column;
/* An array of `size`-byte structs, freed with their strings. */
GPtrArray *rows_gather(Rows *rows, const Column *columns, size_t n, size_t size, GError **err);

#endif
