/* Title and subject (ô số 5a), addressees (9a), bases and body (6). */
#include "extract/zoner.h"

#include "base/text.h"
#include "extract/marks.h"
#include "extract/pattern.h"

#include <math.h>
#include <string.h>

enum { TITLE_SEARCH = 25, SUBJECT_LINES_MAX = 10, SUBJECT_LENGTH_MAX = 700, ADDRESSEES_MAX = 60 };

/* --- title --- */

/* A text without a head may still open with its title, in bold: "Thông báo tuyển sinh …". */
static int
find_bold_title(const Zoner *zoner)
{
	enum { FIRST_LINES = 3, LONGEST = 300 };
	for (int i = 0; i < MIN(FIRST_LINES, lines_count(zoner->lines)); i++) {
		const Line *line = zoner_line(zoner, i);
		bool marked = line->flags & (LINE_BOLD | LINE_CENTER) && !line->table;
		const char *title = after_item_number(line->text, NULL);
		if (marked && zoner_title_length(zoner, title) > 0 &&
			text_length(line->text) <= LONGEST &&
			g_unichar_isupper(g_utf8_get_char(title)))
			return i;
		if (!is_noise(line->text))
			break;
	}
	return -1;
}

/* Whom it is for may stand above the title: a few short lines, then nothing but the title. */
static int
find_title_below_addressees(const Zoner *zoner, int at)
{
	enum { LIST_LINES = 8, ENTRY_LENGTH = 90 };
	int to = MIN(lines_count(zoner->lines), at + LIST_LINES);
	for (int i = at + 1; i < to; i++) {
		const Line *line = zoner_line(zoner, i);
		if (line->flags & LINE_CAPS &&
			zoner_title_length(zoner, line->text) == strlen(line->text))
			return i;
		if (is_basis_line(line->text) || text_length(line->text) > ENTRY_LENGTH)
			return -1;
	}
	return -1;
}

static int
find_title_line(const Zoner *zoner)
{
	int to = MIN(lines_count(zoner->lines), zoner->head_end + TITLE_SEARCH);
	for (int i = zoner->head_end; i < to; i++) {
		const Line *line = zoner_line(zoner, i);
		if (is_addressee_line(line->text))
			return find_title_below_addressees(zoner, i);
		if (is_basis_line(line->text))
			return -1;
		if (line->table && !line->side)
			continue;
		size_t n = zoner_title_length(zoner, line->text);
		if (n > 0 && line->flags & LINE_CAPS)
			return i;
	}
	return -1;
}

/* The power that a decision rests on stands in capitals between subject and bases: "GIÁM ĐỐC SỞ …".
 */
static bool
is_power_line(const Zoner *zoner, int i)
{
	const Line *line = zoner_line(zoner, i);
	bool sure;
	if (!(line->flags & LINE_CAPS) ||
		!(is_position_line(line->text) || starts_organ(line->text, &sure)))
		return false;
	for (int next = i + 1; next < MIN(i + 5, lines_count(zoner->lines)); next++) {
		const Line *after = zoner_line(zoner, next);
		if (is_basis_line(after->text) && !(after->flags & LINE_CAPS))
			return true;
		if (!(after->flags & LINE_CAPS) && !is_noise(after->text))
			return false;
	}
	return false;
}

/* "Điều 1", "Chương II", "Phần thứ nhất"; "Chương trình …" is none. */
static bool
starts_part(const char *text)
{
	static const char *const words[] = { "Chương ", "CHƯƠNG ", "Điều ", "Phần ", "PHẦN ",
		"Mục ", "MỤC ", NULL };
	for (size_t i = 0; words[i]; i++) {
		const char *rest = text + strlen(words[i]);
		if (g_str_has_prefix(text, words[i]) &&
			(strchr("0123456789IVX", *rest) || g_str_has_prefix(rest, "thứ") ||
				g_str_has_prefix(rest, "THỨ")))
			return true;
	}
	return false;
}

static bool
starts_body(const char *text)
{
	static const char *const starts[] = { "hôm nay", "vào lúc", "thời gian:", "kính thưa",
		"i. ", "1. ", "- ", NULL };
	g_autofree char *key = match_key(text);
	if (starts_part(text) ||
		(g_str_has_prefix(key, "ngày ") && g_ascii_isdigit(key[strlen("ngày ")])))
		return true;
	for (size_t i = 0; starts[i]; i++) {
		g_autofree char *start = match_key(starts[i]);
		g_autofree char *spaced =
			g_strconcat(start, g_str_has_suffix(starts[i], " ") ? " " : "", NULL);
		if (g_str_has_prefix(key, spaced))
			return true;
	}
	return false;
}

/* "Sở … trân trọng giới thiệu:", "THỦ TƯỚNG CHÍNH PHỦ điện:": the body opens with its verb. */
static bool
announces(const Line *line)
{
	size_t n = strlen(line->text);
	if (n == 0 || line->text[n - 1] != ':')
		return false;
	return !(line->flags & (LINE_BOLD | LINE_CAPS | LINE_CENTER)) ||
		g_str_has_suffix(line->text, "điện:");
}

/* "(19/8/1945 - 19/8/2025)", "(đợt 1)" belong to a subject; "(Kèm theo Quyết định …)" does not. */
static bool
is_remark(const char *text)
{
	enum { LONGEST = 40 };
	g_autofree char *key = match_key(text);
	return text_length(text) <= LONGEST && g_str_has_suffix(text, ")") &&
		(g_ascii_isdigit(text[1]) || g_str_has_prefix(key, "(đợt") ||
			g_str_has_prefix(key, "(lần") || g_str_has_prefix(key, "(từ "));
}

/* "Thực hiện Nghị quyết số … " below KẾ HOẠCH is its subject, "thực hiện …" goes on with one; as a
 * basis it ends in a comma or a full stop. */
static bool
names_task(const Line *line)
{
	g_autofree char *key = match_key(line->text);
	if (g_str_has_prefix(key, "căn cứ") || has_bullet(line->text))
		return false;
	if (g_unichar_islower(g_utf8_get_char(line->text)))
		return true;
	g_autofree char *task = match_key("thực hiện");
	return g_str_has_prefix(key, task) && !strchr(".,;:", line->text[strlen(line->text) - 1]);
}

/* Bases of law are neither bold nor centred: "BIÊN BẢN HỌP / Xét, đề nghị khen thưởng". */
static bool
is_set_apart(const Line *line)
{
	return line->flags & (LINE_BOLD | LINE_CENTER);
}

/* "(kỷ niệm 607 năm Khởi nghĩa …)" in the look of the line above goes on with the subject; what says
 * where the paper belongs does not. */
static bool
goes_on_in_brackets(const Zoner *zoner, int i)
{
	static const char *const notes[] = { "(kèm theo", "(ban hành", "(dự thảo", "(trình",
		"(tài liệu", "(phục vụ", "(báo cáo", NULL };
	const unsigned look = LINE_BOLD | LINE_ITALIC | LINE_CENTER;
	const Line *line = zoner_line(zoner, i), *above = zoner_line(zoner, MAX(i - 1, 0));
	if (zoner->owner[MAX(i - 1, 0)] != ZONE_SUBJECT ||
		!(line->flags & (LINE_BOLD | LINE_CENTER)) || line->flags & LINE_ITALIC ||
		(line->flags & look) != (above->flags & look))
		return false;
	g_autofree char *key = match_key(line->text);
	for (size_t k = 0; notes[k]; k++) {
		g_autofree char *note = match_key(notes[k]);
		if (g_str_has_prefix(key, note))
			return false;
	}
	return true;
}

static bool
ends_subject(const Zoner *zoner, int i)
{
	const Line *line = zoner_line(zoner, i);
	if (announces(line))
		return true;
	return is_addressee_line(line->text) ||
		(is_basis_line(line->text) && !names_task(line) && !is_set_apart(line)) ||
		(*line->text == '(' && !is_remark(line->text) && !is_subject_line(line->text) &&
			!goes_on_in_brackets(zoner, i)) ||
		is_noise(line->text) || is_power_line(zoner, i) || starts_body(line->text) ||
		is_recipients_line(line->text) || (line->table && !line->side) ||
		(is_place_date(line->text) && zone_count(zoner->zones, ZONE_PLACE_DATE) == 0);
}

static bool
is_close(const Line *before, const Line *line)
{
	const double gap_pt = 4;
	return box_known(before->place.box) && box_known(line->place.box) &&
		before->place.page == line->place.page &&
		line->place.box.y0 - before->place.box.y1 < gap_pt &&
		!strchr(".;:", before->text[strlen(before->text) - 1]);
}

/* Centred one below the other, whatever the page makes of it. */
static bool
share_middle(const Line *before, const Line *line)
{
	const double near_pt = 4, inset_pt = 10;
	Box a = before->place.box, b = line->place.box;
	return fabs(a.x0 + a.x1 - b.x0 - b.x1) < 2 * near_pt && fabs(a.x0 - b.x0) > inset_pt;
}

static bool
has_letters(const char *text)
{
	for (const char *p = text; *p; p = g_utf8_next_char(p))
		if (g_unichar_isalpha(g_utf8_get_char(p)))
			return true;
	return false;
}

static bool
goes_on_in_small(const Line *before, const Line *line)
{
	gunichar c = g_utf8_get_char(line->text);
	return (g_unichar_islower(c) || g_unichar_isdigit(c)) &&
		!strchr(".;:", before->text[strlen(before->text) - 1]);
}

/* "… theo Thông tư số / 15/2026/TT-BNV": in capitals among small letters, but the rest of them. */
static bool
goes_on_in_number(const Line *before, const Line *line)
{
	enum { LONGEST = 25 };
	return g_ascii_isdigit(*line->text) && strchr(line->text, '/') &&
		text_length(line->text) <= LONGEST && before->row == line->row &&
		before->table == line->table &&
		(before->flags & LINE_CENTER) == (line->flags & LINE_CENTER) &&
		!strchr(".;:", before->text[strlen(before->text) - 1]);
}

/* "… số 66/2026/NĐ-" over "CP". */
static bool
goes_on_in_symbol(const Line *before, const Line *line)
{
	size_t n = strlen(before->text);
	return n > 1 && before->text[n - 1] == '-' && before->text[n - 2] != ' ' &&
		g_unichar_isupper(g_utf8_get_char(line->text)) && before->table == line->table;
}

/* "CỦA GIÁM ĐỐC SỞ …" between the name of the type and the subject: whose decision it is. */
static bool
is_whose(const char *text)
{
	bool sure;
	return g_str_has_prefix(text, "CỦA ") &&
		(is_position_line(text + strlen("CỦA ")) ||
			starts_organ(text + strlen("CỦA "), &sure));
}

/* Whether line i still looks like the subject that `first` began. */
static bool
same_subject(const Line *first, const Line *before, const Line *line)
{
	if (line->block == before->block || goes_on_in_number(before, line) ||
		goes_on_in_symbol(before, line))
		return true;
	const unsigned look = LINE_BOLD | LINE_CAPS | LINE_ITALIC;
	unsigned flags = line->flags | (has_letters(line->text) ? 0 : first->flags & LINE_CAPS);
	if ((flags & look) != (first->flags & look))
		return false;
	/* a line that fills the page does not look centred: the shorter ones around it do */
	if ((line->flags & LINE_CENTER) != (first->flags & LINE_CENTER))
		return goes_on_in_small(before, line) ||
			(line->flags & LINE_CENTER &&
				(first->flags & LINE_BOLD || is_close(before, line)));
	/* nothing sets it apart from the body: only a sentence that goes on counts */
	if (!(first->flags & (LINE_BOLD | LINE_CENTER | LINE_CAPS)))
		return g_unichar_islower(g_utf8_get_char(line->text)) ||
			(is_close(before, line) && share_middle(before, line));
	return true;
}

/* A contract has its number below its title. */
static bool
take_low_number(Zoner *zoner, int i)
{
	const Line *line = zoner_line(zoner, i);
	if (zone_count(zoner->zones, ZONE_NUMBER) > 0 || !g_str_has_prefix(line->text, "Số") ||
		!is_number_line(line->text) || !strchr(line->text, '/') || has_bullet(line->text))
		return false;
	zoner_take(zoner, ZONE_NUMBER, i);
	zoner_because(zoner, ZONE_NUMBER, 0.85, "below the title");
	return true;
}

/* "… năm học 2025 - / 2026": no page's number. */
static bool
ends_in_number(const Line *before, const Line *line)
{
	return line->text[strspn(line->text, "0123456789- ")] == '\0' &&
		g_ascii_isdigit(*line->text) &&
		(line->block == before->block || wants_number(before->text));
}

static void
take_subject(Zoner *zoner, int from, const char *rest)
{
	int i = from;
	size_t length = 0;
	const Line *first = NULL, *before = NULL;
	for (; i < MIN(lines_count(zoner->lines), from + SUBJECT_LINES_MAX); i++) {
		const Line *line = zoner_line(zoner, i);
		if ((!first && is_rule_line(line->text)) || take_low_number(zoner, i))
			continue;
		if (!first && line->flags & LINE_CAPS && is_whose(line->text)) {
			zoner->owner[i] = ZONE_TITLE;
			continue;
		}
		bool number = before && ends_in_number(before, line);
		if (!number &&
			(ends_subject(zoner, i) || (first && !same_subject(first, before, line))))
			break;
		length += text_length(line->text);
		bool plain = !(line->flags & (LINE_BOLD | LINE_CENTER | LINE_CAPS));
		/* below a subject that began on the title's line a sentence is the body's */
		bool sentence = *rest && strchr(".:;", line->text[strlen(line->text) - 1]);
		if (length > SUBJECT_LENGTH_MAX ||
			(!first && plain && (sentence || text_length(line->text) > 300)))
			break;
		zoner_join(zoner, ZONE_SUBJECT, line->text, &line->place);
		zoner->owner[i] = ZONE_SUBJECT;
		first = first ? first : line;
		before = line;
	}
	while (i < lines_count(zoner->lines) && is_rule_line(zoner_line(zoner, i)->text))
		i++;
	if (i < lines_count(zoner->lines))
		take_low_number(zoner, i);
	bool marked = first && first->flags & (LINE_BOLD | LINE_CENTER | LINE_CAPS);
	bool bracketed = first && !*rest && *first->text == '(';
	if (first || *rest)
		zoner_because(zoner, ZONE_SUBJECT, (marked || *rest) && !bracketed ? 0.95 : 0.85,
			"under the name of the type");
}

static bool
goes_on_in_capitals(const Zoner *zoner, int i)
{
	return i + 1 < lines_count(zoner->lines) && zoner_line(zoner, i + 1)->flags & LINE_CAPS;
}

void
zone_find_title(Zoner *zoner)
{
	int i = find_title_line(zoner);
	if (i < 0 && !zoner->has_motto && zone_count(zoner->zones, ZONE_NUMBER) == 0)
		i = find_bold_title(zoner);
	if (i < 0)
		return;
	const Line *line = zoner_line(zoner, i);
	const char *title = after_item_number(line->text, NULL);
	size_t n = zoner_title_length(zoner, title);
	g_autofree char *name = g_strndup(title, n);
	const char *rest = title + n;
	rest += strspn(rest, " :.-");
	if (g_str_has_prefix(rest, "LIÊN TỊCH"))
		rest += strlen("LIÊN TỊCH") + strspn(rest + strlen("LIÊN TỊCH"), " :.-");
	/* "PHIẾU CHUYỂN ĐƠN", "GIẤY MỜI HỌP", "Phụ lục II": no subject is one word or a number */
	if ((!strchr(rest, ' ') && !goes_on_in_capitals(zoner, i)) ||
		rest[strspn(rest, "IVXLC0123456789.")] == '\0')
		rest += strlen(rest);
	if (is_whose(rest))
		rest += strlen(rest);
	zoner_add(zoner, ZONE_TITLE, name, &line->place);
	zoner->owner[i] = ZONE_TITLE;
	zoner_because(zoner, ZONE_TITLE, zoner->has_motto ? 0.98 : 0.85,
		"first line in capitals below the head");
	if (zone_count(zoner->zones, ZONE_SUBJECT) > 0)
		return;
	if (*rest)
		zoner_add(zoner, ZONE_SUBJECT, rest, &line->place);
	take_subject(zoner, i + 1, rest);
}

/* --- addressees --- */

static const char *
after_kinh_gui(const char *text)
{
	const char *colon = strchr(text, ':'), *rest = text;
	if (colon && colon - text <= 20)
		rest = colon + 1;
	else /* behind its letters, however many bytes they have */
		for (size_t n = 0; *rest && n < strlen("kinhgui"); rest = g_utf8_next_char(rest))
			n += g_unichar_isalnum(g_utf8_get_char(rest)) != 0;
	return rest + strspn(rest, " ");
}

/* "Bộ Nội vụ. Thực hiện Công văn số …": the body follows on the same line. Caller owns. */
static char *
before_body(const char *text)
{
	for (const char *p = strstr(text, ". "); p; p = strstr(p + 1, ". "))
		if (is_basis_line(p + 2) && g_unichar_isupper(g_utf8_get_char(p + 2)))
			return g_strndup(text, (gsize)(p + 1 - text));
	static const char *const openings[] = { " Tôi là", " Tôi tên", " Tên tôi", NULL };
	for (size_t i = 0; openings[i]; i++) {
		const char *p = strstr(text, openings[i]);
		if (p)
			return g_strndup(text, (gsize)(p - text));
	}
	return g_strdup(text);
}

/* One printed line may hold several: "- A; - B." */
static void
add_entries(Zoner *zoner, Zone zone, const char *line, const Place *place)
{
	g_autofree char *text = before_body(line);
	g_auto(GStrv) parts = g_strsplit(text, "; - ", -1);
	for (char **part = parts; *part; part++) {
		const char *entry = after_bullet(*part);
		if (*entry)
			zoner_add(zoner, zone, entry, place);
	}
}

static bool
entry_ended(const Zoner *zoner, Zone zone)
{
	int n = zone_count(zoner->zones, zone);
	if (n == 0)
		return false;
	const char *text = zone_line(zoner->zones, zone, n - 1)->text;
	size_t size = strlen(text);
	return size > 0 && (text[size - 1] == ';' || text[size - 1] == '.');
}

/* Below "Kính gửi:" with nobody named stands the first sentence of the body. */
static bool
is_sentence(const char *text)
{
	static const char *const verbs[] = { " nhận được ", " báo cáo ", " đề nghị ", " thông báo ",
		" trân trọng ", " kính mời ", NULL };
	static const char *const openings[] = { "Tôi là", "Tôi tên", "Tên tôi", "Chúng tôi",
		"Họ và tên", "Họ tên", NULL };
	bool verb = g_str_has_prefix(text, "Ngày ") || g_str_has_prefix(text, "Hôm nay");
	for (size_t i = 0; verbs[i] && !verb; i++)
		verb = strstr(text, verbs[i]) != NULL;
	for (size_t i = 0; openings[i]; i++)
		if (g_str_has_prefix(text, openings[i]))
			return true;
	return verb && text_length(text) > 60 && !has_bullet(text);
}

/* Whether line i goes on with the list that stands at line `before`. */
static bool
continues_list(const Zoner *zoner, Zone zone, int before, int i)
{
	const Line *line = zoner_line(zoner, i), *last = zoner_line(zoner, before);
	if (is_noise(line->text) || is_basis_line(line->text) || is_place_date(line->text))
		return false;
	if (has_bullet(line->text))
		return true;
	if (zone_count(zoner->zones, zone) == 0)
		return !is_sentence(line->text);
	if (entry_ended(zoner, zone) || is_sentence(line->text))
		return false;
	/* "- Các bộ, cơ quan thuộc / Chính phủ;" */
	if (g_str_has_suffix(line->text, ";"))
		return true;
	return line->block == last->block || (line->side && line->table == last->table) ||
		g_unichar_islower(g_utf8_get_char(line->text));
}

/* The end of a line too long for the page: the decoder made a paragraph of it. */
static bool
is_wrapped(const Line *before, const Line *line)
{
	return box_known(before->place.box) && before->place.page == line->place.page &&
		g_unichar_islower(g_utf8_get_char(line->text)) &&
		line->place.box.y0 - before->place.box.y1 < 6;
}

/* A sentence that begins at the page's left is the body's, though it stands right below. */
static bool
begins_left(const Line *first, const Line *line)
{
	const double indent_pt = 15;
	return !line->side && box_known(first->place.box) && box_known(line->place.box) &&
		line->place.box.x0 < first->place.box.x0 - indent_pt &&
		g_unichar_isupper(g_utf8_get_char(line->text));
}

static bool
closes_list(const Zoner *zoner, Zone zone)
{
	int n = zone_count(zoner->zones, zone);
	const char *text = n ? zone_line(zoner->zones, zone, n - 1)->text : "";
	size_t size = strlen(text);
	return size > 0 && text[size - 1] == '.' && n > 1;
}

/* "Kính gửi các đồng chí kết quả như sau: …" is a sentence. */
static bool
is_greeting(const char *text)
{
	enum { LONGEST = 60 };
	const char *colon = strchr(text, ':'), *end = strstr(text, "như sau");
	return end && (!colon || colon > end) && text_length(text) > LONGEST;
}

void
zone_find_addressees(Zoner *zoner)
{
	int count = lines_count(zoner->lines), at = -1;
	int to = MIN(count, zoner->head_end + TITLE_SEARCH + SUBJECT_LINES_MAX);
	for (int i = zoner->head_end; i < to && at < 0; i++) {
		const char *text = zoner_line(zoner, i)->text;
		if (is_addressee_line(text) && zoner->owner[i] == ZONE_COUNT && !is_greeting(text))
			at = i;
	}
	if (at < 0)
		return;
	const Line *first = zoner_line(zoner, at);
	const char *rest = after_kinh_gui(first->text);
	zoner->owner[at] = ZONE_ADDRESSEE;
	bool list = !*rest || has_bullet(rest);
	if (*rest)
		add_entries(zoner, ZONE_ADDRESSEE, rest, &first->place);
	for (int i = at + 1; i < MIN(count, at + ADDRESSEES_MAX); i++) {
		const Line *line = zoner_line(zoner, i);
		bool one_piece = line->block == zoner_line(zoner, i - 1)->block ||
			is_wrapped(zoner_line(zoner, i - 1), line);
		if (!continues_list(zoner, ZONE_ADDRESSEE, i - 1, i) ||
			(!list && !one_piece && !has_bullet(line->text)) ||
			(!has_bullet(line->text) && begins_left(first, line)))
			break;
		if (closes_list(zoner, ZONE_ADDRESSEE))
			break;
		if (has_bullet(line->text) || zone_count(zoner->zones, ZONE_ADDRESSEE) == 0 ||
			(list && entry_ended(zoner, ZONE_ADDRESSEE)))
			add_entries(zoner, ZONE_ADDRESSEE, line->text, &line->place);
		else
			zoner_join(zoner, ZONE_ADDRESSEE, line->text, &line->place);
		zoner->owner[i] = ZONE_ADDRESSEE;
	}
	zoner_because(zoner, ZONE_ADDRESSEE, 0.97, "behind “Kính gửi”");
}

/* --- bases and body --- */

static bool
ends_bases(const char *text)
{
	return match_begins(text, "quyết định:") || match_begins(text, "điều ") ||
		match_begins(text, "quyết nghị:") || g_ascii_isdigit(*text);
}

void
zone_find_body(Zoner *zoner)
{
	int last_block = -1;
	bool bases = true;
	for (int i = zoner->head_end; i < zoner->foot_start; i++) {
		const Line *line = zoner_line(zoner, i);
		if (zoner->owner[i] != ZONE_COUNT || (line->table && !line->side) ||
			is_noise(line->text))
			continue;
		zoner->owner[i] = ZONE_BODY;
		if (line->block == last_block) {
			zoner_join(zoner, ZONE_BODY, line->text, &line->place);
			continue;
		}
		last_block = line->block;
		zoner_lend(zoner, ZONE_BODY, line->text, &line->place);
	}
	for (int i = 0; i < zone_count(zoner->zones, ZONE_BODY) && bases; i++) {
		const ZoneLine *line = zone_line(zoner->zones, ZONE_BODY, i);
		if (is_basis_line(line->text))
			zoner_lend(zoner, ZONE_BASIS, line->text, &line->place);
		bases = !ends_bases(line->text);
	}
	zoner_because(zoner, ZONE_BODY, 0.95, "between head and foot");
	zoner_because(zoner, ZONE_BASIS, 0.93, "paragraphs that open with “Căn cứ”");
}
