/* A reading becomes a page for people: the document with boxes around what was found, beside it
 * every field with the steps that were tried. One file, no script, nothing from elsewhere. */
#include "extract/work.h"

#include "base/text.h"

#include <string.h>

static const char style[] =
	"body{font:14px/1.4 sans-serif;margin:0;color:#222}"
	"header{padding:8px 16px;border-bottom:1px solid #ccc}h1{font-size:18px;margin:0}"
	"main{display:flex;align-items:flex-start}"
	"section{padding:8px 16px;box-sizing:border-box;width:50%;height:calc(100vh - 60px);"
	"overflow:auto}"
	"svg{border:1px solid "
	"#ccc;box-sizing:border-box;width:100%;height:auto;margin-bottom:8px;background:#fff}"
	".word{fill:#222}.zone{fill:#48c;fill-opacity:.08;stroke:none}"
	".box{fill:none;stroke:#c33;stroke-width:1}.box:target,.box:hover{fill:#fc0;fill-opacity:."
	"4}"
	"p{margin:2px 0}p.found{background:#fee;outline:1px solid #c33}"
	"p:target{background:#fd6}td,th{text-align:left;vertical-align:top;padding:2px 8px 2px 0}"
	"table.doc{border-collapse:collapse}table.doc>tbody>tr>td{border:1px solid "
	"#ddd;padding:2px "
	"6px}"
	".place,.rule{color:#777;font-size:12px}.absent{color:#999}.inferred,.conflict{color:#b60}"
	"pre{white-space:pre-wrap;background:#f6f6f6;padding:4px;margin:2px 0;font-size:12px}";

typedef struct {
	GString *out;
	const Doc *doc;
	const Zones *zones;
	const Reading *reading;
	const Rules *rules;
	const char *trace;
	const GPtrArray *pictures; /* of GBytes, PNG; may be NULL, and hold NULL */
	GHashTable *places;        /* where values stand, as printed */
	bool vietnamese;
	int number; /* of the page in hand, from 1 */
} Page;

static void
escaped(GString *out, const char *text)
{
	g_autofree char *safe = g_markup_escape_text(text, -1);
	g_string_append(out, safe);
}

static const char *
say(const Page *page, const char *vi, const char *en)
{
	return page->vietnamese ? vi : en;
}

/* --- what was found, and where --- */

typedef void (*VisitField)(Page *page, const char *id, const Field *field);

/* Every value with the id of its box: "code-number", "nominee-2-name". */
static void
visit_fields(Page *page, VisitField visit)
{
	g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < page->reading->fields->len; i++) {
		const Field *field = page->reading->fields->pdata[i];
		visit(page, field->name, field);
	}
	for (guint i = 0; i < page->reading->records->len; i++) {
		const Record *record = page->reading->records->pdata[i];
		int n = GPOINTER_TO_INT(g_hash_table_lookup(counts, record->name)) + 1;
		g_hash_table_insert(counts, record->name, GINT_TO_POINTER(n));
		for (guint f = 0; f < record->fields->len; f++) {
			const Field *field = record->fields->pdata[f];
			g_autofree char *id =
				g_strdup_printf("%s-%d-%s", record->name, n, field->name);
			visit(page, id, field);
		}
	}
}

/* --- pages with boxes --- */

static void
draw_word(Page *page, const Run *run)
{
	if (!box_known(run->box) || text_is_blank(run->text))
		return;
	double height = run->box.y1 - run->box.y0;
	g_autofree char *text = text_squeeze(run->text);
	g_string_append_printf(page->out,
		"<text class=\"word\" x=\"%.1f\" y=\"%.1f\" font-size=\"%.1f\" textLength=\"%.1f\" "
		"lengthAdjust=\"spacingAndGlyphs\">",
		run->box.x0, run->box.y1 - height * 0.22,
		run->size_pt > 0 ? run->size_pt : height * 0.8, run->box.x1 - run->box.x0);
	escaped(page->out, text);
	g_string_append(page->out, "</text>\n");
}

static bool
draw_words(const Block *para, const Block *table, const Cell *cell, void *user)
{
	(void)table, (void)cell;
	Page *page = user;
	for (int i = 0; para->place.page == page->number && i < para->para.n_runs; i++)
		draw_word(page, &para->para.runs[i]);
	return true;
}

static void
draw_box(GString *out, const char *class, const char *id, Box box)
{
	g_string_append_printf(out,
		"<rect class=\"%s\"%s%s%s x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">",
		class, id ? " id=\"" : "", id ? id : "", id ? "\"" : "", box.x0 - 1, box.y0 - 1,
		box.x1 - box.x0 + 2, box.y1 - box.y0 + 2);
}

static void
draw_zones(Page *page, int number)
{
	for (int zone = 0; zone < ZONE_HEAD; zone++)
		for (int i = 0; i < zone_count(page->zones, (Zone)zone); i++) {
			const Place *place = &zone_line(page->zones, (Zone)zone, i)->place;
			if (place->page != number || !box_known(place->box))
				continue;
			draw_box(page->out, "zone", NULL, place->box);
			g_string_append_printf(
				page->out, "<title>%s</title></rect>\n", zone_name((Zone)zone));
		}
}

static void
draw_value(Page *page, const char *id, const Field *field)
{
	const Place *place = &field->place;
	if (field->state == FIELD_ABSENT || place->page != page->number || !box_known(place->box))
		return;
	draw_box(page->out, "box", id, place->box);
	g_string_append_printf(page->out, "<title>%s: ", id);
	escaped(page->out, field->value);
	g_string_append(page->out, "</title></rect>\n");
}

static bool
draw_picture(Page *page, const PageSize *size)
{
	guint i = (guint)page->number - 1;
	GBytes *png = page->pictures && i < page->pictures->len ? page->pictures->pdata[i] : NULL;
	if (!png)
		return false;
	gsize n;
	const guchar *data = g_bytes_get_data(png, &n);
	g_autofree char *base64 = g_base64_encode(data, n);
	g_string_append_printf(page->out,
		"<image width=\"%.0f\" height=\"%.0f\" preserveAspectRatio=\"none\" "
		"href=\"data:image/png;base64,%s\"/>\n",
		size->width_pt, size->height_pt, base64);
	return true;
}

static void
draw_page(Page *page, int number)
{
	const PageSize *size = &g_array_index(page->doc->pages, PageSize, number - 1);
	page->number = number;
	g_string_append_printf(page->out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\">\n",
		size->width_pt, size->height_pt);
	if (!draw_picture(page, size))
		doc_visit_paras(page->doc->blocks, draw_words, page);
	draw_zones(page, number);
	visit_fields(page, draw_value);
	g_string_append(page->out, "</svg>\n");
}

/* --- a document without pages: its paragraphs and tables --- */

static void
note_place(Page *page, const char *id, const Field *field)
{
	(void)id;
	if (field->state != FIELD_ABSENT)
		g_hash_table_add(page->places, place_print(&field->place));
}

/* Of what stands at a place, the first is the paragraph's id; its class says that there is one. */
static void
mark_para(Page *page, const Block *para)
{
	g_autofree char *place = place_print(&para->place);
	if (g_hash_table_contains(page->places, place))
		g_string_append(page->out, " class=\"found\"");
	g_string_append_printf(page->out, " id=\"at-%s\"", place);
}

static void print_blocks(Page *page, const Block *blocks);

static void
print_table(Page *page, const Table *table)
{
	int row = 0;
	g_string_append(page->out, "<table class=\"doc\"><tbody>");
	for (int i = 0; i < table->n_cells; i++) {
		const Cell *cell = &table->cells[i];
		if (cell->row != row)
			g_string_append(page->out, row ? "</tr><tr>" : "<tr>");
		row = cell->row;
		g_string_append_printf(page->out, "<td colspan=\"%d\" rowspan=\"%d\">",
			MAX(1, cell->column_span), MAX(1, cell->row_span));
		print_blocks(page, cell->blocks);
		g_string_append(page->out, "</td>");
	}
	g_string_append(page->out, row ? "</tr></tbody></table>\n" : "</tbody></table>\n");
}

static void
print_blocks(Page *page, const Block *blocks)
{
	for (const Block *block = blocks; block; block = block->next) {
		if (block->kind == BLOCK_TABLE)
			print_table(page, &block->table);
		if (block->kind != BLOCK_PARA || text_is_blank(text_or_empty(block->para.text)))
			continue;
		g_string_append(page->out, "<p");
		mark_para(page, block);
		g_string_append_c(page->out, '>');
		if (block->para.label)
			escaped(page->out, block->para.label);
		g_string_append(page->out, block->para.label ? " " : "");
		escaped(page->out, block->para.text);
		g_string_append(page->out, "</p>\n");
	}
}

static void
print_elements(Page *page)
{
	for (guint i = 0; i < page->doc->elements->len; i++) {
		const Element *element = &g_array_index(page->doc->elements, Element, i);
		g_string_append_printf(
			page->out, "<p style=\"margin-left:%dem\"><code>", MIN(element->depth, 20));
		escaped(page->out, element->name);
		g_string_append(page->out, "</code> ");
		escaped(page->out, element->text);
		g_string_append(page->out, "</p>\n");
	}
}

static void
print_document(Page *page)
{
	bool boxes = page->doc->pages->len > 0;
	for (guint i = 1; i <= page->doc->pages->len; i++)
		draw_page(page, (int)i);
	if (!boxes)
		print_blocks(page, page->doc->blocks);
	print_elements(page);
}

/* --- fields and steps --- */

/* The lines of the trace below a head: "field NAME", "records". */
static char *
steps_of(const Page *page, const char *what, const char *name)
{
	g_autofree char *head = g_strdup_printf("%s%s\n", what, name);
	const char *from = strstr(page->trace, head);
	if (!from)
		return g_strdup("");
	from += strlen(head);
	const char *to = from;
	while (g_str_has_prefix(to, "  ")) {
		to += strcspn(to, "\n");
		to += *to == '\n';
	}
	return g_strndup(from, (gsize)(to - from));
}

static const char *
label_of(const Page *page, const char *name)
{
	if (strcmp(name, "type-name") == 0) /* the rules of types give it, not a field's */
		return say(page, "loại văn bản", "type");
	for (guint i = 0; i < page->rules->fields->len; i++) {
		const FieldRule *rule = page->rules->fields->pdata[i];
		const char *label = page->vietnamese ? rule->label_vi : rule->label_en;
		if (label && strcmp(rule->name, name) == 0)
			return label;
	}
	return name;
}

static void
print_field(Page *page, const char *id, const Field *field)
{
	GString *out = page->out;
	bool record = strcmp(id, field->name) != 0;
	g_autofree char *steps = record ? g_strdup("") : steps_of(page, "field ", field->name);
	static const char *const states[] = { [FIELD_ABSENT] = "không có",
		[FIELD_FOUND] = "đọc được",
		[FIELD_INFERRED] = "suy ra",
		[FIELD_CONFLICT] = "mâu thuẫn",
		[FIELD_EDITED] = "đã sửa" };
	const char *state = field_state_name(field->state);
	bool box = box_known(field->place.box);
	g_autofree char *place = place_print(&field->place);
	g_string_append_printf(out, "<tr class=\"%s\"><th>", state);
	escaped(out, record ? id : label_of(page, id));
	g_string_append_printf(out, "</th><td>%s %.2f</td><td>",
		say(page, states[field->state], state), field->confidence);
	escaped(out, field->value);
	if (*place) {
		g_string_append_printf(out, " <a class=\"place\" href=\"#%s", box ? "" : "at-");
		escaped(out, box ? id : place);
		g_string_append(out, "\">");
		escaped(out, place);
		g_string_append(out, "</a>");
	}
	g_string_append(out, " <span class=\"rule\">");
	escaped(out, field->rule);
	g_string_append(out, "</span>");
	if (*steps) {
		g_string_append_printf(out, "<details%s><summary class=\"rule\">%s</summary><pre>",
			field->state == FIELD_ABSENT ? " open=\"open\"" : "",
			say(page, "các bước", "steps"));
		escaped(out, steps);
		g_string_append(out, "</pre></details>");
	}
	g_string_append(out, "</td></tr>\n");
}

static void
print_zones(Page *page)
{
	g_string_append_printf(
		page->out, "<h2>%s</h2><table>\n", say(page, "Các thành phần", "Zones"));
	for (int zone = 0; zone < ZONE_HEAD; zone++) {
		if (zone_count(page->zones, (Zone)zone) == 0)
			continue;
		g_autofree char *text = zone_text(page->zones, (Zone)zone, " ⏎ ");
		g_autofree char *start =
			g_utf8_substring(text, 0, MIN(160, g_utf8_strlen(text, -1)));
		g_string_append_printf(page->out, "<tr><th>%s</th><td>%.2f</td><td>",
			zone_name((Zone)zone), page->zones->confidence[zone]);
		escaped(page->out, start);
		g_string_append(page->out, " <span class=\"rule\">");
		escaped(page->out, page->zones->why[zone]);
		g_string_append(page->out, "</span></td></tr>\n");
	}
	g_string_append(page->out, "</table>\n");
}

static void
print_findings(Page *page)
{
	static const char *const words[][2] = {
		[SEVERITY_NOTE] = { "ghi chú", "note" },
		[SEVERITY_WARNING] = { "cảnh báo", "warning" },
		[SEVERITY_ERROR] = { "lỗi", "error" },
	};
	for (guint i = 0; i < page->reading->findings->len; i++) {
		const Finding *finding = page->reading->findings->pdata[i];
		const char *const *word = words[finding->severity];
		g_string_append_printf(
			page->out, "<p class=\"conflict\">%s: ", say(page, word[0], word[1]));
		escaped(page->out, finding_text(finding, say(page, "vi", "en")));
		g_string_append(page->out, "</p>\n");
	}
}

/* The part of the trace on the type of the document, until the first field. */
static void
print_evidence(Page *page)
{
	const char *from = strstr(page->trace, "document type\n");
	const char *to = from ? strstr(from, "\nfield ") : NULL;
	g_autofree char *evidence =
		from ? g_strndup(from, to ? (gsize)(to - from) : strlen(from)) : g_strdup("");
	g_string_append(page->out, "<pre>");
	escaped(page->out, evidence);
	g_string_append(page->out, "</pre>\n");
}

/* How many records each rule made, and why none. */
static void
print_record_steps(Page *page)
{
	g_autofree char *steps = steps_of(page, "\nrecords", "");
	g_string_append_printf(
		page->out, "<h2>%s</h2><pre>", say(page, "Bảng, danh sách", "Records"));
	escaped(page->out, steps);
	g_string_append(page->out, "</pre>\n");
}

char *
explain_page(const Work *work, const char *title, bool vietnamese, const GPtrArray *pictures)
{
	GString *out = g_string_new(NULL);
	Page page = { .out = out,
		.doc = work->doc,
		.zones = work->zones,
		.reading = work->reading,
		.rules = work->rules,
		.trace = work->trace->str,
		.pictures = pictures,
		.places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.vietnamese = vietnamese };
	g_string_append_printf(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
		"<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>");
	escaped(out, title);
	g_string_append_printf(out, "</title><style>%s</style></head><body><header><h1>", style);
	escaped(out, title);
	g_string_append_printf(out, "</h1>%s %.2f</header><main><section>\n",
		work->reading->type_name, work->reading->type_confidence);
	visit_fields(&page, note_place);
	print_document(&page);
	g_string_append(out, "</section><section>\n");
	print_findings(&page);
	g_string_append(out, "<table>\n");
	visit_fields(&page, print_field);
	g_string_append(out, "</table>\n");
	print_record_steps(&page);
	print_zones(&page);
	print_evidence(&page);
	g_string_append(out, "</section></main></body></html>\n");
	g_hash_table_unref(page.places);
	return g_string_free(out, FALSE);
}
