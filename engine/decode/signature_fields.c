/* Form fields of two revisions -> signed, filled in, or changed where people do not look. */
#include "decode/signature_fields.h"

#include "decode/signature_find.h"

#include <string.h>

enum { MAX_DEPTH = 32, MAX_FIELDS = 20000 };

/* A field that has a value, with its widgets below it. */
typedef struct {
	const char *name;
	bool value_changed, look_changed, no_look;
	const PdfValue *type; /* FT, perhaps inherited */
} Group;

static const PdfValue *
inherited(PdfObjects *objects, const PdfValue *field, const char *key)
{
	for (int i = 0; i < MAX_DEPTH; i++) {
		const PdfValue *value = pdf_lookup(objects, field, key);
		if (value->kind != PDF_NULL)
			return value;
		field = pdf_lookup(objects, field, "Parent");
	}
	return pdf_lookup(objects, field, key);
}

bool
fields_is_signature(PdfObjects *objects, const PdfValue *field)
{
	return pdf_is_name(inherited(objects, field, "FT"), "Sig");
}

bool
fields_is_widget(PdfObjects *objects, const PdfValue *annotation)
{
	return pdf_is_name(pdf_lookup(objects, annotation, "Subtype"), "Widget");
}

/* The whole value, through references; depth bounds what leads to itself. */
static bool
same_deeply(Comparison *self, const PdfValue *before, const PdfValue *after, int depth)
{
	const PdfValue *a = pdf_resolve(self->before, before);
	const PdfValue *b = pdf_resolve(self->after, after);
	if (a->kind != b->kind || a->number != b->number || a->n_items != b->n_items ||
		a->size != b->size || depth > 8)
		return depth > 8;
	if (a->size && a->text != b->text && memcmp(a->text, b->text, a->size) != 0)
		return false;
	for (size_t i = 0; i < a->n_items; i++)
		if (!same_deeply(self, &a->items[i], &b->items[i], depth + 1))
			return false;
	return true;
}

/* One key of two dictionaries, through references; also when neither has it. */
static bool
same_key(Comparison *self, const PdfValue *before, const PdfValue *after, const char *key)
{
	const PdfValue *a = pdf_peek(before, key), *b = pdf_peek(after, key);
	return (!a && !b) || (a && b && same_deeply(self, a, b, 0));
}

/* What may change with each sort of field; everything else of it must not. */
static const char *const signing_keys[] = { "V", "AP", "AS", "M", "MK", "F", "DA", "DR", "Rect",
	"P", "Parent", "Kids", "Border", "BS", "Lock", NULL };
static const char *const filling_keys[] = { "V", "AP", "AS", "M", "RV", "I", "P", "Parent", "Kids",
	NULL };
static const char *const frame_keys[] = { "P", "Parent", "Kids", NULL };

static void
compare_frame(Comparison *self, const PdfValue *before, const PdfValue *after,
	const char *const *without, const char *name)
{
	g_autofree char *where = g_strdup_printf("ô “%s”", name);
	if (!comparison_equal_dicts(self, before, after, without, where))
		structure_report_add(self->report, CHANGE_HIDDEN, "%s", where);
}

/* A field that was empty may be signed; one that was signed stays as it is. */
static void
compare_signature(Comparison *self, const PdfValue *before, const PdfValue *after, const char *name,
	int64_t number)
{
	bool had = inherited(self->before, before, "V")->kind == PDF_DICT;
	bool has = inherited(self->after, after, "V")->kind == PDF_DICT;
	if (had) {
		compare_frame(self, before, after, frame_keys, name);
		return;
	}
	compare_frame(self, before, after, signing_keys, name);
	bool look = !same_key(self, before, after, "AP");
	if (look || !same_key(self, before, after, "Rect"))
		comparison_mark_changed(self, number);
	if (has)
		structure_report_add(self->report, CHANGE_SIGNATURES, "ô “%s”", name);
	else if (look)
		structure_report_add(self->report, CHANGE_HIDDEN, "ô “%s”", name);
}

static void
compare_widget(Comparison *self, const PdfValue *before, const PdfValue *after, Group *group,
	int64_t number)
{
	bool look = !same_key(self, before, after, "AP") || !same_key(self, before, after, "AS");
	compare_frame(self, before, after, filling_keys, group->name);
	group->look_changed |= look;
	group->no_look |= !pdf_peek(before, "AP") && !pdf_peek(after, "AP");
	if (look || group->value_changed)
		comparison_mark_changed(self, number);
}

/* A value and its appearance change together, or one of them deceives. */
static void
tell_group(Comparison *self, const Group *group)
{
	bool value = group->value_changed, look = group->look_changed;
	if (!value && !look)
		return;
	if (value && (look || group->no_look))
		structure_report_add(self->report, CHANGE_FORM, "ô “%s”", group->name);
	else
		structure_report_add(self->report, CHANGE_HIDDEN, "ô “%s”: %s", group->name,
			value ? "đổi giá trị, giữ hình cũ" : "đổi hình hiển thị, giữ giá trị");
}

static void
tell_new_field(Comparison *self, const PdfValue *reference)
{
	const PdfValue *field = pdf_resolve(self->after, reference);
	bool signature = fields_is_signature(self->after, field);
	if (!signature || pdf_lookup(self->after, field, "V")->kind == PDF_DICT)
		structure_report_add(
			self->report, signature ? CHANGE_SIGNATURES : CHANGE_ANNOTATIONS, "ô mới");
}

static void compare_list(Comparison *self, const PdfValue *before, const PdfValue *after,
	const char *prefix, Group *group, int depth);

static const char *
full_name(Comparison *self, const PdfValue *field, const char *prefix, char *buffer, size_t room)
{
	g_autoptr(Arena) arena = arena_new();
	const char *part = pdf_text(pdf_lookup(self->before, field, "T"), arena);
	g_snprintf(buffer, room, "%s%s%s", prefix, *prefix && *part ? "." : "", part);
	return buffer;
}

static void
compare_field(Comparison *self, const PdfValue *old_ref, const PdfValue *new_ref,
	const char *prefix, Group *outer, int depth)
{
	char buffer[400];
	const PdfValue *before = pdf_resolve(self->before, old_ref);
	const PdfValue *after = pdf_resolve(self->after, new_ref);
	int64_t number = old_ref->kind == PDF_REFERENCE ? (int64_t)old_ref->number : -1;
	if (!comparison_manage(self, number) || depth > MAX_DEPTH)
		return;
	const PdfValue *type = pdf_lookup(self->before, before, "FT");
	const PdfValue *kids = pdf_lookup(self->before, before, "Kids");
	Group own = { .name = full_name(self, before, prefix, buffer, sizeof buffer),
		.type = type->kind == PDF_NAME ? type
			: outer                ? outer->type
					       : type };
	bool is_kid = outer && !pdf_peek(before, "T");
	Group *group = is_kid ? outer : &own;
	group->value_changed |= !same_key(self, before, after, "V");
	if (pdf_is_name(own.type, "Sig"))
		compare_signature(self, before, after, group->name, number);
	else
		compare_widget(self, before, after, group, number);
	if (kids->kind == PDF_ARRAY) {
		comparison_manage_reference(self, pdf_peek(before, "Kids"));
		group->no_look = false;
		compare_list(self, kids, pdf_lookup(self->after, after, "Kids"), group->name, group,
			depth + 1);
	}
	if (!is_kid && !pdf_is_name(own.type, "Sig"))
		tell_group(self, &own);
}

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
compare_list(Comparison *self, const PdfValue *before, const PdfValue *after, const char *prefix,
	Group *group, int depth)
{
	static const PdfValue none = { .kind = PDF_ARRAY };
	before = before->kind == PDF_ARRAY ? before : &none;
	after = after->kind == PDF_ARRAY ? after : &none;
	for (size_t i = 0; i < MIN(before->n_items, MAX_FIELDS); i++) {
		size_t at = place_of(after, &before->items[i], i);
		if (at == SIZE_MAX)
			structure_report_add(self->report, CHANGE_HIDDEN, "mất ô biểu mẫu");
		else
			compare_field(
				self, &before->items[i], &after->items[at], prefix, group, depth);
	}
	for (size_t i = 0; i < MIN(after->n_items, MAX_FIELDS); i++)
		if (place_of(before, &after->items[i], i) == SIZE_MAX)
			tell_new_field(self, &after->items[i]);
}

/* Fonts for new fields may be added to those of the form; what was there stays. */
static void
compare_resources(Comparison *self, const PdfValue *before, const PdfValue *after)
{
	const PdfValue *a = pdf_lookup(self->before, before, "DR");
	const PdfValue *b = pdf_lookup(self->after, after, "DR");
	comparison_manage_reference(self, pdf_peek(before, "DR"));
	for (size_t i = 0; a->kind == PDF_DICT && i + 1 < a->n_items; i += 2) {
		const PdfValue *old_part = pdf_resolve(self->before, &a->items[i + 1]);
		const PdfValue *part = pdf_resolve(self->after, values_key(b, &a->items[i]));
		comparison_manage_reference(self, &a->items[i + 1]);
		for (size_t j = 0; old_part->kind == PDF_DICT && j + 1 < old_part->n_items;
			j += 2) {
			const PdfValue *value = values_key(part, &old_part->items[j]);
			if (!value ||
				!comparison_equal(self, &old_part->items[j + 1], value, "/DR"))
				structure_report_add(self->report, CHANGE_HIDDEN, "/DR");
		}
	}
}

/* Who has fields drawn anew shows values where their old appearances stood. Filling in asks for it.
 */
static void
compare_drawing(Comparison *self, const PdfValue *before, const PdfValue *after)
{
	bool had = pdf_lookup(self->before, before, "NeedAppearances")->number != 0;
	bool has = pdf_lookup(self->after, after, "NeedAppearances")->number != 0;
	if (has && !had && self->report->worst < CHANGE_FORM)
		structure_report_add(self->report, CHANGE_HIDDEN, "/NeedAppearances");
}

void
fields_compare(Comparison *self, const PdfValue *old_root, const PdfValue *new_root)
{
	static const char *const free_keys[] = { "Fields", "SigFlags", "DR", "NeedAppearances",
		NULL };
	const PdfValue *before = pdf_lookup(self->before, old_root, "AcroForm");
	const PdfValue *after = pdf_lookup(self->after, new_root, "AcroForm");
	comparison_manage_reference(self, pdf_peek(old_root, "AcroForm"));
	comparison_manage_reference(self, pdf_peek(before, "Fields"));
	if (before->kind == PDF_DICT &&
		!comparison_equal_dicts(self, before, after, free_keys, "/AcroForm"))
		structure_report_add(self->report, CHANGE_HIDDEN, "/AcroForm");
	if (before->kind == PDF_DICT)
		compare_resources(self, before, after);
	compare_list(self, pdf_lookup(self->before, before, "Fields"),
		pdf_lookup(self->after, after, "Fields"), "", NULL, 0);
	compare_drawing(self, before, after);
}
