/* A reading into rows: the dossier, its documents with fields, records and findings, its nominees.
 */
#include "store/store_private.h"

#include "document/dossier.h"

#include <string.h>

/* What is being written, for the visitor of documents. */
typedef struct {
	Store *store;
	const char *dossier;
	const char *role; /* NULL: by type */
	GError **err;
	bool good;
} Writing;

static bool
put_field(const Writing *writing, const char *document, const char *record, int n, int position,
	const Field *field)
{
	g_autofree char *place = place_print(&field->place);
	return db_run(writing->store->db, writing->err,
		"INSERT INTO field (dossier, document, record, n, position, name, value, text, "
		"other, state,"
		" confidence, place, rule) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		"sssiisssssdss", writing->dossier, document, record, (int64_t)n, (int64_t)position,
		field->name, field->value, field->text, field->other,
		field_state_name(field->state), field->confidence, place, field->rule);
}

static bool
put_fields(const Writing *writing, const char *document, const char *record, int n,
	const GPtrArray *fields)
{
	for (guint i = 0; i < fields->len; i++)
		if (!put_field(writing, document, record, n, (int)i, g_ptr_array_index(fields, i)))
			return false;
	return true;
}

/* Records are numbered within their name. */
static bool
put_records(const Writing *writing, const char *document, const GPtrArray *records)
{
	g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < records->len; i++) {
		const Record *record = g_ptr_array_index(records, i);
		int n = GPOINTER_TO_INT(g_hash_table_lookup(counts, record->name)) + 1;
		g_hash_table_insert(counts, record->name, GINT_TO_POINTER(n));
		g_autofree char *place = place_print(&record->place);
		if (!db_run(writing->store->db, writing->err,
			    "INSERT INTO record VALUES (?, ?, ?, ?, ?)", "sssis", writing->dossier,
			    document, record->name, (int64_t)n, place) ||
			!put_fields(writing, document, record->name, n, record->fields))
			return false;
	}
	return true;
}

bool
store_add_findings(
	Store *store, const char *id, const char *document, const GPtrArray *findings, GError **err)
{
	int64_t n;
	if (!db_number(store->db, 0, &n, err,
		    "SELECT max(n) FROM finding WHERE dossier = ? AND document = ?", "ss", id,
		    document))
		return false;
	for (guint i = 0; i < findings->len; i++) {
		const Finding *finding = g_ptr_array_index(findings, i);
		g_autofree char *place = place_print(&finding->place);
		if (!db_run(store->db, err,
			    "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "ssissssss",
			    id, document, ++n, finding->id, severity_name(finding->severity),
			    finding->vi, finding->en, finding->source, place))
			return false;
	}
	return true;
}

bool
store_clear_findings(Store *store, const char *id, GError **err)
{
	return db_run(
		store->db, err, "DELETE FROM finding WHERE dossier = ? AND document = ''", "s", id);
}

/* A row a value, and the verdict in both languages. */
static bool
put_signature(const Writing *writing, const char *document, int n, const Signature *signature)
{
	const char *sql = "INSERT INTO signature VALUES (?, ?, ?, ?, ?)";
	g_autofree char *vi = signature_line(signature, "vi");
	g_autofree char *en = signature_line(signature, "en");
	bool good = db_run(writing->store->db, writing->err, sql, "ssiss", writing->dossier,
			    document, (int64_t)n, "vi", vi) &&
		db_run(writing->store->db, writing->err, sql, "ssiss", writing->dossier, document,
			(int64_t)n, "en", en);
	for (int value = 0; good && value < SIGNATURE_VALUES; value++) {
		const char *text = signature_value(signature, (SignatureValue)value);
		if (*text)
			good = db_run(writing->store->db, writing->err, sql, "ssiss",
				writing->dossier, document, (int64_t)n,
				signature_value_name((SignatureValue)value), text);
	}
	return good;
}

static bool
put_signatures(const Writing *writing, const char *document, const GPtrArray *signatures)
{
	for (guint i = 0; i < signatures->len; i++)
		if (!put_signature(writing, document, (int)i + 1, g_ptr_array_index(signatures, i)))
			return false;
	return true;
}

static void
put_document(const Reading *document, const char *id, const char *parent, void *user)
{
	(void)parent;
	Writing *writing = user;
	writing->good = writing->good &&
		db_run(writing->store->db, writing->err,
			"INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "ssssssssd",
			writing->dossier, id,
			writing->role ? writing->role : dossier_role(document), document->sha256,
			document->file, document->format, document->type_id, document->type_name,
			document->type_confidence) &&
		put_fields(writing, id, "", 0, document->fields) &&
		put_records(writing, id, document->records) &&
		put_signatures(writing, id, document->signatures) &&
		store_add_findings(
			writing->store, writing->dossier, id, document->findings, writing->err) &&
		(!document->words ||
			store_index(writing->store, writing->dossier, id, document->words,
				writing->err));
}

/* Nominees of new papers: a known name gets the new reference and what was empty before. */
static bool
put_nominee(Store *store, const char *dossier, const Nominee *one, GError **err)
{
	int64_t known;
	if (!db_number(store->db, 0, &known, err,
		    "SELECT n FROM nominee WHERE dossier = ? AND name = ? AND (unit = ?3 OR unit = "
		    "''"
		    " OR ?3 = '')",
		    "sss", dossier, one->name, one->unit))
		return false;
	if (known)
		return db_run(store->db, err,
			"UPDATE nominee SET ref = ref || ' ' || ?, unit = iif(unit = '', ?, unit),"
			" position = iif(position = '', ?, position), award_name = iif(award = '', "
			"?, award_name),"
			" award = iif(award = '', ?, award), achievement = iif(achievement = '', "
			"?, achievement)"
			" WHERE dossier = ? AND n = ?",
			"sssssssi", one->ref, one->unit, one->position, one->award_name, one->award,
			one->achievement, dossier, known);
	return db_run(store->db, err,
		"INSERT INTO nominee SELECT ?1, coalesce(max(n), 0) + 1, ?2, 'proposed', ?3, ?4, "
		"?5, ?6, ?7,"
		" ?8, ?9, NULL, NULL, NULL, NULL FROM nominee WHERE dossier = ?1",
		"sssssssss", dossier, one->ref, one->group, one->name, one->position, one->unit,
		one->award, one->award_name, one->achievement);
}

static bool
put_nominees(Store *store, const char *dossier, int after, const Reading *reading, GError **err)
{
	g_autoptr(GPtrArray) findings = findings_new();
	g_autoptr(GPtrArray) nominees = dossier_nominees(reading, after, findings);
	for (guint i = 0; i < nominees->len; i++)
		if (!put_nominee(store, dossier, g_ptr_array_index(nominees, i), err))
			return false;
	return store_add_findings(store, dossier, "", findings, err);
}

bool
store_add_reading(Store *store, const char *id, const Reading *reading, const char *role,
	char **ret_first, GError **err)
{
	int64_t after;
	if (!db_number(store->db, 0, &after, err,
		    "SELECT max(CAST(substr(id, 2) AS INTEGER)) FROM document WHERE dossier = ?",
		    "s", id))
		return false;
	Writing writing = { store, id, role, err, true };
	dossier_visit_from(reading, (int)after, put_document, &writing);
	if (!writing.good || (!role && !put_nominees(store, id, (int)after, reading, err)))
		return because(err, _("storing '%s'"), reading->file);
	if (ret_first)
		*ret_first = g_strdup_printf("d%d", (int)after + 1);
	return true;
}

static void
add_hash(const Reading *document, const char *id, const char *parent, void *user)
{
	(void)id, (void)parent;
	g_ptr_array_add(user, document->sha256);
}

static int
by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* One hash for all bytes of a reading, whatever the files are called and in whatever order they
 * came. */
static char *
content_hash(const Reading *reading)
{
	g_autoptr(GPtrArray) hashes = g_ptr_array_new();
	dossier_visit(reading, add_hash, hashes);
	g_ptr_array_sort(hashes, by_text);
	GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
	for (guint i = 0; i < hashes->len; i++)
		g_checksum_update(sum, g_ptr_array_index(hashes, i), -1);
	char *hash = g_strdup(g_checksum_get_string(sum));
	g_checksum_free(sum);
	return hash;
}

static bool
next_id(Store *store, int year, char **ret_id, GError **err)
{
	g_autofree char *like = g_strdup_printf("%04d-%%", year);
	int64_t last;
	if (!db_number(store->db, 0, &last, err,
		    "SELECT max(CAST(substr(id, 6) AS INTEGER)) FROM dossier WHERE id LIKE ?", "s",
		    like))
		return false;
	*ret_id = g_strdup_printf("%04d-%05d", year, (int)last + 1);
	return true;
}

bool
store_dossier_create(
	Store *store, const NewDossier *new, const Reading *reading, char **ret_id, GError **err)
{
	g_autofree char *id = NULL;
	g_autofree char *content = content_hash(reading);
	g_autofree char *received = clock_print(new->received);
	if (!next_id(store, new->year, &id, err) ||
		!db_run(store->db, err,
			"INSERT INTO dossier (id, kind, workflow, workflow_version, stage, source, "
			"received_at, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			"ssssssss", id, new->kind, new->workflow, new->workflow_version, new->stage,
			new->source, received, content) ||
		(new->claim && !store_claim_taken(store, new->claim, id, err)))
		return false;
	if (!store_add_reading(store, id, reading, NULL, NULL, err))
		return false;
	*ret_id = g_steal_pointer(&id);
	return true;
}

bool
store_dossier_of_claim(Store *store, const char *claim, char **ret_id, GError **err)
{
	return db_text(
		store->db, ret_id, err, "SELECT dossier FROM claim WHERE claim = ?", "s", claim);
}

bool
store_claim_taken(Store *store, const char *claim, const char *id, GError **err)
{
	return db_run(store->db, err, "INSERT INTO claim VALUES (?, ?)", "ss", claim, id);
}

bool
store_same_bytes(Store *store, const Reading *reading, char **ret_id, GError **err)
{
	g_autofree char *content = content_hash(reading);
	return db_text(store->db, ret_id, err,
		"SELECT id FROM dossier WHERE content = ? ORDER BY id LIMIT 1", "s", content);
}

bool
store_same_number(Store *store, const Reading *reading, char **ret_id, GError **err)
{
	const char *number = reading_value(reading, "code-number");
	const char *notation = reading_value(reading, "code-notation");
	const char *issuer = reading_value(reading, "organ-name"),
		   *date = reading_value(reading, "issued-date");
	*ret_id = NULL;
	if (!*number || !*notation || !*issuer || !*date)
		return true;
	return db_text(store->db, ret_id, err,
		"SELECT a.dossier FROM field a JOIN field b USING (dossier, document, record)"
		" JOIN field c USING (dossier, document, record) JOIN field d USING (dossier, "
		"document, record)"
		" WHERE a.record = '' AND a.name = 'code-number' AND a.value = ?"
		" AND b.name = 'code-notation' AND b.value = ? AND c.name = 'organ-name' AND "
		"c.value = ?"
		" AND d.name = 'issued-date' AND d.value = ? ORDER BY a.dossier LIMIT 1",
		"ssss", number, notation, issuer, date);
}

bool
store_confirm(Store *store, const char *id, const char *document, const char *field,
	const char *value, const Who *who, GError **err)
{
	g_autofree char *at = clock_print(who->at);
	bool ran = value ? db_run(store->db, err,
				   "UPDATE field SET read = coalesce(read, value), value = ?1, "
				   "state = iif(?1 = '', 'absent', 'edited'), confidence = 1,"
				   " confirmed_by = ?2, confirmed_at = ?3 WHERE dossier = ?4 AND "
				   "document = ?5 AND record = ''"
				   " AND name = ?6",
				   "ssssss", value, who->person, at, id, document, field)
			 : db_run(store->db, err,
				   "UPDATE field SET confirmed_by = ?, confirmed_at = ? WHERE "
				   "dossier = ? AND document = ?"
				   " AND record = '' AND name = ?",
				   "sssss", who->person, at, id, document, field);
	if (!ran)
		return false;
	if (db_changes(store->db) == 0)
		return fail(err, ERR_NOT_FOUND,
			_("document '%s' of dossier '%s' has no field '%s'"), document, id, field);
	return true;
}
