/* Values that stand on pages read as pictures -> how far they can be trusted. */
#include "extract/work.h"

/* Below what a value needs to pass without a person (0.9): a lost digit ("206", "06") and a mark
 * mistaken for another look as sure as any. */
#define RECOGNISED_SURE 0.85
#define UNSEEN_SURE 0.5 /* that what was not found is not there */

/* What comes from a short list of words that all look different, even read badly. */
static bool
is_from_list(const char *name)
{
	static const char *const names[] = { "type-name", "priority", "security", NULL };
	return g_strv_contains(names, name);
}

static bool
note_page(const Block *para, const Block *table, const Cell *cell, void *user)
{
	(void)table, (void)cell;
	GHashTable *pages = user; /* a set of numbers */
	bool found = false;
	for (int i = 0; i < para->para.n_runs && !found; i++)
		found = para->para.runs[i].doubt > 0;
	if (found)
		g_hash_table_add(pages, GINT_TO_POINTER(para->place.page));
	return true;
}

static void
doubt_field(Field *field, GHashTable *pages)
{
	if (field->state == FIELD_ABSENT)
		field->confidence = MIN(field->confidence, UNSEEN_SURE);
	if (field->state == FIELD_ABSENT || is_from_list(field->name) ||
		!g_hash_table_contains(pages, GINT_TO_POINTER(field->place.page)))
		return;
	field->confidence = MIN(field->confidence, RECOGNISED_SURE);
}

static void
doubt_all(const GPtrArray *fields, GHashTable *pages)
{
	for (guint i = 0; i < fields->len; i++)
		doubt_field(fields->pdata[i], pages);
}

void
doubt_recognised(Work *work)
{
	if (!work->mended)
		return;
	g_autoptr(GHashTable) pages = g_hash_table_new(NULL, NULL);
	doc_visit_paras(work->mended->blocks, note_page, pages);
	doubt_all(work->reading->fields, pages);
	for (guint i = 0; i < work->reading->records->len; i++)
		doubt_all(((const Record *)work->reading->records->pdata[i])->fields, pages);
}
