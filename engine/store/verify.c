/*
 * Proof that the office is whole (verify), and its content in a form that can be compared (dump).
 */
#include "store/store_private.h"

#include <string.h>

typedef bool (*Check)(Store *store, const Rows *row, GPtrArray *findings, GError **err);

static bool
for_rows(Store *store, const char *sql, Check check, GPtrArray *findings, GError **err)
{
	g_autoptr(Rows) rows = db_ask(store->db, err, sql, "");
	if (!rows)
		return false;
	g_autoptr(GError) error = NULL;
	while (rows_next(rows, &error))
		if (!check(store, rows, findings, err))
			return false;
	if (!error)
		return true;
	g_propagate_error(err, g_steal_pointer(&error));
	return false;
}

static bool
verify_blobs(Store *store, GPtrArray *findings)
{
	g_autoptr(GPtrArray) names = blob_list(store);
	for (guint i = 0; i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);
		g_autoptr(GBytes) bytes = blob_read(store, name, NULL);
		g_autofree char *sha256 = bytes
			? g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes)
			: g_strdup("");
		if (strcmp(sha256, name) != 0)
			findings_add(findings, FINDING_BLOB_DAMAGED, NULL, name);
	}
	return true;
}

static bool
check_blob(Store *store, const Rows *row, GPtrArray *findings, GError **err)
{
	(void)err;
	g_autofree char *path = blob_path(store, rows_text(row, 0));
	if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
		findings_add(findings, FINDING_BLOB_MISSING, NULL, rows_text(row, 1));
	return true;
}

static bool
check_series(Store *store, const Rows *row, GPtrArray *findings, GError **err)
{
	(void)store, (void)err;
	int64_t first = rows_int(row, 1), last = rows_int(row, 2), count = rows_int(row, 3);
	int64_t begun = rows_is_null(row, 4) ? 1 : rows_int(row, 4);
	if (first == begun && last - first + 1 == count)
		return true;
	g_autofree char *detail = g_strdup_printf(
		"%d: %d–%d, %d", (int)rows_int(row, 0), (int)first, (int)last, (int)count);
	findings_add(findings, FINDING_NUMBER_GAP, NULL, detail);
	return true;
}

/* Two decisions of one number in a year. */
static bool
check_double(Store *store, const Rows *row, GPtrArray *findings, GError **err)
{
	(void)store, (void)err;
	findings_add(findings, FINDING_NUMBER_DOUBLE, NULL, rows_text(row, 0));
	return true;
}

/* The journal must know the tree that a dossier says it was last seen as. */
static bool
check_snapshot(Store *store, const Rows *row, GPtrArray *findings, GError **err)
{
	int64_t entries;
	if (!db_number(store->db, 0, &entries, err,
		    "SELECT count(*) FROM journal WHERE dossier = ?1 AND instr(detail, ?2) > 0",
		    "ss", rows_text(row, 0), rows_text(row, 1)))
		return false;
	if (!entries)
		findings_add(findings, FINDING_REFERENCE_BROKEN, NULL, rows_text(row, 0));
	return true;
}

static bool
check_reference(Store *store, const Rows *row, GPtrArray *findings, GError **err)
{
	(void)store, (void)err;
	findings_add(findings, FINDING_REFERENCE_BROKEN, NULL, rows_text(row, 0));
	return true;
}

bool
store_verify(Store *store, GPtrArray *findings, GError **err)
{
	return verify_blobs(store, findings) && journal_verify(store, findings, err) &&
		for_rows(store,
			"SELECT sha256, dossier || ' ' || id FROM document WHERE sha256 <> ''"
			" UNION SELECT sha256, dossier || ' ' || file FROM draft"
			" UNION SELECT tree, id FROM dossier WHERE tree <> ''"
			" UNION SELECT sha256, dossier FROM decision WHERE sha256 <> ''"
			" UNION SELECT sha256, name FROM returned"
			" WHERE sha256 <> '' AND finding <> 'extract/secret'",
			check_blob, findings, err) &&
		for_rows(store,
			"SELECT year, min(number), max(number), count(*), (SELECT CAST(value AS "
			"INTEGER)"
			" FROM meta WHERE name = 'first-arrival-' || year) FROM arrival GROUP BY "
			"year",
			check_series, findings, err) &&
		for_rows(store,
			"SELECT code_number || '/' || code_notation || ' (' || substr(issued_date, "
			"1, 4) || ')'"
			" FROM decision WHERE code_number <> '' GROUP BY code_number, "
			"code_notation,"
			" substr(issued_date, 1, 4) HAVING count(*) > 1",
			check_double, findings, err) &&
		for_rows(store, "SELECT id, tree FROM dossier WHERE tree <> ''", check_snapshot,
			findings, err) &&
		for_rows(store, "PRAGMA foreign_key_check", check_reference, findings, err) &&
		for_rows(store,
			"SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
			check_reference, findings, err);
}

/* Columns that say when and by which process, not what. */
static bool
is_incidental(const char *column)
{
	static const char *const names[] = { "at", "received_at", "due_at", "due", "confirmed_at",
		"claim", "tree", NULL };
	return g_strv_contains(names, column);
}

static bool
dump_table(Store *store, const char *table, GPtrArray *lines, GError **err)
{
	g_autofree char *sql = g_strdup_printf("SELECT * FROM %s", table);
	g_autoptr(Rows) rows = db_ask(store->db, err, sql, "");
	if (!rows)
		return false;
	g_autoptr(GError) error = NULL;
	while (rows_next(rows, &error)) {
		GString *line = g_string_new(table);
		for (int i = 0; i < rows_columns(rows); i++) {
			if (is_incidental(rows_name(rows, i)))
				continue;
			g_autofree char *value = g_strescape(rows_text(rows, i), "\x7f");
			g_string_append_printf(line, "\t%s=%s", rows_name(rows, i), value);
		}
		g_ptr_array_add(lines, g_string_free(line, FALSE));
	}
	if (!error)
		return true;
	g_propagate_error(err, g_steal_pointer(&error));
	return false;
}

static int
by_hash(gconstpointer a, gconstpointer b)
{
	g_autofree char *one =
		g_compute_checksum_for_string(G_CHECKSUM_SHA256, *(char *const *)a, -1);
	g_autofree char *two =
		g_compute_checksum_for_string(G_CHECKSUM_SHA256, *(char *const *)b, -1);
	return strcmp(one, two);
}

bool
store_dump(Store *store, GString *out, GError **err)
{
	static const char *const tables[] = { "dossier", "document", "record", "field", "finding",
		"nominee", "event", "task", "arrival", "decision", "draft", "certificate", "work",
		"returned", "search" };
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
		if (!dump_table(store, tables[i], lines, err))
			return false;
	g_autoptr(GPtrArray) blobs = blob_list(store);
	for (guint i = 0; i < blobs->len; i++)
		g_ptr_array_add(
			lines, g_strdup_printf("blob\t%s", (char *)g_ptr_array_index(blobs, i)));
	g_ptr_array_sort(lines, by_hash);
	for (guint i = 0; i < lines->len; i++)
		g_string_append_printf(out, "%s\n", (char *)g_ptr_array_index(lines, i));
	return true;
}
