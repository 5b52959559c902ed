/*
 * The database's versions: schema/NNNN_name.sql brings N-1 to N. PRAGMA user_version holds N and is
 * set in the same transaction; application_id says that the file is ours.
 */
#include "store/store_private.h"

#include <string.h>

/* "VTHU" */
#define APPLICATION_ID 1448366165

/* The text of a schema file, put into the program by the assembler. */
#define SCHEMA(name, path)                                                                         \
	__asm__(".section .rodata\n" #name ":\n.incbin \"" path "\"\n.byte 0\n.previous\n");       \
	extern const char name[]

SCHEMA(schema_0001, "engine/store/schema/0001_office.sql");

static const char *const steps[] = { schema_0001 };

int
migrate_newest(void)
{
	return (int)G_N_ELEMENTS(steps);
}

static bool
run_step(Db *db, int version, GError **err)
{
	g_autofree char *mark = g_strdup_printf(
		"PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID, version);
	if (db_script(db, "BEGIN IMMEDIATE", err) && db_script(db, steps[version - 1], err) &&
		db_script(db, mark, err) && db_script(db, "COMMIT", err))
		return true;
	db_script(db, "ROLLBACK", NULL);
	return because(err, _("bringing the database to version %d"), version);
}

static bool
back_up(Db *db, const char *path, int version, GError **err)
{
	g_autofree char *file = g_strdup_printf("%s.v%d.bak", path, version);
	return db_run(db, err, "VACUUM INTO ?", "s", file) || because(err, _("saving '%s'"), file);
}

bool
migrate(Db *db, const char *backup_path, GError **err)
{
	int64_t version, id;
	if (!db_number(db, 0, &version, err, "PRAGMA user_version", "") ||
		!db_number(db, 0, &id, err, "PRAGMA application_id", ""))
		return false;
	if (version > 0 && id != APPLICATION_ID)
		return fail(err, ERR_FORMAT, _("this is not a database of vanthu"));
	if (version > migrate_newest())
		return fail(err, ERR_FORMAT,
			_("the database has version %d, this program knows up to %d: use a newer "
			  "vanthu"),
			(int)version, migrate_newest());
	if (version > 0 && version < migrate_newest() &&
		!back_up(db, backup_path, (int)version, err))
		return false;
	while (version < migrate_newest())
		if (!run_step(db, (int)++version, err))
			return false;
	return true;
}
