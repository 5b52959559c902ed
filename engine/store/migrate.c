/*
 * The database's versions: schema/NNNN_name.sql brings N-1 to N. PRAGMA user_version holds N and is
 * set in the same transaction; application_id says that the file is ours.
 */
#include "store/store_private.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* "VTHU" */
#define APPLICATION_ID 1448366165

/* The text of a schema file, put into the program by the assembler. */
#define SCHEMA(name, path)                                                                         \
	__asm__(".section .rodata\n" #name ":\n.incbin \"" path "\"\n.byte 0\n.previous\n");       \
	extern const char name[]

SCHEMA(schema_0001, "engine/store/schema/0001_office.sql");
SCHEMA(schema_0002, "engine/store/schema/0002_signatures.sql");

static const char *const steps[] = { schema_0001, schema_0002 };

const Schema schema_newest = { steps, (int)G_N_ELEMENTS(steps) };

static bool
run_step(Db *db, const Schema *schema, int version, GError **err)
{
	g_autofree char *mark = g_strdup_printf(
		"PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID, version);
	if (db_script(db, "BEGIN IMMEDIATE", err) &&
		db_script(db, schema->steps[version - 1], err) && db_script(db, mark, err) &&
		db_script(db, "COMMIT", err))
		return true;
	db_script(db, "ROLLBACK", NULL);
	return because(err, _("bringing the database to version %d"), version);
}

bool
schema_install(Db *db, const Schema *schema, GError **err)
{
	for (int version = 1; version <= schema->n; version++)
		if (!run_step(db, schema, version, err))
			return false;
	return true;
}

static bool
sync_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool synced = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return synced;
}

/* A copy of version N as PATH.vN.bak, whole or not at all. */
static bool
back_up(Db *db, const char *path, int version, GError **err)
{
	g_autofree char *file = g_strdup_printf("%s.v%d.bak", path, version);
	g_autofree char *unfinished = g_strconcat(file, ".new", NULL);
	g_autofree char *folder = g_path_get_dirname(path);
	g_unlink(unfinished);
	if (!db_run(db, err, "VACUUM INTO ?", "s", unfinished))
		return because(err, _("saving '%s'"), file);
	if (!sync_file(unfinished) || g_rename(unfinished, file) != 0)
		return fail(err, ERR_RETRY, _("saving '%s': %s"), file, g_strerror(errno));
	return folder_sync(folder, err);
}

static bool
read_version(Db *db, const Schema *schema, int *ret_version, GError **err)
{
	int64_t version, id;
	if (!db_number(db, 0, &version, err, "PRAGMA user_version", "") ||
		!db_number(db, 0, &id, err, "PRAGMA application_id", ""))
		return false;
	if (version < 1 || id != APPLICATION_ID)
		return fail(err, ERR_FORMAT, _("this is not a database of vanthu"));
	if (version > schema->n)
		return fail(err, ERR_FORMAT,
			_("the database has version %d, this program knows up to %d: use a newer "
			  "vanthu"),
			(int)version, schema->n);
	*ret_version = (int)version;
	return true;
}

static bool
migrate_alone(Db *db, const Schema *schema, const char *path, GError **err)
{
	int version;
	if (!read_version(db, schema, &version, err))
		return false;
	if (version < schema->n && !back_up(db, path, version, err))
		return false;
	while (version < schema->n)
		if (!run_step(db, schema, ++version, err))
			return false;
	return true;
}

/* Two programs that start at once must not both migrate: the second waits and finds it done. */
bool
migrate(Db *db, const Schema *schema, const char *path, GError **err)
{
	int version;
	if (!read_version(db, schema, &version, err))
		return false;
	if (version == schema->n)
		return true;
	g_autofree char *lock_path = g_strconcat(path, ".migrating", NULL);
	int lock = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock < 0 || flock(lock, LOCK_EX) != 0) {
		fail(err, ERR_RETRY, _("locking '%s': %s"), lock_path, g_strerror(errno));
		if (lock >= 0)
			close(lock);
		return false;
	}
	bool done = migrate_alone(db, schema, path, err);
	g_unlink(lock_path);
	close(lock);
	return done;
}
