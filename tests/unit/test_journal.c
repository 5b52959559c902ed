/* engine/store/journal.c: the chain covers every byte, and every way to change it is noticed. */
#include "scratch.h"
#include "store/store_private.h"

#include <string.h>

static const Clock noon = { INT64_C(1795410000) * G_USEC_PER_SEC }; /* 2026-11-23 */

static Store *
open_journal(char *dir)
{
	const StoreOptions options = { .test = true, .next_arrival = 1, .now = noon };
	g_assert_true(store_create(dir, &options, NULL));
	Store *store = store_open(dir, STORE_WRITE, NULL);
	const Who who = { "binh", "Trần Thị Bình", "root", noon };
	for (int i = 0; i < 4; i++)
		g_assert_true(store_journal(store, &who, "x", "2026-00001", "detail", NULL));
	return store;
}

static guint
breaks(Store *store)
{
	g_autoptr(GPtrArray) findings = findings_new();
	g_assert_true(journal_verify(store, findings, NULL));
	return findings->len;
}

/* Computed by hand: sha256sum over the lines that journal.c describes. */
static void
test_canonical(void)
{
	static const char zeros[] =
		"0000000000000000000000000000000000000000000000000000000000000000";
	const char *const plain[7] = { "1", "2026-11-23T05:00:00.000000Z", "binh", "root", "open",
		"2026-00001", "a" };
	g_autofree char *hash = journal_hash(zeros, plain);
	g_assert_cmpstr(
		hash, ==, "9b79d5678993f752ba108411331286048b23978f63cce4abb0b1eb633cc18b1b");
	/* what one field ends with is never what the next begins with */
	const char *const left[7] = { "1", "", "a\n", "b", "", "", "" };
	const char *const right[7] = { "1", "", "a", "\nb", "", "", "" };
	const char *const escaped[7] = { "1", "", "a\\n", "b", "", "", "" };
	g_autofree char *one = journal_hash(zeros, left);
	g_autofree char *two = journal_hash(zeros, right);
	g_autofree char *three = journal_hash(zeros, escaped);
	g_assert_cmpstr(one, !=, two);
	g_assert_cmpstr(one, !=, three);
}

static void
test_tampering(void)
{
	static const struct {
		const char *sql;
		guint least;
	} rows[] = {
		{ "SELECT 1", 0 },
		{ "UPDATE journal SET detail = 'other' WHERE id = 3", 1 },
		{ "UPDATE journal SET actor = 'an' WHERE id = 1", 1 },
		{ "UPDATE journal SET at = '2026' WHERE id = 5", 1 },
		{ "DELETE FROM journal WHERE id = 2", 1 },
		{ "DELETE FROM journal WHERE id = 1", 1 },
		{ "DELETE FROM journal", 1 },
		{ "UPDATE journal SET id = 9 WHERE id = 5", 1 },
		{ "UPDATE journal SET previous = hash WHERE id = 4", 1 },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Scratch) dir = scratch_new();
		g_autoptr(Store) store = open_journal(dir);
		g_assert_true(db_script(store->db,
			"DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete", NULL));
		g_assert_true(db_script(store->db, rows[i].sql, NULL));
		guint found = breaks(store);
		if (rows[i].least ? found < rows[i].least : found != 0)
			g_error("%s: %u findings", rows[i].sql, found);
	}
}

/* No statement of ours, nor of a careless person at a prompt, changes what is written. */
static void
test_guards(void)
{
	static const char *const attacks[] = {
		"UPDATE journal SET detail = ''",
		"DELETE FROM journal WHERE id = 5",
		"INSERT OR REPLACE INTO journal SELECT id, at, 'an', os_user, kind, dossier, "
		"detail, "
		"previous, hash FROM journal WHERE id = 2",
		"INSERT INTO journal SELECT * FROM journal WHERE id = 2 ON CONFLICT (id) DO UPDATE "
		"SET actor = 'an'",
		"UPDATE OR REPLACE journal SET id = 2 WHERE id = 3",
	};
	g_autoptr(Scratch) dir = scratch_new();
	g_autoptr(Store) store = open_journal(dir);
	for (size_t i = 0; i < G_N_ELEMENTS(attacks); i++)
		g_assert_false(db_script(store->db, attacks[i], NULL));
	g_assert_cmpuint(breaks(store), ==, 0);
	int64_t count;
	g_autofree char *head = NULL;
	g_assert_true(store_journal_head(store, &count, &head, NULL));
	g_assert_cmpint(count, ==, 5);
}

/* A rolled-back change leaves no entry: journal and rows are one transaction. */
static void
test_rollback(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autoptr(Store) store = open_journal(dir);
	const Who who = { "binh", "", "root", noon };
	g_assert_true(store_begin(store, NULL));
	g_assert_true(store_journal(store, &who, "y", "", "", NULL));
	store_rollback(store);
	g_assert_true(store_journal(store, &who, "z", "", "", NULL));
	g_autoptr(GPtrArray) rows = store_journal_of(store, "", NULL);
	g_assert_cmpuint(rows->len, ==, 2);
	g_assert_cmpstr(
		((JournalRow *)g_ptr_array_index(rows, 0))->kind, ==, "office-created-for-testing");
	g_assert_cmpstr(((JournalRow *)g_ptr_array_index(rows, 1))->kind, ==, "z");
	g_assert_cmpuint(breaks(store), ==, 0);
}

/* The hash of a value is the same within a dossier, another in the next, and not the bare SHA-256.
 */
static void
test_salt(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autoptr(Store) store = open_journal(dir);
	g_autofree char *one = NULL, *again = NULL, *other = NULL;
	g_assert_true(store_salted_hash(store, "2026-00001", "Trần Thị Mai", &one, NULL));
	g_assert_true(store_salted_hash(store, "2026-00001", "Trần Thị Mai", &again, NULL));
	g_assert_true(store_salted_hash(store, "2026-00002", "Trần Thị Mai", &other, NULL));
	g_assert_cmpstr(one, ==, again);
	g_assert_cmpstr(one, !=, other);
	g_autofree char *bare =
		g_compute_checksum_for_string(G_CHECKSUM_SHA256, "Trần Thị Mai", -1);
	g_assert_cmpstr(one, !=, bare);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/journal/canonical", test_canonical);
	g_test_add_func("/journal/tampering", test_tampering);
	g_test_add_func("/journal/guards", test_guards);
	g_test_add_func("/journal/rollback", test_rollback);
	g_test_add_func("/journal/salt", test_salt);
	return g_test_run();
}
