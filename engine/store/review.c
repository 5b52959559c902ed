/* What people do with a dossier, as rows: stages, events, tasks, votes, numbers, decisions, drafts.
 */
#include "store/store_private.h"

bool
store_set_stage(Store *store, const char *id, const char *stage, const char *due_at, bool closed,
	GError **err)
{
	return db_run(store->db, err,
		"UPDATE dossier SET stage = ?, due_at = ?, closed = ? WHERE id = ?", "ssis", stage,
		due_at, (int64_t)closed, id);
}

bool
store_add_event(Store *store, const char *id, const NewEvent *event, const Who *who, GError **err)
{
	g_autofree char *at = clock_print(who->at);
	return db_run(store->db, err,
		"INSERT INTO event SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
		"?9, ?10"
		" FROM event WHERE dossier = ?1",
		"ssssssssss", id, at, who->person, who->name, event->kind, event->stage,
		event->to_stage, event->reason, event->missing, event->due);
}

bool
store_close_tasks(Store *store, const char *id, GError **err)
{
	return db_run(
		store->db, err, "UPDATE task SET open = 0 WHERE dossier = ? AND open = 1", "s", id);
}

bool
store_add_task(Store *store, const char *id, const char *stage, const char *role, const char *vi,
	const char *en, const char *due_at, GError **err)
{
	return db_run(store->db, err,
		"INSERT INTO task SELECT ?1, coalesce(max(n), 0) + 1, ?2, ?3, ?4, ?5, ?6, 1 FROM "
		"task"
		" WHERE dossier = ?1",
		"ssssss", id, stage, role, vi, en, due_at);
}

/* The subject of a dossier, or what it was dropped as. */
#define SUBJECT                                                                                    \
	"coalesce((SELECT value FROM field f WHERE f.dossier = d.id AND f.document = 'd1'"         \
	" AND f.record = '' AND f.name = 'subject' AND f.value <> ''), d.source)"

GPtrArray *
store_tasks(Store *store, GError **err)
{
	static const Column columns[] = {
		{ 's', offsetof(TaskRow, dossier) },
		{ 's', offsetof(TaskRow, stage) },
		{ 's', offsetof(TaskRow, role) },
		{ 's', offsetof(TaskRow, vi) },
		{ 's', offsetof(TaskRow, en) },
		{ 's', offsetof(TaskRow, due_at) },
		{ 's', offsetof(TaskRow, subject) },
	};
	g_autoptr(Rows) rows = db_ask(store->db, err,
		"SELECT t.dossier, t.stage, t.role, t.vi, t.en, t.due_at, " SUBJECT
		" FROM task t JOIN dossier d ON d.id = t.dossier WHERE t.open = 1"
		" ORDER BY t.due_at = '', t.due_at, t.dossier, t.n",
		"");
	return rows ? rows_gather(rows, columns, G_N_ELEMENTS(columns), sizeof(TaskRow), err)
		    : NULL;
}

/* clang-format off */
#define FIRST_FIELD(name) \
	"(SELECT nullif(value, '') FROM field f WHERE f.dossier = d.id AND f.document = 'd1'" \
	" AND f.record = '' AND f.name = '" name "')"
#define LIST \
	"SELECT d.id, d.kind, d.stage, d.due_at, d.received_at, d.source," \
	" coalesce(" FIRST_FIELD("type-name") "," \
	" (SELECT type_name FROM document WHERE dossier = d.id AND id = 'd1'), '')," \
	" coalesce(" FIRST_FIELD("code-number") ", ''), coalesce(" FIRST_FIELD("code-notation") ", '')," \
	" coalesce(" FIRST_FIELD("issued-date") ", ''), coalesce(" FIRST_FIELD("organ-name") ", '')," \
	SUBJECT ", coalesce(a.year, 0), coalesce(a.number, 0), d.closed," \
	" (SELECT count(*) FROM document WHERE dossier = d.id)," \
	" (SELECT count(*) FROM finding WHERE dossier = d.id AND severity <> 'note')" \
	" FROM dossier d LEFT JOIN arrival a ON a.dossier = d.id" \
	" WHERE (?1 IS NULL OR d.kind = ?1) AND (?2 IS NULL OR d.stage = ?2)" \
	" AND (?3 = 0 OR d.closed = 0) ORDER BY d.id DESC"
/* clang-format on */

GPtrArray *
store_list(Store *store, const char *kind, const char *stage, bool open_only, GError **err)
{
	static const Column columns[] = {
		{ 's', offsetof(DossierRow, id) },
		{ 's', offsetof(DossierRow, kind) },
		{ 's', offsetof(DossierRow, stage) },
		{ 's', offsetof(DossierRow, due_at) },
		{ 's', offsetof(DossierRow, received_at) },
		{ 's', offsetof(DossierRow, source) },
		{ 's', offsetof(DossierRow, type_name) },
		{ 's', offsetof(DossierRow, number) },
		{ 's', offsetof(DossierRow, notation) },
		{ 's', offsetof(DossierRow, date) },
		{ 's', offsetof(DossierRow, issuer) },
		{ 's', offsetof(DossierRow, subject) },
		{ 'i', offsetof(DossierRow, arrival_year) },
		{ 'i', offsetof(DossierRow, arrival_number) },
		{ 'b', offsetof(DossierRow, closed) },
		{ 'i', offsetof(DossierRow, documents) },
		{ 'i', offsetof(DossierRow, findings) },
	};
	g_autoptr(Rows) rows = db_ask(store->db, err, LIST, "ssi", kind, stage, (int64_t)open_only);
	return rows ? rows_gather(rows, columns, G_N_ELEMENTS(columns), sizeof(DossierRow), err)
		    : NULL;
}

bool
store_set_nominee_state(Store *store, const char *id, int n, const char *state, GError **err)
{
	return db_run(store->db, err, "UPDATE nominee SET state = ? WHERE dossier = ? AND n = ?",
		"ssi", state, id, (int64_t)n);
}

/* The columns of a nominee that a person may mend; names are those of the tree. */
static const struct {
	const char *part, *sql;
} nominee_parts[] = {
	{ "name",
		"UPDATE nominee SET name = ? WHERE dossier = ? AND n = ? AND state IN ('proposed', "
		"'eligible')" },
	{ "position",
		"UPDATE nominee SET position = ? WHERE dossier = ? AND n = ? AND state <> "
		"'awarded'" },
	{ "unit",
		"UPDATE nominee SET unit = ? WHERE dossier = ? AND n = ? AND state IN ('proposed', "
		"'eligible')" },
	{ "achievement",
		"UPDATE nominee SET achievement = ? WHERE dossier = ? AND n = ? AND state <> "
		"'awarded'" },
};

bool
store_edit_nominee(
	Store *store, const char *id, int n, const char *part, const char *value, GError **err)
{
	for (size_t i = 0; i < G_N_ELEMENTS(nominee_parts); i++) {
		if (strcmp(nominee_parts[i].part, part) != 0)
			continue;
		if (!db_run(store->db, err, nominee_parts[i].sql, "ssi", value, id, (int64_t)n))
			return false;
		if (db_changes(store->db) == 0)
			return fail(err, ERR_NOT_FOUND,
				_("dossier '%s' has no nominee %d that may still be changed"), id,
				n);
		return true;
	}
	return fail(err, ERR_USAGE,
		_("a nominee has name, position, unit and achievement, no '%s'"), part);
}

bool
store_set_vote(
	Store *store, const char *id, int n, int yes, int no, int total, bool passed, GError **err)
{
	return db_run(store->db, err,
		"UPDATE nominee SET yes = ?, no = ?, total = ?, passed = ? WHERE dossier = ? AND n "
		"= ?",
		"iiissi", (int64_t)yes, (int64_t)no, (int64_t)total, passed ? "yes" : "no", id,
		(int64_t)n);
}

/* One series a year (NĐ 30/2020 Điều 22): the number after the last, or the one that the office
 * began at. */
bool
store_register_arrival(Store *store, const char *id, Date date, int *ret_number, GError **err)
{
	int64_t next, known;
	if (!db_number(store->db, 0, &known, err, "SELECT number FROM arrival WHERE dossier = ?",
		    "s", id))
		return false;
	if (known) {
		*ret_number = (int)known;
		return true;
	}
	if (!db_number(store->db, 1, &next, err,
		    "SELECT coalesce((SELECT max(number) + 1 FROM arrival WHERE year = ?1),"
		    " (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'first-arrival-' || "
		    "?1), 1)",
		    "i", (int64_t)date.year))
		return false;
	g_autofree char *day = date_print_iso(date);
	*ret_number = (int)next;
	return db_run(store->db, err, "INSERT INTO arrival VALUES (?, ?, ?, ?)", "iiss",
		(int64_t)date.year, next, id, day);
}

bool
store_set_decision(Store *store, const char *id, const char *state, const char *number,
	const char *notation, const char *date, const char *signer_name,
	const char *signer_position, const char *sha256, GError **err)
{
	return db_run(store->db, err,
		"INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dossier) DO "
		"UPDATE SET"
		" state = excluded.state, code_number = excluded.code_number,"
		" code_notation = excluded.code_notation, issued_date = excluded.issued_date,"
		" signer_name = excluded.signer_name, signer_position = excluded.signer_position,"
		" sha256 = excluded.sha256",
		"ssssssss", id, state, number, notation, date, signer_name, signer_position,
		sha256);
}

bool
store_put_draft(Store *store, const char *id, const NewDraft *draft, GError **err)
{
	return db_run(store->db, err,
		"INSERT INTO draft VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dossier, file) DO "
		"UPDATE SET"
		" template = excluded.template, template_sha256 = excluded.template_sha256,"
		" tree = excluded.tree, sha256 = excluded.sha256, state = excluded.state",
		"sssssss", id, draft->file, draft->template_name, draft->template_sha256,
		draft->tree, draft->sha256, draft->state);
}

bool
store_put_certificate(Store *store, const char *id, int nominee, const char *certificate,
	int register_number, const char *payload, const char *file, GError **err)
{
	return db_run(store->db, err,
		"INSERT INTO certificate VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
		" payload = excluded.payload, file = excluded.file",
		"ssiiss", certificate, id, (int64_t)nominee, (int64_t)register_number, payload,
		file);
}

bool
store_certificate_dossier(
	Store *store, const char *certificate, char **ret_dossier, int *ret_nominee, GError **err)
{
	int64_t nominee;
	g_autofree char *dossier = NULL;
	if (!db_text(store->db, &dossier, err, "SELECT dossier FROM certificate WHERE id = ?", "s",
		    certificate) ||
		!db_number(store->db, 0, &nominee, err,
			"SELECT nominee FROM certificate WHERE id = ?", "s", certificate))
		return false;
	if (!dossier)
		return fail(err, ERR_NOT_FOUND, _("no certificate '%s'"), certificate);
	*ret_dossier = g_steal_pointer(&dossier);
	*ret_nominee = (int)nominee;
	return true;
}

bool
store_add_work(
	Store *store, const char *id, const char *kind, const char *template_name, GError **err)
{
	return db_run(store->db, err,
		"INSERT INTO work (dossier, kind, template) SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
		" (SELECT 1 FROM work WHERE dossier = ?1 AND kind = ?2 AND template = ?3)",
		"sss", id, kind, template_name);
}

GPtrArray *
store_list_work(Store *store, GError **err)
{
	static const Column columns[] = {
		{ 'l', offsetof(WorkRow, n) },
		{ 's', offsetof(WorkRow, dossier) },
		{ 's', offsetof(WorkRow, kind) },
		{ 's', offsetof(WorkRow, template_name) },
	};
	g_autoptr(Rows) rows = db_ask(
		store->db, err, "SELECT n, dossier, kind, template FROM work ORDER BY n", "");
	return rows ? rows_gather(rows, columns, G_N_ELEMENTS(columns), sizeof(WorkRow), err)
		    : NULL;
}

bool
store_end_work(Store *store, int64_t n, bool *ret_was_there, GError **err)
{
	if (!db_run(store->db, err, "DELETE FROM work WHERE n = ?", "i", n))
		return false;
	*ret_was_there = db_changes(store->db) > 0;
	return true;
}

bool
store_add_returned(Store *store, const char *claim, const char *name, const char *sha256,
	const Finding *reason, Clock at, GError **err)
{
	g_autofree char *when = clock_print(at);
	return db_run(store->db, err,
		"INSERT INTO returned VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (claim) DO NOTHING",
		"ssssss", claim, name, sha256, reason->id, reason->vi, when);
}

bool
store_returned_has(Store *store, const char *name, bool *ret_has, GError **err)
{
	int64_t n;
	if (!db_number(store->db, 0, &n, err, "SELECT count(*) FROM returned WHERE name = ?", "s",
		    name))
		return false;
	*ret_has = n > 0;
	return true;
}

/* claim NULL: all of them. */
static GPtrArray *
ask_returned(Store *store, const char *claim, GError **err)
{
	static const Column columns[] = {
		{ 's', offsetof(ReturnedRow, claim) },
		{ 's', offsetof(ReturnedRow, name) },
		{ 's', offsetof(ReturnedRow, sha256) },
		{ 's', offsetof(ReturnedRow, finding) },
		{ 's', offsetof(ReturnedRow, vi) },
		{ 's', offsetof(ReturnedRow, at) },
	};
	g_autoptr(Rows) rows = db_ask(store->db, err,
		"SELECT claim, name, sha256, finding, vi, at FROM returned WHERE ?1 IS NULL OR "
		"claim = ?1"
		" ORDER BY at, claim",
		"s", claim);
	return rows ? rows_gather(rows, columns, G_N_ELEMENTS(columns), sizeof(ReturnedRow), err)
		    : NULL;
}

GPtrArray *
store_list_returned(Store *store, GError **err)
{
	return ask_returned(store, NULL, err);
}

GPtrArray *
store_returned_of_claim(Store *store, const char *claim, GError **err)
{
	return ask_returned(store, claim, err);
}
