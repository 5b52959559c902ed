/* The foot: recipients (ô số 9b, 12) on one side, who signed (7a, 7b) on the other, and where
 * appendices begin. The signer's block is found by its column, and by lying above or below the
 * recipients. */
#include "extract/zoner.h"

#include "base/text.h"
#include "extract/marks.h"
#include "extract/pattern.h"
#include "extract/types.h"

#include <math.h>
#include <string.h>

enum {
	ABOVE_LINES = 10,
	BELOW_LINES = 16,
	RECIPIENTS_MAX = 80,
	NAME_WITHIN = 9,
	POSITION_LENGTH = 130
};

/* --- recipients --- */

static bool
in_same_column(const Line *a, const Line *b)
{
	if (a->table != b->table)
		return false;
	/* columns made with tabs: a line without a second column belongs to the first */
	if (a->table == 0)
		return MAX(a->column, 1) == MAX(b->column, 1);
	return a->column == b->column;
}

static bool
is_filing(const char *text)
{
	return match_begins(after_bullet(text), "lưu");
}

/* Who signs, or an appendix: a list of recipients can't go on there. */
static bool
ends_recipients(const Zoner *zoner, int i)
{
	const Line *line = zoner_line(zoner, i);
	if (has_bullet(line->text))
		return false;
	bool caps = line->flags & LINE_CAPS;
	return (caps && is_position_line(line->text)) || is_appendix_title(line->text) ||
		(caps && zoner_title_length(zoner, line->text) > 0) || is_motto(line->text) ||
		(is_person_name(line->text) && has_family_name(line->text));
}

static void
add_recipients(Zoner *zoner, const char *text, const Place *place)
{
	g_auto(GStrv) parts = g_strsplit(text, "; - ", -1);
	for (char **part = parts; *part; part++)
		if (!text_is_blank(*part))
			zoner_add(zoner, ZONE_RECIPIENT, *part, place);
}

/* "Chủ tịch, các PCT UBND tỉnh;": an entry without a bullet, among others that end so, maybe lines
 * further down. */
static bool
goes_on_plain(const Zoner *zoner, const char *last, int i)
{
	enum { LINES_MAX = 3 };
	const Line *first = zoner_line(zoner, i);
	int to = lines_count(zoner->lines), lines = 0;
	for (int k = i; g_str_has_suffix(last, ";") && k < to && lines < LINES_MAX; k++) {
		const Line *line = zoner_line(zoner, k);
		if (!in_same_column(line, first))
			continue;
		if (line->flags & LINE_CAPS || has_bullet(line->text) ||
			strchr(".:", line->text[strlen(line->text) - 1]))
			return false;
		if (g_str_has_suffix(line->text, ";"))
			return true;
		lines++;
	}
	return false;
}

/* A line of the list: a new entry, or the rest of the one before. False: the list ended before it.
 */
static bool
read_recipient(Zoner *zoner, int i, bool *filed)
{
	const Line *line = zoner_line(zoner, i);
	int n = zone_count(zoner->zones, ZONE_RECIPIENT);
	const char *last = n ? zone_line(zoner->zones, ZONE_RECIPIENT, n - 1)->text : "";
	size_t size = strlen(last);
	bool ended = size == 0 || last[size - 1] == ';' || last[size - 1] == '.' ||
		last[size - 1] == ':';
	bool same_block = i > 0 && line->block == zoner_line(zoner, i - 1)->block;
	if (has_bullet(line->text) || (is_filing(line->text) && n > 0)) {
		if (*filed && !is_filing(line->text) && ended)
			return false;
		*filed |= is_filing(line->text);
		add_recipients(zoner, line->text, &line->place);
	} else if (n > 0 && (!ended || (same_block && last[size - 1] == ':'))) {
		zoner_join(zoner, ZONE_RECIPIENT, line->text, &line->place);
	} else if (!*filed &&
		(line->side || line->table || n == 0 || goes_on_plain(zoner, last, i))) {
		add_recipients(zoner, line->text, &line->place);
	} else {
		return false;
	}
	zoner->owner[i] = ZONE_RECIPIENT;
	return true;
}

static int
find_recipients_line(const Zoner *zoner)
{
	for (int i = zoner->head_end; i < lines_count(zoner->lines); i++)
		if (is_recipients_line(zoner_line(zoner, i)->text) &&
			zoner->owner[i] == ZONE_COUNT &&
			(zoner_line(zoner, i)->side || !zoner_line(zoner, i)->table))
			return i;
	return -1;
}

/* Whose column the list stands in: that of its heading, or, when only the list stands beside the
 * signer, its own. */
static const Line *
column_of_list(const Zoner *zoner, int at)
{
	const Line *heading = zoner_line(zoner, at);
	bool more = at + 1 < lines_count(zoner->lines);
	const Line *next = more ? zoner_line(zoner, at + 1) : heading;
	bool beside = heading->table == 0 && next->table && next->side && next->column == 1;
	return beside ? next : heading;
}

/* Part of a list stands beside the signer, the rest above or below him: a PDF has two columns only
 * as far as both have lines. */
static bool
goes_on_elsewhere(const Zoner *zoner, const Line *first, int i)
{
	const Line *line = zoner_line(zoner, i);
	const double near_pt = 20;
	int n = zone_count(zoner->zones, ZONE_RECIPIENT);
	const char *last = n ? zone_line(zoner->zones, ZONE_RECIPIENT, n - 1)->text : "";
	bool entry = has_bullet(line->text) || goes_on_plain(zoner, last, i) ||
		(is_filing(line->text) && g_str_has_suffix(last, ";"));
	if (!entry || line->table == first->table)
		return false;
	/* the foot was cut by the page's end: the signer stays above, the list goes on */
	if (first->place.page + 1 == line->place.page)
		return (n == 0 || g_str_has_suffix(last, ";")) &&
			(line->table ? line->side : !line->side) &&
			fabs(first->place.box.x0 - line->place.box.x0) < near_pt;
	if (first->place.page != line->place.page)
		return false;
	if (first->table == 0 || (line->table && line->side))
		return line->side && line->column == 1;
	if (!box_known(line->place.box) || !box_known(first->place.box))
		return line->table == 0 && !line->side;
	return line->table == 0 && fabs(first->place.box.x0 - line->place.box.x0) < near_pt;
}

/* A list in two columns, its second one taken for the signer's, too: no one else has bullets, and
 * what follows them wraps. */
static bool
is_beside_in_list(const Zoner *zoner, const Line *first, int i)
{
	const Line *line = zoner_line(zoner, i), *above = zoner_line(zoner, i - 1);
	bool rest = zoner->owner[i - 1] == ZONE_RECIPIENT && in_same_column(above, line) &&
		!(line->flags & LINE_CAPS);
	return line->table && line->table == first->table && (has_bullet(line->text) || rest);
}

/* Returns the line behind the last recipient. */
static int
take_recipients(Zoner *zoner, int at)
{
	const Line *first = column_of_list(zoner, at);
	const char *colon = strchr(zoner_line(zoner, at)->text, ':');
	const char *rest = colon ? colon + 1 + strspn(colon + 1, " ") : "";
	bool filed = is_filing(rest);
	zoner->owner[at] = ZONE_RECIPIENT;
	if (*rest)
		add_recipients(zoner, rest, &zoner_line(zoner, at)->place);
	int i = at + 1, end = at + 1;
	for (; i < MIN(lines_count(zoner->lines), at + RECIPIENTS_MAX); i++) {
		const Line *line = zoner_line(zoner, i);
		if (!filed && i >= end && goes_on_elsewhere(zoner, first, i))
			first = line;
		if (!in_same_column(line, first) && !is_beside_in_list(zoner, first, i)) {
			if (line->table != first->table && !line->side)
				break;
			continue;
		}
		if (is_noise(line->text))
			continue;
		if (ends_recipients(zoner, i) || !read_recipient(zoner, i, &filed))
			break;
		end = i + 1;
	}
	zoner_because(zoner, ZONE_RECIPIENT, 0.96, "list under “Nơi nhận”");
	for (int n = 0; n < zone_count(zoner->zones, ZONE_RECIPIENT); n++) {
		const ZoneLine *line = zone_line(zoner->zones, ZONE_RECIPIENT, n);
		if (is_filing(line->text))
			zoner_add(zoner, ZONE_DRAFTING, line->text, &line->place);
	}
	zoner_because(zoner, ZONE_DRAFTING, 0.95, "the line of filing among the recipients");
	return end;
}

/* --- the signer --- */

static bool
is_signed_mark(const char *text)
{
	g_autofree char *letters = letters_only(text);
	static const char *const marks[] = { "daky", "kyten", "daky", "kyghirohoten",
		"kyvaghirohoten", "daky", "kyghiohoten", "kytendongdau", "kyghirohotendongdau",
		"kytenghirohoten", NULL };
	return g_strv_contains(marks, letters) || g_str_has_prefix(letters, "chukycua") ||
		g_str_has_prefix(letters, "kyghiro");
}

static bool
may_be_name(const char *text)
{
	return is_person_name(text);
}

static bool
is_post(const Zoner *zoner, const Line *line)
{
	return is_position_line(line->text) && text_length(line->text) <= POSITION_LENGTH &&
		(line->flags & LINE_CAPS || is_authority_line(line->text) ||
			line->flags & LINE_BOLD) &&
		zoner_title_length(zoner, line->text) == 0;
}

/* "ĐƯỜNG CAO TỐC" may be a name; a line below it that is written as names are is a better one. */
static int
better_name(const Zoner *zoner, const GArray *lines, int name)
{
	if (!(zoner_line(zoner, g_array_index(lines, int, name))->flags & LINE_CAPS))
		return name;
	for (int i = name + 1; i < MIN((int)lines->len, name + NAME_WITHIN); i++) {
		const Line *line = zoner_line(zoner, g_array_index(lines, int, i));
		if (is_authority_line(line->text))
			break;
		if (!(line->flags & LINE_CAPS) && may_be_name(line->text) &&
			has_family_name(line->text))
			return i;
	}
	return name;
}

/* From the first line of a post to the name: true when the block has both, or at least a post. */
static bool
read_block(const Zoner *zoner, const GArray *lines, int from, int *ret_post, int *ret_name)
{
	*ret_post = *ret_name = -1;
	for (int i = from; i < (int)lines->len; i++) {
		const Line *line = zoner_line(zoner, g_array_index(lines, int, i));
		if (*ret_post < 0 && is_post(zoner, line))
			*ret_post = i;
		else if (*ret_post >= 0 && may_be_name(line->text)) {
			*ret_name = better_name(zoner, lines, i);
			return true;
		} else if (*ret_post >= 0 && i - *ret_post > NAME_WITHIN) {
			break;
		}
	}
	return *ret_post >= 0;
}

/* "NA", "Z2": what a signature looks like to a reader of pictures. A post is longer. */
static bool
is_stroke(const char *text)
{
	g_autofree char *letters = letters_only(text);
	return text_length(letters) < 4 && !is_authority_line(text);
}

/* Letters of a seal lie beside the post, not under it. */
static bool
is_off_centre(const Zoner *zoner, int post, const Line *line)
{
	const double far_pt = 40;
	Box a = zoner_line(zoner, post)->place.box, b = line->place.box;
	return line->flags & LINE_RECOGNISED && box_known(a) && box_known(b) &&
		fabs(a.x0 + a.x1 - b.x0 - b.x1) > 2 * far_pt;
}

static void
take_block(Zoner *zoner, const GArray *lines, int post, int name, double sure, const char *why)
{
	double size_pt = zoner_line(zoner, g_array_index(lines, int, post))->size_pt;
	int to = name >= 0 ? name : MIN((int)lines->len, post + 5);
	for (int i = post; i < to; i++) {
		int at = g_array_index(lines, int, i);
		const Line *line = zoner_line(zoner, at);
		bool overlaid = line->size_pt > 0 && line->size_pt < 0.62 * size_pt;
		/* "TRƯỞNG PHÒNG ĐÀO TẠO" over "- CÔNG TÁC SINH VIÊN" */
		bool bullet = has_bullet(line->text) && !(line->flags & LINE_CAPS);
		if (is_noise(line->text) || is_signed_mark(line->text) || bullet ||
			g_str_has_suffix(line->text, ";") || overlaid)
			continue;
		if (!(line->flags & (LINE_CAPS | LINE_BOLD)) &&
			(!is_position_line(line->text) || strchr(line->text, ',')))
			continue;
		if ((line->flags & LINE_RECOGNISED && is_stroke(line->text)) ||
			is_off_centre(zoner, g_array_index(lines, int, post), line))
			continue;
		zoner_take(zoner, ZONE_AUTHORITY, at);
	}
	zoner_because(zoner, ZONE_AUTHORITY, sure, why);
	if (name < 0)
		return;
	zoner_take(zoner, ZONE_SIGNER, g_array_index(lines, int, name));
	bool family = has_family_name(zone_line(zoner->zones, ZONE_SIGNER, 0)->text);
	zoner_because(zoner, ZONE_SIGNER, family ? sure : sure - 0.05, why);
}

/* Lines above the recipients: only those in one piece in front of them that look like a post. */
static int
first_line_above(const Zoner *zoner, int at)
{
	int from = at;
	for (int i = at - 1; i >= MAX(zoner->head_end, at - ABOVE_LINES); i--) {
		const Line *line = zoner_line(zoner, i);
		if (zoner->owner[i] != ZONE_COUNT ||
			(line->table && !line->side && line->table != zoner_line(zoner, at)->table))
			break;
		if (!(line->flags & LINE_CAPS) && !is_noise(line->text) &&
			!is_authority_line(line->text) && !may_be_name(line->text) &&
			!is_signed_mark(line->text) && strcmp(line->text, "kiêm") != 0)
			break;
		if (strstr(line->text, "./."))
			break;
		from = i;
	}
	return from;
}

/* A form behind the document has a head of its own: line i opens a table that holds a motto. */
static bool
opens_other_head(const Zoner *zoner, int i)
{
	const Line *first = zoner_line(zoner, i);
	for (int k = i; first->table && k < lines_count(zoner->lines); k++) {
		const Line *line = zoner_line(zoner, k);
		if (line->table != first->table)
			return false;
		if (is_motto(line->text))
			return true;
	}
	return false;
}

/* Everything beside and around the recipients that nobody owns. */
static GArray *
lines_around(const Zoner *zoner, int at, int end)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(int));
	int to = MIN(lines_count(zoner->lines), end + BELOW_LINES);
	for (int i = first_line_above(zoner, at); i < to; i++) {
		const Line *line = zoner_line(zoner, i);
		if (i >= end && opens_other_head(zoner, i))
			break;
		if (i >= end &&
			(is_appendix_title(line->text) || is_motto(line->text) ||
				(line->table && !line->side &&
					line->table != zoner_line(zoner, at)->table &&
					line->flags & LINE_CAPS &&
					zoner_title_length(zoner, line->text))))
			break;
		if (zoner->owner[i] == ZONE_COUNT && !is_noise(line->text))
			g_array_append_val(lines, i);
	}
	return lines;
}

/* Two posts side by side (minutes): the chair's column counts. */
static int
chair_line(const Zoner *zoner, const GArray *lines)
{
	for (int i = 0; i < (int)lines->len; i++) {
		const Line *line = zoner_line(zoner, g_array_index(lines, int, i));
		if (line->column && line->flags & LINE_CAPS && is_chair(line->text))
			return i;
	}
	return -1;
}

/* The first line of the block that line `at` of the list stands in: "TM. ỦY BAN NHÂN DÂN" over "CHỦ
 * TỊCH". */
static int
top_of_block(const Zoner *zoner, const GArray *lines, int at)
{
	const Line *like = zoner_line(zoner, g_array_index(lines, int, at));
	for (int i = at - 1; i >= 0; i--) {
		const Line *line = zoner_line(zoner, g_array_index(lines, int, i));
		if (line->table != like->table)
			break;
		if (line->column != like->column)
			continue;
		/* a long post goes on in a line of its own: "PHÓ TRƯỞNG BAN / THƯỜNG TRỰC" */
		if (!is_post(zoner, line) &&
			(!(line->flags & LINE_CAPS) || is_person_name(line->text)))
			break;
		at = is_post(zoner, line) ? i : at;
	}
	return at;
}

/* What stands in the column of line `like`, from there on, and what stands in none: a name far
 * below posts that were set with tabs. */
static GArray *
keep_column(const Zoner *zoner, GArray *lines, int like)
{
	const Line *wanted = zoner_line(zoner, g_array_index(lines, int, like));
	GArray *kept = g_array_new(FALSE, FALSE, sizeof(int));
	for (int i = like; i < (int)lines->len; i++) {
		const Line *line = zoner_line(zoner, g_array_index(lines, int, i));
		if (line->table != wanted->table || line->column == wanted->column ||
			(!line->table && !line->side))
			g_array_append_val(kept, g_array_index(lines, int, i));
	}
	g_array_free(lines, TRUE);
	return kept;
}

/* Two people sign in two columns: each name belongs under its own post. */
static GArray *
one_column(const Zoner *zoner, GArray *lines)
{
	int chair = chair_line(zoner, lines);
	if (chair >= 0)
		return keep_column(zoner, lines, top_of_block(zoner, lines, chair));
	int post, name;
	if (!read_block(zoner, lines, 0, &post, &name))
		return lines;
	const Line *first = zoner_line(zoner, g_array_index(lines, int, post));
	return first->column ? keep_column(zoner, lines, post) : lines;
}

/* Right below, though on the next page, where nothing stands beside it. */
static bool
is_below(const Line *post, const Line *name)
{
	const double near_pt = 40;
	Box a = post->place.box, b = name->place.box;
	return !name->side && !name->table && box_known(a) && box_known(b) &&
		fabs(a.x0 + a.x1 - b.x0 - b.x1) < 2 * near_pt;
}

static bool
stands_apart(const Zoner *zoner, const GArray *lines, int post, int name)
{
	const Line *a = zoner_line(zoner, g_array_index(lines, int, post));
	const Line *b = zoner_line(zoner, g_array_index(lines, int, name));
	return (a->flags & LINE_CAPS || is_authority_line(a->text)) && has_family_name(b->text) &&
		(a->column == b->column || is_below(a, b)) && text_length(a->text) <= 60;
}

/* A post with a name stands in front of line `end`. */
static bool
is_signed_before(const Zoner *zoner, int end)
{
	g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(int));
	int post, name;
	for (int i = zoner->head_end; i < end; i++) {
		const Line *line = zoner_line(zoner, i);
		if (zoner->owner[i] == ZONE_COUNT && !is_noise(line->text) &&
			(!line->table || line->side))
			g_array_append_val(lines, i);
	}
	for (int from = 0; read_block(zoner, lines, from, &post, &name); from = post + 1)
		if (name >= 0 && stands_apart(zoner, lines, post, name))
			return true;
	return false;
}

/* Nobody sends a document without a head, or one of nothing but sample forms, to whom a form names.
 */
static void
doubt_forms(Zoner *zoner)
{
	static const Zone zones[] = { ZONE_RECIPIENT, ZONE_DRAFTING, ZONE_AUTHORITY, ZONE_SIGNER };
	for (size_t i = 0; i < G_N_ELEMENTS(zones); i++)
		zoner_because(zoner, zones[i], MIN(zoner->zones->confidence[zones[i]], 0.5),
			"of a sample form, it seems");
}

void
zone_find_foot(Zoner *zoner)
{
	int at = find_recipients_line(zoner);
	int forms = at < 0 ? 0 : zone_forms_start(zoner, at);
	if (at < 0 || (forms < at && is_signed_before(zoner, forms)))
		return;
	int end = take_recipients(zoner, at);
	GArray *lines = one_column(zoner, lines_around(zoner, at, end));
	int post, name;
	bool found = read_block(zoner, lines, 0, &post, &name);
	if (found && name < 0) {
		int other_post, other_name;
		if (read_block(zoner, lines, post + 1, &other_post, &other_name) &&
			other_name >= 0) {
			name = other_name;
		}
	}
	if (found)
		take_block(zoner, lines, post, name, name >= 0 ? 0.96 : 0.8,
			"beside or around “Nơi nhận”");
	zoner->foot_start = MIN(at, first_line_above(zoner, at));
	zoner->foot_end = end;
	for (guint i = 0; found && i < lines->len; i++)
		if (zoner->owner[g_array_index(lines, int, i)] != ZONE_COUNT)
			zoner->foot_end = MAX(zoner->foot_end, g_array_index(lines, int, i) + 1);
	g_array_free(lines, TRUE);
	bool numbered = zone_count(zoner->zones, ZONE_NUMBER) > 0;
	if (!zoner->has_motto && (forms < at || !numbered))
		doubt_forms(zoner);
}

/* --- without "Nơi nhận" --- */

/* A block that is not announced: a post in capitals with a name soon below, after the body. The
 * first one of the last page of the document itself counts; a list of names in a table does not. */
static GArray *
lines_at_end(const Zoner *zoner)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(int));
	for (int i = zoner->head_end; i < lines_count(zoner->lines); i++) {
		const Line *line = zoner_line(zoner, i);
		if (zone_opens_forms(zoner, i) && lines->len > 0)
			break;
		if (zoner->owner[i] == ZONE_COUNT && !is_noise(line->text))
			g_array_append_val(lines, i);
	}
	return lines;
}

/* Two people sign side by side, as minutes are: the chair's block, when he is beside this post. */
static GArray *
prefer_chair(const Zoner *zoner, GArray *lines, int *post, int *name)
{
	int chair = *post >= 0 ? chair_line(zoner, lines) : -1;
	const Line *found = chair >= 0 ? zoner_line(zoner, g_array_index(lines, int, chair)) : NULL;
	const Line *other = found ? zoner_line(zoner, g_array_index(lines, int, *post)) : NULL;
	if (!found || found->table != other->table || found->column == other->column)
		return lines;
	GArray *kept = g_array_new(FALSE, FALSE, sizeof(int));
	g_array_append_vals(kept, lines->data, lines->len);
	kept = keep_column(zoner, kept, top_of_block(zoner, lines, chair));
	int chair_post, chair_name;
	if (!read_block(zoner, kept, 0, &chair_post, &chair_name) || chair_name < 0) {
		g_array_free(kept, TRUE);
		return lines;
	}
	g_array_free(lines, TRUE);
	*post = chair_post;
	*name = chair_name;
	return kept;
}

void
zone_find_signer(Zoner *zoner)
{
	if (zone_count(zoner->zones, ZONE_AUTHORITY) > 0 ||
		(!zoner->has_motto && zone_count(zoner->zones, ZONE_NUMBER) == 0))
		return;
	GArray *lines = lines_at_end(zoner);
	int best_post = -1, best_name = -1, post, name;
	for (int from = 0; from < (int)lines->len && read_block(zoner, lines, from, &post, &name);
		from = post + 1) {
		if (name < 0 || !stands_apart(zoner, lines, post, name))
			continue;
		best_post = post;
		best_name = name;
		from = name;
		post = name;
	}
	lines = prefer_chair(zoner, lines, &best_post, &best_name);
	if (best_post >= 0) {
		GArray *block = g_array_new(FALSE, FALSE, sizeof(int));
		g_array_append_vals(block, &g_array_index(lines, int, best_post),
			(guint)(best_name - best_post + 1));
		take_block(zoner, block, 0, best_name - best_post, 0.85,
			"a post with a name below, without “Nơi nhận”");
		if (zoner->foot_start == lines_count(zoner->lines))
			zoner->foot_start = g_array_index(lines, int, best_post);
		g_array_free(block, TRUE);
	}
	g_array_free(lines, TRUE);
}
