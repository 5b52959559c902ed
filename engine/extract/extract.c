/* One document, read by the rules: zones, type, fields, records, findings. */
#include "extract/extract.h"

#include "base/letter.h"
#include "base/text.h"
#include "extract/mend.h"
#include "extract/work.h"

#include <string.h>

void
work_trace(Work *work, const char *format, ...)
{
	if (!work->trace)
		return;
	va_list args;
	va_start(args, format);
	g_string_append_vprintf(work->trace, format, args);
	va_end(args);
}

void
work_out_of_budget(Work *work, const char *rule_id)
{
	for (guint i = 0; i < work->reading->findings->len; i++) {
		const Finding *finding = work->reading->findings->pdata[i];
		if (strcmp(finding->id, finding_id_name(FINDING_RULE_LIMIT)) == 0 &&
			strstr(finding->en, rule_id))
			return;
	}
	findings_add(work->reading->findings, FINDING_RULE_LIMIT, NULL, rule_id);
}

static void
forget(void *data)
{
	match_text_clear(data);
}

static MatchText *
ready_line(Work *work, const char *line)
{
	if (!work->lines)
		work->lines = g_hash_table_new_full(NULL, NULL, NULL, forget);
	MatchText *text = g_hash_table_lookup(work->lines, line);
	if (!text) {
		text = arena_new0(work->zones->arena, MatchText);
		match_text_init(text, line);
		g_hash_table_insert(work->lines, (void *)(uintptr_t)line, text);
	}
	return text;
}

const MatchText *
work_line(Work *work, Zone zone, int i)
{
	int count = zone_count(work->zones, zone);
	if (!work->folded[zone])
		work->folded[zone] = g_new0(MatchText *, (gsize)count + 1);
	if (!work->folded[zone][i])
		work->folded[zone][i] = ready_line(work, zone_line(work->zones, zone, i)->text);
	return work->folded[zone][i];
}

const MatchText *
work_zone(Work *work, Zone zone)
{
	int n = zone_count(work->zones, zone);
	if (work->joined[zone])
		return work->joined[zone];
	g_autofree const MatchText **lines = g_new(const MatchText *, (gsize)n + 1);
	for (int i = 0; i < n; i++)
		lines[i] = work_line(work, zone, i);
	work->joined[zone] = arena_new0(work->zones->arena, MatchText);
	match_text_join(work->joined[zone], zone_text(work->zones, zone, "\n"), lines, (size_t)n);
	return work->joined[zone];
}

static void
forget_joined(MatchText *text)
{
	g_autofree char *original = (char *)(uintptr_t)text->original;
	forget(text);
}

void
work_clear(Work *work)
{
	for (int zone = 0; zone < ZONE_COUNT; zone++) {
		g_free(work->folded[zone]);
		g_clear_pointer(&work->joined[zone], forget_joined);
	}
	g_clear_pointer(&work->lines, g_hash_table_unref);
	g_clear_pointer(&work->spent, g_hash_table_unref);
	g_clear_pointer(&work->room, match_room_free);
	zones_free(work->zones);
	doc_free(work->mended);
}

/* A version of a law or form holds for documents of its days: the day of issue, read before all
 * else, decides. Of a document without one: for what is still open. */
static bool
in_force(const Work *work, const RuleSet *set)
{
	Date date;
	if (!set->from.year && !set->to.year)
		return true;
	if (!date_parse_iso(reading_value(work->reading, "issued-date"), &date))
		return !set->to.year;
	return (!set->from.year || date_compare(date, set->from) >= 0) &&
		(!set->to.year || date_compare(date, set->to) <= 0);
}

static bool
in_scope(const Work *work, const RuleSet *set)
{
	return !set->scope || text_same(reading_value(work->reading, "organ-name"), set->scope) ||
		text_same(reading_value(work->reading, "parent-organ-name"), set->scope);
}

bool
work_applies(const Work *work, const RuleSet *set, const char *types)
{
	return rule_set_applies(set, work->doc->format) && in_force(work, set) &&
		in_scope(work, set) && rule_type_applies(types, work->type ? work->type->id : NULL);
}

/* The labels of all types: what the zoner takes for a title. */
static GPtrArray *
titles_of(const Rules *rules)
{
	GPtrArray *titles = g_ptr_array_new();
	for (guint i = 0; i < rules->types->len; i++)
		g_ptr_array_add(titles, ((const TypeRule *)rules->types->pdata[i])->label);
	g_ptr_array_add(titles, NULL);
	return titles;
}

/* A mark of secrecy that stands as a mark stops everything: nothing of the text may go on. */
static void
tell_secrecy(Work *work)
{
	const char *mark = reading_value(work->reading, "security");
	if (!*mark)
		return;
	Place place = zone_place(work->zones, ZONE_SECRECY);
	findings_add(work->reading->findings, FINDING_SECRET, &place, mark);
}

/* "chInh sách": a capital i within a word is a mark of recognised text. */
static size_t
count_odd(const char *text)
{
	size_t odd = 0;
	for (const char *p = strchr(text, 'I'); p; p = strchr(p + 1, 'I'))
		odd += p > text && letter_is_lower(letter_at(g_utf8_prev_char(p))) &&
			letter_is_lower(letter_at(p + 1));
	return odd;
}

static size_t
count_letters(const char *text)
{
	size_t letters = 0;
	for (const char *p = text; *p; p = letter_next(p))
		letters += letter_is_alpha(letter_at(p));
	return letters;
}

/* How far the text can be trusted: recognised text of poor quality looks right where it is wrong.
 */
static double
trust_in(const Doc *doc, const Zones *zones)
{
	for (guint i = 0; i < doc->findings->len; i++) {
		const Finding *finding = doc->findings->pdata[i];
		if (strcmp(finding->id, finding_id_name(FINDING_GARBLED_TEXT)) == 0)
			return 0.6;
	}
	size_t letters = 0, odd = 0;
	for (int i = 0; i < zone_count(zones, ZONE_TEXT); i++)
		odd += count_odd(zone_line(zones, ZONE_TEXT, i)->text);
	for (int i = 0; odd > 3 && i < zone_count(zones, ZONE_TEXT); i++)
		letters += count_letters(zone_line(zones, ZONE_TEXT, i)->text);
	return odd > 3 && odd * 1000 > letters ? 0.7 : 1;
}

/* Nothing is mended in silence. */
static void
tell_changes(Work *work, const GPtrArray *changes)
{
	enum { SHOWN = 12 };
	g_autoptr(GString) list = g_string_new(NULL);
	g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < changes->len; i++)
		if (g_hash_table_add(told, changes->pdata[i]) && g_hash_table_size(told) <= SHOWN)
			g_string_append_printf(
				list, "%s%s", list->len ? "; " : "", (char *)changes->pdata[i]);
	if (g_hash_table_size(told) > SHOWN)
		g_string_append_printf(list, "; … (%u)", g_hash_table_size(told));
	if (list->len)
		findings_add(work->reading->findings, FINDING_MENDED, NULL, list->str);
}

/* Text recognised on a picture is read as its words can only be meant. */
static void
mend(Work *work)
{
	if (!mend_wanted(work->doc))
		return;
	g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func(g_free);
	work->doc = work->mended = mend_doc(work->doc, work->rules->lexicon, changes);
	tell_changes(work, changes);
}

static void
run(Work *work)
{
	mend(work);
	g_autoptr(GPtrArray) titles = titles_of(work->rules);
	work->zones = zones_find(work->doc, (const char *const *)titles->pdata);
	double trust = trust_in(work->doc, work->zones);
	for (int i = 0; i < ZONE_COUNT; i++)
		work->zones->confidence[i] *= trust;
	read_xml(work);
	if (!work->type)
		classify(work);
	read_fields(work);
	look_up_organs(work);
	read_records(work);
	compute(work);
	doubt_recognised(work);
	tell_placeholders(work);
	tell_secrecy(work);
}

static Reading *
reading_of(const Doc *doc, const char *file, const char *sha256)
{
	Reading *reading = reading_new(file, sha256);
	g_free(reading->format);
	reading->format = g_strdup(text_or_empty(doc->format));
	for (guint i = 0; i < doc->findings->len; i++)
		g_ptr_array_add(reading->findings, finding_copy(doc->findings->pdata[i]));
	signatures_add_copies(reading->signatures, doc->signatures);
	return reading;
}

Reading *
extract_read(const Rules *rules, const Doc *doc, const char *file, const char *sha256)
{
	Work work = { .rules = rules, .doc = doc, .reading = reading_of(doc, file, sha256) };
	run(&work);
	work_clear(&work);
	return work.reading;
}

static void
explain_zones(const Zones *zones, GString *out)
{
	g_string_append(out, "zones\n");
	for (int zone = 0; zone < ZONE_HEAD; zone++) {
		int n = zone_count(zones, (Zone)zone);
		if (n == 0)
			continue;
		g_string_append_printf(out, "  %-13s %.2f %s\n", zone_name((Zone)zone),
			zones->confidence[zone], zones->why[zone]);
		for (int i = 0; i < MIN(n, 12); i++) {
			const char *text = zone_line(zones, (Zone)zone, i)->text;
			g_autofree char *start =
				g_utf8_substring(text, 0, MIN(100, (long)text_length(text)));
			g_string_append_printf(out, "    | %s\n", start);
		}
		if (n > 12)
			g_string_append_printf(out, "    | … %d more\n", n - 12);
	}
}

char *
extract_explain(const Rules *rules, const Doc *doc)
{
	g_autoptr(Reading) reading = reading_of(doc, "", "");
	g_autoptr(GString) trace = g_string_new(NULL);
	Work work = { .rules = rules, .doc = doc, .reading = reading, .trace = trace };
	GString *out = g_string_new(NULL);
	run(&work);
	explain_zones(work.zones, out);
	g_string_append(out, trace->str);
	work_clear(&work);
	return g_string_free(out, FALSE);
}

char *
extract_explain_html(const Rules *rules, const Doc *doc, const char *title, bool vietnamese,
	const GPtrArray *pictures)
{
	g_autoptr(Reading) reading = reading_of(doc, title, "");
	g_autoptr(GString) trace = g_string_new(NULL);
	Work work = { .rules = rules, .doc = doc, .reading = reading, .trace = trace };
	run(&work);
	char *page = explain_page(&work, title, vietnamese, pictures);
	work_clear(&work);
	return page;
}
