/* One printed line becomes two columns: where a gap, or the words alone, say that a head or foot was
 * typed with tabs or spaces. */
#include "extract/columns.h"

#include "base/text.h"
#include "extract/marks.h"
#include "extract/types.h"

#include <string.h>

/* A tab or three spaces and more: where a second column may begin. NULL: there is none behind p. */
const char *
find_gap(const char *p, const char **ret_after)
{
	for (; *p; p++) {
		if (*p != '\t' && *p != ' ')
			continue;
		const char *end = p;
		bool tab = false;
		while (*end == ' ' || *end == '\t' || (*end == '\xc2' && end[1] == '\xa0')) {
			tab |= *end == '\t';
			end += *end == ' ' || *end == '\t' ? 1 : 2;
		}
		if ((tab || end - p >= 3) && *end) {
			*ret_after = end;
			return p;
		}
		p = end - 1;
	}
	return NULL;
}

bool
is_signer_side(const char *text)
{
	return text_is_caps(text) && is_position_line(text);
}

/* "_____", "-----", "*****": a rule drawn with characters. Dots are a blank to fill in. */
static bool
is_drawn_rule(const char *text)
{
	return strlen(text) >= 3 && text[strspn(text, "-_* ")] == '\0';
}

static bool
ends_with_colon(const char *text)
{
	return *text && text[strlen(text) - 1] == ':';
}

/* Whether what stands left and right of a gap are two columns of a head or foot. */
bool
are_columns(const char *left, const char *right)
{
	if (is_motto(right) || (is_union_name(right) && text_is_caps(right)) ||
		(is_place_date(right) && !is_motto(left)))
		return true;
	if (is_drawn_rule(right) && text_is_caps(left))
		return true;
	if (is_recipients_line(left) || (is_signer_side(right) && !ends_with_colon(left)))
		return true;
	/* entries of a list without bullets end so: "Sở Y tế;" */
	bool entry =
		has_bullet(left) || g_str_has_suffix(left, ";") || g_str_has_prefix(left, "Lưu");
	/* the second line of a long post */
	if (entry && text_is_caps(right) && strchr(right, ' '))
		return true;
	return is_person_name(right) && has_family_name(right) &&
		(entry || (is_person_name(left) && has_family_name(left)));
}

/* "CHỦ TỊCH NƯỚC CỘNG HÒA XÃ HỘI …": the republic in a name, not the motto. */
static bool
ends_in_state(const char *text, const char *end)
{
	g_autofree char *before = g_strndup(text, (gsize)(end - text));
	return g_str_has_suffix(before, "NƯỚC") || g_str_has_suffix(before, "nước");
}

/* "THÀNH PHỐ HUẾCỘNG HÒA XÃ HỘI …": the name was too long for its column, no space is left. What
 * stands behind a quotation mark or a bracket is quoted. */
static const char *
find_touching(const char *text)
{
	static const char *const marks[] = { "CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI",
		"Độc lập - Tự do", "Độc lập – Tự do" };
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
		const char *found = strstr(text, marks[i]);
		if (found && found > text &&
			g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(found))))
			return found;
	}
	return NULL;
}

/* "SỞ TƯ PHÁP CỘNG HÒA XÃ HỘI …", "Số: 12/QĐ-STP An Phú, ngày …": two columns with one space
 * between. */
const char *
find_glued_column(const char *text)
{
	if (text_length(text) > 160 || is_motto(text))
		return NULL;
	const char *touching = find_touching(text);
	if (touching)
		return touching;
	bool number = is_number_line(text) || g_str_has_prefix(text, "Số");
	const char *last = strrchr(text, ' ');
	if (last && is_drawn_rule(last + 1) && text_is_caps(text))
		return last;
	for (const char *p = strchr(text, ' '); p; p = strchr(p + 1, ' ')) {
		bool quoted = !g_unichar_isalnum(g_utf8_get_char(p + 1));
		if (!quoted && is_motto(p + 1) && strlen(p) > 15 && !ends_in_state(text, p))
			return p;
		if (!number || !is_place_date(p + 1) || !g_unichar_isupper(g_utf8_get_char(p + 1)))
			continue;
		g_autofree char *left = g_strndup(text, (gsize)(p - text));
		if (strpbrk(left, "/-"))
			return p;
	}
	return NULL;
}
