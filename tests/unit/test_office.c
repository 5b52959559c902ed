/* engine/flow/office.c, calendar.c: who may act, and which days count. */
#include "flow/calendar.h"
#include "flow/office.h"

#include <string.h>

#define HEAD                                                                                       \
	"<office><organ-name>Sở X</organ-name><place>An Phú</place><notation>SX</notation>"     \
	"<person id='an' name='Lê Văn An' user='levanan'/><person id='binh' name='Trần Thị " \
	"Bình'/>"

static const char good[] = HEAD "<post id='giam-doc' title='Giám đốc'><holder person='an' "
				"from='2023-05-15' to='2026-11-30'/>"
				"<holder person='binh' from='2026-12-01'/></post>"
				"<council name='Hội đồng' secretary='binh'><member person='an' "
				"role='chair'/></council></office>";

static Office *
parse(const char *xml, GError **err)
{
	return office_parse(xml, strlen(xml), "office.xml", err);
}

static void
test_actor(void)
{
	g_autoptr(Office) office = parse(good, NULL);
	static const struct {
		const char *user, *as;
		Date date;
		const char *person, *roles;
	} rows[] = {
		{ "levanan", NULL, { 2026, 11, 23 }, "an", "giam-doc council" },
		{ "levanan", NULL, { 2026, 12, 1 }, "an", "council" },
		{ "levanan", NULL, { 2023, 5, 14 }, "an", "council" },
		{ "root", "binh", { 2026, 12, 1 }, "binh", "giam-doc council-secretary" },
		{ "root", NULL, { 2026, 12, 1 }, NULL, NULL },
		{ "levanan", "nobody", { 2026, 12, 1 }, NULL, NULL },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Actor) actor =
			office_actor(office, rows[i].user, rows[i].as, rows[i].date, &error);
		if (!rows[i].person) {
			g_assert_error(error, VANTHU_ERROR, ERR_DENIED);
			continue;
		}
		g_autofree char *roles = g_strjoinv(" ", actor->roles);
		g_assert_cmpstr(actor->person, ==, rows[i].person);
		g_assert_cmpstr(roles, ==, rows[i].roles);
	}
	g_assert_cmpint(office_council_size(office, (Date){ 2026, 11, 23 }), ==, 1);
	g_assert_cmpint(office_count_holders(office, "van-thu", (Date){ 2026, 11, 23 }), ==, 0);
}

static void
test_mistakes(void)
{
	static const struct {
		const char *xml, *message;
	} rows[] = {
		{ "<office>\n<organ-nam/></office>",
			"office.xml:2: unknown element 'organ-nam'; did you mean 'organ-name'?" },
		{ HEAD "<person id='x' nam='y'/></office>", "did you mean 'name'?" },
		{ HEAD "<person id='x'/></office>", "'person' lacks the attribute 'name'" },
		{ HEAD "<person id='an' name='y'/></office>", "'an' is there twice" },
		{ HEAD "<post id='p' title='t'><holder person='bin' "
		       "from='2026-01-01'/></post></office>",
			"no person 'bin'; did you mean 'binh'?" },
		{ HEAD "<post id='p' title='t'><holder person='an' "
		       "from='1/1/2026'/></post></office>",
			"'1/1/2026' is no date" },
		{ "<office><place>x</place></office>", "'organ-name' is missing" },
		{ "<dossier/>", "unknown element 'dossier'" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_assert_null(parse(rows[i].xml, &error));
		if (!strstr(error->message, rows[i].message))
			g_error("row %zu: %s", i, error->message);
	}
}

static void
test_tree(void)
{
	g_autoptr(Office) office = parse(good, NULL);
	g_autoptr(xmlDoc) tree = xml_parse("<dossier><document/></dossier>", 30, "t", NULL);
	office_add_to_tree(office, tree, (Date){ 2026, 11, 23 });
	g_autoptr(GString) text = xml_canonical(tree);
	g_assert_true(
		g_str_has_prefix(text->str, "<dossier><office><organ-name>Sở X</organ-name>"));
	g_assert_nonnull(strstr(text->str, "<post holder-name=\"Lê Văn An\" id=\"giam-doc\""));
	g_assert_nonnull(strstr(text->str, "members=\"1\""));
}

static Calendar *
shipped_calendar(void)
{
	const char *data = g_getenv("VANTHU_DATA");
	g_autofree char *rules = g_build_filename(data ? data : ".", "rules", NULL);
	const char *const folders[] = { rules, NULL };
	g_autoptr(GError) error = NULL;
	Calendar *calendar = calendar_load(folders, &error);
	g_assert_no_error(error);
	return calendar;
}

static void
test_working_days(void)
{
	Calendar *calendar = shipped_calendar();
	static const struct {
		Date from;
		int days;
		Date to;
	} rows[] = {
		{ { 2026, 11, 23 }, 0, { 2026, 11, 23 } },
		{ { 2026, 11, 23 }, 5, { 2026, 11, 30 } },
		{ { 2026, 4, 29 }, 1, { 2026, 5, 4 } },  /* 30/4, 1/5, a week-end */
		{ { 2026, 2, 13 }, 1, { 2026, 2, 23 } }, /* Tết */
		{ { 2025, 4, 25 }, 1, { 2025, 4, 26 } }, /* a Saturday that is worked */
		{ { 2030, 8, 30 }, 2,
			{ 2030, 9, 4 } }, /* a year without a file: 2/9 all the same */
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Date to = calendar_add_working_days(calendar, rows[i].from, rows[i].days);
		g_autofree char *got = date_print_iso(to);
		g_autofree char *wanted = date_print_iso(rows[i].to);
		g_assert_cmpstr(got, ==, wanted);
	}
	calendar_free(calendar);
}

static void
test_terms(void)
{
	Calendar *calendar = shipped_calendar();
	Clock late; /* 23/11/2026 20:00 UTC is the 24th in Vietnam */
	g_assert_true(clock_parse("2026-11-23T20:00:00Z", &late));
	static const struct {
		const char *term, *due;
	} rows[] = {
		{ "same-day", "2026-11-24T10:00:00.000000Z" },
		{ "1 working-day", "2026-11-25T10:00:00.000000Z" },
		{ "5 working-days", "2026-12-01T10:00:00.000000Z" },
		{ "5 days", "2026-11-29T10:00:00.000000Z" },
		{ "48 hours", "2026-11-25T20:00:00.000000Z" },
		{ "", "" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		Term term;
		g_assert_true(term_parse(rows[i].term, &term));
		g_autofree char *due = term_due(term, calendar, late);
		g_assert_cmpstr(due, ==, rows[i].due);
	}
	static const struct {
		const char *from, *due;
	} same_day[] = {
		{ "2026-11-23T10:00:00Z", "2026-11-23T10:00:00.000000Z" }, /* Monday, 17:00 */
		{ "2026-11-23T10:00:01Z", "2026-11-24T10:00:00.000000Z" },
		{ "2026-11-27T12:00:00Z", "2026-11-30T10:00:00.000000Z" }, /* Friday evening */
		{ "2026-11-29T02:00:00Z", "2026-11-30T10:00:00.000000Z" }, /* Sunday */
	};
	Term term;
	g_assert_true(term_parse("same-day", &term));
	for (size_t i = 0; i < G_N_ELEMENTS(same_day); i++) {
		Clock from;
		g_assert_true(clock_parse(same_day[i].from, &from));
		g_autofree char *due = term_due(term, calendar, from);
		g_assert_cmpstr(due, ==, same_day[i].due);
	}
	static const char *const bad[] = { "5", "five days", "5 weeks", "-1 days", "99999 days" };
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(term_parse(bad[i], &term));
	calendar_free(calendar);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/office/actor", test_actor);
	g_test_add_func("/office/mistakes", test_mistakes);
	g_test_add_func("/office/tree", test_tree);
	g_test_add_func("/calendar/working-days", test_working_days);
	g_test_add_func("/calendar/terms", test_terms);
	return g_test_run();
}
