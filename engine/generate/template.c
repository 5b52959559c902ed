/* A template file into parts, and filled parts into a file again: text as it is, DOCX entry by
 * entry. */
#include "generate/template.h"

#include "generate/docx_zip.h"
#include "generate/parts.h"

#include <string.h>

struct Template {
	GBytes *bytes; /* of a DOCX: the entries that are not filled come from it */
	bool docx;
	GPtrArray *parts;
};

void
template_free(Template *template)
{
	if (!template)
		return;
	g_clear_pointer(&template->parts, g_ptr_array_unref);
	g_bytes_unref(template->bytes);
	g_free(template);
}

/* In a text a block tag that is alone on its line stands for the line. */
static void
widen_to_lines(const char *text, size_t size, GArray *tags)
{
	for (guint i = 0; i < tags->len; i++) {
		Tag *tag = &g_array_index(tags, Tag, i);
		size_t start = tag->start, end = tag->end;
		if (tag->kind == TAG_VALUE)
			continue;
		while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t'))
			start--;
		while (end < size && (text[end] == ' ' || text[end] == '\t' || text[end] == '\r'))
			end++;
		if ((start == 0 || text[start - 1] == '\n') && end < size && text[end] == '\n') {
			tag->replace = start;
			tag->replace_end = end + 1;
		}
	}
}

enum { MAX_TEXT = 16 * 1024 * 1024 };

static bool
add_part(Template *template, const char *name, const char *text, size_t size, GError **err)
{
	GArray *found = NULL;
	if (!template->docx && size > MAX_TEXT)
		return fail(err, ERR_LIMIT, _("'%s' is too large"), name);
	if (!g_utf8_validate(text, (gssize)size, NULL))
		return fail(err, ERR_FORMAT, _("%s: this is no UTF-8 text"), name);
	size_t prepared_size = size;
	char *prepared = template->docx ? docx_prepare(text, size, &prepared_size, &found, err)
					: g_strndup(text, size);
	if (!prepared)
		return because(err, "%s", name);
	g_autoptr(GArray) tags = found ? found : tags_find(prepared, prepared_size, TAGS_IN_TEXT);
	if (!template->docx)
		widen_to_lines(prepared, prepared_size, tags);
	if (!tags->len && template->docx) {
		g_free(prepared);
		return true;
	}
	Part *part = part_compile(g_strdup(name), prepared, prepared_size, tags, err);
	if (!part)
		return false;
	g_ptr_array_add(template->parts, part);
	return true;
}

static bool
add_entry(const char *name, const char *text, size_t size, void *user, GError **err)
{
	return add_part(user, name, text, size, err);
}

Template *
template_compile(GBytes *bytes, const char *name, GError **err)
{
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);
	g_autoptr(Template) template = g_new0(Template, 1);
	template->bytes = g_bytes_ref(bytes);
	template->docx = size > 4 && memcmp(data, "PK\003\004", 4) == 0;
	template->parts = g_ptr_array_new_with_free_func((GDestroyNotify)part_free);
	if (!template->docx && g_str_has_suffix(name, ".docx")) {
		fail(err, ERR_FORMAT, _("%s: this is no Word file (DOCX)"), name);
		return NULL;
	}
	bool good = template->docx ? docx_zip_read(bytes, add_entry, template, err)
				   : add_part(template, name, size ? data : "", size, err);
	if (good)
		return g_steal_pointer(&template);
	if (template->docx)
		because(err, "%s", name);
	return NULL;
}

static GBytes *
write_filled(const Template *template, GPtrArray *entries, GError **err)
{
	if (template->docx)
		return docx_zip_write(template->bytes, entries, err);
	const DocxEntry *only = g_ptr_array_index(entries, 0);
	return g_bytes_new(only->text->str, only->text->len);
}

GBytes *
template_fill(const Template *template, xmlDoc *data, const QueryWorld *world, GPtrArray *findings,
	GError **err)
{
	g_autoptr(QueryContext) context = query_context_new(data, world);
	g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func(docx_entry_free);
	guint before = findings->len;
	Work work = { 0, 0 };
	for (guint i = 0; i < template->parts->len; i++) {
		const Part *part = g_ptr_array_index(template->parts, i);
		DocxEntry *entry = g_new0(DocxEntry, 1);
		entry->name = part->name;
		entry->text = g_string_sized_new(part->size * 2);
		g_ptr_array_add(entries, entry);
		if (!part_fill(part, context, &work, entry->text, findings, err))
			return NULL;
		if (template->docx && part->has_blocks)
			docx_mend(entry->text);
	}
	return findings->len > before ? NULL : write_filled(template, entries, err);
}
