/*
 * A Doc as lines of text: the debugging view, the golden format and the wire format in one.
 *
 *	doc docx 1                                    format, version of this form
 *	meta "title" "…"
 *	page 595.3 841.9
 *	para "p1 n1 @72.0,90.5,240.0,104.2" align=center level 1 label "1."
 *	run bi 13.0 "Times New Roman" "@…" "text"     flags ("-" = none), size, font, box; text
 *	                                              recognised on a picture: doubt 12 behind it
 *	table "t1" layout
 *	cell 1 2 1 1 "t1 r1 c2"                       row, column, row span, column span
 *	end                                           of a cell, of a table
 *	break "p2"
 *	notes                                         what follows is not the body
 *	element 0 12 "name" "text" "attribute" "value" …
 *	attachment "name" "type" SIZE SHA256          SHA256 is "-" on the wire, where
 *	                                              the bytes and a newline follow
 *	signature "integrity" "intact" "signer" "…" … values that are not empty
 *	finding warning "id" "place" "vi" "en" "source"
 *	end
 *
 * Strings are quoted, with \" \\ \n \t escaped. doc_parse.c reads it back.
 */
#include "document/doc.h"

#include "base/tenths.h"
#include "base/text.h"

#include <string.h>

static void
quote(GString *out, const char *text)
{
	static const char special[] = "\"\\\n\t";
	g_string_append(out, " \"");
	for (const char *p = text_or_empty(text); *p;) {
		size_t plain = strcspn(p, special);
		g_string_append_len(out, p, (gssize)plain);
		p += plain;
		if (!*p)
			break;
		g_string_append_c(out, '\\');
		g_string_append_c(out, *p == '\n' ? 'n' : *p == '\t' ? 't' : *p);
		p++;
	}
	g_string_append_c(out, '"');
}

static void
quote_place(GString *out, const Place *place)
{
	if (place->part) {
		g_autofree char *text = place_print(place);
		quote(out, text);
		return;
	}
	g_string_append(out, " \"");
	place_append(place, out); /* nothing in it has to be escaped but the name of a part */
	g_string_append_c(out, '"');
}

static void
number(GString *out, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];
	g_string_append_c(out, ' ');
	g_string_append(out, tenths_print(value, text));
}

/* None is negative. */
static void
whole(GString *out, int value)
{
	char digits[12], *p = digits + sizeof digits;
	do
		*--p = (char)('0' + value % 10);
	while ((value /= 10) > 0);
	*--p = ' ';
	g_string_append_len(out, p, digits + sizeof digits - p);
}

static void
print_run(const Run *run, GString *out)
{
	static const char letters[] = "biuchln"; /* in the order of RunFlags */
	g_string_append(out, "run ");
	for (int i = 0; letters[i]; i++)
		if (run->flags & (1u << i))
			g_string_append_c(out, letters[i]);
	if (!run->flags)
		g_string_append_c(out, '-');
	number(out, run->size_pt);
	quote(out, run->font);
	quote_place(out, &(Place){ .box = run->box });
	quote(out, run->text);
	if (run->doubt) {
		g_string_append(out, " doubt");
		whole(out, run->doubt);
	}
	g_string_append_c(out, '\n');
}

static void
print_para(const Block *block, GString *out)
{
	static const char *const aligns[] = { "left", "center", "right", "justify" };
	const Para *para = &block->para;
	g_string_append(out, "para");
	quote_place(out, &block->place);
	if (para->align != ALIGN_LEFT)
		g_string_append_printf(out, " align=%s", aligns[para->align]);
	if (para->level) {
		g_string_append(out, " level");
		whole(out, para->level);
	}
	if (para->label) {
		g_string_append(out, " label");
		quote(out, para->label);
	}
	g_string_append_c(out, '\n');
	for (int i = 0; i < para->n_runs; i++)
		print_run(&para->runs[i], out);
}

static void print_blocks(const Block *blocks, GString *out);

static void
print_table(const Block *block, GString *out)
{
	const Table *table = &block->table;
	g_string_append(out, "table");
	quote_place(out, &block->place);
	g_string_append(out, table->layout ? " layout\n" : "\n");
	for (int i = 0; i < table->n_cells; i++) {
		const Cell *cell = &table->cells[i];
		g_string_append(out, "cell");
		whole(out, cell->row);
		whole(out, cell->column);
		whole(out, cell->row_span);
		whole(out, cell->column_span);
		quote_place(out, &cell->place);
		g_string_append_c(out, '\n');
		print_blocks(cell->blocks, out);
		g_string_append(out, "end\n");
	}
	g_string_append(out, "end\n");
}

static void
print_blocks(const Block *blocks, GString *out)
{
	for (const Block *block = blocks; block; block = block->next) {
		if (block->kind == BLOCK_PARA) {
			print_para(block, out);
		} else if (block->kind == BLOCK_TABLE) {
			print_table(block, out);
		} else {
			g_string_append(out, "break");
			quote_place(out, &block->place);
			g_string_append_c(out, '\n');
		}
	}
}

static void
print_meta(const Doc *doc, GString *out)
{
	g_autoptr(GList) names =
		g_list_sort(g_hash_table_get_keys(doc->meta), (GCompareFunc)strcmp);
	for (GList *item = names; item; item = item->next) {
		g_string_append(out, "meta");
		quote(out, item->data);
		quote(out, g_hash_table_lookup(doc->meta, item->data));
		g_string_append_c(out, '\n');
	}
	for (guint i = 0; i < doc->pages->len; i++) {
		const PageSize *page = &g_array_index(doc->pages, PageSize, i);
		g_string_append(out, "page");
		number(out, page->width_pt);
		number(out, page->height_pt);
		g_string_append_c(out, '\n');
	}
}

static void
print_elements(const Doc *doc, GString *out)
{
	for (guint i = 0; i < doc->elements->len; i++) {
		const Element *element = &g_array_index(doc->elements, Element, i);
		g_string_append(out, "element");
		whole(out, element->depth);
		whole(out, element->line);
		quote(out, element->name);
		quote(out, element->text);
		for (const char *const *word = element->attributes; word && *word; word++)
			quote(out, *word);
		g_string_append_c(out, '\n');
	}
}

static void
print_attachments(const Doc *doc, DocPrintMode mode, GString *out)
{
	for (guint i = 0; i < doc->attachments->len; i++) {
		const Attachment *attachment = g_ptr_array_index(doc->attachments, i);
		gsize size;
		const char *data = g_bytes_get_data(attachment->bytes, &size);
		g_autofree char *sha256 = mode == DOC_PRINT_WIRE
			? g_strdup("-")
			: g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, attachment->bytes);
		g_string_append(out, "attachment");
		quote(out, attachment->name);
		quote(out, attachment->declared_type);
		g_string_append_printf(out, " %zu %s\n", (size_t)size, sha256);
		if (mode == DOC_PRINT_WIRE) {
			g_string_append_len(out, data, (gssize)size);
			g_string_append_c(out, '\n');
		}
	}
}

static void
print_signatures(const Doc *doc, GString *out)
{
	for (guint i = 0; i < doc->signatures->len; i++) {
		const Signature *signature = g_ptr_array_index(doc->signatures, i);
		g_string_append(out, "signature");
		for (int value = 0; value < SIGNATURE_VALUES; value++) {
			const char *text = signature_value(signature, (SignatureValue)value);
			if (!*text)
				continue;
			quote(out, signature_value_name((SignatureValue)value));
			quote(out, text);
		}
		g_string_append_c(out, '\n');
	}
}

static void
print_findings(const Doc *doc, GString *out)
{
	for (guint i = 0; i < doc->findings->len; i++) {
		const Finding *finding = g_ptr_array_index(doc->findings, i);
		g_string_append_printf(out, "finding %s", severity_name(finding->severity));
		quote(out, finding->id);
		quote_place(out, &finding->place);
		quote(out, finding->vi);
		quote(out, finding->en);
		quote(out, finding->source);
		g_string_append_c(out, '\n');
	}
}

void
doc_print(const Doc *doc, DocPrintMode mode, GString *out)
{
	g_string_append_printf(out, "doc %s 1\n", doc->format);
	print_meta(doc, out);
	print_blocks(doc->blocks, out);
	if (doc->notes) {
		g_string_append(out, "notes\n");
		print_blocks(doc->notes, out);
	}
	print_elements(doc, out);
	print_attachments(doc, mode, out);
	print_signatures(doc, out);
	print_findings(doc, out);
	g_string_append(out, "end\n");
}
