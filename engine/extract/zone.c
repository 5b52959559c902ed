/* The zoner's frame: the names of zones, the lists of lines, and the order in which the parts are
 * found. */
#include "extract/zoner.h"

#include "base/letter.h"
#include "base/text.h"
#include "extract/pattern.h"

#include <string.h>

static const struct {
	const char *name, *vi, *en;
} zones_table[ZONE_COUNT] = {
	[ZONE_MOTTO] = { "motto", "Quốc hiệu và Tiêu ngữ, tiêu đề văn bản Đảng (ô 1)",
		"national or Party heading (part 1)" },
	[ZONE_PARENT_ORGAN] = { "parent-organ", "cơ quan chủ quản (ô 2, dòng trên)",
		"parent body (part 2, upper)" },
	[ZONE_ORGAN] = { "organ", "cơ quan ban hành (ô 2, dòng dưới)",
		"issuing body (part 2, lower)" },
	[ZONE_NUMBER] = { "number", "số, ký hiệu (ô 3)", "number and notation (part 3)" },
	[ZONE_PLACE_DATE] = { "place-date", "địa danh, thời gian (ô 4)",
		"place and date (part 4)" },
	[ZONE_TITLE] = { "title", "tên loại văn bản (ô 5a)", "name of the type (part 5a)" },
	[ZONE_SUBJECT] = { "subject", "trích yếu (ô 5a dưới tên loại, 5b dưới số)",
		"subject (parts 5a, 5b)" },
	[ZONE_BASIS] = { "basis", "các căn cứ ban hành, mỗi căn cứ một dòng",
		"legal bases, one a line" },
	[ZONE_BODY] = { "body", "nội dung, mỗi đoạn một dòng (ô 6)",
		"body, a paragraph a line (part 6)" },
	[ZONE_AUTHORITY] = { "authority", "quyền hạn, chức vụ người ký (ô 7a)",
		"the signer's post (part 7a)" },
	[ZONE_SIGNER] = { "signer", "họ tên người ký (ô 7b)", "the signer's name (part 7b)" },
	[ZONE_ADDRESSEE] = { "addressee", "Kính gửi, mỗi nơi một dòng (ô 9a)",
		"addressees, one a line (part 9a)" },
	[ZONE_RECIPIENT] = { "recipient", "Nơi nhận, mỗi nơi một dòng (ô 9b)",
		"recipients, one a line (part 9b)" },
	[ZONE_SECRECY] = { "secrecy", "độ mật (ô 10a)", "degree of secrecy (part 10a)" },
	[ZONE_URGENCY] = { "urgency", "độ khẩn (ô 10b)", "degree of urgency (part 10b)" },
	[ZONE_CIRCULATION] = { "circulation", "chỉ dẫn phạm vi lưu hành (ô 11)",
		"circulation mark (part 11)" },
	[ZONE_DRAFTING] = { "drafting", "ký hiệu người soạn thảo, số bản (ô 12)",
		"drafter's mark (part 12)" },
	[ZONE_ADDRESS] = { "address", "địa chỉ, điện thoại cuối trang (ô 13)",
		"address at the page's foot (part 13)" },
	[ZONE_APPENDIX] = { "appendix", "phụ lục, danh sách sau phần ký",
		"appendices behind the foot" },
	[ZONE_HEAD] = { "head", "toàn bộ phần trên nội dung", "everything above the body" },
	[ZONE_FOOT] = { "foot", "toàn bộ phần dưới nội dung", "everything below the body" },
	[ZONE_TEXT] = { "text", "toàn văn bản, mỗi đoạn một dòng",
		"the whole document, a paragraph a line" },
};

const char *
zone_name(Zone zone)
{
	return zone < ZONE_COUNT ? zones_table[zone].name : "";
}

const char *
zone_help(Zone zone, bool vietnamese)
{
	return vietnamese ? zones_table[zone].vi : zones_table[zone].en;
}

bool
zone_parse(const char *name, Zone *ret_zone)
{
	for (int i = 0; i < ZONE_COUNT; i++) {
		if (strcmp(zones_table[i].name, name) == 0) {
			*ret_zone = (Zone)i;
			return true;
		}
	}
	return false;
}

const char **
zone_names(void)
{
	const char **names = g_new0(const char *, ZONE_COUNT + 1);
	for (int i = 0; i < ZONE_COUNT; i++)
		names[i] = zones_table[i].name;
	return names;
}

/* --- lists of lines --- */

void
zoner_lend(Zoner *zoner, Zone zone, const char *text, const Place *place)
{
	ZoneLine line = { text, *place };
	line.place.part = arena_strdup(zoner->zones->arena, place->part);
	g_array_append_val(zoner->zones->lines[zone], line);
}

void
zoner_add(Zoner *zoner, Zone zone, const char *text, const Place *place)
{
	zoner_lend(zoner, zone, arena_strdup(zoner->zones->arena, text), place);
}

/* "… số 66/2026/NĐ-" over "CP": a symbol that the line's end cut. */
static bool
ends_in_symbol(const char *text, size_t n)
{
	const char *before =
		n > 1 && text[n - 1] == '-' ? g_utf8_find_prev_char(text, text + n - 1) : NULL;
	return before && g_unichar_isupper(g_utf8_get_char(before));
}

/* For so many bytes more behind the text of the line; returns where they go. The room doubles: a
 * paragraph of many lines is copied a few times, not once a line. */
static char *
make_room(Zoner *zoner, Zone zone, ZoneLine *line, size_t more)
{
	Joined *joined = &zoner->joined[zone];
	if (joined->text != line->text)
		*joined = (Joined){ .size = strlen(line->text) };
	if (joined->room < joined->size + more + 1) {
		joined->room = 2 * (joined->size + more + 1);
		joined->text = memcpy(arena_alloc(zoner->zones->arena, joined->room), line->text,
			joined->size);
		line->text = joined->text;
	}
	return joined->text + joined->size;
}

void
zoner_join(Zoner *zoner, Zone zone, const char *text, const Place *place)
{
	GArray *lines = zoner->zones->lines[zone];
	if (lines->len == 0) {
		zoner_add(zoner, zone, text, place);
		return;
	}
	ZoneLine *last = &g_array_index(lines, ZoneLine, lines->len - 1);
	char *end = make_room(zoner, zone, last, strlen(text) + 1);
	Joined *joined = &zoner->joined[zone];
	bool cut = ends_in_symbol(joined->text, joined->size) &&
		g_unichar_isupper(g_utf8_get_char(text));
	end = stpcpy(stpcpy(end, cut ? "" : " "), text);
	joined->size = (size_t)(end - joined->text);
	last->place.box = box_union(last->place.box, place->box);
}

void
zoner_take(Zoner *zoner, Zone zone, int i)
{
	zoner_lend(zoner, zone, zoner_line(zoner, i)->text, &zoner_line(zoner, i)->place);
	zoner->owner[i] = (int)zone;
}

void
zoner_because(Zoner *zoner, Zone zone, double confidence, const char *why)
{
	zoner->zones->confidence[zone] = confidence;
	zoner->zones->why[zone] = why;
}

size_t
zoner_title_length(const Zoner *zoner, const char *text)
{
	size_t best = 0;
	g_autofree char *even = match_fold(text);
	g_autofree char *folded = text_lower(even);
	for (const char *const *title = zoner->titles; *title; title++) {
		if (letter_base(letter_at(folded)) != letter_base(letter_at(*title)))
			continue;
		g_autofree char *even_label = match_fold(*title);
		g_autofree char *label = text_lower(even_label);
		size_t n = strlen(label);
		/* the same number of bytes in capitals: Vietnamese letters keep their size, "İ" not */
		if (n > best && strncmp(folded, label, n) == 0 &&
			((unsigned char)text[n] & 0xc0) != 0x80 &&
			!g_unichar_isalnum(folded[n] ? g_utf8_get_char(folded + n) : 0))
			best = n;
	}
	return best;
}

char *
zone_text(const Zones *zones, Zone zone, const char *separator)
{
	size_t size = 1, between = strlen(separator);
	for (int i = 0; i < zone_count(zones, zone); i++)
		size += between + strlen(zone_line(zones, zone, i)->text);
	char *text = g_malloc(size), *end = text;
	*end = '\0';
	for (int i = 0; i < zone_count(zones, zone); i++)
		end = stpcpy(stpcpy(end, i ? separator : ""), zone_line(zones, zone, i)->text);
	return text;
}

Place
zone_place(const Zones *zones, Zone zone)
{
	if (zone_count(zones, zone) == 0)
		return (Place){ 0 };
	Place place = zone_line(zones, zone, 0)->place;
	for (int i = 1; i < zone_count(zones, zone); i++)
		if (zone_line(zones, zone, i)->place.page == place.page)
			place.box = box_union(place.box, zone_line(zones, zone, i)->place.box);
	return place;
}

/* --- the whole --- */

/* Every line that shares a paragraph is joined into one line of the zone. */
static void
add_paragraph_line(Zoner *zoner, Zone zone, int i, int *last_block)
{
	const Line *line = zoner_line(zoner, i);
	if (line->block == *last_block)
		zoner_join(zoner, zone, line->text, &line->place);
	else
		zoner_lend(zoner, zone, line->text, &line->place);
	*last_block = line->block;
}

static void
fill_whole_zones(Zoner *zoner)
{
	int last_head = -1, last_foot = -1, last_appendix = -1, last_text = -1;
	for (int i = 0; i < lines_count(zoner->lines); i++) {
		add_paragraph_line(zoner, ZONE_TEXT, i, &last_text);
		if (i < zoner->head_end)
			add_paragraph_line(zoner, ZONE_HEAD, i, &last_head);
		else if (i >= zoner->foot_end)
			add_paragraph_line(zoner, ZONE_APPENDIX, i, &last_appendix);
		else if (i >= zoner->foot_start)
			add_paragraph_line(zoner, ZONE_FOOT, i, &last_foot);
	}
	static const Zone whole[] = { ZONE_TEXT, ZONE_HEAD, ZONE_FOOT, ZONE_APPENDIX };
	for (size_t i = 0; i < G_N_ELEMENTS(whole); i++)
		zoner_because(zoner, whole[i], 0.9, "");
}

static Zones *
zones_new(Arena *arena, int count)
{
	Zones *zones = g_new0(Zones, 1);
	zones->arena = arena;
	for (int i = 0; i < ZONE_COUNT; i++) {
		bool long_one = i == ZONE_TEXT || i == ZONE_BODY;
		zones->lines[i] = g_array_sized_new(
			FALSE, TRUE, sizeof(ZoneLine), long_one ? (guint)count : 0);
		zones->why[i] = "";
	}
	return zones;
}

Zones *
zones_find(const Doc *doc, const char *const *titles)
{
	/* texts of the lines are lent to the zones: their arena goes over to them */
	g_autoptr(Lines) lines = lines_new(doc);
	Arena *arena = g_steal_pointer(&lines->arena);
	int count = lines_count(lines);
	Zoner zoner = { .doc = doc,
		.lines = lines,
		.titles = titles,
		.zones = zones_new(arena, count),
		.owner = g_new(int, (gsize)count + 1),
		.foot_start = count,
		.foot_end = count };
	for (int i = 0; i < count; i++)
		zoner.owner[i] = ZONE_COUNT;
	zone_find_head(&zoner);
	zone_find_title(&zoner);
	zone_find_addressees(&zoner);
	zone_find_foot(&zoner);
	zone_find_signer(&zoner);
	zone_find_body(&zoner);
	fill_whole_zones(&zoner);
	g_free(zoner.owner);
	return zoner.zones;
}

void
zones_free(Zones *zones)
{
	if (!zones)
		return;
	for (int i = 0; i < ZONE_COUNT; i++)
		g_array_free(zones->lines[i], TRUE);
	arena_free(zones->arena);
	g_free(zones);
}
