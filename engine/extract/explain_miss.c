/* A rule that found nothing -> why, for `extract --explain`: the text that came nearest and how far
 * the pattern went along with it, the label or heading that is nowhere, the column that no table
 * has. */
#include "extract/table_grid.h"

#include "base/text.h"

#include <string.h>

/* Words of three letters and more that the pattern asks for: "(?i)Kính gửi\\s*:" asks for kính and
 * gửi. */
static GPtrArray *
words_of(const char *pattern)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *key = match_key(pattern);
	for (const char *p = key; *p;) {
		const char *end = p;
		while (*end && g_unichar_isalpha(g_utf8_get_char(end)))
			end = g_utf8_next_char(end);
		bool escape = p > key && p[-1] == '\\';
		if (!escape && g_utf8_strlen(p, end - p) >= 3)
			g_ptr_array_add(words, g_strndup(p, (gsize)(end - p)));
		p = *end ? g_utf8_next_char(end) : end;
	}
	return words;
}

static int
count_words(const char *text, const GPtrArray *words)
{
	int n = 0;
	g_autofree char *key = match_key(text);
	for (guint i = 0; i < words->len; i++)
		n += strstr(key, words->pdata[i]) != NULL;
	return n;
}

static char *
start_of(const char *text)
{
	return g_utf8_substring(text, 0, MIN(80, (long)text_length(text)));
}

/* The pattern up to what the text does not go along with, and from there; both short. */
static void
trace_reach(Work *work, const char *prepared, size_t far)
{
	enum { BEFORE = 60, BEHIND = 40 };
	const char *from = prepared + (far > BEFORE ? far - BEFORE : 0), *to = prepared + far;
	for (; from < to && ((unsigned char)*from & 0xc0) == 0x80; from++)
		;
	g_autofree char *fits = g_strndup(from, (gsize)(to - from));
	bool cut = g_utf8_strlen(to, -1) > BEHIND;
	g_autofree char *rest = g_utf8_substring(to, 0, MIN(BEHIND, g_utf8_strlen(to, -1)));
	work_trace(work, "      it fits /%s%s/ and not what follows, /%s%s/\n",
		from > prepared ? "…" : "", fits, rest, cut ? "…" : "");
}

/* The text that goes farthest along with one of the patterns; of equals the one that has most of
 * the words that they ask for. */
static guint
nearest(const GPtrArray *patterns, const GPtrArray *texts, char **ret_prepared, size_t *ret_far)
{
	enum { TEXTS_MAX = 400 };
	guint n = MIN(texts->len, TEXTS_MAX), best = 0;
	size_t far[TEXTS_MAX];
	double most = -1;
	for (guint i = 0; i < patterns->len; i++) {
		const char *source = pattern_source(patterns->pdata[i]);
		g_autoptr(GPtrArray) words = words_of(source);
		g_autofree char *prepared = NULL;
		if (!pattern_reach(source, (const char *const *)texts->pdata, n, far, &prepared))
			continue;
		for (guint t = 0; t < n; t++) {
			double score = (double)far[t] / (double)(1 + strlen(prepared)) +
				count_words(texts->pdata[t], words) * 1e-3;
			if (score <= most)
				continue;
			most = score;
			best = t;
			*ret_far = far[t];
			g_free(*ret_prepared);
			*ret_prepared = g_strdup(prepared);
		}
	}
	return best;
}

void
explain_no_value(Work *work, const FieldRule *rule, const GArray *targets)
{
	if (!work->trace)
		return;
	if (targets->len == 0) {
		work_trace(work,
			rule->after ? "    %s: no line with the label /%s/\n"
				    : "    %s: no text there\n",
			rule->zone < ZONE_COUNT ? zone_name(rule->zone) : "text",
			rule->after ? pattern_source(rule->after) : "");
		return;
	}
	g_autoptr(GPtrArray) texts = g_ptr_array_new();
	for (guint i = 0; i < targets->len; i++)
		g_ptr_array_add(texts, (void *)(uintptr_t)g_array_index(targets, Target, i).text);
	g_autofree char *prepared = NULL;
	size_t far = 0;
	guint best = nearest(rule->patterns, texts, &prepared, &far);
	const Target *target = &g_array_index(targets, Target, best);
	Place place = target_place(target, 0);
	g_autofree char *where = place_print(&place), *start = start_of(target->text);
	work_trace(work, "    no pattern gives a valid %s; nearest candidate: “%s” at %s\n",
		rule->type->name, start, where);
	if (prepared && far < strlen(prepared))
		trace_reach(work, prepared, far);
}

/* --- records --- */

/* "t2 lacks the column 'amount' /(?i)số lượng/; its head: STT | Họ và tên" */
static void
explain_table(Work *work, const RecordRule *rule, const Block *block)
{
	Grid grid;
	grid_init(&grid, &block->table, work->zones->arena);
	g_autofree char *where = place_print(&block->place);
	g_autoptr(GString) head = g_string_new(NULL);
	for (int c = 0; c < grid.columns; c++) {
		g_autofree char *text = header_text(&grid, 0, 1, c);
		g_string_append_printf(head, "%s%s", c ? " | " : "", text ? text : "");
	}
	Header header = { .valid = false };
	match_columns(work, rule, &grid, 0, 1, &header);
	for (guint i = 0; i < rule->parts->len && i < PARTS_MAX; i++) {
		const FieldRule *part = rule->parts->pdata[i];
		if (part->header && part->part_required && header.column[i] < 0)
			work_trace(work, "    %s: no column '%s' /%s/\n", where, part->name,
				pattern_source(part->header));
	}
	work_trace(work, "    %s: its head is “%s”\n", where, head->str);
	grid_clear(&grid);
}

static void
explain_tables(Work *work, const RecordRule *rule)
{
	int n = 0;
	for (const Block *block = work->doc->blocks; block; block = block->next) {
		if (block->kind != BLOCK_TABLE || block->table.layout)
			continue;
		explain_table(work, rule, block);
		n++;
	}
	if (n == 0)
		work_trace(work, "    there is no table\n");
}

static void
explain_lines(Work *work, const RecordRule *rule)
{
	Zone zone = rule->zone == ZONE_COUNT ? ZONE_TEXT : rule->zone;
	Between between = {
		.work = work, .rule_id = rule->rule_id, .start = rule->start, .end = rule->end
	};
	g_autoptr(GPtrArray) texts = g_ptr_array_new(), lines = g_ptr_array_new();
	for (int i = 0; i < zone_count(work->zones, zone); i++) {
		const ZoneLine *line = zone_line(work->zones, zone, i);
		if (!between_takes(&between, zone, i))
			continue;
		g_ptr_array_add(texts, (void *)(uintptr_t)line->text);
		g_ptr_array_add(lines, (void *)(uintptr_t)line);
	}
	if (texts->len == 0 && rule->start && !between.begun)
		work_trace(work, "    %s: no line says /%s/\n", zone_name(zone),
			pattern_source(rule->start));
	else if (texts->len == 0)
		work_trace(work, "    %s: no text there\n", zone_name(zone));
	if (texts->len == 0 || rule->patterns->len == 0)
		return;
	g_autofree char *prepared = NULL;
	size_t far = 0;
	const ZoneLine *line = lines->pdata[nearest(rule->patterns, texts, &prepared, &far)];
	g_autofree char *where = place_print(&line->place), *start = start_of(line->text);
	work_trace(work, "    nearest candidate: “%s” at %s\n", start, where);
	if (prepared && far < strlen(prepared))
		trace_reach(work, prepared, far);
}

void
explain_no_records(Work *work, const RecordRule *rule)
{
	if (rule->from == FROM_TABLE)
		explain_tables(work, rule);
	else if (rule->from != FROM_XPATH)
		explain_lines(work, rule);
}
