/* Values of two revisions -> the same or not; what they refer to is compared later, once. */
#include "decode/signature_objects.h"

#include <string.h>

typedef struct {
	int64_t number;
	char where[64]; /* for people: which way led there */
} Waiting;

void
comparison_init(Comparison *self)
{
	self->managed = g_hash_table_new(g_direct_hash, g_direct_equal);
	self->changed = g_hash_table_new(g_direct_hash, g_direct_equal);
	self->queued = g_hash_table_new(g_direct_hash, g_direct_equal);
	self->queue = g_array_new(FALSE, FALSE, sizeof(Waiting));
}

void
comparison_clear(Comparison *self)
{
	g_hash_table_unref(self->managed);
	g_hash_table_unref(self->changed);
	g_hash_table_unref(self->queued);
	g_array_unref(self->queue);
}

static gpointer
key_of(int64_t number)
{
	return GSIZE_TO_POINTER((gsize)number);
}

bool
comparison_manage(Comparison *self, int64_t number)
{
	return number < 0 || g_hash_table_add(self->managed, key_of(number));
}

bool
comparison_manage_reference(Comparison *self, const PdfValue *reference)
{
	return !reference || reference->kind != PDF_REFERENCE ||
		comparison_manage(self, (int64_t)reference->number);
}

void
comparison_mark_changed(Comparison *self, int64_t number)
{
	if (number >= 0)
		g_hash_table_add(self->changed, key_of(number));
}

bool
comparison_changed(const Comparison *self, int64_t number)
{
	return number >= 0 && g_hash_table_contains(self->changed, key_of(number));
}

bool
values_same_reference(const PdfValue *a, const PdfValue *b)
{
	return a->kind == PDF_REFERENCE && b->kind == PDF_REFERENCE && a->number == b->number;
}

bool
values_listed(const PdfValue *key, const char *const *names)
{
	for (; names && *names; names++)
		if (pdf_is_name(key, *names))
			return true;
	return false;
}

static bool
same_text(const PdfValue *a, const PdfValue *b)
{
	return a->size == b->size &&
		(a->text == b->text || !a->size || memcmp(a->text, b->text, a->size) == 0);
}

const PdfValue *
values_key(const PdfValue *dict, const PdfValue *key)
{
	for (size_t i = 0; i + 1 < dict->n_items; i += 2)
		if (same_text(&dict->items[i], key))
			return &dict->items[i + 1];
	return NULL;
}

/* The place in the other dictionary is mostly the same one. */
static const PdfValue *
same_key(const PdfValue *dict, const PdfValue *key, size_t likely)
{
	if (likely + 1 < dict->n_items && same_text(&dict->items[likely], key))
		return &dict->items[likely + 1];
	return values_key(dict, key);
}

static void
wait_for(Comparison *self, int64_t number, const char *where)
{
	Waiting waiting = { .number = number };
	if (!g_hash_table_add(self->queued, key_of(number)))
		return;
	g_strlcpy(waiting.where, where, sizeof waiting.where);
	g_array_append_val(self->queue, waiting);
}

bool
comparison_equal_dicts(Comparison *self, const PdfValue *before, const PdfValue *after,
	const char *const *without, const char *where)
{
	bool same = true;
	if (before->kind != after->kind)
		return false;
	for (size_t i = 0; i + 1 < before->n_items; i += 2) {
		const PdfValue *key = &before->items[i], *other = same_key(after, key, i);
		if (!values_listed(key, without))
			same &= other && comparison_equal(self, key + 1, other, where);
	}
	for (size_t i = 0; i + 1 < after->n_items; i += 2) {
		const PdfValue *key = &after->items[i];
		if (!values_listed(key, without))
			same &= same_key(before, key, i) != NULL;
	}
	return same;
}

static bool
equal_arrays(Comparison *self, const PdfValue *before, const PdfValue *after, const char *where)
{
	bool same = before->n_items == after->n_items;
	for (size_t i = 0; same && i < before->n_items; i++)
		same = comparison_equal(self, &before->items[i], &after->items[i], where);
	return same;
}

/* Its length is that of its bytes. */
static bool
equal_streams(Comparison *self, const PdfValue *before, const PdfValue *after, const char *where)
{
	static const char *const without[] = { "Length", NULL };
	return same_text(before, after) &&
		comparison_equal_dicts(self, before, after, without, where);
}

bool
comparison_equal(Comparison *self, const PdfValue *before, const PdfValue *after, const char *where)
{
	if (before->kind != after->kind)
		return false;
	switch (before->kind) {
	case PDF_NULL:
		return true;
	case PDF_BOOL:
	case PDF_NUMBER:
		return before->number == after->number;
	case PDF_NAME:
	case PDF_STRING:
		return same_text(before, after);
	case PDF_ARRAY:
		return equal_arrays(self, before, after, where);
	case PDF_DICT:
		return comparison_equal_dicts(self, before, after, NULL, where);
	case PDF_STREAM:
		return equal_streams(self, before, after, where);
	case PDF_REFERENCE:
		if (before->number == after->number)
			wait_for(self, (int64_t)before->number, where);
		return before->number == after->number;
	}
	return false;
}

void
comparison_catalog_key(Comparison *self, const PdfValue *before, const PdfValue *after,
	const PdfValue *key, const char *const *without)
{
	if (values_listed(key, without))
		return;
	g_autofree char *name =
		g_strdup_printf("/%.*s", (int)MIN(key->size, 40), (const char *)key->text);
	const PdfValue *old_value = values_key(before, key), *value = values_key(after, key);
	if (!value || !comparison_equal(self, old_value, value, name))
		structure_report_add(self->report, CHANGE_HIDDEN, "%s", name);
}

void
comparison_finish(Comparison *self)
{
	for (guint i = 0; i < self->queue->len; i++) {
		const Waiting waiting = g_array_index(self->queue, Waiting, i);
		if (g_hash_table_contains(self->managed, key_of(waiting.number)))
			continue;
		const PdfValue *before = pdf_object(self->before, waiting.number);
		const PdfValue *after = pdf_object(self->after, waiting.number);
		/* what was missing when it was signed may have been kept back for later */
		if (!comparison_equal(self, before, after, waiting.where))
			structure_report_add(self->report, CHANGE_HIDDEN, "%s: đối tượng %d",
				waiting.where, (int)waiting.number);
	}
}
