/* Small workbooks made in memory, for tests: one sheet around its content, strings and styles
 * beside. */
#ifndef VANTHU_TESTS_XLSX_BUILDER_H
#define VANTHU_TESTS_XLSX_BUILDER_H

#include "docx_builder.h"

#define S_NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define SI(text) "<si><t>" text "</t></si>"
/* One cell with its text in it: C("B2", "…"). */
#define C(address, text) "<c r='" address "' t='inlineStr'><is><t>" text "</t></is></c>"
#define ROW(number, cells) "<row r='" number "'>" cells "</row>"

typedef struct {
	const char *sheet;     /* between <worksheet> and </worksheet> */
	const char *strings;   /* between <sst> and </sst>; NULL = "" */
	const char *styles;    /* between <styleSheet> and </styleSheet>; NULL = "" */
	const char *book;      /* before <sheets>; NULL = "" */
	const char *sheets;    /* more of them; NULL = "" */
	const char *relations; /* of the workbook, more of them; NULL = "" */
	const Part *more;      /* further parts, or NULL */
} Book;

static inline GBytes *
build_xlsx(const Book *book)
{
	const char *const given[] = { book->sheet, book->strings, book->styles, book->book,
		book->sheets, book->relations };
	const char *use[G_N_ELEMENTS(given)];
	for (size_t i = 0; i < G_N_ELEMENTS(given); i++)
		use[i] = given[i] ? given[i] : "";
	g_autofree char *sheet =
		g_strdup_printf("<worksheet xmlns='" S_NS "'>%s</worksheet>", use[0]);
	g_autofree char *strings = g_strdup_printf("<sst xmlns='" S_NS "'>%s</sst>", use[1]);
	g_autofree char *styles =
		g_strdup_printf("<styleSheet xmlns='" S_NS "'>%s</styleSheet>", use[2]);
	g_autofree char *workbook = g_strdup_printf(
		"<workbook xmlns='" S_NS "' xmlns:r='" R_NS
		"'>%s<sheets><sheet name='Trang 1' sheetId='1' r:id='rId1'/>%s</sheets></workbook>",
		use[3], use[4]);
	g_autofree char *rels = g_strdup_printf(
		"<Relationships xmlns='" REL_NS "'>" REL("rId1", "worksheet",
			"worksheets/sheet1.xml") REL("rId2", "styles", "styles.xml")
			REL("rId3", "sharedStrings", "sharedStrings.xml") "%s</Relationships>",
		use[5]);
	Part parts[16] = { { "[Content_Types].xml", "<Types/>" }, { "xl/workbook.xml", workbook },
		{ "xl/_rels/workbook.xml.rels", rels }, { "xl/worksheets/sheet1.xml", sheet },
		{ "xl/styles.xml", styles }, { "xl/sharedStrings.xml", strings } };
	for (int i = 0; book->more && book->more[i].name; i++)
		parts[6 + i] = book->more[i];
	return build_zip(parts);
}

#endif
