/*
 * Finding again: FTS5 over two columns, the words with accents and the words without. đ is folded
 * to d by us, since unicode61 does not; words are matched in both columns, and a match with the
 * accents as typed ranks first. Any sqlite3 shell can read the index.
 */
#include "store/store_private.h"

#include "base/text.h"

#include <string.h>

bool
store_index(Store *store, const char *id, const char *document, const char *text, GError **err)
{
	g_autofree char *exact = text_key(text);
	g_autofree char *bare = text_bare_key(text);
	return db_run(store->db, err, "INSERT INTO search VALUES (?, ?, ?, ?)", "ssss", id,
		document, exact, bare);
}

/* Each word quoted, so that nothing typed is FTS5 syntax; the last one is also a beginning. */
static char *
match_expression(const char *column, const char *folded)
{
	GString *out = g_string_new(NULL);
	g_auto(GStrv) words = g_strsplit_set(folded, " \"", -1);
	for (char **word = words; *word; word++)
		if (**word)
			g_string_append_printf(out, "%s\"%s\"", out->len ? " " : "", *word);
	if (out->len) {
		g_autofree char *words_text = g_strdup(out->str);
		g_string_printf(out, "%s : (%s*)", column, words_text);
	}
	return g_string_free(out, FALSE);
}

static const Column columns[] = {
	{ 's', offsetof(SearchRow, dossier) },
	{ 's', offsetof(SearchRow, document) },
	{ 's', offsetof(SearchRow, file) },
	{ 's', offsetof(SearchRow, snippet) },
};

/* Rows that match in both columns come first (rank 0), those that match without accents after them.
 */
GPtrArray *
store_search(Store *store, const char *words, int limit, GError **err)
{
	g_autofree char *exact_key = text_key(words);
	g_autofree char *bare_key = text_bare_key(words);
	g_autofree char *exact = match_expression("exact", exact_key);
	g_autofree char *bare = match_expression("bare", bare_key);
	if (!*bare) {
		fail(err, ERR_USAGE, _("nothing to search for"));
		return NULL;
	}
	g_autoptr(Rows) rows = db_ask(store->db, err,
		"WITH exactly AS (SELECT rowid FROM search WHERE search MATCH ?1)"
		" SELECT s.dossier, s.document, d.file, snippet(search, 2, '[', ']', '…', 12)"
		" FROM search s JOIN document d ON d.dossier = s.dossier AND d.id = s.document"
		" WHERE search MATCH ?2 ORDER BY s.rowid NOT IN exactly, rank, s.dossier, "
		"s.document LIMIT ?3",
		"ssi", exact, bare, (int64_t)limit);
	return rows ? rows_gather(rows, columns, G_N_ELEMENTS(columns), sizeof(SearchRow), err)
		    : NULL;
}
