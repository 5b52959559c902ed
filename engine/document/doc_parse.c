/*
 * Reads the wire form of a Doc (doc_print.c) that a helper sent back, as untrusted input: every
 * line must be one that doc_print writes, strings must be UTF-8, and all is counted against the
 * limits.
 */
#include "document/doc.h"

#include "base/tenths.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 64 };

/* Where the next block goes: the body, a cell, the notes. */
typedef struct {
	Block **tail;
	Block *table; /* the table that is open here, or NULL */
} Level;

typedef struct {
	const char *data, *end; /* what is not yet read */
	const char *p;          /* in the line */
	GString *line;          /* the line being read */
	int line_number, blocks;
	size_t text_bytes;
	const Limits *limits;
	Doc *doc;
	Level levels[MAX_DEPTH];
	int depth;
	Block *para; /* that runs are added to, or NULL */
	bool done;
	GError **err;
} Parser;

static bool
wrong(Parser *parser, const char *what)
{
	return fail(parser->err, ERR_FORMAT, _("document tree, line %d: %s"), parser->line_number,
		what);
}

static bool
skip_space(Parser *parser)
{
	if (*parser->p != ' ')
		return false;
	parser->p++;
	return true;
}

static bool
read_int(Parser *parser, int min, int max, int *ret)
{
	char *end;
	if (!skip_space(parser) || !(g_ascii_isdigit(*parser->p) || *parser->p == '-'))
		return wrong(parser, "a number was expected");
	long number = strtol(parser->p, &end, 10);
	if (number < min || number > max)
		return wrong(parser, "a number is out of range");
	parser->p = end;
	*ret = (int)number;
	return true;
}

static bool
read_double(Parser *parser, double *ret)
{
	char *end;
	if (!skip_space(parser))
		return wrong(parser, "a number was expected");
	double number = tenths_read(parser->p, &end);
	if (end == parser->p || !(number > -1e7 && number < 1e7))
		return wrong(parser, "a number is out of range");
	parser->p = end;
	*ret = number;
	return true;
}

/* Copies what is quoted, without its escapes. */
static void
unescape(const char *p, const char *end, char *out)
{
	const char *escape;
	while ((escape = memchr(p, '\\', (size_t)(end - p)))) {
		out = mempcpy(out, p, (size_t)(escape - p));
		*out++ = escape[1] == 'n' ? '\n' : escape[1] == 't' ? '\t' : escape[1];
		p = escape + 2;
	}
	memcpy(out, p, (size_t)(end - p));
}

/* A quoted string, unescaped into the arena. */
static bool
read_text(Parser *parser, const char **ret)
{
	if (!skip_space(parser) || *parser->p != '"')
		return wrong(parser, "a string was expected");
	const char *p = parser->p + 1;
	const char *close = p + strcspn(p, "\"\\");
	while (*close == '\\' && close[1])
		close += 2 + strcspn(close + 2, "\"\\");
	if (*close != '"')
		return wrong(parser, "a string does not end");
	size_t room = (size_t)(close - p) + 1;
	parser->text_bytes += room;
	if (parser->text_bytes > parser->limits->text_bytes)
		return fail(parser->err, ERR_LIMIT, _("document tree: too much text"));
	char *text = arena_alloc(parser->doc->arena, room);
	unescape(p, close, text);
	parser->p = close + 1;
	*ret = text;
	return true;
}

static bool
read_place(Parser *parser, Place *ret)
{
	const char *text;
	if (!read_text(parser, &text))
		return false;
	return place_parse(text, parser->doc->arena, ret) || wrong(parser, "no such place");
}

static bool
at_word(Parser *parser, const char *word)
{
	if (!g_str_has_prefix(parser->p, word))
		return false;
	parser->p += strlen(word);
	return true;
}

static bool
count_block(Parser *parser)
{
	if (++parser->blocks > parser->limits->blocks)
		return fail(parser->err, ERR_LIMIT, _("document tree: too many blocks"));
	return true;
}

static void
close_para(Parser *parser)
{
	if (parser->para)
		doc_end_para(parser->doc, parser->para);
	parser->para = NULL;
}

/* Blocks may stand in the body, in a cell and in the notes, but not between the cells of a table.
 */
static bool
may_hold_block(Parser *parser)
{
	if (parser->levels[parser->depth].table)
		return wrong(parser, "a block between cells");
	return count_block(parser);
}

static bool
parse_para(Parser *parser)
{
	Place place = { 0 };
	if (!may_hold_block(parser) || !read_place(parser, &place))
		return false;
	Block *block = doc_add_para(parser->doc, &parser->levels[parser->depth].tail, place);
	static const char *const aligns[] = { " align=left", " align=center", " align=right",
		" align=justify" };
	for (size_t i = 0; i < G_N_ELEMENTS(aligns); i++)
		if (at_word(parser, aligns[i]))
			block->para.align = (Align)i;
	if (at_word(parser, " level") && !read_int(parser, 0, 1000, &block->para.level))
		return false;
	if (at_word(parser, " label") && !read_text(parser, &block->para.label))
		return false;
	parser->para = block;
	return true;
}

static bool
parse_run(Parser *parser)
{
	static const char letters[] = "biuchln";
	if (!parser->para)
		return wrong(parser, "a run outside of a paragraph");
	if (!count_block(parser) || !skip_space(parser))
		return wrong(parser, "flags were expected");
	Run run = { 0 };
	for (; *parser->p && *parser->p != ' '; parser->p++) {
		const char *letter = strchr(letters, *parser->p);
		if (letter)
			run.flags |= 1u << (letter - letters);
		else if (*parser->p != '-')
			return wrong(parser, "an unknown flag");
	}
	Place place = { 0 };
	if (!read_double(parser, &run.size_pt) || !read_text(parser, &run.font) ||
		!read_place(parser, &place) || !read_text(parser, &run.text))
		return false;
	if (at_word(parser, " doubt") && !read_int(parser, 1, 100, &run.doubt))
		return false;
	run.box = place.box;
	if (!*run.font)
		run.font = NULL;
	doc_add_run(parser->doc, parser->para, &run);
	return true;
}

static bool
push(Parser *parser, Level level)
{
	if (parser->depth + 1 >= MAX_DEPTH)
		return fail(parser->err, ERR_LIMIT, _("document tree: nested too deep"));
	parser->levels[++parser->depth] = level;
	return true;
}

static bool
parse_table(Parser *parser)
{
	Place place = { 0 };
	if (!may_hold_block(parser) || !read_place(parser, &place))
		return false;
	Block *table = doc_add_table(parser->doc, &parser->levels[parser->depth].tail, place);
	table->table.layout = at_word(parser, " layout");
	return push(parser, (Level){ .table = table });
}

static bool
parse_cell(Parser *parser)
{
	Block *table = parser->levels[parser->depth].table;
	if (!table)
		return wrong(parser, "a cell outside of a table");
	int row, column, row_span, column_span;
	Place place = { 0 };
	if (!count_block(parser) || !read_int(parser, 1, 1000000, &row) ||
		!read_int(parser, 1, 10000, &column) || !read_int(parser, 1, 1000000, &row_span) ||
		!read_int(parser, 1, 10000, &column_span) || !read_place(parser, &place))
		return false;
	Cell *cell = doc_add_cell(parser->doc, table, row, column, row_span, column_span);
	cell->place = place;
	return push(parser, (Level){ .tail = &cell->blocks });
}

/* Of a cell, of a table, or of the whole. */
static bool
parse_end(Parser *parser)
{
	if (parser->depth == 0) {
		parser->done = true;
		return true;
	}
	if (parser->levels[parser->depth].table)
		doc_end_table(parser->doc, parser->levels[parser->depth].table);
	parser->depth--;
	return true;
}

static bool
parse_break(Parser *parser)
{
	Place place = { 0 };
	if (!may_hold_block(parser) || !read_place(parser, &place))
		return false;
	doc_add_page_break(parser->doc, &parser->levels[parser->depth].tail, place);
	return true;
}

static bool
parse_notes(Parser *parser)
{
	if (parser->depth || parser->doc->notes)
		return wrong(parser, "notes in a wrong place");
	parser->levels[0].tail = &parser->doc->notes;
	return true;
}

static bool
parse_meta(Parser *parser)
{
	const char *name, *value;
	if (!count_block(parser) || !read_text(parser, &name) || !read_text(parser, &value))
		return false;
	doc_set_meta(parser->doc, name, value);
	return true;
}

static bool
parse_page(Parser *parser)
{
	PageSize page;
	if (!count_block(parser) || !read_double(parser, &page.width_pt) ||
		!read_double(parser, &page.height_pt))
		return false;
	g_array_append_val(parser->doc->pages, page);
	return true;
}

static bool
parse_element(Parser *parser)
{
	Element element = { 0 };
	if (!count_block(parser) || !read_int(parser, 0, parser->limits->depth, &element.depth) ||
		!read_int(parser, 0, G_MAXINT, &element.line) ||
		!read_text(parser, &element.name) || !read_text(parser, &element.text))
		return false;
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	while (*parser->p) {
		const char *word;
		if (!count_block(parser) || !read_text(parser, &word))
			return false;
		g_ptr_array_add(words, (void *)word);
	}
	if (words->len % 2)
		return wrong(parser, "an attribute without a value");
	g_ptr_array_add(words, NULL);
	element.attributes = (const char *const *)words->pdata;
	doc_add_element(parser->doc, &element);
	return true;
}

/* The bytes follow the line, then a newline. */
static bool
parse_attachment(Parser *parser)
{
	const char *name, *type;
	if (!count_block(parser) || !read_text(parser, &name) || !read_text(parser, &type) ||
		!skip_space(parser))
		return wrong(parser, "an attachment was expected");
	char *end;
	guint64 size = g_ascii_strtoull(parser->p, &end, 10);
	if (end == parser->p || size > parser->limits->total_bytes ||
		size >= (size_t)(parser->end - parser->data) || parser->data[size] != '\n')
		return wrong(parser, "an attachment is cut off");
	g_autoptr(GBytes) bytes = g_bytes_new(parser->data, size);
	parser->data += size + 1;
	parser->p = end + strlen(end);
	doc_add_attachment(parser->doc, name, type, bytes);
	return true;
}

static bool
parse_finding(Parser *parser)
{
	if (!count_block(parser) || !skip_space(parser))
		return wrong(parser, "a finding was expected");
	g_autofree char *name = g_strndup(parser->p, strcspn(parser->p, " "));
	parser->p += strlen(name);
	Severity severity;
	const char *id, *vi, *en, *source;
	Place place = { 0 };
	if (!severity_parse(name, &severity))
		return wrong(parser, "an unknown severity");
	if (!read_text(parser, &id) || !read_place(parser, &place) || !read_text(parser, &vi) ||
		!read_text(parser, &en) || !read_text(parser, &source))
		return false;
	g_ptr_array_add(parser->doc->findings,
		finding_custom(id, severity, &place, vi, en, *source ? source : NULL));
	return true;
}

/* Pairs of name and value; a word that is none of its value's words is refused. */
static bool
parse_signature(Parser *parser)
{
	if (!count_block(parser))
		return false;
	Signature *signature = signature_new();
	g_ptr_array_add(parser->doc->signatures, signature);
	while (*parser->p) {
		const char *name, *text;
		SignatureValue value;
		if (!read_text(parser, &name) || !read_text(parser, &text))
			return false;
		if (!signature_value_parse(name, &value) || !signature_set(signature, value, text))
			return wrong(parser, "an unknown value of a signature");
	}
	return true;
}

static const struct {
	const char *word;
	bool (*parse)(Parser *parser);
} line_kinds[] = {
	{ "run", parse_run },
	{ "para", parse_para },
	{ "cell", parse_cell },
	{ "end", parse_end },
	{ "table", parse_table },
	{ "break", parse_break },
	{ "notes", parse_notes },
	{ "element", parse_element },
	{ "meta", parse_meta },
	{ "page", parse_page },
	{ "attachment", parse_attachment },
	{ "signature", parse_signature },
	{ "finding", parse_finding },
};

static bool
next_line(Parser *parser)
{
	const char *newline = memchr(parser->data, '\n', (size_t)(parser->end - parser->data));
	parser->line_number++;
	if (!newline)
		return wrong(parser, "cut off");
	g_string_truncate(parser->line, 0);
	g_string_append_len(parser->line, parser->data, newline - parser->data);
	if (!g_utf8_validate(parser->line->str, (gssize)parser->line->len, NULL))
		return wrong(parser, "no valid text");
	parser->p = parser->line->str;
	parser->data = newline + 1;
	return true;
}

static bool
parse_line(Parser *parser)
{
	size_t size = strcspn(parser->p, " ");
	for (size_t i = 0; i < G_N_ELEMENTS(line_kinds); i++) {
		const char *word = line_kinds[i].word;
		if (*word != *parser->p || strlen(word) != size ||
			memcmp(word, parser->p, size) != 0)
			continue;
		if (line_kinds[i].parse != parse_run)
			close_para(parser);
		parser->p += size;
		if (!line_kinds[i].parse(parser))
			return false;
		return !*parser->p || wrong(parser, "more than was expected");
	}
	return wrong(parser, "an unknown line");
}

static bool
parse_first_line(Parser *parser)
{
	if (!next_line(parser))
		return false;
	g_auto(GStrv) words = g_strsplit(parser->line->str, " ", -1);
	if (g_strv_length(words) != 3 || strcmp(words[0], "doc") != 0 || strcmp(words[2], "1") != 0)
		return wrong(parser, "no document tree");
	parser->doc = doc_new(words[1]);
	parser->levels[0].tail = &parser->doc->blocks;
	return true;
}

Doc *
doc_parse(const char *data, size_t size, const Limits *limits, GError **err)
{
	Parser parser = { .data = data, .end = data + size, .limits = limits, .err = err };
	parser.line = g_string_new(NULL);
	bool good = parse_first_line(&parser);
	while (good && !parser.done)
		good = next_line(&parser) && parse_line(&parser);
	g_string_free(parser.line, TRUE);
	if (good && parser.data != parser.end)
		good = wrong(&parser, "more after the end");
	if (!good)
		g_clear_pointer(&parser.doc, doc_free);
	return parser.doc;
}
