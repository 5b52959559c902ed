/* The whole of engine/extract over document trees: tests/golden/extract/<case>/in.tree gives
 * out.json and explain mentions every field. VANTHU_GOLDEN=write writes out.json anew. */
#include "extract/extract.h"

#include <string.h>

static const char golden_folder[] = "tests/golden/extract";

static Rules *
shipped_rules(void)
{
	const char *folders[] = { "rules", NULL };
	GError *error = NULL;
	Rules *rules = rules_load(folders, &error);
	g_assert_no_error(error);
	return rules;
}

static Doc *
read_tree(const char *folder)
{
	g_autofree char *path = g_build_filename(folder, "in.tree", NULL);
	g_autofree char *data = NULL;
	gsize size = 0;
	GError *error = NULL;
	g_file_get_contents(path, &data, &size, &error);
	g_assert_no_error(error);
	Doc *doc = doc_parse(data, size, &limits_default, &error);
	g_assert_no_error(error);
	return doc;
}

/* One field or record a line, so that a diff is read easily. */
static char *
lines_of(const GString *json)
{
	g_auto(GStrv) parts = g_strsplit(json->str, "},", -1);
	char *joined = g_strjoinv("},\n", parts);
	char *text = g_strconcat(joined, "\n", NULL);
	g_free(joined);
	return text;
}

static void
test_case(const void *data)
{
	const char *folder = data;
	g_autoptr(Rules) rules = shipped_rules();
	g_autoptr(Doc) doc = read_tree(folder);
	g_autoptr(Reading) reading = extract_read(rules, doc, "in", "");
	g_autoptr(GString) json = g_string_new(NULL);
	reading_print_json(reading, "vi", json);
	g_autofree char *got = lines_of(json);
	g_autofree char *path = g_build_filename(folder, "out.json", NULL);
	if (g_strcmp0(g_getenv("VANTHU_GOLDEN"), "write") == 0)
		g_assert_true(g_file_set_contents(path, got, -1, NULL));
	g_autofree char *wanted = NULL;
	g_assert_true(g_file_get_contents(path, &wanted, NULL, NULL));
	if (strcmp(got, wanted) != 0)
		g_error("%s differs; got:\n%s", path, got);
}

static void
test_explain(const void *data)
{
	static const char *const told[] = { "zones\n", "document type\n", "field code-number\n",
		"records\n" };
	g_autoptr(Rules) rules = shipped_rules();
	g_autoptr(Doc) doc = read_tree(data);
	g_autofree char *text = extract_explain(rules, doc);
	for (size_t i = 0; i < G_N_ELEMENTS(told); i++)
		g_assert_nonnull(strstr(text, told[i]));
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_autoptr(GDir) dir = g_dir_open(golden_folder, 0, NULL);
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	for (const char *name = dir ? g_dir_read_name(dir) : NULL; name;
		name = g_dir_read_name(dir))
		g_ptr_array_add(names, g_strdup(name));
	g_assert_cmpuint(names->len, >, 5);
	qsort(names->pdata, names->len, sizeof(void *), by_name);
	for (guint i = 0; i < names->len; i++) {
		char *folder = g_build_filename(golden_folder, names->pdata[i], NULL);
		g_autofree char *path = g_strdup_printf("/extract/%s", (char *)names->pdata[i]);
		g_autofree char *explain = g_strdup_printf("/explain/%s", (char *)names->pdata[i]);
		g_test_add_data_func(path, folder, test_case);
		g_test_add_data_func_full(explain, folder, test_explain, g_free);
	}
	return g_test_run();
}
