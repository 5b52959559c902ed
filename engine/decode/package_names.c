/* Bytes of the names in a ZIP to text. */
#include "decode/package_names.h"

#include <string.h>

/* From 0x80, of DOS. */
static const gunichar2 dos[128] = {
	0x00c7, 0x00fc, 0x00e9, 0x00e2, 0x00e4, 0x00e0, 0x00e5, 0x00e7, /* 80 */
	0x00ea, 0x00eb, 0x00e8, 0x00ef, 0x00ee, 0x00ec, 0x00c4, 0x00c5, /* 88 */
	0x00c9, 0x00e6, 0x00c6, 0x00f4, 0x00f6, 0x00f2, 0x00fb, 0x00f9, /* 90 */
	0x00ff, 0x00d6, 0x00dc, 0x00a2, 0x00a3, 0x00a5, 0x20a7, 0x0192, /* 98 */
	0x00e1, 0x00ed, 0x00f3, 0x00fa, 0x00f1, 0x00d1, 0x00aa, 0x00ba, /* A0 */
	0x00bf, 0x2310, 0x00ac, 0x00bd, 0x00bc, 0x00a1, 0x00ab, 0x00bb, /* A8 */
	0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556, /* B0 */
	0x2555, 0x2563, 0x2551, 0x2557, 0x255d, 0x255c, 0x255b, 0x2510, /* B8 */
	0x2514, 0x2534, 0x252c, 0x251c, 0x2500, 0x253c, 0x255e, 0x255f, /* C0 */
	0x255a, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256c, 0x2567, /* C8 */
	0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256b, /* D0 */
	0x256a, 0x2518, 0x250c, 0x2588, 0x2584, 0x258c, 0x2590, 0x2580, /* D8 */
	0x03b1, 0x00df, 0x0393, 0x03c0, 0x03a3, 0x03c3, 0x00b5, 0x03c4, /* E0 */
	0x03a6, 0x0398, 0x03a9, 0x03b4, 0x221e, 0x03c6, 0x03b5, 0x2229, /* E8 */
	0x2261, 0x00b1, 0x2265, 0x2264, 0x2320, 0x2321, 0x00f7, 0x2248, /* F0 */
	0x00b0, 0x2219, 0x00b7, 0x221a, 0x207f, 0x00b2, 0x25a0, 0x00a0, /* F8 */
};

/* Where Vietnamese Windows differs from Latin-1, above 0xA0: letters, and marks that follow them.
 */
static gunichar
windows_char(unsigned char c)
{
	static const struct {
		unsigned char code;
		gunichar2 shown;
	} rows[] = { { 0xc3, 0x0102 }, { 0xcc, 0x0300 }, { 0xd0, 0x0110 }, { 0xd2, 0x0309 },
		{ 0xd5, 0x01a0 }, { 0xdd, 0x01af }, { 0xde, 0x0303 }, { 0xe3, 0x0103 },
		{ 0xec, 0x0301 }, { 0xf0, 0x0111 }, { 0xf2, 0x0323 }, { 0xf5, 0x01a1 },
		{ 0xfd, 0x01b0 }, { 0xfe, 0x20ab } };
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].code == c)
			return rows[i].shown;
	return c;
}

/* DOS has no letters from 0xB0 on, but frames of boxes; Windows has all its letters there. */
static bool
is_windows(const char *raw)
{
	bool high = false;
	for (const unsigned char *p = (const unsigned char *)raw; *p; p++) {
		if (*p >= 0x80 && *p < 0xc0)
			return false;
		high |= *p >= 0xc0;
	}
	return high;
}

char *
package_name_decode(const char *raw)
{
	if (g_utf8_validate(raw, -1, NULL))
		return g_strdup(raw);
	bool windows = is_windows(raw);
	GString *out = g_string_new(NULL);
	for (const unsigned char *p = (const unsigned char *)raw; *p; p++)
		g_string_append_unichar(out,
			*p < 0x80         ? *p
				: windows ? windows_char(*p)
					  : dos[*p - 0x80]);
	return g_string_free(out, FALSE);
}

/* ---- the directory ------------------------------------------------------------------------- */

enum { END_SIZE = 22, ENTRY_SIZE = 46 };

static guint32
read_number(const unsigned char *data, int bytes)
{
	guint32 number = 0;
	for (int i = bytes - 1; i >= 0; i--)
		number = number << 8 | data[i];
	return number;
}

/* Where the directory starts: its end record stands last, before a comment of at most 64 kB. */
static bool
find_directory(const unsigned char *data, size_t size, size_t *ret_start)
{
	size_t least = size > END_SIZE + 0xffff ? size - END_SIZE - 0xffff : 0;
	for (size_t at = size >= END_SIZE ? size - END_SIZE + 1 : 0; at-- > least;) {
		if (memcmp(data + at, "PK\5\6", 4) != 0)
			continue;
		*ret_start = read_number(data + at + 16, 4);
		return *ret_start < at;
	}
	return false;
}

bool
package_names_hold_nul(GBytes *zip)
{
	size_t size, at;
	const unsigned char *data = g_bytes_get_data(zip, &size);
	if (!data || !find_directory(data, size, &at))
		return false;
	while (at + ENTRY_SIZE <= size && memcmp(data + at, "PK\1\2", 4) == 0) {
		size_t name = read_number(data + at + 28, 2);
		size_t rest = read_number(data + at + 30, 2) + read_number(data + at + 32, 2);
		if (at + ENTRY_SIZE + name > size)
			return false;
		if (memchr(data + at + ENTRY_SIZE, 0, name))
			return true;
		at += ENTRY_SIZE + name + rest;
	}
	return false;
}
