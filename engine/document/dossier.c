/* From readings to a dossier: kind, roles, and the list of nominees merged over all papers. */
#include "document/dossier.h"

#include "base/text.h"

#include <string.h>

bool
dossier_is_container(const Reading *reading)
{
	return strcmp(reading->format, "folder") == 0 || strcmp(reading->format, "zip") == 0;
}

static void
visit_document(
	const Reading *reading, const char *id, const char *parent, DossierVisit visit, void *user)
{
	visit(reading, id, parent, user);
	for (guint i = 0; i < reading->documents->len; i++) {
		g_autofree char *inner = g_strdup_printf("%s.%u", id, i + 1);
		visit_document(g_ptr_array_index(reading->documents, i), inner, id, visit, user);
	}
}

void
dossier_visit_from(const Reading *reading, int after, DossierVisit visit, void *user)
{
	bool container = dossier_is_container(reading);
	for (guint i = 0; i < (container ? reading->documents->len : 1); i++) {
		g_autofree char *id = g_strdup_printf("d%u", (guint)after + i + 1);
		visit_document(container ? g_ptr_array_index(reading->documents, i) : reading, id,
			"", visit, user);
	}
}

void
dossier_visit(const Reading *reading, DossierVisit visit, void *user)
{
	dossier_visit_from(reading, 0, visit, user);
}

static bool
has_record(const Reading *reading, const char *name)
{
	for (guint i = 0; i < reading->records->len; i++)
		if (strcmp(((const Record *)g_ptr_array_index(reading->records, i))->name, name) ==
			0)
			return true;
	return false;
}

/* The first row whose type fits and whose record (if any) is there says the role. */
const char *
dossier_role(const Reading *document)
{
	static const struct {
		const char *type, *record, *role;
	} rows[] = {
		{ "to-trinh", NULL, "to-trinh" },
		{ "bien-ban", "vote", "bien-ban-hop" },
		{ "bien-ban-hop", NULL, "bien-ban-hop" },
		{ "bien-ban", NULL, "bien-ban-hop" },
		{ "bao-cao-thanh-tich", NULL, "bao-cao-thanh-tich" },
		{ "bao-cao", "nominee", "bao-cao-thanh-tich" },
		{ "danh-sach", NULL, "danh-sach" },
		{ "danh-sach-trich-ngang", NULL, "danh-sach" },
		{ "quyet-dinh-sang-kien", NULL, "sang-kien" },
		{ "quyet-dinh", "initiative", "sang-kien" },
		{ "quyet-dinh", NULL, "quyet-dinh" },
		{ "quyet-dinh-khen-thuong", NULL, "quyet-dinh" },
		{ "", "nominee", "danh-sach" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (strcmp(rows[i].type, document->type_id) == 0 &&
			(!rows[i].record || has_record(document, rows[i].record)))
			return rows[i].role;
	return *document->type_id ? "van-ban" : "khac";
}

static void
look_for_award(const Reading *document, const char *id, const char *parent, void *user)
{
	(void)id, (void)parent;
	static const char *const roles[] = { "to-trinh", "danh-sach", "bao-cao-thanh-tich", NULL };
	bool *award = user;
	const char *role = dossier_role(document);
	if (strcmp(role, "bao-cao-thanh-tich") == 0 ||
		(g_strv_contains(roles, role) && has_record(document, "nominee")))
		*award = true;
}

const char *
dossier_kind(const Reading *reading)
{
	bool award = false;
	dossier_visit(reading, look_for_award, &award);
	return award ? "award" : "dispatch";
}

const char *
award_id(const char *award_name)
{
	static const struct {
		const char *words, *id;
	} rows[] = {
		{ "giay khen", "giay-khen" },
		{ "chien si thi dua toan quoc", "chien-si-thi-dua-toan-quoc" },
		{ "chien si thi dua co so", "chien-si-thi-dua-co-so" },
		{ "cstdcs", "chien-si-thi-dua-co-so" },
		{ "cstd co so", "chien-si-thi-dua-co-so" },
		{ "chien si thi dua", "chien-si-thi-dua-tinh" },
		{ "tap the lao dong xuat sac", "tap-the-lao-dong-xuat-sac" },
		{ "tap the lao dong tien tien", "tap-the-lao-dong-tien-tien" },
		{ "lao dong tien tien", "lao-dong-tien-tien" },
		{ "ldtt", "lao-dong-tien-tien" },
		{ "bang khen", "bang-khen" },
		{ "co thi dua", "co-thi-dua" },
		{ "ky niem chuong", "ky-niem-chuong" },
		{ "huan chuong", "huan-chuong" },
	};
	g_autofree char *key = text_bare_key(award_name);
	for (char *p = key; (p = strstr(p, "sy"));) /* sĩ and sỹ alike */
		p[1] = 'i';
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (strstr(key, rows[i].words))
			return rows[i].id;
	return "";
}

static void
nominee_free(gpointer data)
{
	Nominee *nominee = data;
	char *const parts[] = { nominee->ref, nominee->group, nominee->name, nominee->position,
		nominee->unit, nominee->award, nominee->award_name, nominee->achievement };
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
		g_free(parts[i]);
	g_free(nominee);
}

static const char *
part(const Record *record, const char *name)
{
	const Field *field = record_lookup(record, name);
	return field && field->state != FIELD_ABSENT ? field->value : "";
}

/* Two papers name a unit in full and in short: one has the other in it. */
static bool
compatible(const char *a, const char *b)
{
	g_autofree char *ka = text_key(a);
	g_autofree char *kb = text_key(b);
	return !*ka || !*kb || strstr(ka, kb) || strstr(kb, ka);
}

typedef struct {
	GPtrArray *nominees, *findings;
} Merging;

static Nominee *
find_nominee(const GPtrArray *nominees, const Record *record)
{
	for (guint i = 0; i < nominees->len; i++) {
		Nominee *nominee = g_ptr_array_index(nominees, i);
		if (text_same(nominee->name, part(record, "name")) &&
			compatible(nominee->unit, part(record, "unit")))
			return nominee;
	}
	return NULL;
}

static void
fill_empty(char **slot, const char *value)
{
	if (**slot || !*value)
		return;
	g_free(*slot);
	*slot = g_strdup(value);
}

static void
add_nominee(Merging *merging, const Record *record, const char *ref)
{
	const char *name = part(record, "name"), *group = part(record, "group");
	bool person = strcmp(group, "collective") != 0 && strcmp(group, "household") != 0;
	Nominee *nominee = g_new0(Nominee, 1);
	nominee->ref = g_strdup(ref);
	nominee->group = g_strdup(*group ? group : "individual");
	nominee->name = person && text_is_caps(name) ? text_title_case(name) : g_strdup(name);
	nominee->position = g_strdup(part(record, "position"));
	nominee->unit = g_strdup(part(record, "unit"));
	nominee->award_name = g_strdup(part(record, "award"));
	nominee->award = g_strdup(award_id(nominee->award_name));
	nominee->achievement = g_strdup(part(record, "achievement"));
	g_ptr_array_add(merging->nominees, nominee);
}

static void
join_nominee(Merging *merging, Nominee *nominee, const Record *record, const char *ref)
{
	char *refs = g_strdup_printf("%s %s", nominee->ref, ref);
	g_free(nominee->ref);
	nominee->ref = refs;
	const char *award = award_id(part(record, "award"));
	if (*award && *nominee->award && strcmp(award, nominee->award) != 0) {
		g_autofree char *both = g_strdup_printf("%s: %s / %s (%s)", nominee->name,
			nominee->award_name, part(record, "award"), nominee->ref);
		findings_add(merging->findings, FINDING_FIELD_CONFLICT, NULL, both);
	}
	fill_empty(&nominee->award_name, part(record, "award"));
	fill_empty(&nominee->award, award);
	fill_empty(&nominee->position, part(record, "position"));
	fill_empty(&nominee->unit, part(record, "unit"));
	fill_empty(&nominee->achievement, part(record, "achievement"));
}

static void
merge_document(const Reading *document, const char *id, const char *parent, void *user)
{
	(void)parent;
	Merging *merging = user;
	int n = 0;
	for (guint i = 0; i < document->records->len; i++) {
		const Record *record = g_ptr_array_index(document->records, i);
		if (strcmp(record->name, "nominee") != 0)
			continue;
		g_autofree char *ref = g_strdup_printf("%s/%d", id, ++n);
		if (!*part(record, "name"))
			continue;
		Nominee *known = find_nominee(merging->nominees, record);
		if (known)
			join_nominee(merging, known, record, ref);
		else
			add_nominee(merging, record, ref);
	}
}

GPtrArray *
dossier_nominees(const Reading *reading, int after, GPtrArray *findings)
{
	Merging merging = { g_ptr_array_new_with_free_func(nominee_free), findings };
	dossier_visit_from(reading, after, merge_document, &merging);
	return merging.nominees;
}
