/* Form fields and raw bytes -> signatures with their ranges and values. */
#include "decode/signature_find.h"

#include "base/text.h"

#include <string.h>

enum { MAX_FIELDS = 20000, MAX_FIELD_DEPTH = 32, MAX_DICT = 1 << 20, MAX_RANGES = 1000 };

typedef struct {
	PdfObjects *objects;
	const unsigned char *data;
	size_t size;
	Arena *arena;
	GArray *sites;
	GHashTable *seen; /* numbers of fields and page nodes */
	int visited;
	bool locked; /* strings are enciphered, but never Contents, and no bytes of the range are */
} Search;

const char *
pdf_text(const PdfValue *value, Arena *arena)
{
	if (!value || (value->kind != PDF_STRING && value->kind != PDF_NAME))
		return "";
	const char *bytes = (const char *)value->text;
	g_autofree char *text = NULL;
	if (value->size >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0)
		text = g_convert(
			bytes + 2, (gssize)value->size - 2, "UTF-8", "UTF-16BE", NULL, NULL, NULL);
	else if (!g_utf8_validate(bytes, (gssize)value->size, NULL))
		text = g_convert(
			bytes, (gssize)value->size, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
	else
		text = g_strndup(bytes, value->size);
	g_autofree char *clean = text_clean(text_or_empty(text), strlen(text_or_empty(text)));
	return arena_strdup(arena, clean);
}

static const char *
own_text(Search *search, const PdfValue *dict, const char *key)
{
	return search->locked ? ""
			      : pdf_text(pdf_lookup(search->objects, dict, key), search->arena);
}

/* ---- one signature dictionary -------------------------------------------------------------- */

/* Two parts with a gap: more parts, overlaps and parts outside of the file are no range. */
static bool
read_range(PdfObjects *objects, const PdfValue *dict, size_t size, SignatureSite *site)
{
	const PdfValue *array = pdf_lookup(objects, dict, "ByteRange");
	if (array->kind != PDF_ARRAY || array->n_items != 4 ||
		pdf_count_key(dict, "ByteRange") != 1)
		return false;
	for (int i = 0; i < 4; i++) {
		const PdfValue *item = pdf_resolve(objects, &array->items[i]);
		if (!pdf_is_integer(item) || item->number < 0 || item->number > (double)size)
			return false;
		site->range[i] = (size_t)item->number;
	}
	const size_t *range = site->range;
	site->gap_from = range[0] + range[1];
	site->gap_end = range[2];
	return range[1] > 0 && range[3] > 0 && site->gap_from < site->gap_end &&
		range[3] <= size - range[2];
}

/* What stands between the two parts must be the string of Contents, as it stands in this
 * dictionary. */
static SignatureGap
compare_gap(const SignatureSite *site, const PdfValue *contents, bool in_file)
{
	if (!in_file || !contents->hex)
		return GAP_ELSEWHERE;
	if (site->gap_from == contents->start && site->gap_end == contents->end)
		return GAP_EXACT;
	return site->gap_from <= contents->start && site->gap_end >= contents->end ? GAP_LARGER
										   : GAP_ELSEWHERE;
}

static void
read_contents(Search *search, const PdfValue *dict, bool in_file, SignatureSite *site)
{
	const PdfValue *raw = pdf_peek(dict, "Contents");
	const PdfValue *contents = pdf_resolve(search->objects, raw);
	if (contents->kind != PDF_STRING || pdf_count_key(dict, "Contents") != 1)
		return;
	site->contents = contents->text;
	site->n_contents = contents->size;
	if (site->has_range)
		site->gap = compare_gap(site, contents, in_file && raw == contents);
}

/* What a certifying signature allows: its one DocMDP transform. */
static int
read_permission(PdfObjects *objects, const PdfValue *dict)
{
	const PdfValue *references = pdf_lookup(objects, dict, "Reference");
	for (size_t i = 0; references->kind == PDF_ARRAY && i < references->n_items; i++) {
		const PdfValue *one = pdf_resolve(objects, &references->items[i]);
		if (!pdf_is_name(pdf_lookup(objects, one, "TransformMethod"), "DocMDP"))
			continue;
		const PdfValue *level =
			pdf_lookup(objects, pdf_lookup(objects, one, "TransformParams"), "P");
		bool known = pdf_is_integer(level) && level->number >= 1 && level->number <= 3;
		return known ? (int)level->number : 2;
	}
	return 0;
}

static void
add_site(Search *search, const char *field, int object, const PdfValue *dict, bool in_file)
{
	if (search->sites->len >= SIGNATURE_SITES)
		return;
	SignatureSite site = { .field = field, .object = object, .shown = true };
	site.has_range = read_range(search->objects, dict, search->size, &site);
	read_contents(search, dict, in_file, &site);
	site.permission = read_permission(search->objects, dict);
	site.format = pdf_text(pdf_lookup(search->objects, dict, "SubFilter"), search->arena);
	site.claimed_time = own_text(search, dict, "M");
	site.claimed_name = own_text(search, dict, "Name");
	const PdfValue *certificate = pdf_lookup(search->objects, dict, "Cert");
	if (certificate->kind == PDF_ARRAY && certificate->n_items)
		certificate = pdf_resolve(search->objects, &certificate->items[0]);
	if (certificate->kind == PDF_STRING) {
		site.certificate = certificate->text;
		site.n_certificate = certificate->size;
	}
	g_array_append_val(search->sites, site);
}

/* ---- fields -------------------------------------------------------------------------------- */

/* False when it was here before, or has seen enough. */
static bool
enter(Search *search, const PdfValue *value, int depth)
{
	if (depth > MAX_FIELD_DEPTH || ++search->visited > MAX_FIELDS)
		return false;
	return value->kind != PDF_REFERENCE ||
		g_hash_table_add(search->seen, GSIZE_TO_POINTER((gsize)value->number));
}

/* A field with a value, which is the signature dictionary; what is none is unreadable. */
static void
take_field(Search *search, const PdfValue *reference, const PdfValue *field, const char *name)
{
	const PdfValue *raw = pdf_peek(field, "V");
	const PdfValue *value = pdf_resolve(search->objects, raw);
	if (!raw || raw->kind == PDF_NULL)
		return;
	const PdfValue *holder = raw->kind == PDF_REFERENCE ? raw : reference;
	bool in_file = holder->kind == PDF_REFERENCE &&
		pdf_object_in_file(search->objects, (int64_t)holder->number);
	add_site(search, name, raw->kind == PDF_REFERENCE ? (int)raw->number : 0, value, in_file);
}

static void
visit_field(Search *search, const PdfValue *reference, const char *prefix, const PdfValue *type,
	int depth)
{
	if (!enter(search, reference, depth))
		return;
	const PdfValue *field = pdf_resolve(search->objects, reference);
	const PdfValue *own_type = pdf_lookup(search->objects, field, "FT");
	const PdfValue *kids = pdf_lookup(search->objects, field, "Kids");
	const char *part = own_text(search, field, "T");
	const char *name = !*part ? prefix
		: *prefix         ? arena_printf(search->arena, "%s.%s", prefix, part)
				  : part;
	if (own_type->kind == PDF_NAME)
		type = own_type;
	if (pdf_is_name(type, "Sig"))
		take_field(search, reference, field, name);
	for (size_t i = 0; kids->kind == PDF_ARRAY && i < kids->n_items; i++)
		visit_field(search, &kids->items[i], name, type, depth + 1);
}

/* Widgets that the form forgot are shown all the same. */
static void
visit_page(Search *search, const PdfValue *reference, int depth)
{
	if (!enter(search, reference, depth))
		return;
	const PdfValue *page = pdf_resolve(search->objects, reference);
	const PdfValue *kids = pdf_lookup(search->objects, page, "Kids");
	const PdfValue *annotations = pdf_lookup(search->objects, page, "Annots");
	for (size_t i = 0; kids->kind == PDF_ARRAY && i < kids->n_items; i++)
		visit_page(search, &kids->items[i], depth + 1);
	for (size_t i = 0; annotations->kind == PDF_ARRAY && i < annotations->n_items; i++) {
		const PdfValue *widget = pdf_resolve(search->objects, &annotations->items[i]);
		if (pdf_is_name(pdf_lookup(search->objects, widget, "FT"), "Sig"))
			visit_field(search, &annotations->items[i], "", &(PdfValue){ 0 }, 0);
	}
}

/* ---- signatures that nothing speaks of ----------------------------------------------------- */

static bool
is_known(const Search *search, const SignatureSite *site)
{
	for (guint i = 0; i < search->sites->len; i++) {
		const SignatureSite *known = &g_array_index(search->sites, SignatureSite, i);
		if (memcmp(known->range, site->range, sizeof site->range) == 0)
			return true;
	}
	return false;
}

/* The dictionary of the object around `at`: its "obj" is the last one before. */
static bool
read_around(Search *search, size_t at, PdfLexer *lexer, PdfValue *ret)
{
	size_t from = at > MAX_DICT ? at - MAX_DICT : 0;
	size_t word = pdf_find_last(search->data + from, at - from, "obj");
	if (word == SIZE_MAX)
		return false;
	lexer->at = from + word + strlen("obj");
	return pdf_parse_value(lexer, ret) && ret->kind == PDF_DICT && ret->end > at;
}

/* Every /ByteRange in the bytes whose range no field has: a signature that a later revision took
 * out of sight. Contents may be long and stand before it, so both orders are looked for. */
static void
find_forgotten(Search *search)
{
	long budget = 200000;
	size_t at = 0;
	for (int i = 0; i < MAX_RANGES; i++) {
		at = pdf_find(search->data, search->size, at, "/ByteRange");
		if (at >= search->size)
			break;
		PdfLexer lexer = { .data = search->data,
			.size = search->size,
			.arena = search->arena,
			.budget = &budget };
		PdfValue dict;
		SignatureSite site = { 0 };
		guint before = search->sites->len;
		bool found = read_around(search, at, &lexer, &dict) &&
			read_range(search->objects, &dict, search->size, &site) &&
			!is_known(search, &site);
		if (found)
			add_site(search, "", 0, &dict, true);
		/* what stands in a locked form can't be told from what is not there */
		if (search->sites->len > before)
			g_array_index(search->sites, SignatureSite, before).shown = search->locked;
		at += strlen("/ByteRange");
	}
}

static int
by_cover(gconstpointer a, gconstpointer b)
{
	const SignatureSite *first = a, *second = b;
	size_t end = first->range[2] + first->range[3], other = second->range[2] + second->range[3];
	return (end > other) - (end < other);
}

GArray *
signatures_find(PdfObjects *objects, const unsigned char *data, size_t size, Arena *arena)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_direct_hash, g_direct_equal);
	Search search = { .objects = objects,
		.data = data,
		.size = size,
		.arena = arena,
		.sites = g_array_new(FALSE, FALSE, sizeof(SignatureSite)),
		.seen = seen,
		.locked = pdf_peek(pdf_objects_trailer(objects), "Encrypt") != NULL };
	const PdfValue *root = pdf_root(objects);
	const PdfValue *form = pdf_lookup(objects, root, "AcroForm");
	const PdfValue *fields = pdf_lookup(objects, form, "Fields");
	for (size_t i = 0; fields->kind == PDF_ARRAY && i < fields->n_items; i++)
		visit_field(&search, &fields->items[i], "", &(PdfValue){ 0 }, 0);
	visit_page(&search, pdf_peek(root, "Pages") ? pdf_peek(root, "Pages") : root, 0);
	find_forgotten(&search);
	g_array_sort(search.sites, by_cover);
	return search.sites;
}
