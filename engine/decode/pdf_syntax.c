/* PDF bytes -> values with their places. */
#include "decode/pdf_syntax.h"

#include <string.h>

static bool
is_space(int c)
{
	return c == 0 || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

static bool
is_delimiter(int c)
{
	return c && strchr("()<>[]{}/%", c);
}

static bool
is_regular(int c)
{
	return !is_space(c) && !is_delimiter(c);
}

/* The byte at the cursor, or -1 at the end. */
static int
peek(const PdfLexer *lexer)
{
	return lexer->at < lexer->size ? lexer->data[lexer->at] : -1;
}

static int
peek_next(const PdfLexer *lexer)
{
	return lexer->at + 1 < lexer->size ? lexer->data[lexer->at + 1] : -1;
}

void
pdf_skip_space(PdfLexer *lexer)
{
	for (int c; (c = peek(lexer)) >= 0;) {
		if (c == '%') {
			while ((c = peek(lexer)) >= 0 && c != '\n' && c != '\r')
				lexer->at++;
		} else if (is_space(c)) {
			lexer->at++;
		} else {
			break;
		}
	}
}

bool
pdf_take_word(PdfLexer *lexer, const char *word)
{
	size_t size = strlen(word);
	pdf_skip_space(lexer);
	if (lexer->size - lexer->at < size || memcmp(lexer->data + lexer->at, word, size) != 0)
		return false;
	if (lexer->at + size < lexer->size && is_regular(lexer->data[lexer->at + size]))
		return false;
	lexer->at += size;
	return true;
}

bool
pdf_take_integer(PdfLexer *lexer, int64_t *ret)
{
	pdf_skip_space(lexer);
	size_t at = lexer->at;
	int64_t number = 0;
	for (; at < lexer->size && g_ascii_isdigit(lexer->data[at]); at++) {
		if (at - lexer->at > 15)
			return false;
		number = number * 10 + (lexer->data[at] - '0');
	}
	if (at == lexer->at || (at < lexer->size && is_regular(lexer->data[at])))
		return false;
	lexer->at = at;
	*ret = number;
	return true;
}

/* ---- strings and names --------------------------------------------------------------------- */

static void
parse_name(PdfLexer *lexer, PdfValue *ret)
{
	size_t from = ++lexer->at;
	while (lexer->at < lexer->size && is_regular(lexer->data[lexer->at]))
		lexer->at++;
	size_t size = lexer->at - from;
	ret->kind = PDF_NAME;
	ret->text = lexer->data + from;
	ret->size = size;
	if (!memchr(ret->text, '#', size))
		return;
	unsigned char *text = arena_alloc(lexer->arena, size + 1);
	size_t n = 0;
	for (size_t i = 0; i < size; i++) {
		int high = ret->text[i] == '#' && i + 2 < size
			? g_ascii_xdigit_value((char)ret->text[i + 1])
			: -1;
		int low = high >= 0 ? g_ascii_xdigit_value((char)ret->text[i + 2]) : -1;
		text[n++] = low >= 0 ? (unsigned char)(high * 16 + low) : ret->text[i];
		i += low >= 0 ? 2 : 0;
	}
	ret->text = text;
	ret->size = n;
}

static bool
parse_hex_string(PdfLexer *lexer, PdfValue *ret)
{
	const unsigned char *end = memchr(lexer->data + lexer->at, '>', lexer->size - lexer->at);
	if (!end)
		return false;
	size_t close = (size_t)(end - lexer->data);
	unsigned char *text = arena_alloc(lexer->arena, (close - lexer->at) / 2 + 1);
	size_t digits = 0;
	for (size_t i = lexer->at + 1; i < close; i++) {
		int value = g_ascii_xdigit_value((char)lexer->data[i]);
		if (value < 0 && !is_space(lexer->data[i]))
			return false;
		if (value >= 0) {
			text[digits / 2] |= (unsigned char)(digits % 2 ? value : value * 16);
			digits++;
		}
	}
	lexer->at = close + 1;
	*ret = (PdfValue){ .kind = PDF_STRING,
		.hex = true,
		.text = text,
		.size = (digits + 1) / 2,
		.start = ret->start };
	return true;
}

/* After a backslash; false when nothing is to be added (a line goes on). */
static bool
escaped(PdfLexer *lexer, unsigned char *ret)
{
	static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
	int c = peek(lexer);
	const char *known = c > 0 ? strchr(from, c) : NULL;
	int value = 0, digits = 0;
	for (; digits < 3 && (c = peek(lexer)) >= '0' && c <= '7'; digits++) {
		value = value * 8 + (c - '0');
		lexer->at++;
	}
	if (digits) {
		*ret = (unsigned char)value;
		return true;
	}
	lexer->at++;
	if (c == '\r' && peek(lexer) == '\n')
		lexer->at++;
	*ret = known ? (unsigned char)to[known - from] : (unsigned char)c;
	return c != '\r' && c != '\n';
}

static bool
parse_string(PdfLexer *lexer, PdfValue *ret)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	int open = 1;
	lexer->at++;
	while (open) {
		int c = peek(lexer);
		if (c < 0)
			return false;
		lexer->at++;
		unsigned char byte = (unsigned char)c;
		bool add = true;
		if (c == '\\')
			add = escaped(lexer, &byte);
		else if (c == '(')
			open++;
		else if (c == ')')
			add = --open > 0;
		if (add)
			g_byte_array_append(bytes, &byte, 1);
	}
	unsigned char *text = arena_alloc(lexer->arena, bytes->len + 1);
	if (bytes->len)
		memcpy(text, bytes->data, bytes->len);
	ret->kind = PDF_STRING;
	ret->text = text;
	ret->size = bytes->len;
	return true;
}

/* ---- numbers, references, words ------------------------------------------------------------ */

/* "12 0 R" and nothing else; the cursor stays when it is no reference. */
static bool
take_reference(PdfLexer *lexer, double *ret)
{
	PdfLexer ahead = *lexer;
	int64_t number, generation;
	if (!pdf_take_integer(&ahead, &number) || !pdf_take_integer(&ahead, &generation) ||
		!pdf_take_word(&ahead, "R"))
		return false;
	lexer->at = ahead.at;
	*ret = (double)number;
	return true;
}

static bool
take_number(PdfLexer *lexer, double *ret)
{
	char text[32];
	size_t n = 0;
	for (int c; (c = peek(lexer)) > 0 && is_regular(c) && n < sizeof text - 1; lexer->at++) {
		if (!g_ascii_isdigit(c) && !strchr("+-.", c))
			return false;
		text[n++] = (char)c;
	}
	text[n] = '\0';
	*ret = g_ascii_strtod(text, NULL);
	return n > 0;
}

static bool
parse_word(PdfLexer *lexer, PdfValue *ret)
{
	static const struct {
		const char *word;
		PdfKind kind;
		double number;
	} words[] = { { "true", PDF_BOOL, 1 }, { "false", PDF_BOOL, 0 }, { "null", PDF_NULL, 0 } };
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (!pdf_take_word(lexer, words[i].word))
			continue;
		ret->kind = words[i].kind;
		ret->number = words[i].number;
		return true;
	}
	ret->kind = take_reference(lexer, &ret->number) ? PDF_REFERENCE : PDF_NUMBER;
	return ret->kind == PDF_REFERENCE || take_number(lexer, &ret->number);
}

/* ---- arrays and dictionaries --------------------------------------------------------------- */

static bool
parse_items(PdfLexer *lexer, const char *close, PdfValue *ret)
{
	g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(PdfValue));
	size_t size = strlen(close);
	for (;;) {
		pdf_skip_space(lexer);
		if (lexer->size - lexer->at >= size &&
			memcmp(lexer->data + lexer->at, close, size) == 0)
			break;
		PdfValue item;
		if (!pdf_parse_value(lexer, &item))
			return false;
		g_array_append_val(items, item);
	}
	lexer->at += size;
	ret->n_items = items->len;
	ret->items = arena_array(lexer->arena, PdfValue, items->len + 1);
	if (items->len)
		memcpy(ret->items, items->data, items->len * sizeof(PdfValue));
	return true;
}

static bool
parse_dict(PdfLexer *lexer, PdfValue *ret)
{
	ret->kind = PDF_DICT;
	lexer->at += 2;
	if (!parse_items(lexer, ">>", ret) || ret->n_items % 2)
		return false;
	for (size_t i = 0; i < ret->n_items; i += 2)
		if (ret->items[i].kind != PDF_NAME)
			return false;
	return true;
}

static bool
parse_array(PdfLexer *lexer, PdfValue *ret)
{
	ret->kind = PDF_ARRAY;
	lexer->at++;
	return parse_items(lexer, "]", ret);
}

static bool
parse_any(PdfLexer *lexer, PdfValue *ret)
{
	switch (peek(lexer)) {
	case -1:
		return false;
	case '/':
		parse_name(lexer, ret);
		return true;
	case '(':
		return parse_string(lexer, ret);
	case '[':
		return parse_array(lexer, ret);
	case '<':
		return peek_next(lexer) == '<' ? parse_dict(lexer, ret)
					       : parse_hex_string(lexer, ret);
	default:
		return parse_word(lexer, ret);
	}
}

bool
pdf_parse_value(PdfLexer *lexer, PdfValue *ret)
{
	if (lexer->depth >= PDF_MAX_DEPTH || --*lexer->budget < 0)
		return false;
	pdf_skip_space(lexer);
	size_t start = lexer->at;
	*ret = (PdfValue){ .start = start };
	lexer->depth++;
	bool good = parse_any(lexer, ret);
	lexer->depth--;
	ret->end = lexer->at;
	return good;
}

/* ---- objects ------------------------------------------------------------------------------- */

bool
pdf_parse_object(PdfLexer *lexer, int64_t *ret_number, PdfValue *ret, bool *ret_stream)
{
	int64_t generation;
	*ret_stream = false;
	if (!pdf_take_integer(lexer, ret_number) || !pdf_take_integer(lexer, &generation) ||
		!pdf_take_word(lexer, "obj"))
		return false;
	if (pdf_take_word(lexer, "endobj")) { /* an empty object is null */
		*ret = (PdfValue){ .start = lexer->at, .end = lexer->at };
		return true;
	}
	if (!pdf_parse_value(lexer, ret))
		return false;
	if (ret->kind == PDF_DICT && pdf_take_word(lexer, "stream")) {
		if (peek(lexer) == '\r')
			lexer->at++;
		if (peek(lexer) == '\n')
			lexer->at++;
		*ret_stream = true;
	}
	return true;
}

bool
pdf_is_name(const PdfValue *value, const char *name)
{
	return value && value->kind == PDF_NAME && value->size == strlen(name) &&
		memcmp(value->text, name, value->size) == 0;
}

bool
pdf_is_integer(const PdfValue *value)
{
	return value && value->kind == PDF_NUMBER && value->number > -1e15 &&
		value->number < 1e15 && value->number == (double)(int64_t)value->number;
}

static bool
has_items(const PdfValue *dict)
{
	return dict && (dict->kind == PDF_DICT || dict->kind == PDF_STREAM);
}

const PdfValue *
pdf_peek(const PdfValue *dict, const char *key)
{
	for (size_t i = has_items(dict) ? dict->n_items : 0; i >= 2; i -= 2)
		if (pdf_is_name(&dict->items[i - 2], key))
			return &dict->items[i - 1];
	return NULL;
}

int
pdf_count_key(const PdfValue *dict, const char *key)
{
	int count = 0;
	for (size_t i = 0; has_items(dict) && i < dict->n_items; i += 2)
		count += pdf_is_name(&dict->items[i], key);
	return count;
}

size_t
pdf_find(const unsigned char *data, size_t size, size_t from, const char *word)
{
	if (from >= size)
		return size;
	const unsigned char *found = memmem(data + from, size - from, word, strlen(word));
	return found ? (size_t)(found - data) : size;
}

size_t
pdf_find_last(const unsigned char *data, size_t before, const char *word)
{
	size_t size = strlen(word);
	for (size_t at = before >= size ? before - size + 1 : 0; at-- > 0;)
		if (data[at] == (unsigned char)*word && memcmp(data + at, word, size) == 0)
			return at;
	return SIZE_MAX;
}
