/* Two revisions -> what differs in the parts of a PDF that may differ, and everything else. */
#include "decode/signature_structure.h"

#include "decode/signature_fields.h"
#include "decode/signature_objects.h"

#include <stdarg.h>
#include <string.h>

enum { MAX_DETAILS = 4, MAX_PAGE_DEPTH = 40 };

void
structure_report_init(StructureReport *report)
{
	*report = (StructureReport){ .worst = CHANGE_UPDATE,
		.detail = g_string_new(NULL),
		.pages = g_hash_table_new(g_direct_hash, g_direct_equal) };
}

void
structure_report_clear(StructureReport *report)
{
	g_string_free(report->detail, TRUE);
	g_hash_table_unref(report->pages);
}

void
structure_report_add(StructureReport *report, SignatureChange change, const char *format, ...)
{
	if (change > report->worst) {
		report->worst = change;
		report->n_details = 0;
		g_string_truncate(report->detail, 0);
	}
	if (change < report->worst || report->n_details >= MAX_DETAILS)
		return;
	va_list args;
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	if (strstr(report->detail->str, text))
		return;
	report->n_details++;
	if (report->detail->len)
		g_string_append(report->detail, "; ");
	g_string_append(report->detail, text);
}

/* ---- annotations of a page ----------------------------------------------------------------- */

static void
tell_new_annotation(Comparison *self, const PdfValue *reference, int page)
{
	const PdfValue *annotation = pdf_resolve(self->after, reference);
	g_hash_table_add(self->report->pages, GINT_TO_POINTER(page));
	if (fields_is_signature(self->after, annotation))
		structure_report_add(self->report, CHANGE_SIGNATURES, "trang %d", page);
	else
		structure_report_add(self->report, CHANGE_ANNOTATIONS, "trang %d", page);
}

/* A widget was compared with its field. What else was changed is a comment that says other things
 * now; what points elsewhere from there is a change of its own. */
static void
compare_annotation(Comparison *self, const PdfValue *before, const PdfValue *after, int page)
{
	int64_t number = before->kind == PDF_REFERENCE ? (int64_t)before->number : -1;
	if (comparison_changed(self, number))
		g_hash_table_add(self->report->pages, GINT_TO_POINTER(page));
	if (!comparison_manage(self, number))
		return;
	SignatureChange change = fields_is_widget(self->before, pdf_resolve(self->before, before))
		? CHANGE_HIDDEN
		: CHANGE_ANNOTATIONS;
	g_autofree char *where = g_strdup_printf("trang %d", page);
	if (comparison_equal_dicts(self, pdf_resolve(self->before, before),
		    pdf_resolve(self->after, after), (const char *const[]){ "P", "Parent", NULL },
		    where))
		return;
	g_hash_table_add(self->report->pages, GINT_TO_POINTER(page));
	structure_report_add(self->report, change, "%s", where);
}

/* The place of a reference in an array; SIZE_MAX when it is not there. */
static size_t
place_of(const PdfValue *array, const PdfValue *reference, size_t likely)
{
	if (likely < array->n_items && values_same_reference(&array->items[likely], reference))
		return likely;
	for (size_t i = 0; i < array->n_items; i++)
		if (values_same_reference(&array->items[i], reference))
			return i;
	return SIZE_MAX;
}

static void
compare_annotations(Comparison *self, const PdfValue *old_page, const PdfValue *new_page, int page)
{
	static const PdfValue none = { .kind = PDF_ARRAY };
	const PdfValue *before = pdf_lookup(self->before, old_page, "Annots");
	const PdfValue *after = pdf_lookup(self->after, new_page, "Annots");
	comparison_manage_reference(self, pdf_peek(old_page, "Annots"));
	before = before->kind == PDF_ARRAY ? before : &none;
	after = after->kind == PDF_ARRAY ? after : &none;
	for (size_t i = 0; i < before->n_items; i++) {
		bool direct = before->items[i].kind != PDF_REFERENCE;
		size_t at = direct ? i : place_of(after, &before->items[i], i);
		if (at >= after->n_items) {
			g_hash_table_add(self->report->pages, GINT_TO_POINTER(page));
			structure_report_add(
				self->report, CHANGE_HIDDEN, "trang %d: mất chú thích", page);
		} else {
			compare_annotation(self, &before->items[i], &after->items[at], page);
		}
	}
	for (size_t i = 0; i < after->n_items; i++) {
		bool direct = after->items[i].kind != PDF_REFERENCE;
		if (direct ? i >= before->n_items
			   : place_of(before, &after->items[i], i) == SIZE_MAX)
			tell_new_annotation(self, &after->items[i], page);
	}
}

/* ---- pages --------------------------------------------------------------------------------- */

static void
compare_page(Comparison *self, const PdfValue *before, const PdfValue *after)
{
	static const char *const free_keys[] = { "Annots", "Parent", "LastModified", "Metadata",
		"PieceInfo", "Tabs", NULL };
	int page = ++self->page;
	g_autofree char *where = g_strdup_printf("trang %d", page);
	if (!comparison_equal_dicts(self, before, after, free_keys, where)) {
		g_hash_table_add(self->report->pages, GINT_TO_POINTER(page));
		structure_report_add(self->report, CHANGE_HIDDEN, "%s", where);
	}
	compare_annotations(self, before, after, page);
}

static void
compare_pages(Comparison *self, const PdfValue *old_ref, const PdfValue *new_ref, int depth)
{
	static const char *const free_keys[] = { "Kids", "Parent", "Metadata", NULL };
	const PdfValue *before = pdf_resolve(self->before, old_ref);
	const PdfValue *after = pdf_resolve(self->after, new_ref);
	if (!comparison_manage_reference(self, old_ref) || depth > MAX_PAGE_DEPTH)
		return;
	if (!values_same_reference(old_ref, new_ref))
		structure_report_add(self->report, CHANGE_HIDDEN, "cây trang");
	const PdfValue *kids = pdf_lookup(self->before, before, "Kids");
	const PdfValue *new_kids = pdf_lookup(self->after, after, "Kids");
	comparison_manage_reference(self, pdf_peek(before, "Kids"));
	if (kids->kind != PDF_ARRAY) {
		compare_page(self, before, after);
		return;
	}
	if (new_kids->kind != PDF_ARRAY || new_kids->n_items != kids->n_items) {
		structure_report_add(self->report, CHANGE_CONTENT, "thêm hoặc bớt trang");
		return;
	}
	if (!comparison_equal_dicts(self, before, after, free_keys, "cây trang"))
		structure_report_add(self->report, CHANGE_HIDDEN, "cây trang");
	for (size_t i = 0; i < kids->n_items; i++)
		compare_pages(self, &kids->items[i], &new_kids->items[i], depth + 1);
}

/* ---- the whole ----------------------------------------------------------------------------- */

static void
compare_catalogs(Comparison *self)
{
	/* Certificates kept for later (DSS), and what tells about the file rather than is in it. */
	static const char *const free_keys[] = { "AcroForm", "Pages", "DSS", "Extensions",
		"Metadata", "Version", "Perms", NULL };
	const PdfValue *before = pdf_root(self->before), *after = pdf_root(self->after);
	const PdfValue *old_root = pdf_peek(pdf_objects_trailer(self->before), "Root");
	const PdfValue *new_root = pdf_peek(pdf_objects_trailer(self->after), "Root");
	if (!old_root || !new_root || !values_same_reference(old_root, new_root))
		structure_report_add(self->report, CHANGE_HIDDEN, "gốc tài liệu");
	if (old_root)
		comparison_manage_reference(self, old_root);
	fields_compare(self, before, after);
	if (pdf_peek(before, "Pages") && pdf_peek(after, "Pages"))
		compare_pages(self, pdf_peek(before, "Pages"), pdf_peek(after, "Pages"), 0);
	else
		structure_report_add(self->report, CHANGE_CONTENT, "không có trang");
	for (size_t i = 0; i < before->n_items; i += 2)
		comparison_catalog_key(self, before, after, &before->items[i], free_keys);
	for (size_t i = 0; i < after->n_items; i += 2)
		if (!values_key(before, &after->items[i]) &&
			!values_listed(&after->items[i], free_keys))
			structure_report_add(self->report, CHANGE_HIDDEN, "/%.*s",
				(int)MIN(after->items[i].size, 40),
				(const char *)after->items[i].text);
}

/* Permissions that a certifying signature has set stay as they are; a later one may set them. */
static void
compare_permissions(Comparison *self)
{
	const PdfValue *before = pdf_peek(pdf_root(self->before), "Perms");
	const PdfValue *after = pdf_peek(pdf_root(self->after), "Perms");
	if (before && (!after || !comparison_equal(self, before, after, "/Perms")))
		structure_report_add(self->report, CHANGE_HIDDEN, "/Perms");
	const PdfValue *locked = pdf_peek(pdf_objects_trailer(self->before), "Encrypt");
	const PdfValue *now = pdf_peek(pdf_objects_trailer(self->after), "Encrypt");
	if (!locked != !now || (locked && !comparison_equal(self, locked, now, "/Encrypt")))
		structure_report_add(self->report, CHANGE_HIDDEN, "/Encrypt");
}

void
structure_compare(PdfObjects *before, PdfObjects *after, StructureReport *report)
{
	Comparison self = { .before = before, .after = after, .report = report };
	comparison_init(&self);
	if (pdf_root(before)->kind == PDF_DICT && pdf_root(after)->kind == PDF_DICT) {
		compare_catalogs(&self);
		compare_permissions(&self);
		comparison_finish(&self);
	} else {
		report->exhausted = true;
	}
	report->exhausted |= pdf_objects_exhausted(before) || pdf_objects_exhausted(after);
	comparison_clear(&self);
}
