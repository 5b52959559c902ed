/* Bytes of a content stream -> operators with their operands. */
#include "decode/pdf_content.h"

#include <glib.h>
#include <string.h>

enum { REGULAR, NUMBER, SPACE, DELIMITER }; /* those of numbers are regular too */

static const unsigned char classes[256] = {
	[0] = SPACE,
	['\t'] = SPACE,
	['\n'] = SPACE,
	['\f'] = SPACE,
	['\r'] = SPACE,
	[' '] = SPACE,
	['('] = DELIMITER,
	[')'] = DELIMITER,
	['<'] = DELIMITER,
	['>'] = DELIMITER,
	['['] = DELIMITER,
	[']'] = DELIMITER,
	['{'] = DELIMITER,
	['}'] = DELIMITER,
	['/'] = DELIMITER,
	['%'] = DELIMITER,
	['+'] = NUMBER,
	['-'] = NUMBER,
	['.'] = NUMBER,
	['0' ... '9'] = NUMBER,
};

static bool
is_regular(int c)
{
	return classes[c] <= NUMBER;
}

/* Past everything up to `stop`, or to the end. */
static void
skip_to(PdfContent *self, int stop)
{
	const unsigned char *end = memchr(self->data + self->at, stop, self->size - self->at);
	self->at = end ? (size_t)(end - self->data) + 1 : self->size;
}

static void
skip_comment(PdfContent *self)
{
	while (self->at < self->size && self->data[self->at] != '\n' &&
		self->data[self->at] != '\r')
		self->at++;
}

static void
skip_string(PdfContent *self)
{
	const unsigned char *p = self->data + self->at + 1, *end = self->data + self->size;
	for (int open = 1; p < end && open; p++) {
		if (*p == '\\' && p + 1 < end)
			p++;
		else if (*p == '(')
			open++;
		else if (*p == ')')
			open--;
	}
	self->at = MIN((size_t)(p - self->data), self->size);
}

static const unsigned char *
past_regular(const unsigned char *p, const unsigned char *end)
{
	while (p < end && is_regular(*p))
		p++;
	return p;
}

static void
take_name(PdfContent *self)
{
	const unsigned char *from = self->data + self->at + 1,
			    *end = past_regular(from, self->data + self->size);
	self->at = (size_t)(end - self->data);
	if (self->name)
		return;
	self->name = from;
	self->name_size = (size_t)(end - from);
}

/* Digits with a sign and one point, as all writers write them; more signs change nothing. */
static double
parse_number(const unsigned char *p, const unsigned char *end)
{
	double value = 0, unit = 0;
	bool negative = false;
	for (; p < end && classes[*p] == NUMBER && !(*p == '.' && unit > 0); p++) {
		if (*p == '.') {
			unit = 1;
		} else if (*p == '-' || *p == '+') {
			negative |= *p == '-';
		} else if (unit > 0) {
			unit *= 0.1;
			value += (*p - '0') * unit;
		} else {
			value = value * 10 + (*p - '0');
		}
	}
	return negative ? -value : value;
}

void
pdf_content_numbers(PdfContent *self)
{
	for (int i = 0; i < MIN(self->n_numbers, PDF_MOST_OPERANDS); i++)
		self->numbers[i] = parse_number(self->operands[i], self->data + self->size);
}

static void
take_number(PdfContent *self, bool counts)
{
	const unsigned char *p = self->data + self->at, *end = self->data + self->size;
	bool point = false;
	if (counts && self->n_numbers < PDF_MOST_OPERANDS)
		self->operands[self->n_numbers] = p;
	self->n_numbers += counts;
	for (; p < end && classes[*p] == NUMBER && !(*p == '.' && point); p++)
		point |= *p == '.';
	if (p < end && *p == '.')
		p++;
	self->at = (size_t)(p - self->data);
}

/* False when the word is a value, not an operator. */
static bool
take_word(PdfContent *self)
{
	const unsigned char *from = self->data + self->at,
			    *end = past_regular(from, self->data + self->size);
	size_t size = (size_t)(end - from);
	self->at += size;
	self->word =
		size > 3 ? 0 : PDF_WORD(from[0], size > 1 ? from[1] : 0, size > 2 ? from[2] : 0);
	return !((size == 4 && (memcmp(from, "true", 4) == 0 || memcmp(from, "null", 4) == 0)) ||
		(size == 5 && memcmp(from, "false", 5) == 0));
}

static void
skip_delimiter(PdfContent *self, int *arrays)
{
	int c = self->data[self->at];
	if (c == '(') {
		skip_string(self);
	} else if (c == '/') {
		take_name(self);
	} else if (c == '%') {
		skip_comment(self);
	} else if (c == '<' && self->at + 1 < self->size && self->data[self->at + 1] != '<') {
		skip_to(self, '>');
	} else {
		self->at += c == '<' && self->at + 1 < self->size ? 2 : 1;
		*arrays += (c == '[') - (c == ']');
	}
}

bool
pdf_content_next(PdfContent *self)
{
	int arrays = 0;
	self->n_numbers = 0;
	self->name = NULL;
	self->name_size = 0;
	while (self->at < self->size) {
		int class = classes[self->data[self->at]];
		if (class == SPACE)
			self->at++;
		else if (class == DELIMITER)
			skip_delimiter(self, &arrays);
		else if (class == NUMBER)
			take_number(self, arrays <= 0);
		else if (take_word(self))
			return true;
	}
	return false;
}

static bool
is_space_at(const PdfContent *self, size_t at)
{
	return at >= self->size || classes[self->data[at]] == SPACE;
}

/* What follows "EI" is text again: a chance "EI" in a picture's bytes is not followed by it. */
static bool
is_text_after(const PdfContent *self, size_t at)
{
	for (size_t i = at; i < self->size && i < at + 12; i++) {
		int c = self->data[i];
		if (c > 126 || (c < ' ' && classes[c] != SPACE))
			return false;
	}
	return true;
}

void
pdf_content_skip_picture(PdfContent *self)
{
	const unsigned char *end = self->data + self->size, *p = self->data + self->at;
	while ((p = memmem(p, (size_t)(end - p), "EI", 2)) != NULL) {
		size_t at = (size_t)(p - self->data);
		if (is_space_at(self, at - 1) && is_space_at(self, at + 2) &&
			is_text_after(self, at + 2)) {
			self->at = at + 2;
			return;
		}
		p += 2;
	}
	self->at = self->size;
}
