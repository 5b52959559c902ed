/* The head (ô số 1–4, 5b, 10, 11): two columns, or their lines one after another. */
#include "extract/zoner.h"

#include "base/letter.h"
#include "base/text.h"
#include "extract/marks.h"
#include "extract/pattern.h"
#include "extract/types.h"

#include <string.h>

enum { HEAD_LINES_MAX = 60, BODY_LENGTH = 110 };

/* --- where it ends --- */

/* A title stands across the page: a line in the left column is a part of a body's name. One in the
 * right column got there because it begins to the right of the middle; then nothing else stands on
 * its line. */
static bool
is_title(const Zoner *zoner, const Line *line)
{
	if (!(line->flags & LINE_CAPS))
		return false;
	size_t n = zoner_title_length(zoner, line->text);
	return n > 0 && (!line->side || (line->column > 1 && n == strlen(line->text)));
}

static bool
ends_head(const Zoner *zoner, const Line *line)
{
	if (is_motto(line->text) || is_place_date(line->text))
		return false;
	if (is_title(zoner, line) || is_addressee_line(line->text) ||
		is_recipients_line(line->text))
		return true;
	if (line->side || line->flags & LINE_CAPS)
		return false;
	return is_basis_line(line->text) ||
		(text_length(line->text) > BODY_LENGTH && !is_subject_line(line->text));
}

/* A paper of the Youth Union has its own heading where others have the motto; on the left it is a
 * body's name. */
static bool
is_union_heading(const Line *line)
{
	return line->side && line->column > 1 && line->flags & LINE_CAPS &&
		is_union_name(line->text);
}

static int
find_motto(const Zoner *zoner, int from, int to)
{
	for (int i = from; i < to; i++)
		if (is_motto(zoner_line(zoner, i)->text))
			return i;
	for (int i = from; i < to; i++)
		if (is_union_heading(zoner_line(zoner, i)))
			return i;
	return -1;
}

/* Whole paragraphs above the motto: it belongs to a form that a text shows. */
static bool
stands_in_text(const Zoner *zoner, int motto)
{
	enum { LONGEST = 400 };
	size_t length = 0;
	for (int i = 0; i < motto; i++) {
		const Line *line = zoner_line(zoner, i);
		bool caps = line->flags & LINE_CAPS;
		length += line->side || caps ? 0 : text_length(line->text);
	}
	return length > LONGEST;
}

static void
find_bounds(Zoner *zoner)
{
	int count = lines_count(zoner->lines), limit = MIN(count, HEAD_LINES_MAX);
	int motto = find_motto(zoner, 0, limit);
	if (motto >= 0 && stands_in_text(zoner, motto))
		motto = -1;
	for (zoner->head_end = 0; zoner->head_end < limit; zoner->head_end++)
		if (zoner->head_end > motto && ends_head(zoner, zoner_line(zoner, zoner->head_end)))
			break;
	zoner->has_motto = motto >= 0 && motto < zoner->head_end;
	if (zoner->head_end == limit && !zoner->has_motto)
		zoner->head_end = 0;
}

static bool
is_full_date(const char *text)
{
	const char *day = strstr(text, "ngày");
	Date date;
	return day && is_place_date(text) && date_read(day, &date);
}

/* Consolidated texts (văn bản hợp nhất) have the head of the office that certified them at their
 * end: a table of columns with number, place and date. Returns its first line and the line behind
 * it. */
static bool
find_late_head(const Zoner *zoner, int *ret_from, int *ret_to)
{
	int count = lines_count(zoner->lines);
	for (int i = zoner->head_end; i < count; i++) {
		const Line *line = zoner_line(zoner, i);
		if (!line->side || line->table == 0 || !is_number_line(line->text) ||
			!strpbrk(line->text, "0123456789"))
			continue;
		int from = i, to = i;
		while (from > 0 && zoner_line(zoner, from - 1)->table == line->table)
			from--;
		bool dated = false;
		for (; to < count && zoner_line(zoner, to)->table == line->table; to++)
			dated |= is_full_date(zoner_line(zoner, to)->text);
		*ret_from = from;
		*ret_to = to;
		return dated;
	}
	return false;
}

/* --- the receiver's stamp --- */

/* "Số: 345", "Ngày: 12/9/2025", "Chuyển: …": what stands under ĐẾN (Phụ lục IV). */
static bool
is_stamp_entry(const char *text)
{
	static const char *const entries[] = { "so", "ngay", "chuyen", "gio", "sovakyhieuhs",
		"luuhososo", NULL };
	size_t words = strcspn(text, ":0123456789.…");
	g_autofree char *name = g_strndup(text, words);
	g_autofree char *letters = letters_only(name);
	return g_strv_contains(entries, letters) && !strchr(text, '-') && text_length(text) <= 40 &&
		!(strcmp(letters, "so") == 0 && strchr(text, '/'));
}

static bool
is_arrival(const char *text)
{
	static const char *const marks[] = { "den", "congvanden", "vanbanden", NULL };
	if (!*letters_find_begin(text, marks))
		return false;
	g_autofree char *letters = letters_only(text);
	return g_strv_contains(marks, letters) && text_is_caps(text);
}

static bool
has_organ_below(const Zoner *zoner, int from)
{
	bool sure;
	for (int i = from; i < zoner->head_end; i++) {
		const Line *line = zoner_line(zoner, i);
		if (line->flags & LINE_CAPS && line->column <= 1 && starts_organ(line->text, &sure))
			return true;
	}
	return false;
}

/* The stamp of the office that received the document carries a name and a number of its own. */
static void
set_stamp_aside(Zoner *zoner)
{
	enum { NEAR = 4 };
	for (int i = 0; i < zoner->head_end; i++) {
		if (!is_arrival(zoner_line(zoner, i)->text))
			continue;
		int from = i, to = i + 1;
		while (to < MIN(zoner->head_end, i + NEAR + 1) &&
			is_stamp_entry(zoner_line(zoner, to)->text))
			to++;
		while (from > MAX(0, i - NEAR) && is_stamp_entry(zoner_line(zoner, from - 1)->text))
			from--;
		bool sure;
		if (to - from > 1 && from > 0 && has_organ_below(zoner, to) &&
			starts_organ(zoner_line(zoner, from - 1)->text, &sure))
			from--;
		for (int k = from; k < to && to - from > 1; k++)
			zoner->owner[k] = ZONE_HEAD;
		return;
	}
}

/* --- the lines --- */

typedef struct {
	GArray *organ; /* of int: candidate lines for ô 2 */
	int number;    /* line of the number, -1 = not seen */
	int pending;   /* line that a part continues on, -1 = none */
	Zone part;     /* that part */
} Head;

static bool
same_column(const Line *a, const Line *b)
{
	return a->side == b->side && a->table == b->table && a->column == b->column;
}

/* "Số:" alone, or a notation cut at its dash: the rest stands on the next line of the column. */
static bool
number_goes_on(const char *so_far)
{
	size_t n = strlen(so_far);
	return n > 0 && n < 40 &&
		(so_far[n - 1] == ':' || so_far[n - 1] == '-' || so_far[n - 1] == '/' ||
			strcmp(so_far, "Số") == 0);
}

static bool
is_notation_rest(const char *text)
{
	return text_length(text) <= 25 && !strchr(text, ',') && !is_subject_line(text) &&
		text_is_caps(text);
}

/* A date with its place comes later in the head: one without it belongs to what is cited. */
static bool
has_place_date_below(const Zoner *zoner, int from)
{
	for (int i = from; i < zoner->head_end; i++) {
		const char *text = zoner_line(zoner, i)->text;
		if (is_place_date(text) && g_unichar_isupper(g_utf8_get_char(text)))
			return true;
	}
	return false;
}

/* "… nước / Cộng hòa xã hội chủ nghĩa Việt Nam": a name of the state, not the motto. */
static bool
ends_in_state(const char *text)
{
	return g_str_has_suffix(text, "nước") || g_str_has_suffix(text, "NƯỚC");
}

/* "… của Chủ tịch tỉnh / ngày 17 tháng 9 năm 2025", "… năm / 2025": the last words of a subject,
 * though they look like a date or a page's number. */
static bool
is_subject_rest(const Head *head, const Line *line, const Line *before, const char *so_far,
	bool dated_below)
{
	if (head->part != ZONE_SUBJECT || is_rule_line(line->text))
		return false;
	if (is_place_date(line->text))
		return g_unichar_islower(g_utf8_get_char(line->text)) &&
			(line->side || line->block == before->block || dated_below);
	/* the number of a document that is cited: its own stands above */
	if (is_number_line(line->text))
		return wants_number(so_far) ||
			(head->number >= 0 && !g_str_has_prefix(line->text, "Số"));
	if (is_motto(line->text))
		return ends_in_state(so_far);
	size_t digits = strspn(line->text, "0123456789-");
	return line->text[digits] == '\0' && (line->block == before->block || wants_number(so_far));
}

/* More than a line of nothing between them: a frame laid over the body, no wrapped line. */
static bool
is_far_below(const Line *above, const Line *line)
{
	Box a = above->place.box, b = line->place.box;
	return box_known(a) && box_known(b) && above->place.page == line->place.page &&
		b.y0 - a.y1 > 1.2 * (b.y1 - b.y0);
}

/* A line that belongs to what the line before it in its column began. */
static bool
goes_on(Zoner *zoner, Head *head, int i)
{
	const Line *line = zoner_line(zoner, i);
	if (head->pending < 0 || !same_column(line, zoner_line(zoner, head->pending)))
		return false;
	GArray *lines = zoner->zones->lines[head->part];
	const char *so_far = g_array_index(lines, ZoneLine, lines->len - 1).text;
	bool rest = is_subject_rest(head, line, zoner_line(zoner, head->pending), so_far,
		has_place_date_below(zoner, i + 1));
	if (!rest &&
		(is_noise(line->text) || is_place_date(line->text) || is_motto(line->text) ||
			is_number_line(line->text) || is_addressee_line(line->text) ||
			is_urgency(line->text) || is_secrecy(line->text) ||
			is_circulation(line->text) || is_draft_mark(line->text)))
		return false;
	if (head->part == ZONE_ADDRESS && line->flags & LINE_CAPS)
		return false;
	if (!rest && is_far_below(zoner_line(zoner, head->pending), line))
		return false;
	if (head->part == ZONE_NUMBER && !(number_goes_on(so_far) && is_notation_rest(line->text)))
		return false;
	if (head->part == ZONE_SUBJECT && !rest && !line->side &&
		line->block != zoner_line(zoner, head->pending)->block && line->flags & LINE_CAPS)
		return false;
	zoner_join(zoner, head->part, line->text, &line->place);
	zoner->owner[i] = (int)head->part;
	head->pending = i;
	return true;
}

static void
begin_part(Zoner *zoner, Head *head, Zone part, int i)
{
	zoner_take(zoner, part, i);
	head->pending = i;
	head->part = part;
}

/* "Hà Nội, ngày 25 tháng" over "6 năm 2021". */
static bool
take_broken_date(Zoner *zoner, int i)
{
	if (i + 1 >= zoner->head_end || zone_count(zoner->zones, ZONE_PLACE_DATE) > 0)
		return false;
	const Line *line = zoner_line(zoner, i), *next = zoner_line(zoner, i + 1);
	g_autofree char *joined = g_strconcat(line->text, " ", next->text, NULL);
	if (!same_column(line, next) || !is_place_date(joined) || !strstr(line->text, "ng"))
		return false;
	zoner_take(zoner, ZONE_PLACE_DATE, i);
	zoner_join(zoner, ZONE_PLACE_DATE, next->text, &next->place);
	zoner->owner[i + 1] = ZONE_PLACE_DATE;
	return true;
}

/* A frame too narrow for its mark: "THƯỢNG" over "KHẨN". */
static bool
take_broken_urgency(Zoner *zoner, int i)
{
	if (i + 1 >= zoner->head_end || zone_count(zoner->zones, ZONE_URGENCY) > 0)
		return false;
	const Line *line = zoner_line(zoner, i), *next = zoner_line(zoner, i + 1);
	g_autofree char *joined = g_strconcat(line->text, " ", next->text, NULL);
	if (!same_column(line, next) || is_urgency(line->text) || !is_urgency(joined))
		return false;
	zoner_take(zoner, ZONE_URGENCY, i);
	zoner_join(zoner, ZONE_URGENCY, next->text, &next->place);
	zoner->owner[i + 1] = ZONE_URGENCY;
	return true;
}

/* What a line of the head is by its words alone; ZONE_COUNT = nothing special. */
static Zone
zone_by_words(const char *text)
{
	static const struct {
		bool (*is)(const char *line);
		Zone zone;
	} marks[] = {
		{ is_motto, ZONE_MOTTO },
		{ is_urgency, ZONE_URGENCY },
		{ is_secrecy, ZONE_SECRECY },
		{ is_circulation, ZONE_CIRCULATION },
		{ is_place_date, ZONE_PLACE_DATE },
		{ is_number_line, ZONE_NUMBER },
		{ is_subject_line, ZONE_SUBJECT },
		{ is_contact, ZONE_ADDRESS },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		if (marks[i].is(text))
			return marks[i].zone;
	return ZONE_COUNT;
}

/* The name stands left of the motto: in the first column, or in the second beside an emblem. */
static bool
is_left_column(const Zoner *zoner, const Line *line)
{
	if (line->column <= 1)
		return true;
	for (int i = 0; line->table && i < zoner->head_end; i++) {
		const Line *other = zoner_line(zoner, i);
		if (other->table == line->table && other->column > 2 && is_motto(other->text))
			return line->column < other->column;
	}
	return false;
}

/* "(1)……………": what a form leaves to be filled in. */
static bool
is_blank_entry(const char *text)
{
	const char *p = text + strspn(text, "(0123456789) ");
	return is_rule_line(p);
}

/* The head is a table that holds a name already, and no number is to come: what stands below it is
 * the document. */
static bool
in_table_head(const Zoner *zoner, const Head *head)
{
	if (head->organ->len == 0)
		return false;
	for (int i = 0; i < zoner->head_end; i++)
		if (is_number_line(zoner_line(zoner, i)->text))
			return false;
	const Line *first = zoner_line(zoner, g_array_index(head->organ, int, 0));
	return first->table && first->side;
}

/* "(Ngày 12/8/2025)" below "DỰ THẢO". */
static bool
is_draft_note(const Zoner *zoner, int i)
{
	return *zoner_line(zoner, i)->text == '(' && i > 0 &&
		is_draft_mark(zoner_line(zoner, i - 1)->text);
}

static bool
may_be_organ(const Zoner *zoner, int i, const Head *head)
{
	const Line *line = zoner_line(zoner, i);
	if (head->number >= 0 || is_draft_mark(line->text) || is_copy_mark(line->text) ||
		line->flags & LINE_NOTE || is_blank_entry(line->text) || is_draft_note(zoner, i) ||
		is_addressee_line(line->text))
		return false;
	if (line->side)
		return is_left_column(zoner, line);
	if (line->table || in_table_head(zoner, head))
		return false;
	bool sure;
	return line->flags & LINE_CAPS ||
		(line->flags & LINE_BOLD && starts_organ(line->text, &sure));
}

/* The motto was too long for its line: "NAM" or "NGHĨA VIỆT NAM" stands below, maybe at the page's
 * left. */
static bool
is_motto_rest(const Zoner *zoner, int at)
{
	const Line *line = zoner_line(zoner, at), *above = zoner_line(zoner, MAX(at - 1, 0));
	bool name = at > 0 && same_column(above, line) && g_str_has_suffix(above->text, "VIỆT") &&
		!is_motto(above->text); /* "TẬP ĐOÀN … VIỆT" over "NAM" */
	const size_t longest = 200;
	if (!g_str_has_suffix(line->text, "NAM") || name || strlen(line->text) > longest)
		return false;
	for (int i = 0; i < zoner->head_end; i++) {
		if (strlen(zoner_line(zoner, i)->text) > longest)
			continue;
		g_autofree char *whole = g_strconcat(zoner_line(zoner, i)->text, line->text, NULL);
		g_autofree char *letters = letters_only(whole);
		if (i != at && strcmp(letters, "conghoaxahoichunghiavietnam") == 0)
			return true;
	}
	return false;
}

/* "… KHU VỰC 7" over "-" over "LÂM ĐỒNG", "… VIỆC LÀM SỐ" over "2": a narrow column leaves a dash or
 * a number of a name alone. Above a body of its own a dash is a bit of the line drawn there. */
static bool
is_rest_of_name(const Zoner *zoner, const Head *head, int i)
{
	const Line *line = zoner_line(zoner, i);
	if (head->organ->len == 0 || head->number >= 0 || i + 1 >= zoner->head_end)
		return false;
	int before = g_array_index(head->organ, int, head->organ->len - 1);
	const Line *last = zoner_line(zoner, before), *next = zoner_line(zoner, i + 1);
	if (before != i - 1 || !same_column(line, last))
		return false;
	if (g_str_has_suffix(last->text, " SỐ"))
		return line->text[strspn(line->text, "0123456789")] == '\0';
	bool dash = strcmp(line->text, "-") == 0 || strcmp(line->text, "–") == 0, sure;
	return dash && same_column(line, next) && next->flags & LINE_CAPS &&
		!is_noise(next->text) && !is_number_line(next->text) &&
		!starts_organ(next->text, &sure);
}

static void
read_line(Zoner *zoner, Head *head, int i)
{
	const Line *line = zoner_line(zoner, i);
	if (line->table && !line->side && !zoner->has_motto)
		return; /* a cell of a list says "Số, ký hiệu" too */
	if (zoner->owner[i] == ZONE_COUNT && is_rest_of_name(zoner, head, i)) {
		g_array_append_val(head->organ, i);
		return;
	}
	if (zoner->owner[i] != ZONE_COUNT || goes_on(zoner, head, i) ||
		take_broken_date(zoner, i) || take_broken_urgency(zoner, i) || is_noise(line->text))
		return;
	Zone zone = zone_by_words(line->text);
	bool again = zone < ZONE_COUNT && zone != ZONE_MOTTO && zone_count(zoner->zones, zone) > 0;
	if (zone < ZONE_COUNT && !again) {
		begin_part(zoner, head, zone, i);
		if (zone == ZONE_NUMBER)
			head->number = i;
		if (zone != ZONE_NUMBER && zone != ZONE_SUBJECT && zone != ZONE_ADDRESS)
			head->pending = -1;
	} else if (zone == ZONE_COUNT && !is_motto_rest(zoner, i) && may_be_organ(zoner, i, head)) {
		g_array_append_val(head->organ, i);
	}
}

/* --- the whole --- */

static void
set_confidence(Zoner *zoner)
{
	double sure = zoner->has_motto ? 0.98 : 0.85;
	static const Zone zones[] = { ZONE_MOTTO, ZONE_NUMBER, ZONE_PLACE_DATE, ZONE_URGENCY,
		ZONE_SECRECY, ZONE_CIRCULATION };
	for (size_t i = 0; i < G_N_ELEMENTS(zones); i++)
		zoner_because(zoner, zones[i], sure,
			zoner->has_motto ? "head with motto" : "head without motto");
	if (zone_count(zoner->zones, ZONE_SUBJECT) > 0) {
		bool bracketed = *zone_line(zoner->zones, ZONE_SUBJECT, 0)->text == '(';
		zoner_because(
			zoner, ZONE_SUBJECT, bracketed ? 0.85 : sure - 0.02, "under the number");
	}
}

/* Without a motto, only a few lines that open with the name of a body, right above the number, make
 * a head. */
static bool
is_short_head(const Zoner *zoner, const Head *head)
{
	enum { LINES_MAX = 5 };
	bool sure;
	if (head->organ->len == 0 || head->organ->len > LINES_MAX)
		return false;
	const Line *first = zoner_line(zoner, g_array_index(head->organ, int, 0));
	return starts_organ(first->text, &sure);
}

/* "KHẨN" in a text without any head is a word of that text. A mark of secrecy counts anywhere. */
static void
forget_marks(Zoner *zoner)
{
	static const Zone marks[] = { ZONE_URGENCY, ZONE_CIRCULATION };
	for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
		g_array_set_size(zoner->zones->lines[marks[i]], 0);
}

/* Ô số 14: signing software prints number and notation in the page's corner. Used when the head has
 * none. */
static void
take_signed_number(Zoner *zoner)
{
	for (const Block *block = zoner->doc->notes; block; block = block->next) {
		if (block->kind != BLOCK_PARA ||
			!g_str_has_prefix(text_or_empty(block->place.part), "signature"))
			continue;
		g_auto(GStrv) lines = g_strsplit(text_or_empty(block->para.text), "\n", -1);
		for (char **line = lines; *line; line++) {
			g_autofree char *text = text_squeeze(*line);
			if (!is_number_line(text) || !strpbrk(text, "0123456789"))
				continue;
			zoner_add(zoner, ZONE_NUMBER, text, &block->place);
			zoner_because(zoner, ZONE_NUMBER, 0.75, "printed by the signing software");
			return;
		}
	}
}

/* A mark between head and addressees may be read behind them, when it stands beside them. */
static void
take_late_urgency(Zoner *zoner)
{
	enum { NEAR = 12 };
	int to = MIN(lines_count(zoner->lines), zoner->head_end + NEAR);
	if (!zoner->has_motto || zone_count(zoner->zones, ZONE_URGENCY) > 0)
		return;
	for (int i = zoner->head_end; i < to; i++) {
		if (!is_urgency(zoner_line(zoner, i)->text))
			continue;
		zoner_take(zoner, ZONE_URGENCY, i);
		zoner_because(zoner, ZONE_URGENCY, 0.85, "a mark just below the head");
		return;
	}
}

void
zone_find_head(Zoner *zoner)
{
	find_bounds(zoner);
	Head head = {
		.organ = g_array_new(FALSE, FALSE, sizeof(int)), .number = -1, .pending = -1
	};
	set_stamp_aside(zoner);
	for (int i = 0; i < zoner->head_end; i++)
		read_line(zoner, &head, i);
	int from, to;
	if (head.number < 0 && head.organ->len == 0 && find_late_head(zoner, &from, &to))
		for (int i = from; i < to; i++)
			read_line(zoner, &head, i);
	if (zoner->has_motto || (head.number >= 0 && is_short_head(zoner, &head)))
		zone_split_organ(zoner, head.organ);
	else
		forget_marks(zoner);
	set_confidence(zoner);
	take_late_urgency(zoner);
	if (head.number < 0 && zoner->has_motto)
		take_signed_number(zoner);
	g_array_free(head.organ, TRUE);
}
