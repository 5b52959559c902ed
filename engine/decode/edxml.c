/* Messages of the document exchange: the names that count, and what a message does. */
#include "decode/edxml.h"

#include <string.h>

bool
edxml_is_root(const char *name)
{
	return g_ascii_strcasecmp(name, "edXML") == 0 ||
		g_ascii_strcasecmp(name, "edXMLEnvelope") == 0;
}

EdxmlName
edxml_name(const char *name)
{
	static const struct {
		const char *name;
		EdxmlName kind;
	} rows[] = {
		{ "Attachment", EDXML_ATTACHMENT },
		{ "ContentTransferEncoded", EDXML_CONTENT },
		{ "AttachmentData", EDXML_CONTENT },
		{ "Content", EDXML_CONTENT },
		{ "AttachmentName", EDXML_FILE },
		{ "ContentType", EDXML_TYPE },
		{ "AttachmentType", EDXML_TYPE },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (strcmp(name, rows[i].name) == 0)
			return rows[i].kind;
	return EDXML_OTHER;
}

/* ---- what a message does ------------------------------------------------------------------- */

static const Element *
element_at(const Doc *doc, guint i)
{
	return &g_array_index(doc->elements, Element, i);
}

/* The first of that name from `from` on that lies in the element before it (in: its depth); from 0
 * and in -1: anywhere. Its number, or the count of elements. */
static guint
find(const Doc *doc, guint from, int in, const char *name)
{
	for (guint i = from; i < doc->elements->len; i++) {
		if (element_at(doc, i)->depth <= in)
			return doc->elements->len;
		if (strcmp(element_at(doc, i)->name, name) == 0)
			return i;
	}
	return doc->elements->len;
}

static const char *
text_of(const Doc *doc, const char *parent, const char *name)
{
	guint at = find(doc, 0, -1, parent);
	if (at == doc->elements->len)
		return "";
	guint found = find(doc, at + 1, element_at(doc, at)->depth, name);
	return found < doc->elements->len ? element_at(doc, found)->text : "";
}

/* "a; b": every document that the message says it replaces. Caller owns. */
static char *
replaced(const Doc *doc)
{
	g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
	GString *out = g_string_new(NULL);
	for (guint i = 0; (i = find(doc, i, -1, "ReplacementInfo")) < doc->elements->len; i++) {
		guint id = find(doc, i + 1, element_at(doc, i)->depth, "DocumentId");
		const char *text = id < doc->elements->len ? element_at(doc, id)->text : "";
		if (*text && g_hash_table_add(told, (gpointer)text))
			g_string_append_printf(out, "%s%s", out->len ? "; " : "", text);
	}
	return g_string_free(out, FALSE);
}

/* Which document a recall or an update means: the one that the message names, else its own. */
static char *
meant(const Doc *doc)
{
	const char *id = text_of(doc, "Bussiness", "DocumentId");
	if (!*id)
		id = text_of(doc, "MessageHeader", "DocumentId");
	if (*id)
		return g_strdup(id);
	return g_strdup_printf(
		"%s/%s", text_of(doc, "Code", "CodeNumber"), text_of(doc, "Code", "CodeNotation"));
}

static void
note_kind(Doc *doc)
{
	static const struct {
		const char *code;
		FindingId id;
		char *(*which)(const Doc *doc);
	} rows[] = {
		{ "1", FINDING_MESSAGE_RECALL, meant },
		{ "2", FINDING_MESSAGE_UPDATE, meant },
		{ "3", FINDING_MESSAGE_REPLACEMENT, replaced },
	};
	const char *code = text_of(doc, "Bussiness", "BussinessDocType");
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (strcmp(code, rows[i].code) != 0)
			continue;
		g_autofree char *which = rows[i].which(doc);
		findings_add(doc->findings, rows[i].id, NULL, which);
	}
}

static void
note_status(Doc *doc)
{
	const char *code = text_of(doc, "MessageHeader", "StatusCode");
	if (!*code)
		return;
	const char *answered = text_of(doc, "ResponseFor", "Code");
	if (!*answered)
		answered = text_of(doc, "ResponseFor", "DocumentId");
	g_autofree char *detail = g_strdup_printf("%s: %s", code, answered);
	findings_add(doc->findings, FINDING_MESSAGE_STATUS, NULL, detail);
}

void
edxml_note_business(Doc *doc)
{
	note_kind(doc);
	note_status(doc);
}
