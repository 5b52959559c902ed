/* The office folder: made once, opened often; transactions. */
#include "store/store_private.h"

#include "base/file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const folders[] = { "inbox", "inbox/.vanthu", "drafts", "returned", "archive",
	"archive/blobs", "rules", "templates" };

static bool
make_folders(const char *dir, GError **err)
{
	for (size_t i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *path = g_build_filename(dir, folders[i], NULL);
		if (!folder_make(path, err))
			return false;
	}
	return true;
}

/* All shelves of the archive at once: keeping a file need not wait for a new one to be synced. */
static bool
make_shelves(const char *dir, GError **err)
{
	g_autofree char *blobs = g_build_filename(dir, "archive", "blobs", NULL);
	for (int i = 0; i < 256; i++) {
		g_autofree char *shelf = g_strdup_printf("%s/%02x", blobs, i);
		if (mkdir(shelf, 0700) != 0 && errno != EEXIST)
			return file_fail(err, _("making"), shelf);
	}
	return folder_sync(blobs, err);
}

static bool
set_meta(Db *db, const char *name, const char *value, GError **err)
{
	return db_run(db, err, "INSERT INTO meta VALUES (?, ?)", "ss", name, value);
}

static bool
first_rows(Store *store, const StoreOptions *options, GError **err)
{
	g_autofree char *series =
		g_strdup_printf("first-arrival-%d", clock_local_date(options->now).year);
	g_autofree char *first = g_strdup_printf("%d", MAX(options->next_arrival, 1));
	g_autofree char *detail = g_strdup_printf("test=%s;next-arrival=%s;version=%s",
		options->test ? "yes" : "no", first, VANTHU_VERSION);
	const Who who = { "", "", g_get_user_name(), options->now };
	return set_meta(store->db, "test", options->test ? "yes" : "no", err) &&
		set_meta(store->db, series, first, err) &&
		store_journal(store, &who,
			options->test ? "office-created-for-testing" : "office-created", "", detail,
			err);
}

/* Everything that an empty office's database holds. */
static bool
fill(const char *path, const char *dir, const StoreOptions *options, GError **err)
{
	g_autoptr(GHashTable) unsynced =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Store store = { .db = db_open(path, DB_CREATE, err),
		.dir = (char *)dir,
		.test = options->test,
		.unsynced = unsynced };
	if (!store.db)
		return false;
	g_chmod(path, 0600);
	bool filled = schema_install(store.db, &schema_newest, err) && store_begin(&store, err);
	if (filled && !(first_rows(&store, options, err) && store_commit(&store, err))) {
		store_rollback(&store);
		filled = false;
	}
	db_close(store.db);
	return filled;
}

static void
remove_database(const char *path)
{
	static const char *const parts[] = { "", "-wal", "-shm", "-journal" };
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autofree char *part = g_strconcat(path, parts[i], NULL);
		g_unlink(part);
	}
}

/* The database gets its name when it is whole: an office that exists has its first journal entry.
 */
bool
store_create(const char *dir, const StoreOptions *options, GError **err)
{
	g_autofree char *path = g_build_filename(dir, "vanthu.db", NULL);
	g_autofree char *unfinished = g_strconcat(path, ".new", NULL);
	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return fail(err, ERR_CONFLICT, _("'%s' holds an office already"), dir);
	if (!make_folders(dir, err) || !make_shelves(dir, err))
		return false;
	remove_database(unfinished);
	bool made = fill(unfinished, dir, options, err);
	if (made && link(unfinished, path) != 0)
		made = fail(err, errno == EEXIST ? ERR_CONFLICT : ERR_RETRY, _("making '%s': %s"),
			path, g_strerror(errno));
	remove_database(unfinished);
	return made && folder_sync(dir, err);
}

Store *
store_open(const char *dir, StoreMode mode, GError **err)
{
	g_autofree char *path = g_build_filename(dir, "vanthu.db", NULL);
	g_autoptr(Store) store = g_new0(Store, 1);
	store->dir = g_strdup(dir);
	store->unsynced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	store->db = db_open(path, mode == STORE_WRITE ? DB_WRITE : DB_READ, err);
	g_autofree char *test = NULL;
	if (!store->db || !migrate(store->db, &schema_newest, path, err) ||
		!db_text(store->db, &test, err, "SELECT value FROM meta WHERE name = 'test'", ""))
		return NULL;
	store->test = g_strcmp0(test, "yes") == 0;
	if (mode == STORE_WRITE)
		blob_sweep(store);
	return g_steal_pointer(&store);
}

void
store_close(Store *store)
{
	if (!store)
		return;
	db_close(store->db);
	g_hash_table_unref(store->unsynced);
	g_free(store->dir);
	g_free(store);
}

bool
store_is_test(const Store *store)
{
	return store->test;
}

const char *
store_dir(const Store *store)
{
	return store->dir;
}

bool
store_begin(Store *store, GError **err)
{
	return db_script(store->db, "BEGIN IMMEDIATE", err);
}

bool
store_commit(Store *store, GError **err)
{
	return blob_sync(store, err) && db_script(store->db, "COMMIT", err);
}

void
store_rollback(Store *store)
{
	db_script(store->db, "ROLLBACK", NULL);
}
