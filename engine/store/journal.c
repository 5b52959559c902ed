/*
 * The journal: what happened, in a chain of hashes.
 *
 * hash = SHA-256 over, each followed by a newline: the hash of the entry before (64 zeros for the
 * first), id, at, actor, os_user, kind, dossier, detail; in each, a backslash is written \\ and a
 * newline \n, so that no two entries have the same bytes. Hashes are lower-case hexadecimal.
 */
#include "store/store_private.h"

#include <sodium.h>
#include <string.h>

#define NO_HASH "0000000000000000000000000000000000000000000000000000000000000000"

static void
cover(GChecksum *sum, const char *text)
{
	for (const char *p = text; *p; p++) {
		const char *as = *p == '\\' ? "\\\\" : *p == '\n' ? "\\n" : NULL;
		g_checksum_update(sum, (const guchar *)(as ? as : p), as ? 2 : 1);
	}
	g_checksum_update(sum, (const guchar *)"\n", 1);
}

char *
journal_hash(const char *previous, const char *const fields[7])
{
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	cover(sum, previous);
	for (int i = 0; i < 7; i++)
		cover(sum, fields[i]);
	char *hash = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	return hash;
}

bool
store_journal_head(Store *store, int64_t *ret_count, char **ret_hash, GError **err)
{
	g_autofree char *hash = NULL;
	if (!db_number(store->db, 0, ret_count, err, "SELECT max(id) FROM journal", "") ||
		!db_text(store->db, &hash, err, "SELECT hash FROM journal ORDER BY id DESC LIMIT 1",
			""))
		return false;
	*ret_hash = hash ? g_steal_pointer(&hash) : g_strdup(NO_HASH);
	return true;
}

bool
store_journal(Store *store, const Who *who, const char *kind, const char *dossier,
	const char *detail, GError **err)
{
	int64_t count;
	g_autofree char *previous = NULL;
	if (!store_journal_head(store, &count, &previous, err))
		return false;
	g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, count + 1);
	g_autofree char *at = clock_print(who->at);
	const char *const fields[7] = { id, at, who->person, who->os_user, kind, dossier, detail };
	g_autofree char *hash = journal_hash(previous, fields);
	return db_run(store->db, err, "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"issssssss", count + 1, at, who->person, who->os_user, kind, dossier, detail,
		previous, hash);
}

bool
journal_verify(Store *store, GPtrArray *findings, GError **err)
{
	g_autoptr(Rows) rows = db_ask(store->db, err,
		"SELECT id, at, actor, os_user, kind, dossier, detail, previous, hash FROM journal "
		"ORDER BY id",
		"");
	if (!rows)
		return false;
	g_autofree char *previous = g_strdup(NO_HASH);
	g_autoptr(GError) error = NULL;
	int64_t expected = 1;
	for (; rows_next(rows, &error); expected++) {
		const char *fields[7];
		for (int i = 0; i < 7; i++)
			fields[i] = rows_text(rows, i);
		g_autofree char *hash = journal_hash(previous, fields);
		if (rows_int(rows, 0) != expected || strcmp(rows_text(rows, 7), previous) != 0 ||
			strcmp(rows_text(rows, 8), hash) != 0)
			findings_add(findings, FINDING_JOURNAL_BROKEN, NULL, rows_text(rows, 0));
		g_free(previous);
		previous = g_strdup(rows_text(rows, 8));
	}
	if (expected == 1)
		findings_add(findings, FINDING_JOURNAL_BROKEN, NULL, "1");
	if (!error)
		return true;
	g_propagate_error(err, g_steal_pointer(&error));
	return false;
}

/* The salt of a dossier, made when it is first asked for; taking it away makes the hashes of that
 * dossier's values meaningless, while the chain stays whole. */
static bool
dossier_salt(Store *store, const char *dossier, char **ret_salt, GError **err)
{
	if (!db_text(store->db, ret_salt, err, "SELECT salt FROM salt WHERE dossier = ?", "s",
		    dossier) ||
		*ret_salt)
		return *ret_salt != NULL;
	guint8 random[16];
	randombytes_buf(random, sizeof random);
	char hex[2 * sizeof random + 1];
	sodium_bin2hex(hex, sizeof hex, random, sizeof random);
	*ret_salt = g_strdup(hex);
	return db_run(store->db, err, "INSERT INTO salt VALUES (?, ?)", "ss", dossier, hex);
}

bool
store_salted_hash(
	Store *store, const char *dossier, const char *value, char **ret_hash, GError **err)
{
	g_autofree char *salt = NULL;
	if (!dossier_salt(store, dossier, &salt, err))
		return false;
	*ret_hash = g_compute_hmac_for_string(
		G_CHECKSUM_SHA256, (const guchar *)salt, strlen(salt), value, -1);
	return true;
}

GPtrArray *
store_journal_of(Store *store, const char *dossier, GError **err)
{
	static const Column columns[] = {
		{ 'l', offsetof(JournalRow, id) },
		{ 's', offsetof(JournalRow, at) },
		{ 's', offsetof(JournalRow, actor) },
		{ 's', offsetof(JournalRow, kind) },
		{ 's', offsetof(JournalRow, detail) },
		{ 's', offsetof(JournalRow, hash) },
	};
	g_autoptr(Rows) rows = db_ask(store->db, err,
		"SELECT id, at, actor, kind, detail, hash FROM journal WHERE dossier = ? ORDER BY "
		"id",
		"s", dossier);
	return rows ? rows_gather(rows, columns, G_N_ELEMENTS(columns), sizeof(JournalRow), err)
		    : NULL;
}
