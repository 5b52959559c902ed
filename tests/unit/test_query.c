/* engine/document/query*.c, format.c: one expression language, bounded, with located mistakes. */
#include "document/format.h"
#include "document/query.h"
#include "document/xml.h"

#include <string.h>

static const char tree_text[] =
	"<dossier id='2026-00001'><nominee n='1'><name>TRẦN THỊ MAI</name></nominee>"
	"<nominee n='2'><name>Lê Hoà</name></nominee><x><name>Lê Hòa</name></x><empty/></dossier>";

static const QueryWorld world = { .today = { 2026, 11, 23 } };

static void
test_values(void)
{
	static const struct {
		const char *expression, *value;
	} rows[] = {
		{ "@id", "2026-00001" },
		{ "date-long('2026-03-05')", "ngày 05 tháng 3 năm 2026" },
		{ "date-long('2026-02-15')", "ngày 15 tháng 02 năm 2026" },
		{ "date-short('2026-11-05')", "05/11/2026" },
		{ "date-long('tomorrow')", "" },
		{ "year('2026-03-05') + 1", "2027" },
		{ "today()", "2026-11-23" },
		{ "money(1410000)", "1.410.000" },
		{ "money(-999)", "-999" },
		{ "pad(7, 2)", "07" },
		{ "upper('đã ký')", "ĐÃ KÝ" },
		{ "wrap('một hai ba bốn', 8, 1)", "một hai" },
		{ "wrap('một hai ba bốn', 8, 2)", "ba bốn" },
		{ "wrap('một hai ba bốn', 8, 3)", "" },
		{ "wrap('mộthaiba bốn', 3, 2)", "bốn" },
		{ "organ('CHI CỤC QUẢN LÝ ĐẤT ĐAI')", "Chi cục Quản lý đất đai" },
		{ "organ('SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG TỈNH AN PHÚ')",
			"Sở Tài nguyên và Môi trường tỉnh An Phú" },
		{ "organ('UỶ BAN NHÂN DÂN XÃ PHÚ THÀNH')", "Uỷ ban nhân dân xã Phú Thành" },
		{ "organ('HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG CHI CỤC QUẢN LÝ ĐẤT ĐAI')",
			"Hội đồng Thi đua - Khen thưởng Chi cục Quản lý đất đai" },
		{ "organ('VĂN PHÒNG CHÍNH PHỦ')", "Văn phòng Chính phủ" },
		{ "organ('Sở Y tế')", "Sở Y tế" },
		{ "title-case(nominee[1]/name)", "Trần Thị Mai" },
		{ "join(nominee/name, '; ')", "TRẦN THỊ MAI; Lê Hoà" },
		{ "default(empty, '-')", "-" },
		{ "same(nominee[2]/name, x/name)", "true" },
		{ "same-any(nominee/name, x/name)", "true" },
		{ "same-any(nominee[1]/name, x/name)", "false" },
		{ "mentions('Hoàn thành XUẤT SẮC', 'xuất sắc')", "true" },
		{ "mentions('Lê Anh; Trần Lê An, Lê Ánh', 'Lê An')", "true" },
		{ "mentions('Lê Anh', 'Lê An')", "false" },
		{ "mentions('Lê An', 'ê An')", "false" },
		{ "mentions('Lê An', '')", "true" },
		{ "mentions('', '')", "true" },
		{ "add-working-days('2026-11-20', 1)", "2026-11-23" },
		{ "working-days('2026-11-20', '2026-11-27')", "5" },
		{ "index()", "0" },
		{ "normalize-space('  a  b ')", "a b" },
		{ "count(nominee[name != '' and not(contains(name, 'x'))])", "2" },
		{ "bare('Đề Nghị')", "de nghi" },
		{ "count(current() | /dossier)", "1" },
		{ "nominee[name = current()/x/../nominee[2]/name]/@n", "2" },
		{ "number-words(21)", "hai mươi mốt" },
	};
	g_autoptr(xmlDoc) tree = xml_parse(tree_text, strlen(tree_text), "t", NULL);
	g_autoptr(QueryContext) context = query_context_new(tree, &world);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Query) query = query_compile(rows[i].expression, &error);
		g_assert_no_error(error);
		g_autofree char *value = NULL;
		g_assert_true(query_text(context, query, NULL, &value, &error));
		if (strcmp(value, rows[i].value) != 0)
			g_error("%s: '%s'", rows[i].expression, value);
	}
}

static void
test_mistakes(void)
{
	static const struct {
		const char *expression, *message;
	} rows[] = {
		{ "date-lon('x')", "unknown function 'date-lon()'; did you mean 'date-long()'?" },
		{ "@x = frobnicate(1)", "unknown function 'frobnicate()'" },
		{ "pad(1)", "'pad()' does not take 1 arguments" },
		{ "today(1)", "does not take 1" },
		{ "concat('a')", "does not take 1" },
		{ "join(a[b(1)], ',')", "unknown function 'b()'" },
		{ "a < same-any(b, ", "the bracket of 'same-any()' is not closed" },
		{ "a[", "no XPath expression" },
		{ "", "no XPath expression" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_assert_null(query_compile(rows[i].expression, &error));
		if (!strstr(error->message, rows[i].message))
			g_error("%s: %s", rows[i].expression, error->message);
	}
	static const char *const fine[] = { "a/text()", "child::node()", "'pad(' = \"x(\"",
		"not(a) and (b or (c))", "concat('a, b', ')', \"(\")" };
	for (size_t i = 0; i < G_N_ELEMENTS(fine); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(Query) query = query_compile(fine[i], &error);
		g_assert_no_error(error);
	}
}

/* Elements and attributes are lent to the caller; a namespace would be gone by then. */
static void
test_nodes(void)
{
	g_autoptr(xmlDoc) tree = xml_parse(tree_text, strlen(tree_text), "t", NULL);
	g_autoptr(QueryContext) context = query_context_new(tree, &world);
	static const struct {
		const char *expression;
		guint n;
	} rows[] = { { "none", 0 }, { "empty", 1 }, { "@id", 1 }, { "nominee", 2 }, { "/", 1 },
		{ "namespace::*", 0 }, { "//namespace::* | @id", 1 } };
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Query) query = query_compile(rows[i].expression, NULL);
		g_autoptr(GPtrArray) nodes = NULL;
		size_t before = query_effort(context);
		g_assert_true(query_nodes(context, query, NULL, &nodes, NULL));
		if (nodes->len != rows[i].n)
			g_error("%s: %u nodes", rows[i].expression, nodes->len);
		g_assert_cmpuint(query_effort(context), >, before);
	}
}

/* The trap of design §2.2: string functions over many nodes cost nothing in libxml2's own count. */
static void
test_budget(void)
{
	g_autoptr(GString) text = g_string_new("<r>");
	for (int i = 0; i < 3000; i++)
		g_string_append_printf(text, "<a>%0200d</a>", i);
	g_string_append(text, "</r>");
	g_autoptr(xmlDoc) tree = xml_parse(text->str, text->len, "t", NULL);
	g_autoptr(QueryContext) context = query_context_new(tree, &world);
	static const char *const greedy[] = { "//a[normalize-space(/) != '']",
		"//a[count(//a[count(//a) > 1]) > 1]", "//a[contains(concat(/, /), 'x')]",
		"//a[same(/, .)]" };
	for (size_t i = 0; i < G_N_ELEMENTS(greedy); i++) {
		g_autoptr(Query) query = query_compile(greedy[i], NULL);
		g_autoptr(GError) error = NULL;
		bool found;
		if (query_bool(context, query, NULL, &found, &error))
			g_error("%s", greedy[i]);
		g_assert_error(error, VANTHU_ERROR, ERR_LIMIT);
	}
	/* and the next evaluation has a budget of its own */
	g_autoptr(Query) modest = query_compile("count(//a) = 3000", NULL);
	for (int i = 0; i < 100; i++) {
		bool found;
		g_assert_true(query_bool(context, modest, NULL, &found, NULL));
		g_assert_true(found);
	}
}

static void
test_words(void)
{
	static const struct {
		int64_t number;
		const char *words;
	} rows[] = {
		{ 0, "không" },
		{ 1, "một" },
		{ 5, "năm" },
		{ 10, "mười" },
		{ 11, "mười một" },
		{ 15, "mười lăm" },
		{ 21, "hai mươi mốt" },
		{ 25, "hai mươi lăm" },
		{ 105, "một trăm lẻ năm" },
		{ 110, "một trăm mười" },
		{ 1001, "một nghìn không trăm lẻ một" },
		{ 1015, "một nghìn không trăm mười lăm" },
		{ 1410000, "một triệu bốn trăm mười nghìn" },
		{ 2530000, "hai triệu năm trăm ba mươi nghìn" },
		{ 1000000000, "một tỷ" },
		{ 1000005, "một triệu không trăm lẻ năm" },
		{ -3, "âm ba" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *words = format_number_words(rows[i].number);
		g_assert_cmpstr(words, ==, rows[i].words);
	}
	g_autofree char *money = format_money_words(1880000);
	g_assert_cmpstr(money, ==, "Một triệu tám trăm tám mươi nghìn đồng");
}

static void
test_table_sorted(void)
{
	for (const QueryFunction *row = query_functions; row[1].name; row++)
		g_assert_cmpint(strcmp(row->name, row[1].name), <, 0);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/query/values", test_values);
	g_test_add_func("/query/mistakes", test_mistakes);
	g_test_add_func("/query/nodes", test_nodes);
	g_test_add_func("/query/budget", test_budget);
	g_test_add_func("/query/table", test_table_sorted);
	g_test_add_func("/format/words", test_words);
	return g_test_run();
}
