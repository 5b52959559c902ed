/* The lines of ô số 2 become the issuing body, or a parent over it. */
#include "extract/zoner.h"

#include "base/text.h"
#include "extract/marks.h"
#include "extract/pattern.h"

#include <string.h>

/* Where the issuing body begins among the lines of ô 2: by weight of type (the parent is not bold),
 * else by the words that names of bodies open with. */
static int
issuer_by_bold(const Zoner *zoner, const GArray *organ)
{
	int last = (int)organ->len - 1, start = last;
	const Line *end = zoner_line(zoner, g_array_index(organ, int, last));
	if (!(end->flags & LINE_BOLD))
		return 0;
	while (start > 0 &&
		zoner_line(zoner, g_array_index(organ, int, start - 1))->flags & LINE_BOLD)
		start--;
	return start;
}

/* "UBND TỈNH" over "SỞ TƯ PHÁP": the place is left out, the name is whole all the same. */
static bool
is_subordinate(const char *before, const char *text)
{
	static const char *const bodies[] = { "sở ", "phòng ", "cđcs ", "văn phòng", "thanh tra",
		"công an", "trung tâm", "bệnh viện", "ban quản lý", "chi cục", "trường ", "ban ",
		"quỹ ", "chi bộ", "đảng bộ", "đảng ủy", "tòa án", "viện kiểm sát", "trạm ",
		"hội đồng", NULL };
	static const char *const places[] = { " tỉnh", " thành phố", " huyện", NULL };
	g_autofree char *key = match_key(before);
	g_autofree char *name = text_lower(text);
	bool place = false, body = false;
	for (size_t i = 0; places[i]; i++)
		place |= g_str_has_suffix(key, places[i]);
	for (size_t i = 0; bodies[i]; i++)
		body |= g_str_has_prefix(name, bodies[i]);
	return place && body;
}

/* One word names no body: "… THÀNH PHỐ HẢI / PHÒNG". */
static bool
is_lone_word(const Zoner *zoner, const GArray *organ, int i)
{
	bool sure, last = i + 1 == (int)organ->len;
	if (strchr(zoner_line(zoner, g_array_index(organ, int, i))->text, ' '))
		return false;
	return last ||
		starts_organ(zoner_line(zoner, g_array_index(organ, int, i + 1))->text, &sure);
}

/* "NGÂN HÀNG …" over "CHI NHÁNH TỈNH …" in one weight: a place alone names no branch. */
static bool
is_branch_of(const Zoner *zoner, const GArray *organ, int i)
{
	const Line *line = zoner_line(zoner, g_array_index(organ, int, i));
	const Line *before = zoner_line(zoner, g_array_index(organ, int, i - 1));
	g_autofree char *name = text_lower(line->text);
	static const char *const places[] = { "chi nhánh tỉnh ", "chi nhánh thành phố ",
		"chi nhánh tp", "chi nhánh huyện ", "chi nhánh quận ", "chi nhánh thị xã ",
		"chi nhánh khu vực ", NULL };
	for (size_t k = 0; places[k]; k++)
		if (g_str_has_prefix(name, places[k]))
			return line->flags & before->flags & LINE_BOLD;
	return false;
}

static int
issuer_by_words(const Zoner *zoner, const GArray *organ, int from)
{
	int start = from;
	guint words = 0; /* of the name so far */
	g_autoptr(GString) name = g_string_new(NULL);
	for (int i = from; i < (int)organ->len; i++) {
		const char *text = zoner_line(zoner, g_array_index(organ, int, i))->text;
		g_auto(GStrv) own = g_strsplit(text, " ", -1);
		const char *before =
			i > from ? zoner_line(zoner, g_array_index(organ, int, i - 1))->text : "";
		bool sure = false;
		/* "TRUNG TÂM / VIỄN THÔNG X": a short line does not end a name, nor does a weak
		 * word begin one */
		if (i > from && !is_lone_word(zoner, organ, i) && starts_organ(text, &sure) &&
			(!wants_more(before) || is_subordinate(before, text)) &&
			!continues_line(text) && !parts_word(before, text) &&
			!is_generic_organ(name->str) && !is_branch_of(zoner, organ, i) &&
			words >= (sure ? 2u : 3u)) {
			start = i;
			words = 0;
			g_string_truncate(name, 0);
		}
		g_string_append_printf(name, "%s%s", name->len ? " " : "", text);
		words += g_strv_length(own);
	}
	return start;
}

static void
join_organ(Zoner *zoner, Zone zone, const GArray *organ, int from, int to)
{
	for (int i = from; i < to; i++) {
		const Line *line = zoner_line(zoner, g_array_index(organ, int, i));
		zoner_join(zoner, zone, line->text, &line->place);
		zoner->owner[g_array_index(organ, int, i)] = (int)zone;
	}
}

/* "ĐOÀN ĐẠI BIỂU QUỐC HỘI" over "TỈNH …" in bold: a place is no body, whatever its weight. */
static bool
is_place(const Zoner *zoner, const GArray *organ, int i)
{
	bool sure;
	const char *text = zoner_line(zoner, g_array_index(organ, int, i))->text;
	return continues_line(text) && !starts_organ(text, &sure);
}

void
zone_split_organ(Zoner *zoner, const GArray *organ)
{
	if (organ->len == 0)
		return;
	int start = issuer_by_bold(zoner, organ);
	bool bold = start > 0 && !is_place(zoner, organ, start);
	if (!bold)
		start = issuer_by_words(zoner, organ, 0);
	join_organ(zoner, ZONE_PARENT_ORGAN, organ, 0, start);
	join_organ(zoner, ZONE_ORGAN, organ, start, (int)organ->len);
	bool framed = zoner->has_motto && zone_count(zoner->zones, ZONE_NUMBER) > 0;
	/* three lines and more of one weight: where the parent ends is told by words alone */
	bool ambiguous = !bold && organ->len > 2;
	double sure = !framed ? 0.8 : ambiguous ? 0.88 : 0.97;
	zoner_because(zoner, ZONE_ORGAN, sure,
		bold ? "bold lines above the number" : "lines above the number");
	zoner_because(zoner, ZONE_PARENT_ORGAN, bold ? sure : sure - 0.03,
		"lines above the issuing body");
}
