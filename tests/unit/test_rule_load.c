/* engine/extract/rule_load.c: every mistake in a rule file is told with its line and what was
 * meant. */
#include "extract/extract.h"

#include <glib/gstdio.h>
#include <string.h>

static void
test_errors(void)
{
	static const struct {
		const char *xml, *error; /* NULL = a good file */
	} rows[] = {
		{ "<rules id='a'/>", NULL },
		{ "<rules id='a'>\n<field name='x' zone='titel'/></rules>",
			"r.xml:2: unknown zone 'titel' in 'field'; did you mean 'title'?" },
		{ "<rules id='a'>\n\n<field name='x' tpye='text'/></rules>",
			"r.xml:3: unknown attribute 'tpye' in 'field'; did you mean 'type'?" },
		{ "<rules id='a'><field name='x' type='dates'/></rules>",
			"r.xml:1: unknown type 'dates' in 'field'; did you mean 'date'?" },
		{ "<rules id='a'><field name='x' clean='strip-ends'/></rules>",
			"r.xml:1: unknown clean-up 'strip-ends' in 'field'; did you mean "
			"'strip-end'?" },
		{ "<rules id='a'><feild name='x'/></rules>",
			"r.xml:1: unknown element 'feild' in 'rules'; did you mean 'field'?" },
		{ "<rules id='a'><field/></rules>", "r.xml:1: 'field' needs the attribute 'name'" },
		{ "<rules id='a'><field name='X'/></rules>",
			"r.xml:1: 'name' of 'field' is 'X'; small letters, digits and '-' make a "
			"name" },
		{ "<rules id='a'><field name='x' take='some'/></rules>",
			"r.xml:1: 'take' of 'field' is 'some'; it may be 'all', 'lines', 'last'" },
		{ "<rules id='a'><field name='x' confidence='sure'/></rules>",
			"r.xml:1: 'confidence' of 'field' is 'sure'; a number from 0 to 1 is "
			"needed" },
		{ "<rules id='a'><field name='x' region='0 0 100'/></rules>",
			"r.xml:1: 'region' of 'field' is '0 0 100'; left top right bottom in "
			"percent (or followed by 'pt') are needed" },
		{ "<rules id='a'><field name='x'>\n<pattern>(a</pattern></field></rules>",
			"r.xml:2: '(a' is no regular expression: missing closing parenthesis, "
			"at its end" },
		{ "<rules id='a'><field name='x' after='[z-a] Số'/></rules>",
			"range out of order in character class, before 'a] Số'" },
		{ "<rules id='a'><records name='n' from='rows'/></rules>",
			"r.xml:1: 'from' of 'records' is 'rows'; it may be 'bullets', 'matches', "
			"'paragraphs', 'table', "
			"'xpath'" },
		{ "<rules id='a'><records name='n' from='table'><column "
		  "name='x'/></records></rules>",
			"r.xml:1: 'column' needs the attribute 'header'" },
		{ "<rules id='a'><field name='x' zone='q'/>\n<field name='y' type='q'/></rules>",
			"r.xml:2: unknown type 'q' in 'field'" },
		{ "<rules id='a'><check id='c' severity='note' test='1' message='m' "
		  "message-en='m'/></rules>",
			NULL },
		{ "<rules id='a'>\n<check anything='at all'/></rules>",
			"r.xml:2: unknown attribute 'anything' in 'check'" },
		{ "<workflow id='w'/>", NULL },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Rules) rules =
			rules_parse(rows[i].xml, strlen(rows[i].xml), "r.xml", &error);
		if ((rules == NULL) != (rows[i].error != NULL))
			g_error("row %zu: %s", i, error ? error->message : "no error");
		if (error && !strstr(error->message, rows[i].error))
			g_error("row %zu: '%s'", i, error->message);
	}
}

/* All mistakes of a file are told, one a line. */
static void
test_all_errors(void)
{
	const char *xml =
		"<rules id='a'>\n<field name='x' zone='q'/>\n<field name='y' type='q'/>\n</rules>";
	g_autoptr(GError) error = NULL;
	g_assert_null(rules_parse(xml, strlen(xml), "r.xml", &error));
	g_auto(GStrv) lines = g_strsplit(error->message, "\n", -1);
	g_assert_cmpuint(g_strv_length(lines), ==, 2);
	g_assert_true(g_str_has_prefix(lines[0], "r.xml:2: "));
	g_assert_true(g_str_has_prefix(lines[1], "r.xml:3: "));
}

static void
write_rules(const char *folder, const char *file, const char *xml)
{
	g_autofree char *path = g_build_filename(folder, file, NULL);
	g_assert_true(g_file_set_contents(path, xml, -1, NULL));
}

static void
remove_rules(const char *folder, const char *file)
{
	g_autofree char *path = g_build_filename(folder, file, NULL);
	g_unlink(path);
}

/* The office's own folder overrides what is shipped; files that are no rules are passed over. */
static void
test_folders(void)
{
	g_autofree char *shipped = g_dir_make_tmp("rules-XXXXXX", NULL);
	g_autofree char *own = g_dir_make_tmp("rules-XXXXXX", NULL);
	write_rules(shipped, "a.xml",
		"<rules id='a'><field name='x'/><field name='y'/><field name='y'/></rules>");
	write_rules(shipped, "flow.xml", "<workflow id='w'><stage/></workflow>");
	write_rules(own, "b.xml", "<rules id='b'><field name='y'/></rules>");
	const char *folders[] = { shipped, own, NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = rules_load(folders, &error);
	g_assert_no_error(error);
	RulesCount count = rules_count(rules);
	g_assert_cmpint(count.files, ==, 2);
	g_assert_cmpint(count.fields, ==, 2);
	const char *missing[] = { "/nonexistent", NULL };
	g_assert_null(rules_load(missing, &error));
	g_assert_error(error, VANTHU_ERROR, ERR_NOT_FOUND);
	remove_rules(shipped, "a.xml");
	remove_rules(shipped, "flow.xml");
	remove_rules(own, "b.xml");
	g_rmdir(shipped);
	g_rmdir(own);
}

/* What is shipped must load. */
static void
test_shipped(void)
{
	const char *data = g_getenv("VANTHU_DATA");
	g_autofree char *folder = g_build_filename(data ? data : ".", "rules", NULL);
	const char *folders[] = { folder, NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(Rules) rules = rules_load(folders, &error);
	g_assert_no_error(error);
	g_assert_cmpint(rules_count(rules).types, >=, 30);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rules/errors", test_errors);
	g_test_add_func("/rules/all-errors", test_all_errors);
	g_test_add_func("/rules/folders", test_folders);
	g_test_add_func("/rules/shipped", test_shipped);
	return g_test_run();
}
