/* Tests of rules: the text that a person wrote becomes expectations, a Reading becomes verdicts. */
#include "extract/rule_test.h"

#include "base/text.h"

#include <string.h>

/* --- reading --- */

typedef struct {
	RuleTest *test;
	GString *mistakes;
	int line;
} Parser;

static void mistake(Parser *parser, const char *format, ...) G_GNUC_PRINTF(2, 3);

static void
mistake(Parser *parser, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	g_autofree char *text = g_strdup_vprintf(format, args);
	va_end(args);
	g_string_append_printf(parser->mistakes, "%s%s:%d: %s", parser->mistakes->len ? "\n" : "",
		parser->test->file, parser->line, text);
}

static void
expectation_free(void *data)
{
	Expectation *expectation = data;
	g_free(expectation->record);
	g_free(expectation->name);
	g_free(expectation->value);
	g_free(expectation);
}

static Expectation *
add(Parser *parser, Expect kind, const char *record, const char *name)
{
	Expectation *expectation = g_new0(Expectation, 1);
	expectation->kind = kind;
	expectation->line = parser->line;
	expectation->record = g_strdup(record);
	expectation->name = g_strdup(name);
	g_ptr_array_add(parser->test->expectations, expectation);
	return expectation;
}

/* "absent", "= VALUE", "inferred = VALUE", "conflict = VALUE" */
static bool
read_claim(const char *claim, Expect *ret_kind, const char **ret_value)
{
	static const struct {
		const char *words;
		Expect kind;
	} claims[] = { { "= ", EXPECT_FOUND }, { "inferred = ", EXPECT_INFERRED },
		{ "conflict = ", EXPECT_CONFLICT } };
	*ret_value = NULL;
	*ret_kind = EXPECT_ABSENT;
	if (strcmp(claim, "absent") == 0)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(claims); i++) {
		if (!g_str_has_prefix(claim, claims[i].words))
			continue;
		*ret_kind = claims[i].kind;
		*ret_value = claim + strlen(claims[i].words);
		return **ret_value != '\0';
	}
	return false;
}

static bool
read_number(const char *word, int *ret)
{
	guint64 number;
	if (!g_ascii_string_to_unsigned(word, 10, 1, 100000, &number, NULL))
		return false;
	*ret = (int)number;
	return true;
}

/* "nominee count 3", "nominee 1 name = …", "nominee last note absent" */
static bool
read_record(Parser *parser, const char *record, const char *rest)
{
	g_auto(GStrv) words = g_strsplit(rest, " ", 3);
	int index = 0;
	guint64 count;
	if (!words[0] || !words[1])
		return false;
	if (strcmp(words[0], "count") == 0) {
		if (words[2] || !g_ascii_string_to_unsigned(words[1], 10, 0, 100000, &count, NULL))
			return false;
		add(parser, EXPECT_COUNT, record, NULL)->value = g_strdup(words[1]);
		return true;
	}
	Expect kind;
	const char *value;
	if ((strcmp(words[0], "last") != 0 && !read_number(words[0], &index)) || !words[2] ||
		!read_claim(words[2], &kind, &value))
		return false;
	Expectation *expectation = add(parser, kind, record, words[1]);
	expectation->index = index;
	expectation->value = g_strdup(value);
	return true;
}

static bool
read_date_line(Parser *parser, const char *rest)
{
	return strlen(rest) == 10 && date_parse_iso(rest, &parser->test->date);
}

/* The words that begin a line and are no field. */
static bool
read_directive(Parser *parser, const char *word, const char *rest, bool *ret_known)
{
	RuleTest *test = parser->test;
	*ret_known = true;
	if (strcmp(word, "sample") == 0) {
		g_free(test->sample);
		test->sample = g_strdup(rest);
		return *rest && !strchr(rest, '/');
	}
	if (strcmp(word, "checks") == 0) {
		g_strfreev(test->checks);
		test->checks = g_strsplit(rest, " ", -1);
		return *rest != '\0';
	}
	if (strcmp(word, "date") == 0)
		return read_date_line(parser, rest);
	if (strcmp(word, "nothing") == 0) {
		add(parser, EXPECT_NOTHING, NULL, NULL);
		return strcmp(rest, "else") == 0;
	}
	if (strcmp(word, "finding") == 0) {
		add(parser, EXPECT_FINDING, NULL, rest);
		return *rest != '\0';
	}
	if (strcmp(word, "no") == 0 && g_str_has_prefix(rest, "finding ")) {
		add(parser, EXPECT_NO_FINDING, NULL, rest + strlen("finding "));
		return true;
	}
	*ret_known = false;
	return true;
}

static void
read_line(Parser *parser, char *line)
{
	g_strstrip(line);
	if (*line == '#') {
		if (!*parser->test->label) {
			g_free(parser->test->label);
			parser->test->label = text_squeeze(line + 1);
		}
		return;
	}
	if (!*line)
		return;
	bool known;
	g_autofree char *word = g_strndup(line, strcspn(line, " "));
	const char *rest = line + strlen(word);
	rest += strspn(rest, " ");
	bool good = read_directive(parser, word, rest, &known);
	if (!known) {
		Expect kind;
		const char *value;
		good = read_claim(rest, &kind, &value);
		if (good)
			add(parser, kind, NULL, word)->value = g_strdup(value);
		else
			good = read_record(parser, word, rest);
	}
	if (!good)
		mistake(parser,
			_("'%s' is no expectation; write 'FIELD = VALUE', 'FIELD absent', 'RECORD "
			  "count N' or 'RECORD N FIELD = VALUE'"),
			line);
}

static void
check_whole(Parser *parser)
{
	const RuleTest *test = parser->test;
	bool dossier = test->document && g_str_has_prefix(test->document, "<dossier");
	if (!test->sample == !test->document)
		mistake(parser, _("a test has a document below '---', or names one with 'sample'"));
	else if ((test->checks != NULL) != dossier)
		mistake(parser, _("'checks' and a <dossier> below '---' belong together"));
	else if (test->checks && !test->date.year)
		mistake(parser, _("a test of checks says on which 'date' (2026-11-23)"));
	if (test->expectations->len == 0)
		mistake(parser, _("a test that expects nothing"));
}

RuleTest *
rule_test_parse(const char *text, size_t size, const char *file, GError **err)
{
	g_autofree char *clean = text_clean(text, size);
	g_autoptr(RuleTest) test = g_new0(RuleTest, 1);
	g_autoptr(GString) mistakes = g_string_new(NULL);
	Parser parser = { test, mistakes, 0 };
	test->file = g_strdup(file);
	test->label = g_strdup("");
	test->expectations = g_ptr_array_new_with_free_func(expectation_free);
	for (char *p = clean; *p && !test->document;) {
		char *end = p + strcspn(p, "\n");
		char *next = *end ? end + 1 : end;
		*end = '\0';
		parser.line++;
		if (strcmp(g_strchomp(p), "---") == 0) {
			test->document = g_strdup(next);
			test->document_line = parser.line + 1;
		} else {
			read_line(&parser, p);
		}
		p = next;
	}
	check_whole(&parser);
	if (mistakes->len == 0)
		return g_steal_pointer(&test);
	fail(err, ERR_FORMAT, "%s", mistakes->str);
	return NULL;
}

void
rule_test_free(RuleTest *test)
{
	if (!test)
		return;
	g_free(test->file);
	g_free(test->label);
	g_free(test->sample);
	g_free(test->document);
	g_strfreev(test->checks);
	g_clear_pointer(&test->expectations, g_ptr_array_unref);
	g_free(test);
}

/* --- writing --- */

static const char *const claim_words[] = {
	[EXPECT_FOUND] = "= ",
	[EXPECT_INFERRED] = "inferred = ",
	[EXPECT_CONFLICT] = "conflict = ",
	[EXPECT_ABSENT] = "absent",
	[EXPECT_COUNT] = "count ",
	[EXPECT_FINDING] = "finding ",
	[EXPECT_NO_FINDING] = "no finding ",
	[EXPECT_NOTHING] = "nothing else",
};

char *
expectation_print(const Expectation *expectation)
{
	GString *out = g_string_new(NULL);
	if (expectation->kind >= EXPECT_FINDING) {
		g_string_append(out, claim_words[expectation->kind]);
		g_string_append(out, text_or_empty(expectation->name));
		return g_string_free(out, FALSE);
	}
	if (expectation->record)
		g_string_append_printf(out, "%s ", expectation->record);
	if (expectation->record && expectation->name && expectation->index)
		g_string_append_printf(out, "%d ", expectation->index);
	else if (expectation->record && expectation->name)
		g_string_append(out, "last ");
	if (expectation->name)
		g_string_append_printf(out, "%s ", expectation->name);
	g_string_append_printf(
		out, "%s%s", claim_words[expectation->kind], text_or_empty(expectation->value));
	return g_string_free(out, FALSE);
}

static Expect
kind_of(const Field *field)
{
	static const Expect kinds[] = { [FIELD_ABSENT] = EXPECT_ABSENT,
		[FIELD_FOUND] = EXPECT_FOUND,
		[FIELD_INFERRED] = EXPECT_INFERRED,
		[FIELD_CONFLICT] = EXPECT_CONFLICT,
		[FIELD_EDITED] = EXPECT_FOUND };
	return field ? kinds[field->state] : EXPECT_ABSENT;
}

static void
print_claim(const Field *field, const char *record, int index, GString *out)
{
	bool absent = kind_of(field) == EXPECT_ABSENT;
	g_autofree char *value = text_squeeze(field->value);
	Expectation expectation = { .kind = kind_of(field),
		.record = (char *)(uintptr_t)record,
		.index = index,
		.name = (char *)(uintptr_t)field->name,
		.value = absent ? NULL : value };
	g_autofree char *line = expectation_print(&expectation);
	g_string_append_printf(out, "%s\n", line);
}

static int
count_before(const Reading *reading, const char *name, guint end)
{
	int n = 0;
	for (guint i = 0; i < MIN(end, reading->records->len); i++)
		n += strcmp(((const Record *)reading->records->pdata[i])->name, name) == 0;
	return n;
}

void
rule_test_print(const Reading *reading, const char *label, const char *document, GString *out)
{
	g_string_append_printf(out, "# %s\n", label);
	g_string_append_printf(
		out, *reading->type_id ? "type = %s\n" : "type absent\n", reading->type_id);
	for (guint i = 0; i < reading->fields->len; i++)
		print_claim(reading->fields->pdata[i], NULL, 0, out);
	for (guint i = 0; i < reading->records->len; i++) {
		const Record *record = reading->records->pdata[i];
		int index = count_before(reading, record->name, i) + 1;
		if (index == 1)
			g_string_append_printf(out, "%s count %d\n", record->name,
				count_before(reading, record->name, G_MAXUINT));
		for (guint n = 0; n < record->fields->len; n++)
			print_claim(record->fields->pdata[n], record->name, index, out);
	}
	for (guint i = 0; i < reading->findings->len; i++)
		g_string_append_printf(
			out, "finding %s\n", ((const Finding *)reading->findings->pdata[i])->id);
	g_string_append_printf(out, "nothing else\n---\n%s", document);
}

/* --- comparing --- */

static void
verdict_free(void *data)
{
	Verdict *verdict = data;
	g_free(verdict->got);
	g_free(verdict->place);
	g_free(verdict->rule);
	g_free(verdict);
}

static const Record *
find_record(const Reading *reading, const char *name, int index)
{
	const Record *last = NULL;
	int n = 0;
	for (guint i = 0; i < reading->records->len; i++) {
		const Record *record = reading->records->pdata[i];
		if (strcmp(record->name, name) != 0)
			continue;
		last = record;
		if (++n == index)
			return record;
	}
	return index == 0 ? last : NULL;
}

static void
judge_value(const Expectation *expectation, const Field *field, Verdict *verdict)
{
	Expect kind = kind_of(field);
	g_autofree char *value = text_squeeze(field ? field->value : "");
	verdict->good = kind == expectation->kind &&
		(kind == EXPECT_ABSENT || strcmp(value, expectation->value) == 0);
	if (kind == EXPECT_ABSENT)
		verdict->got = g_strdup(claim_words[EXPECT_ABSENT]);
	else if (kind == EXPECT_CONFLICT)
		verdict->got = g_strdup_printf("conflict = %s | %s", value, field->other);
	else
		verdict->got = g_strconcat(claim_words[kind], value, NULL);
	verdict->place = field ? place_print(&field->place) : g_strdup("");
	verdict->rule = g_strdup(field ? field->rule : "");
}

static void
judge_field(const Reading *reading, const Expectation *expectation, Verdict *verdict)
{
	if (expectation->record) {
		const Record *record =
			find_record(reading, expectation->record, expectation->index);
		const Field *field = record ? record_lookup(record, expectation->name) : NULL;
		judge_value(expectation, field, verdict);
		if (record)
			return;
		g_free(verdict->got);
		verdict->got = g_strdup(_("no such record"));
		verdict->good = false;
		return;
	}
	if (strcmp(expectation->name, "type") != 0) {
		judge_value(expectation, reading_lookup(reading, expectation->name), verdict);
		return;
	}
	Field type = { .value = reading->type_id,
		.state = *reading->type_id ? FIELD_FOUND : FIELD_ABSENT,
		.rule = "" };
	judge_value(expectation, &type, verdict);
}

static void
judge_finding(const Reading *reading, const Expectation *expectation, Verdict *verdict)
{
	bool there = false;
	GString *all = g_string_new(NULL);
	for (guint i = 0; i < reading->findings->len; i++) {
		const Finding *finding = reading->findings->pdata[i];
		g_autofree char *exact =
			g_strdup_printf("%s %s", finding->id, severity_name(finding->severity));
		there |= strcmp(finding->id, expectation->name) == 0 ||
			strcmp(exact, expectation->name) == 0;
		g_string_append_printf(all, "%s%s", i ? ", " : "", exact);
	}
	verdict->good = there == (expectation->kind == EXPECT_FINDING);
	verdict->got = g_string_free(all, FALSE);
}

/* Fields that were read although no line of the test names them. */
static void
judge_rest(const RuleTest *test, const Reading *reading, Verdict *verdict)
{
	GString *rest = g_string_new(NULL);
	for (guint i = 0; i < reading->fields->len; i++) {
		const Field *field = reading->fields->pdata[i];
		bool named = field->state == FIELD_ABSENT ||
			strcmp(field->name, "type-name") == 0 ||
			(test->beyond &&
				g_hash_table_contains(
					(GHashTable *)(uintptr_t)test->beyond, field->name));
		for (guint n = 0; n < test->expectations->len && !named; n++) {
			const Expectation *other = test->expectations->pdata[n];
			named = !other->record && g_strcmp0(other->name, field->name) == 0;
		}
		if (!named)
			g_string_append_printf(rest, "%s%s = %s", rest->len ? "; " : "",
				field->name, field->value);
	}
	verdict->good = rest->len == 0;
	verdict->got = g_string_free(rest, FALSE);
}

GPtrArray *
rule_test_compare(const RuleTest *test, const Reading *reading)
{
	GPtrArray *verdicts = g_ptr_array_new_with_free_func(verdict_free);
	for (guint i = 0; i < test->expectations->len; i++) {
		const Expectation *expectation = test->expectations->pdata[i];
		Verdict *verdict = g_new0(Verdict, 1);
		verdict->expectation = expectation;
		g_ptr_array_add(verdicts, verdict);
		if (expectation->kind == EXPECT_COUNT) {
			verdict->got = g_strdup_printf(
				"count %d", count_before(reading, expectation->record, G_MAXUINT));
			verdict->good =
				strcmp(verdict->got + strlen("count "), expectation->value) == 0;
		} else if (expectation->kind == EXPECT_NOTHING) {
			judge_rest(test, reading, verdict);
		} else if (expectation->kind >= EXPECT_FINDING) {
			judge_finding(reading, expectation, verdict);
		} else {
			judge_field(reading, expectation, verdict);
		}
		if (!verdict->place)
			verdict->place = g_strdup("");
		if (!verdict->rule)
			verdict->rule = g_strdup("");
	}
	return verdicts;
}
