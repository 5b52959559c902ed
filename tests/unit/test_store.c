/* engine/store: what is kept is found again, and what was changed behind our back is noticed. */
#include "scratch.h"
#include "store/store.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

static const Clock noon = { INT64_C(1795410000) * G_USEC_PER_SEC }; /* 2026-11-23 */

static Store *
open_office(const char *dir)
{
	g_autoptr(GError) error = NULL;
	const StoreOptions options = { .test = true, .next_arrival = 128, .now = noon };
	g_assert_true(store_create(dir, &options, &error));
	g_assert_no_error(error);
	Store *store = store_open(dir, STORE_WRITE, &error);
	g_assert_no_error(error);
	return store;
}

static Reading *
sample_reading(const char *number, const char *subject)
{
	Reading *reading = reading_new("cong-van.docx", number);
	g_free(reading->type_id);
	reading->type_id = g_strdup("cong-van");
	reading_take(reading,
		field_found("code-number", number, number, 0.99, NULL, "nd30/code-number"));
	reading_take(
		reading, field_found("code-notation", "UBND-VX", "UBND-VX", 0.99, NULL, "nd30/x"));
	reading_take(
		reading, field_found("organ-name", "UBND tỉnh An Phú", "", 0.99, NULL, "nd30/x"));
	reading_take(reading, field_found("issued-date", "2026-11-02", "", 0.99, NULL, "nd30/x"));
	reading_take(reading, field_found("subject", subject, subject, 0.99, NULL, "nd30/x"));
	reading_take(reading, field_new("priority", FIELD_ABSENT));
	Record *record = record_new("recipient", &(Place){ .paragraph = 9 });
	record_take(record, field_found("name", "Như trên", "", 1, NULL, "nd30/x"));
	reading_take_record(reading, record);
	findings_add(reading->findings, FINDING_MACROS, NULL, "vba");
	reading->words = g_strdup(subject);
	return reading;
}

static char *
add(Store *store, const Reading *reading, const char *claim)
{
	g_autoptr(GError) error = NULL;
	char *id = NULL;
	const NewDossier new = { .kind = "dispatch",
		.workflow = "dispatch",
		.workflow_version = "1",
		.stage = "tiep-nhan",
		.source = "cong-van.docx",
		.claim = claim,
		.received = noon,
		.year = 2026 };
	const Who who = { "binh", "Trần Thị Bình", "root", noon };
	g_assert_true(store_begin(store, NULL));
	if (store_dossier_create(store, &new, reading, &id, &error)) {
		g_assert_true(store_journal(store, &who, "dossier", id, "", NULL));
		g_assert_true(store_commit(store, NULL));
	} else {
		g_assert_error(error, VANTHU_ERROR, ERR_CONFLICT);
		store_rollback(store);
	}
	return id;
}

static void
test_dossier(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autoptr(Store) store = open_office(dir);
	g_autoptr(Reading) reading = sample_reading("15", "V/v phát động thi đua");
	g_autofree char *id = add(store, reading, "claim1");
	g_assert_cmpstr(id, ==, "2026-00001");
	g_autofree char *twice = add(store, reading, "claim1");
	g_assert_null(twice);
	g_autofree char *same = NULL, *number = NULL;
	g_assert_true(store_same_bytes(store, reading, &same, NULL));
	g_assert_cmpstr(same, ==, id);
	g_assert_true(store_same_number(store, reading, &number, NULL));
	g_assert_cmpstr(number, ==, id);
	const Who who = { "binh", "Trần Thị Bình", "root", noon };
	g_assert_true(store_confirm(store, id, "d1", "subject", "V/v khác", &who, NULL));
	g_assert_false(store_confirm(store, id, "d1", "colour", "x", &who, NULL));
	g_autoptr(xmlDoc) tree = store_dossier_tree(store, id, NULL);
	xmlNode *document = xml_child(xmlDocGetRootElement(tree), "document");
	xmlNode *subject = xml_child(document, "subject");
	g_autofree char *text = xml_text(subject);
	g_assert_cmpstr(text, ==, "V/v khác");
	g_assert_cmpstr(xml_peek_attr(subject, "state"), ==, "edited");
	g_assert_cmpstr(xml_peek_attr(subject, "read"), ==, "V/v phát động thi đua");
	g_assert_cmpstr(xml_peek_attr(xml_child(document, "priority"), "state"), ==, "absent");
	g_assert_nonnull(xml_child(xml_child(document, "recipient"), "name"));
	g_assert_null(store_dossier_tree(store, "2026-99999", NULL));
}

/* What was claimed is taken in once, also as a supplement; a name in returned/ is given out once. */
static void
test_claims(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autoptr(Store) store = open_office(dir);
	g_autoptr(Reading) reading = sample_reading("15", "x");
	g_autofree char *id = add(store, reading, "claim1");
	g_autofree char *first = NULL, *second = NULL, *none = NULL;
	g_autoptr(GError) error = NULL;
	g_assert_true(store_claim_taken(store, "claim2", id, NULL));
	g_assert_false(store_claim_taken(store, "claim1", id, &error));
	g_assert_error(error, VANTHU_ERROR, ERR_CONFLICT);
	g_assert_true(store_dossier_of_claim(store, "claim1", &first, NULL));
	g_assert_true(store_dossier_of_claim(store, "claim2", &second, NULL));
	g_assert_true(store_dossier_of_claim(store, "claim3", &none, NULL));
	g_assert_cmpstr(first, ==, id);
	g_assert_cmpstr(second, ==, id);
	g_assert_null(none);

	g_autoptr(Finding) reason = finding_new(FINDING_TOO_LARGE, NULL, "x");
	g_autoptr(GError) twice = NULL;
	bool has;
	g_assert_true(store_add_returned(store, "c4", "a.docx", "", reason, noon, NULL));
	g_assert_true(store_add_returned(store, "c4", "a.docx", "", reason, noon, NULL));
	g_assert_false(store_add_returned(store, "c5", "a.docx", "", reason, noon, &twice));
	g_assert_error(twice, VANTHU_ERROR, ERR_CONFLICT);
	g_assert_true(store_returned_has(store, "a.docx", &has, NULL) && has);
	g_assert_true(store_returned_has(store, "b.docx", &has, NULL) && !has);
	g_autoptr(GPtrArray) rows = store_list_returned(store, NULL);
	g_assert_cmpuint(rows->len, ==, 1);
}

static void
test_arrivals(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autoptr(Store) store = open_office(dir);
	for (int i = 0; i < 3; i++) {
		g_autofree char *hash = g_strdup_printf("%d", i);
		g_autoptr(Reading) reading = sample_reading(hash, "x");
		g_autofree char *id = add(store, reading, hash);
		int number, again;
		g_assert_true(
			store_register_arrival(store, id, (Date){ 2026, 11, 23 }, &number, NULL));
		g_assert_true(
			store_register_arrival(store, id, (Date){ 2026, 11, 24 }, &again, NULL));
		g_assert_cmpint(number, ==, 128 + i);
		g_assert_cmpint(again, ==, number);
	}
	g_autoptr(Reading) reading = sample_reading("next", "x");
	g_autofree char *id = add(store, reading, "next");
	int number;
	g_assert_true(store_register_arrival(store, id, (Date){ 2027, 1, 4 }, &number, NULL));
	g_assert_cmpint(number, ==, 1);
}

static void
test_search(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autoptr(Store) store = open_office(dir);
	static const char *const subjects[] = { "ma trận đề thi", "má đã về",
		"Khen thưởng đột xuất" };
	for (int i = 0; i < 3; i++) {
		g_autofree char *hash = g_strdup_printf("%d", i);
		g_autoptr(Reading) reading = sample_reading(hash, subjects[i]);
		g_autofree char *id = add(store, reading, hash);
	}
	static const struct {
		const char *words, *first;
		guint hits;
	} rows[] = {
		{ "khen thuong", "2026-00003", 1 },
		{ "KHEN THƯỞNG ĐỘT", "2026-00003", 1 },
		{ "dot xu", "2026-00003", 1 },
		{ "má", "2026-00002", 2 },
		{ "ma", "2026-00001", 2 },
		{ "de thi\" OR", "", 0 },
		{ "khong co", "", 0 },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) hits = store_search(store, rows[i].words, 10, &error);
		g_assert_no_error(error);
		if (hits->len != rows[i].hits)
			g_error("'%s': %u hits", rows[i].words, hits->len);
		if (hits->len)
			g_assert_cmpstr(((SearchRow *)g_ptr_array_index(hits, 0))->dossier, ==,
				rows[i].first);
	}
}

static guint
count_findings(Store *store)
{
	g_autoptr(GPtrArray) findings = findings_new();
	g_autoptr(GError) error = NULL;
	g_assert_true(store_verify(store, findings, &error));
	g_assert_no_error(error);
	return findings->len;
}

static void
tamper(const char *dir, const char *sql)
{
	g_autofree char *path = g_build_filename(dir, "vanthu.db", NULL);
	sqlite3 *db;
	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
	sqlite3_close(db);
}

static void
test_verify(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autoptr(Store) store = open_office(dir);
	g_autoptr(GBytes) bytes = g_bytes_new_static("abc", 3);
	g_autofree char *sha256 = NULL;
	g_assert_true(blob_put(store, bytes, &sha256, NULL));
	g_assert_true(blob_put(store, bytes, NULL, NULL));
	g_autoptr(Reading) reading = sample_reading(sha256, "x");
	g_autofree char *id = add(store, reading, "c");
	int number;
	g_assert_true(store_register_arrival(store, id, (Date){ 2026, 11, 23 }, &number, NULL));
	g_assert_cmpuint(count_findings(store), ==, 0);
	tamper(dir, "DROP TRIGGER journal_no_update; UPDATE journal SET detail = 'x' WHERE id = 2");
	g_assert_cmpuint(count_findings(store), ==, 1);
	tamper(dir, "UPDATE arrival SET number = 130");
	g_assert_cmpuint(count_findings(store), ==, 2);
	g_autofree char *path = blob_path(store, sha256);
	g_assert_true(g_chmod(path, 0600) == 0 && g_file_set_contents(path, "abd", 3, NULL));
	g_assert_cmpuint(count_findings(store), ==, 3);
	g_unlink(path);
	g_assert_cmpuint(count_findings(store), ==, 3);
}

/* Neither UPDATE, DELETE nor INSERT OR REPLACE gets past the triggers. */
static void
test_journal_guard(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autoptr(Store) store = open_office(dir);
	static const char *const attacks[] = { "UPDATE journal SET detail = 'x'",
		"DELETE FROM journal",
		"PRAGMA recursive_triggers = ON; INSERT OR REPLACE INTO journal SELECT id, at, "
		"'x', os_user, kind,"
		" dossier, detail, previous, hash FROM journal" };
	g_autofree char *path = g_build_filename(dir, "vanthu.db", NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(attacks); i++) {
		sqlite3 *db;
		sqlite3_open(path, &db);
		g_assert_cmpint(sqlite3_exec(db, attacks[i], NULL, NULL, NULL), !=, SQLITE_OK);
		sqlite3_close(db);
	}
	g_assert_cmpuint(count_findings(store), ==, 0);
}

static void
test_newer_database(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	store_close(open_office(dir));
	tamper(dir, "PRAGMA user_version = 99");
	g_autoptr(GError) error = NULL;
	g_assert_null(store_open(dir, STORE_WRITE, &error));
	g_assert_error(error, VANTHU_ERROR, ERR_FORMAT);
	g_assert_nonnull(strstr(error->message, "99"));
}

static void
test_still_written(void)
{
	g_autoptr(Scratch) dir = scratch_new();
	g_autoptr(Store) store = open_office(dir);
	g_autofree char *path = g_build_filename(dir, "file", NULL);
	g_assert_true(g_file_set_contents(path, "hello", 5, NULL));
	int fd = g_open(path, O_RDWR, 0);
	g_autofree char *sha256 = NULL;
	g_assert_true(blob_put_file(store, fd, &sha256, NULL));
	g_assert_cmpstr(
		sha256, ==, "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
	close(fd);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/store/dossier", test_dossier);
	g_test_add_func("/store/claims", test_claims);
	g_test_add_func("/store/arrivals", test_arrivals);
	g_test_add_func("/store/search", test_search);
	g_test_add_func("/store/verify", test_verify);
	g_test_add_func("/store/journal-guard", test_journal_guard);
	g_test_add_func("/store/newer-database", test_newer_database);
	g_test_add_func("/store/still-written", test_still_written);
	return g_test_run();
}
