/* Building a Doc block by block, and walking through it. */
#include "document/doc.h"

#include "base/text.h"

#include <string.h>

static void
attachment_clear(gpointer data)
{
	Attachment *attachment = data;
	g_bytes_unref(attachment->bytes);
	g_free(attachment);
}

Doc *
doc_new(const char *format)
{
	Doc *doc = g_new0(Doc, 1);
	doc->arena = arena_new();
	doc->format = arena_strdup(doc->arena, format);
	doc->elements = g_array_new(FALSE, TRUE, sizeof(Element));
	doc->attachments = g_ptr_array_new_with_free_func(attachment_clear);
	doc->findings = findings_new();
	doc->signatures = signatures_new();
	doc->pages = g_array_new(FALSE, TRUE, sizeof(PageSize));
	doc->meta = g_hash_table_new(g_str_hash, g_str_equal);
	return doc;
}

void
doc_free(Doc *doc)
{
	if (!doc)
		return;
	g_array_unref(doc->elements);
	g_ptr_array_unref(doc->attachments);
	g_ptr_array_unref(doc->findings);
	g_ptr_array_unref(doc->signatures);
	g_array_unref(doc->pages);
	g_hash_table_unref(doc->meta);
	arena_free(doc->arena);
	g_free(doc);
}

const Finding *
doc_refusal(const Doc *doc)
{
	return findings_first_error(doc->findings, "decode/");
}

static Block *
add_block(Doc *doc, Block ***tail, BlockKind kind, Place place)
{
	Block *block = arena_new0(doc->arena, Block);
	block->kind = kind;
	block->place = place;
	block->place.part = arena_strdup(doc->arena, place.part);
	**tail = block;
	*tail = &block->next;
	return block;
}

Block *
doc_add_para(Doc *doc, Block ***tail, Place place)
{
	Block *para = add_block(doc, tail, BLOCK_PARA, place);
	para->para.text = "";
	return para;
}

/* Arrays in the arena grow by doubling: full exactly when the count is a power of two. */
static void *
grow(Arena *arena, void *array, int count, size_t item_size)
{
	if (count > 0 && (count & (count - 1)) != 0)
		return array;
	void *larger = arena_alloc(arena, item_size * (size_t)(count ? count * 2 : 1));
	if (count)
		memcpy(larger, array, item_size * (size_t)count);
	return larger;
}

void
doc_add_run(Doc *doc, Block *block, const Run *run)
{
	Para *para = &block->para;
	para->runs = grow(doc->arena, para->runs, para->n_runs, sizeof(Run));
	const char *font = para->n_runs ? para->runs[para->n_runs - 1].font : NULL;
	Run *copy = &para->runs[para->n_runs++];
	*copy = *run;
	copy->text = arena_strdup(doc->arena, run->text);
	copy->font = g_strcmp0(font, run->font) == 0 ? font : arena_strdup(doc->arena, run->font);
}

void
doc_end_para(Doc *doc, Block *block)
{
	Para *para = &block->para;
	size_t size = 0;
	if (para->n_runs == 1 && !(para->runs[0].flags & RUN_APART)) {
		para->text = para->runs[0].text;
		return;
	}
	for (int i = 0; i < para->n_runs; i++)
		size += strlen(para->runs[i].text);
	char *text = arena_alloc(doc->arena, size + 1), *end = text;
	for (int i = 0; i < para->n_runs; i++)
		if (!(para->runs[i].flags & RUN_APART))
			end = stpcpy(end, para->runs[i].text);
	para->text = text;
}

Block *
doc_add_table(Doc *doc, Block ***tail, Place place)
{
	return add_block(doc, tail, BLOCK_TABLE, place);
}

Cell *
doc_add_cell(Doc *doc, Block *block, int row, int column, int row_span, int column_span)
{
	Table *table = &block->table;
	table->cells = grow(doc->arena, table->cells, table->n_cells, sizeof(Cell));
	Cell *cell = &table->cells[table->n_cells++];
	*cell = (Cell){
		.row = row, .column = column, .row_span = row_span, .column_span = column_span
	};
	cell->place = block->place;
	cell->place.row = row;
	cell->place.column = column;
	return cell;
}

void
doc_end_table(Doc *doc, Block *block)
{
	(void)doc;
	Table *table = &block->table;
	for (int i = 0; i < table->n_cells; i++) {
		const Cell *cell = &table->cells[i];
		table->n_rows = MAX(table->n_rows, cell->row + cell->row_span - 1);
		table->n_columns = MAX(table->n_columns, cell->column + cell->column_span - 1);
	}
}

Block *
doc_add_page_break(Doc *doc, Block ***tail, Place place)
{
	return add_block(doc, tail, BLOCK_PAGE_BREAK, place);
}

void
doc_add_element(Doc *doc, const Element *element)
{
	int n = 0;
	while (element->attributes && element->attributes[n])
		n++;
	const char **attributes = arena_array(doc->arena, const char *, (size_t)n + 1);
	for (int i = 0; i < n; i++)
		attributes[i] = arena_strdup(doc->arena, element->attributes[i]);
	Element copy = *element;
	copy.name = arena_strdup(doc->arena, element->name);
	copy.text = arena_strdup(doc->arena, text_or_empty(element->text));
	copy.attributes = attributes;
	g_array_append_val(doc->elements, copy);
}

void
doc_add_attachment(Doc *doc, const char *name, const char *declared_type, GBytes *bytes)
{
	Attachment *attachment = g_new0(Attachment, 1);
	attachment->name = arena_strdup(doc->arena, text_or_empty(name));
	attachment->declared_type = arena_strdup(doc->arena, text_or_empty(declared_type));
	attachment->bytes = g_bytes_ref(bytes);
	g_ptr_array_add(doc->attachments, attachment);
}

void
doc_set_meta(Doc *doc, const char *name, const char *value)
{
	if (value && *value)
		g_hash_table_replace(
			doc->meta, arena_strdup(doc->arena, name), arena_strdup(doc->arena, value));
}

const char *
doc_peek_meta(const Doc *doc, const char *name)
{
	return text_or_empty(g_hash_table_lookup(doc->meta, name));
}

static Block *
copy_blocks(Arena *arena, const Block *blocks)
{
	Block *first = NULL, **tail = &first;
	for (; blocks; blocks = blocks->next, tail = &(*tail)->next) {
		Block *copy = *tail = arena_memdup(arena, blocks, sizeof *blocks);
		Para *para = &copy->para;
		Table *table = &copy->table;
		para->runs = arena_memdup(arena, para->runs, sizeof(Run) * (size_t)para->n_runs);
		table->cells =
			arena_memdup(arena, table->cells, sizeof(Cell) * (size_t)table->n_cells);
		for (int i = 0; i < table->n_cells; i++)
			table->cells[i].blocks = copy_blocks(arena, table->cells[i].blocks);
	}
	return first;
}

Doc *
doc_copy_blocks(const Doc *doc)
{
	Doc *copy = g_new(Doc, 1);
	*copy = *doc;
	copy->arena = arena_new();
	copy->blocks = copy_blocks(copy->arena, doc->blocks);
	g_array_ref(copy->elements);
	g_ptr_array_ref(copy->attachments);
	g_ptr_array_ref(copy->findings);
	g_ptr_array_ref(copy->signatures);
	g_array_ref(copy->pages);
	g_hash_table_ref(copy->meta);
	return copy;
}

static bool
visit_blocks(const Block *blocks, const Block *table, const Cell *cell, DocVisit visit, void *user)
{
	for (const Block *block = blocks; block; block = block->next) {
		if (block->kind == BLOCK_PARA && !visit(block, table, cell, user))
			return false;
		for (int i = 0; block->kind == BLOCK_TABLE && i < block->table.n_cells; i++) {
			const Cell *inner = &block->table.cells[i];
			if (!visit_blocks(inner->blocks, block, inner, visit, user))
				return false;
		}
	}
	return true;
}

bool
doc_visit_paras(const Block *blocks, DocVisit visit, void *user)
{
	return visit_blocks(blocks, NULL, NULL, visit, user);
}

static bool
add_line(const Block *para, const Block *table, const Cell *cell, void *user)
{
	(void)table, (void)cell;
	GString *out = user;
	if (para->para.label)
		g_string_append_printf(out, "%s ", para->para.label);
	g_string_append_printf(out, "%s\n", para->para.text);
	return true;
}

char *
doc_text(const Doc *doc)
{
	GString *out = g_string_new(NULL);
	doc_visit_paras(doc->blocks, add_line, out);
	for (guint i = 0; !doc->blocks && i < doc->elements->len; i++) {
		const Element *element = &g_array_index(doc->elements, Element, i);
		if (*element->text)
			g_string_append_printf(out, "%s\n", element->text);
	}
	return g_string_free(out, FALSE);
}

char *
doc_words(const Doc *doc)
{
	g_autofree char *body = doc_text(doc);
	GString *out = g_string_new(body);
	doc_visit_paras(doc->notes, add_line, out);
	return g_string_free(out, FALSE);
}
