/* From the first bytes of a file to what it is: magic numbers, in bits of evidence. */
#include "decode/sniff.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define HEAD 1024
#define FOUND_LATER 20 /* less than any magic at the very start: a ZIP may hold a PDF unpacked */

/* Bits of evidence when the file starts with these bytes. */
static int
starts(const Sniff *sniff, const char *magic, size_t size)
{
	return sniff->size >= size && memcmp(sniff->data, magic, size) == 0 ? (int)size * 8 : 0;
}

#define STARTS(sniff, magic) starts((sniff), (magic), sizeof(magic) - 1)

static const unsigned char *
find_in_head(const Sniff *sniff, const char *word)
{
	return memmem(sniff->data, MIN(sniff->size, HEAD), word, strlen(word));
}

int
sniff_pdf(const Sniff *sniff)
{
	int bits = STARTS(sniff, "%PDF-");
	return bits ? bits : find_in_head(sniff, "%PDF-") ? FOUND_LATER : 0;
}

int
sniff_zip(const Sniff *sniff)
{
	int bits = STARTS(sniff, "PK\3\4");
	return bits ? bits : STARTS(sniff, "PK\5\6"); /* an empty one */
}

static size_t
skip_blank(const Sniff *sniff)
{
	size_t i = STARTS(sniff, "\xef\xbb\xbf") ? 3 : 0;
	while (i < sniff->size && strchr(" \t\r\n", sniff->data[i]) && sniff->data[i])
		i++;
	return i;
}

int
sniff_xml(const Sniff *sniff)
{
	if (STARTS(sniff, "\xff\xfe<\0") || STARTS(sniff, "\xfe\xff\0<"))
		return 32;
	size_t i = skip_blank(sniff);
	const unsigned char *declaration = find_in_head(sniff, "<?xml");
	if (declaration)
		return declaration == sniff->data + i ? 40 : FOUND_LATER;
	if (i + 1 >= sniff->size || sniff->data[i] != '<')
		return 0;
	unsigned char next = sniff->data[i + 1];
	return g_ascii_isalpha(next) || strchr("_!:", next) ? 10 : 0;
}

/* Names in an OLE2 directory are UTF-16. */
static bool
ole_has(const Sniff *sniff, const char *name)
{
	if (!STARTS(sniff, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
		return false;
	size_t size = strlen(name) * 2;
	g_autofree char *wide = g_malloc0(size);
	for (size_t i = 0; i < size; i += 2)
		wide[i] = name[i / 2];
	return memmem(sniff->data, sniff->size, wide, size) != NULL;
}

int
sniff_encrypted_office(const Sniff *sniff)
{
	return ole_has(sniff, "EncryptedPackage") ? 192 : 0;
}

int
sniff_old_word(const Sniff *sniff)
{
	return ole_has(sniff, "WordDocument") ? 160 : 0;
}

int
sniff_ole(const Sniff *sniff)
{
	return STARTS(sniff, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
}

int
sniff_rtf(const Sniff *sniff)
{
	return STARTS(sniff, "{\\rtf");
}

int
sniff_odt(const Sniff *sniff)
{
	static const char type[] = "mimetypeapplication/vnd.oasis.opendocument.text";
	enum { NAME_AT = 30, SIZE = sizeof type - 1 }; /* with templates: "…text-template" */
	bool fits = sniff->size > NAME_AT + SIZE && STARTS(sniff, "PK\3\4");
	return fits && memcmp(sniff->data + NAME_AT, type, SIZE) == 0 ? SIZE * 8 : 0;
}

int
sniff_html(const Sniff *sniff)
{
	static const char *const openings[] = { "<html", "<!doctype html" };
	size_t i = skip_blank(sniff);
	for (size_t k = 0; k < G_N_ELEMENTS(openings); k++) {
		size_t size = strlen(openings[k]);
		if (sniff->size - i >= size &&
			g_ascii_strncasecmp((const char *)sniff->data + i, openings[k], size) == 0)
			return (int)size * 8;
	}
	return 0;
}

int
sniff_jpeg(const Sniff *sniff)
{
	return STARTS(sniff, "\xff\xd8\xff");
}

int
sniff_png(const Sniff *sniff)
{
	return STARTS(sniff, "\x89PNG\r\n\x1a\n");
}

int
sniff_tiff(const Sniff *sniff)
{
	int bits = STARTS(sniff, "II*\0");
	return bits ? bits : STARTS(sniff, "MM\0*");
}

int
sniff_rar(const Sniff *sniff)
{
	return STARTS(sniff, "Rar!\x1a\x07");
}

int
sniff_7z(const Sniff *sniff)
{
	return STARTS(sniff, "7z\xbc\xaf\x27\x1c");
}
