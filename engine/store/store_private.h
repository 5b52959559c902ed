/* What the files of store/ share. */
#ifndef VANTHU_STORE_PRIVATE_H
#define VANTHU_STORE_PRIVATE_H

#include "store/db.h"
#include "store/store.h"

struct Store {
	Db *db;
	char *dir;
	bool test;
	GHashTable *unsynced; /* folders with names that the next commit must find durable */
};

/* steps[N - 1] brings version N - 1 to N. */
typedef struct {
	const char *const *steps;
	int n;
} Schema;
extern const Schema schema_newest;

/* Makes the tables in an empty database. */
bool schema_install(Db *db, const Schema *schema, GError **err);
/* Brings the database at path to the schema's version: one transaction a step, a backup
 * (PATH.vN.bak) before the first. ERR_FORMAT: no database of ours, or a newer one; then, and when a
 * step fails, nothing has changed. */
bool migrate(Db *db, const Schema *schema, const char *path, GError **err);

/* Makes the names of new blobs durable: before the rows that refer to them. */
bool blob_sync(Store *store, GError **err);
/* Takes away what a crash left half written in the archive. */
void blob_sweep(Store *store);

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
