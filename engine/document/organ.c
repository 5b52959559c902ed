/* Names of organs as NĐ 30/2020, Phụ lục II writes them: only some words begin with a capital. */
#include "document/format.h"

#include "base/text.h"

#include <string.h>

/* What an organ is: the first letter is a capital, and so is the word that follows. Longest first.
 */
static const char *const kinds[] = { "ủy ban mặt trận tổ quốc", "ủy ban nhân dân",
	"hội đồng nhân dân", "tổng công ty", "tổng cục", "chi cục", "chi nhánh", "trung tâm",
	"văn phòng", "thanh tra", "hội đồng", "ủy ban", "công ty", "công an", "đoàn", "trường",
	"viện", "phòng", "cục", "vụ", "sở", "ban", "bộ", "hội", "quỹ", "trạm", "đội", "tòa án",
	NULL };
/* After these stands the name of a place: every word begins with a capital. */
static const char *const places[] = { "tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn",
	"phường", "xã", "đặc khu", NULL };
/* After these stands the next part of a name: "Tài nguyên và Môi trường", "Thi đua - Khen thưởng".
 */
static const char *const joints[] = { "và", "-", ",", NULL };

/* How many of the words are one of the phrases; 0 = none. */
static guint
phrase_at(char **words, const char *const *phrases)
{
	for (; *phrases; phrases++) {
		g_auto(GStrv) parts = g_strsplit(*phrases, " ", -1);
		guint n = 0;
		while (parts[n] && words[n] && text_same(parts[n], words[n]))
			n++;
		if (!parts[n])
			return n;
	}
	return 0;
}

static void
append_word(GString *out, const char *word, bool capital)
{
	gunichar first = g_utf8_get_char(word);
	if (out->len)
		g_string_append_c(out, ' ');
	g_string_append_unichar(out, capital ? g_unichar_toupper(first) : first);
	g_string_append(out, g_utf8_next_char(word));
}

char *
format_organ(const char *name)
{
	if (!text_is_caps(name))
		return g_strdup(name);
	GString *out = g_string_new(NULL);
	g_autofree char *squeezed = text_squeeze(name);
	g_autofree char *lower = text_lower(squeezed);
	g_auto(GStrv) words = g_strsplit(lower, " ", -1);
	bool capital = true, place = false;
	for (char **word = words; *word;) {
		guint kind = phrase_at(word, kinds), of_place = phrase_at(word, places);
		guint n = MAX(MAX(kind, of_place), 1);
		bool joint = phrase_at(word, joints) > 0;
		/* another organ begins; one word alone may be part of a name ("cán bộ", "cơ sở") */
		capital = capital || kind > 1;
		for (guint i = 0; i < n; i++)
			append_word(
				out, word[i], !of_place && !joint && i == 0 && (capital || place));
		place = of_place || (place && !joint && !kind);
		capital = (kind && capital) || joint || of_place;
		word += n;
	}
	return g_string_free(out, FALSE);
}
