/* Our XPath functions: dates, numbers, Vietnamese words, folding, working days, the loop's index.
 */
#include "document/query_functions.h"

#include "base/text.h"
#include "document/format.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

typedef xmlXPathParserContext Call;

static QueryState *
state_of(Call *call)
{
	return call->context->userData;
}

/* Pays for touching text; false when the budget is spent, which ends the evaluation. */
static bool
pay(Call *call, size_t bytes)
{
	QueryState *state = state_of(call);
	if (state->text_left >= bytes && !state->exhausted) {
		state->text_left -= bytes;
		return true;
	}
	state->exhausted = true;
	call->error = XPATH_EXPR_ERROR;
	return false;
}

/* An argument as text, paid for; caller owns. */
static char *
pop_text(Call *call)
{
	xmlChar *text = xmlXPathPopString(call);
	if (text && !pay(call, strlen((const char *)text) + 16)) {
		xmlFree(text);
		text = NULL;
	}
	char *copy = g_strdup(text ? (const char *)text : "");
	xmlFree(text);
	return copy;
}

static void
push_text(Call *call, const char *text)
{
	if (pay(call, strlen(text)))
		valuePush(call, xmlXPathNewCString(text));
}

static void
push_taken(Call *call, char *text)
{
	push_text(call, text);
	g_free(text);
}

static int64_t
pop_int(Call *call)
{
	double number = xmlXPathPopNumber(call);
	return number >= -1e15 && number <= 1e15 ? (int64_t)llround(number) : 0;
}

static bool
pop_date(Call *call, Date *ret_date)
{
	g_autofree char *text = pop_text(call);
	return date_parse_iso(text, ret_date);
}

/* ---- dates --------------------------------------------------------------------------------- */

static void
push_date(Call *call, char *(*format)(Date date))
{
	Date date;
	if (pop_date(call, &date))
		push_taken(call, format(date));
	else
		push_text(call, "");
}

static void
call_date_long(Call *call, int n)
{
	(void)n;
	push_date(call, format_date_long);
}

static void
call_date_short(Call *call, int n)
{
	(void)n;
	push_date(call, format_date_short);
}

static void
push_part(Call *call, int which)
{
	Date date;
	const bool good = pop_date(call, &date);
	const int parts[] = { date.year, date.month, date.day };
	valuePush(call, xmlXPathNewFloat(good ? parts[which] : (double)NAN));
}

static void
call_year(Call *call, int n)
{
	(void)n;
	push_part(call, 0);
}

static void
call_month(Call *call, int n)
{
	(void)n;
	push_part(call, 1);
}

static void
call_day(Call *call, int n)
{
	(void)n;
	push_part(call, 2);
}

static void
call_today(Call *call, int n)
{
	(void)n;
	push_taken(call, date_print_iso(state_of(call)->world.today));
}

static bool
is_working(const QueryWorld *world, Date date)
{
	return world->is_working_day ? world->is_working_day(date, world->calendar)
				     : date_weekday(date) <= 5;
}

enum { MAX_DAYS = 4000 };

static void
call_add_working_days(Call *call, int n)
{
	(void)n;
	int64_t days = pop_int(call);
	Date date;
	if (!pop_date(call, &date) || days < 0 || days > MAX_DAYS) {
		push_text(call, "");
		return;
	}
	while (days > 0) {
		date = date_add_days(date, 1);
		days -= is_working(&state_of(call)->world, date);
	}
	push_taken(call, date_print_iso(date));
}

static void
call_working_days(Call *call, int n)
{
	(void)n;
	Date to, from;
	bool good = pop_date(call, &to);
	good = pop_date(call, &from) && good;
	int days = 0, steps = 0;
	for (; good && date_compare(from, to) < 0 && steps < MAX_DAYS; steps++) {
		from = date_add_days(from, 1);
		days += is_working(&state_of(call)->world, from);
	}
	valuePush(call, xmlXPathNewFloat(good && steps < MAX_DAYS ? days : (double)NAN));
}

/* ---- numbers ------------------------------------------------------------------------------- */

static void
call_money(Call *call, int n)
{
	(void)n;
	push_taken(call, format_number(pop_int(call)));
}

static void
call_money_words(Call *call, int n)
{
	(void)n;
	push_taken(call, format_money_words(pop_int(call)));
}

static void
call_number_words(Call *call, int n)
{
	(void)n;
	push_taken(call, format_number_words(pop_int(call)));
}

static void
call_pad(Call *call, int n)
{
	(void)n;
	int64_t width = pop_int(call);
	int64_t number = pop_int(call);
	push_taken(call, g_strdup_printf("%0*" G_GINT64_FORMAT, (int)CLAMP(width, 0, 18), number));
}

static void
call_index(Call *call, int n)
{
	(void)n;
	valuePush(call, xmlXPathNewFloat(state_of(call)->index));
}

/* ---- text ---------------------------------------------------------------------------------- */

static void
push_mapped(Call *call, char *(*map)(const char *text))
{
	g_autofree char *text = pop_text(call);
	push_taken(call, map(text));
}

static void
call_upper(Call *call, int n)
{
	(void)n;
	push_mapped(call, text_upper);
}

static void
call_lower(Call *call, int n)
{
	(void)n;
	push_mapped(call, text_lower);
}

static void
call_title_case(Call *call, int n)
{
	(void)n;
	push_mapped(call, text_title_case);
}

static void
call_organ(Call *call, int n)
{
	(void)n;
	push_mapped(call, format_organ);
}

static void
call_wrap(Call *call, int n)
{
	(void)n;
	int64_t line = pop_int(call), width = pop_int(call);
	g_autofree char *text = pop_text(call);
	push_taken(call,
		format_wrapped(text, (int)CLAMP(width, 1, 10000), (int)CLAMP(line, 1, 10000)));
}

static void
call_fold(Call *call, int n)
{
	(void)n;
	push_mapped(call, text_key);
}

static void
call_bare(Call *call, int n)
{
	(void)n;
	push_mapped(call, text_bare_key);
}

static void
call_same(Call *call, int n)
{
	(void)n;
	g_autofree char *b = pop_text(call);
	g_autofree char *a = pop_text(call);
	valuePush(call, xmlXPathNewBoolean(text_same(a, b)));
}

/* Whether the characters before and at p are of one word. */
static bool
inside_word(const char *text, const char *p)
{
	return p > text && g_unichar_isalnum(g_utf8_get_char(p)) &&
		g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(p)));
}

/* Whole words: "Lê An" is not in "Lê Anh". */
static bool
has_words(const char *text, const char *words)
{
	const char *p = strstr(text, words);
	while (p && (inside_word(text, p) || inside_word(text, p + strlen(words))))
		p = strstr(g_utf8_next_char(p), words);
	return p != NULL;
}

/* Words of the second in the first, both folded. */
static void
call_mentions(Call *call, int n)
{
	(void)n;
	g_autofree char *words = pop_text(call);
	g_autofree char *text = pop_text(call);
	g_autofree char *text_folded = text_key(text);
	g_autofree char *words_folded = text_key(words);
	valuePush(call, xmlXPathNewBoolean(has_words(text_folded, words_folded)));
}

static void
call_default(Call *call, int n)
{
	(void)n;
	g_autofree char *otherwise = pop_text(call);
	g_autofree char *text = pop_text(call);
	push_text(call, text_is_blank(text) ? otherwise : text);
}

/* ---- node sets ----------------------------------------------------------------------------- */

/* Not xmlXPathPopNodeSet(), which takes what lies on top even if it is no argument of this call. */
static xmlNodeSet *
pop_nodes(Call *call)
{
	xmlXPathObject *value = valuePop(call);
	bool is_set = value && value->type == XPATH_NODESET;
	xmlNodeSet *nodes = is_set ? value->nodesetval : NULL;
	if (is_set)
		value->nodesetval = NULL;
	else
		call->error = XPATH_INVALID_TYPE;
	xmlXPathFreeObject(value);
	return nodes;
}

/* The text of one node, paid for; NULL when the budget is spent. Caller owns. */
static char *
node_text(Call *call, xmlNode *node)
{
	xmlChar *text = xmlXPathCastNodeToString(node);
	bool paid = text && pay(call, strlen((const char *)text) + 16);
	char *copy = paid ? g_strdup((const char *)text) : NULL;
	xmlFree(text);
	return copy;
}

static void
call_join(Call *call, int n)
{
	(void)n;
	g_autofree char *separator = pop_text(call);
	xmlNodeSet *nodes = pop_nodes(call);
	g_autoptr(GString) out = g_string_new(NULL);
	if (nodes)
		xmlXPathNodeSetSort(nodes);
	for (int i = 0; nodes && i < nodes->nodeNr; i++) {
		g_autofree char *text = node_text(call, nodes->nodeTab[i]);
		if (!text)
			break;
		g_string_append_printf(out, "%s%s", i ? separator : "", text);
	}
	xmlXPathFreeNodeSet(nodes);
	push_text(call, out->str);
}

static void
add_keys(Call *call, xmlNodeSet *nodes, GHashTable *keys)
{
	for (int i = 0; nodes && i < nodes->nodeNr; i++) {
		g_autofree char *text = node_text(call, nodes->nodeTab[i]);
		if (text && *text)
			g_hash_table_add(keys, text_key(text));
	}
}

/* Any text of the first set is, but for spelling, a text of the second. */
static void
call_same_any(Call *call, int n)
{
	(void)n;
	xmlNodeSet *second = pop_nodes(call), *first = pop_nodes(call);
	g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	add_keys(call, second, keys);
	bool any = false;
	for (int i = 0; first && i < first->nodeNr && !any; i++) {
		g_autofree char *text = node_text(call, first->nodeTab[i]);
		g_autofree char *key = text ? text_key(text) : NULL;
		any = key && g_hash_table_contains(keys, key);
	}
	xmlXPathFreeNodeSet(first);
	xmlXPathFreeNodeSet(second);
	valuePush(call, xmlXPathNewBoolean(any));
}

/* The node that the whole expression is asked of, also from inside of [...], where . is another. */
static void
call_current(Call *call, int n)
{
	(void)n;
	valuePush(call, xmlXPathNewNodeSet(state_of(call)->node));
}

/* ---- XPath's own, with a price ------------------------------------------------------------- */

/* What the arguments on the stack weigh, before libxml2 works on them. */
static bool
pay_arguments(Call *call, int n)
{
	size_t bytes = 64;
	for (int i = 0; i < n && i < call->valueNr; i++) {
		xmlXPathObject *argument = call->valueTab[call->valueNr - 1 - i];
		if (argument->type == XPATH_STRING) {
			bytes += strlen((const char *)argument->stringval);
			continue;
		}
		if (argument->type != XPATH_NODESET || !argument->nodesetval ||
			!argument->nodesetval->nodeNr)
			continue;
		xmlChar *text = xmlXPathCastNodeToString(argument->nodesetval->nodeTab[0]);
		bytes += text ? strlen((const char *)text) : 0;
		xmlFree(text);
	}
	return pay(call, bytes);
}

#define CHARGED(name, function)                                                                    \
	static void name(Call *call, int n)                                                        \
	{                                                                                          \
		if (pay_arguments(call, n))                                                        \
			function(call, n);                                                         \
	}

CHARGED(charged_concat, xmlXPathConcatFunction)
CHARGED(charged_contains, xmlXPathContainsFunction)
CHARGED(charged_starts_with, xmlXPathStartsWithFunction)
CHARGED(charged_substring, xmlXPathSubstringFunction)
CHARGED(charged_substring_before, xmlXPathSubstringBeforeFunction)
CHARGED(charged_substring_after, xmlXPathSubstringAfterFunction)
CHARGED(charged_translate, xmlXPathTranslateFunction)
CHARGED(charged_normalize, xmlXPathNormalizeFunction)
CHARGED(charged_length, xmlXPathStringLengthFunction)
CHARGED(charged_string, xmlXPathStringFunction)

static const struct {
	const char *name;
	xmlXPathFunction function;
} charged[] = {
	{ "concat", charged_concat },
	{ "contains", charged_contains },
	{ "starts-with", charged_starts_with },
	{ "substring", charged_substring },
	{ "substring-before", charged_substring_before },
	{ "substring-after", charged_substring_after },
	{ "translate", charged_translate },
	{ "normalize-space", charged_normalize },
	{ "string-length", charged_length },
	{ "string", charged_string },
};

/* ---- the table ----------------------------------------------------------------------------- */

const QueryFunction query_functions[] = {
	{ "add-working-days", 2, 2, "ngày làm việc thứ n sau một ngày",
		"the n-th working day after a date" },
	{ "bare", 1, 1, "chữ thường, bỏ dấu", "lower case without accents" },
	{ "current", 0, 0, "nút đang xét, cả khi ở trong [ ]",
		"the node in hand, inside of [ ] too" },
	{ "date-long", 1, 1, "“ngày 05 tháng 3 năm 2026”", "a date in words, as NĐ 30 writes it" },
	{ "date-short", 1, 1, "“05/3/2026”", "a date in figures" },
	{ "day", 1, 1, "ngày trong tháng", "the day of a date" },
	{ "default", 2, 2, "giá trị thay khi trống", "the second where the first is empty" },
	{ "fold", 1, 1, "khóa so sánh, giữ dấu", "the key by which spellings compare" },
	{ "index", 0, 0, "số thứ tự của vòng lặp, từ 1", "the loop's count, from 1" },
	{ "join", 2, 2, "nối các giá trị", "the texts of a node set, joined" },
	{ "lower", 1, 1, "chữ thường", "lower case" },
	{ "mentions", 2, 2, "có chứa trọn các từ, không kể cách viết",
		"contains whole words, whatever the spelling" },
	{ "money", 1, 1, "“1.410.000”", "a number with dots" },
	{ "money-words", 1, 1, "số tiền bằng chữ", "an amount of đồng in words" },
	{ "month", 1, 1, "tháng", "the month of a date" },
	{ "number-words", 1, 1, "số bằng chữ", "a number in words" },
	{ "organ", 1, 1, "tên cơ quan viết trong câu", "an organ's name as written in a sentence" },
	{ "pad", 2, 2, "thêm số 0 ở trước", "a number with leading zeros" },
	{ "same", 2, 2, "giống nhau, không kể cách viết", "equal, whatever the spelling" },
	{ "same-any", 2, 2, "có giá trị chung giữa hai danh sách", "two node sets share a text" },
	{ "title-case", 1, 1, "Viết Hoa Đầu Từ", "Every Word Begins With A Capital" },
	{ "today", 0, 0, "ngày hôm nay", "today's date" },
	{ "upper", 1, 1, "CHỮ HOA", "capitals" },
	{ "working-days", 2, 2, "số ngày làm việc giữa hai ngày",
		"working days between two dates" },
	{ "wrap", 3, 3, "dòng thứ n khi xuống dòng theo số chữ",
		"line n of a text wrapped at a width" },
	{ "year", 1, 1, "năm", "the year of a date" },
	{ NULL, 0, 0, NULL, NULL },
};

/* In the order of query_functions. */
static const xmlXPathFunction implementations[] = { call_add_working_days, call_bare, call_current,
	call_date_long, call_date_short, call_day, call_default, call_fold, call_index, call_join,
	call_lower, call_mentions, call_money, call_money_words, call_month, call_number_words,
	call_organ, call_pad, call_same, call_same_any, call_title_case, call_today, call_upper,
	call_working_days, call_wrap, call_year };

void
query_register(xmlXPathContext *context, QueryState *state)
{
	context->userData = state;
	for (size_t i = 0; i < G_N_ELEMENTS(charged); i++) {
		/* a name that is there is not replaced: it has to be taken away first */
		xmlXPathRegisterFunc(context, (const xmlChar *)charged[i].name, NULL);
		xmlXPathRegisterFunc(
			context, (const xmlChar *)charged[i].name, charged[i].function);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(implementations); i++)
		xmlXPathRegisterFunc(
			context, (const xmlChar *)query_functions[i].name, implementations[i]);
}
