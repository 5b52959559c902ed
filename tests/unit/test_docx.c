/*
 * engine/decode/docx*.c: each row is what Word keeps and what a person sees on paper. Trees are compared
 * as text, without their first and last line; "- 10.0" is a plain run in Word's default size.
 */
#include "decode/docx_symbol.h"
#include "decode/legacy.h"
#include "decode/zip.h"

#include "docx_builder.h"

#define RUN(text) "run - 10.0 \"\" \"\" \"" text "\"\n"
#define PARA(place, text) "para \"" place "\"\n" RUN(text)
#define RB(text) "<w:r><w:rPr><w:b/></w:rPr><w:t>" text "</w:t></w:r>"
#define R(text) "<w:r><w:t xml:space='preserve'>" text "</w:t></w:r>"
#define FIELD(type) "<w:r><w:fldChar w:fldCharType='" type "'/></w:r>"
#define CODE(text) "<w:r><w:instrText>" text "</w:instrText></w:r>"
#define DROP_DOWN(more) \
	"<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList>" more "<w:listEntry w:val='Một'/>" \
	"<w:listEntry w:val='Hai'/><w:listEntry w:val='Ba'/></w:ddList></w:ffData></w:fldChar></w:r>" \
	CODE("FORMDROPDOWN") FIELD("end")
#define RENDERED "<w:r><w:lastRenderedPageBreak/></w:r>"
#define NO_LINES "<w:tblPr><w:tblBorders><w:top w:val='none'/></w:tblBorders></w:tblPr>"
#define LINES "<w:tblPr><w:tblBorders><w:top w:val='single'/></w:tblBorders></w:tblPr>"
#define TR(cells) "<w:tr>" cells "</w:tr>"
#define OUTSIDE(target) \
	"<Relationship Id='a' Type='x/attachedTemplate' Target='" target "' TargetMode='External'/>"
#define BARE(content) "<w:tc><w:tcPr><w:tcBorders><w:top w:val='nil'/></w:tcBorders></w:tcPr>" content "</w:tc>"
#define VMERGE(value, content) "<w:tc><w:tcPr><w:vMerge w:val='" value "'/></w:tcPr>" content "</w:tc>"

static char *
tree_of(GBytes *bytes)
{
	g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
	g_autoptr(GString) out = g_string_new(NULL);
	doc_print(doc, DOC_PRINT_TREE, out);
	const char *first = strchr(out->str, '\n') + 1;
	return g_strndup(first, out->len - (gsize)(first - out->str) - strlen("end\n"));
}

static void
check_tree(const char *name, GBytes *bytes, const char *wanted)
{
	g_autofree char *tree = tree_of(bytes);
	if (strcmp(tree, wanted) != 0)
		g_error("%s: got\n%s\nwanted\n%s", name, tree, wanted);
}

static void
test_bodies(void)
{
	static const struct {
		const char *name, *body, *tree;
	} rows[] = {
		{ "blank paragraphs are not counted", P("a") "<w:p/>" P("  ") P("b"),
			PARA("n1", "a") PARA("n2", "b") },
		{ "runs that look alike are one", "<w:p>" R("Số: ") R("15") RB("/TTr") RB("-PĐĐ") "</w:p>",
			"para \"n1\"\n" RUN("Số: 15") "run b 10.0 \"\" \"\" \"/TTr-PĐĐ\"\n" },
		{ "space at the ends of w:t counts only when it says so",
			"<w:p><w:r><w:t> a </w:t></w:r>" R(" b\n c ") "</w:p>", PARA("n1", "a b  c ") },
		{ "capitals, direct look",
			"<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:rPr><w:caps/><w:i/><w:u w:val='single'/>"
			"<w:sz w:val='26'/><w:rFonts w:ascii='Times New Roman'/></w:rPr><w:t>đơn vị</w:t></w:r></w:p>",
			"para \"n1\" align=center\nrun iuc 13.0 \"Times New Roman\" \"\" \"ĐƠN VỊ\"\n" },
		{ "a switch that says no",
			"<w:p><w:r><w:rPr><w:b w:val='0'/><w:u w:val='none'/></w:rPr><w:t>a</w:t></w:r></w:p>",
			PARA("n1", "a") },
		{ "tabs, breaks, hyphens; a tab stop is no tab",
			"<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='9'/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/>"
			"<w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t>"
			"</w:r></w:p>",
			PARA("n1", "a\\tb\\nc-de") },
		{ "symbols",
			"<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:t>a</w:t>"
			"<w:sym w:font='Unknown' w:char='F0E3'/></w:r></w:p>",
			PARA("n1", "☑a\xef\xbf\xbd") },
		{ "a raised digit is not glued to the word",
			"<w:p>" R("5 m") "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r></w:p>",
			"para \"n1\"\n" RUN("5 m") RUN("²") },
		{ "page breaks stand between paragraphs",
			P("a") "<w:p><w:r><w:br w:type='page'/><w:t>b</w:t></w:r></w:p>"
			"<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>c</w:t></w:r></w:p>",
			PARA("n1", "a") "break \"\"\n" PARA("n2", "b") "break \"\"\n" PARA("n3", "c") },
		{ "where Word began pages, and not a second time where a break stands",
			"<w:p>" RENDERED R("a") "</w:p><w:p>" R("b") RENDERED R("c") "</w:p><w:p>" R("d")
			"<w:r><w:br w:type='page'/></w:r></w:p><w:p>" RENDERED R("e") "</w:p>"
			"<w:p><w:pPr><w:pageBreakBefore/></w:pPr>" RENDERED R("f") "</w:p>",
			"break \"\"\n" PARA("n1", "a") PARA("n2", "bc") "break \"\"\n" PARA("n3", "d") "break \"\"\n"
			PARA("n4", "e") "break \"\"\n" PARA("n5", "f") },
		{ "the result of a field, not its instruction",
			"<w:p>" R("a ") FIELD("begin") "<w:r><w:instrText>DATE</w:instrText><w:t>no</w:t></w:r>"
			FIELD("separate") R("05") FIELD("end") R(" b")
			"<w:fldSimple w:instr='PAGE'>" R("7") "</w:fldSimple></w:p>",
			PARA("n1", "a 05 b7") },
		{ "a field that never ends takes no more than its paragraph",
			"<w:p>" R("a") FIELD("begin") R("lost") "</w:p>" P("b"), PARA("n1", "a") PARA("n2", "b") },
		{ "a field inside a field, and one over two paragraphs",
			"<w:p>" FIELD("begin") CODE("IF ") FIELD("begin") CODE("DOCPROPERTY x") FIELD("separate")
			R("lost") FIELD("end") CODE("= 1") FIELD("separate") R("một") "</w:p><w:p>" R("hai")
			FIELD("end") R("!") "</w:p>",
			PARA("n1", "một") PARA("n2", "hai!") },
		{ "form drop-down lists: the entry that is chosen, the first one otherwise",
			"<w:p>" DROP_DOWN("<w:result w:val='1'/><w:default w:val='2'/>") R("/") DROP_DOWN("") "</w:p>",
			PARA("n1", "Hai/Một") },
		{ "form check boxes",
			"<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='0'/>"
			"<w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText>"
			"</w:r>" FIELD("end") R(" Có") "</w:p>",
			PARA("n1", "☒ Có") },
		{ "links, smart tags, content controls are looked through",
			"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent><w:p><w:hyperlink r:id='r9'>" R("a")
			"</w:hyperlink><w:smartTag>" R("b") "</w:smartTag></w:p></w:sdtContent></w:sdt>",
			PARA("n1", "ab") },
		{ "content controls of a row, a cell and a run; a check box of newer Word",
			"<w:tbl>" LINES "<w:sdt><w:sdtContent>" TR("<w:sdt><w:sdtContent>" TC("<w:p><w:sdt><w:sdtPr>"
			"<w14:checkbox xmlns:w14='http://schemas.microsoft.com/office/word/2010/wordml'/></w:sdtPr>"
			"<w:sdtContent>" R("☒") "</w:sdtContent></w:sdt>" R(" Có") "</w:p>") "</w:sdtContent></w:sdt>")
			"</w:sdtContent></w:sdt></w:tbl>",
			"table \"t1\"\ncell 1 1 1 1 \"t1 r1 c1\"\n" PARA("t1 r1 c1 n1", "☒ Có") "end\nend\n" },
		{ "one of several alternatives",
			"<w:p><mc:AlternateContent><mc:Choice Requires='wps'>" R("new") "</mc:Choice><mc:Choice>"
			R("newer") "</mc:Choice><mc:Fallback>" R("old") "</mc:Fallback></mc:AlternateContent></w:p>",
			PARA("n1", "new") },
		{ "text of another namespace is none",
			"<w:p><w:r><x:t xmlns:x='urn:x'>no</x:t><w:t>yes</w:t></w:r></w:p>", PARA("n1", "yes") },
		{ "a text box that is there twice, for new Word and for old",
			"<w:p>" R("a") "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp xmlns:wps='"
			"http://schemas.microsoft.com/office/word/2010/wordprocessingShape'><wps:txbx><w:txbxContent>" P("KHẨN")
			"</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
			"<v:textbox><w:txbxContent>" P("KHẨN") "</w:txbxContent></v:textbox></v:shape></w:pict>"
			"</mc:Fallback></mc:AlternateContent></w:r>" R("b") "</w:p>",
			PARA("n1", "ab") "notes\n" PARA("textbox1/n1", "KHẨN") },
		{ "text boxes and WordArt are notes",
			"<w:p><w:r><w:t>a</w:t><w:pict><v:shape><v:textbox><w:txbxContent>" P("in the box")
			"</w:txbxContent></v:textbox></v:shape><v:shape><v:textpath string='DỰ THẢO'/></v:shape></w:pict>"
			"<w:t>b</w:t></w:r></w:p>",
			PARA("n1", "ab") "notes\n" PARA("textbox1/n1", "in the box") PARA("textbox2/n1", "DỰ THẢO") },
		{ "the soft hyphen is a letter in TCVN3",
			"<w:p><w:r><w:rPr><w:rFonts w:ascii='VnTime' w:hAnsi='VnTime'/></w:rPr><w:t>ph</w:t><w:softHyphen/>"
			"<w:t>¬ng</w:t></w:r><w:r><w:t xml:space='preserve"
			"'> xã­</w:t></w:r></w:p>",
			"para \"n1\"\nrun l 10.0 \"VnTime\" \"\" \"phương\"\n" RUN(" xã")
			"finding note \"decode/legacy-font\" \"\" \"Chữ gõ bằng phông cũ (VnTime) đã được chuyển sang Unicode.\" "
			"\"Text in a legacy font (VnTime) was converted to Unicode.\" \"\"\n" },
		{ "legacy text in fonts whose names do not tell, the short head too",
			P("Së Néi vô") P("Céng hßa x· héi chñ nghÜa ViÖt Nam") P("một"),
			"para \"n1\"\nrun l 10.0 \"\" \"\" \"Sở Nội vụ\"\npara \"n2\"\n"
			"run l 10.0 \"\" \"\" \"Cộng hòa xã hội chủ nghĩa Việt Nam\"\n" PARA("n3", "một")
			"finding note \"decode/legacy-font\" \"\" \"Chữ gõ bằng phông cũ (TCVN3) đã được chuyển sang Unicode.\" "
			"\"Text in a legacy font (TCVN3) was converted to Unicode.\" \"\"\n" },
		{ "legacy fonts, by the font of the run",
			"<w:p><w:r><w:rPr><w:rFonts w:ascii='.VnTime' w:hAnsi='.VnTime'/></w:rPr><w:t>C¸n bé</w:t></w:r>"
			"<w:r><w:rPr><w:rFonts w:ascii='VNI-Times' w:hAnsi='VNI-Times'/></w:rPr><w:t> Ñoàng Nai</w:t></w:r>"
			"<w:r><w:rPr><w:rFonts w:ascii='.VnTimeH' w:hAnsi='.VnTimeH'/></w:rPr><w:t> ®ång</w:t></w:r></w:p>",
			"para \"n1\"\nrun l 10.0 \".VnTime\" \"\" \"Cán bộ\"\n"
			"run l 10.0 \"VNI-Times\" \"\" \"Đồng Nai\"\nrun cl 10.0 \".VnTimeH\" \"\" \"ĐỒNG\"\n"
			"finding note \"decode/legacy-font\" \"\" \"Chữ gõ bằng phông cũ (.VnTime) đã được chuyển sang Unicode.\" "
			"\"Text in a legacy font (.VnTime) was converted to Unicode.\" \"\"\n" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = build_docx(rows[i].body, NULL, NULL);
		g_autofree char *tree = tree_of(bytes);
		/* Of several findings of one kind the row gives the first. */
		if (!g_str_has_prefix(tree, rows[i].tree) ||
			(!strstr(rows[i].tree, "finding") && strlen(tree) != strlen(rows[i].tree)))
			g_error("%s: got\n%s\nwanted\n%s", rows[i].name, tree, rows[i].tree);
	}
}

static void
test_tables(void)
{
	static const struct {
		const char *name, *body, *tree;
	} rows[] = {
		{ "spans",
			"<w:tbl>" LINES TR(VMERGE("restart", P("STT")) "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
			P("Họ và tên") "</w:tc>") TR(VMERGE("continue", "<w:p/>") TC(P("Nam")) TC(P("Nữ"))) "</w:tbl>",
			"table \"t1\"\ncell 1 1 2 1 \"t1 r1 c1\"\n" PARA("t1 r1 c1 n1", "STT") "end\n"
			"cell 1 2 1 2 \"t1 r1 c2\"\n" PARA("t1 r1 c2 n2", "Họ và tên") "end\n"
			"cell 2 2 1 1 \"t1 r2 c2\"\n" PARA("t1 r2 c2 n3", "Nam") "end\n"
			"cell 2 3 1 1 \"t1 r2 c3\"\n" PARA("t1 r2 c3 n4", "Nữ") "end\nend\n" },
		{ "a merge that nothing began is a cell of its own",
			"<w:tbl>" LINES TR(TC(P("a"))) TR(VMERGE("continue", P("b"))) "</w:tbl>",
			"table \"t1\"\ncell 1 1 1 1 \"t1 r1 c1\"\n" PARA("t1 r1 c1 n1", "a") "end\n"
			"cell 2 1 1 1 \"t1 r2 c1\"\n" PARA("t1 r2 c1 n2", "b") "end\nend\n" },
		{ "tables in tables, then on in the cell",
			"<w:tbl>" LINES TR(TC(P("a") "<w:tbl>" LINES TR(TC(P("b"))) "</w:tbl>" P("c"))) "</w:tbl>",
			"table \"t1\"\ncell 1 1 1 1 \"t1 r1 c1\"\n" PARA("t1 r1 c1 n1", "a")
			"table \"t2\"\ncell 1 1 1 1 \"t2 r1 c1\"\n" PARA("t2 r1 c1 n2", "b") "end\nend\n"
			PARA("t1 r1 c1 n3", "c") "end\nend\n" },
		{ "the head of NĐ 30: two rows of two, no lines, become two columns",
			"<w:tbl>" NO_LINES TR(TC(P("SỞ NỘI VỤ")) TC(P("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")))
			TR(TC(P("Số: 1/SNV")) TC(P("Huế, ngày 1 tháng 2 năm 2026"))) "</w:tbl>",
			"table \"t1\" layout\ncell 1 1 1 1 \"t1 r1 c1\"\n" PARA("t1 r1 c1 n1", "SỞ NỘI VỤ")
			PARA("t1 r2 c1 n3", "Số: 1/SNV") "end\ncell 1 2 1 1 \"t1 r1 c2\"\n"
			PARA("t1 r1 c2 n2", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
			PARA("t1 r2 c2 n4", "Huế, ngày 1 tháng 2 năm 2026") "end\nend\n" },
		{ "lines of the table that every cell turns off; who signs left and right",
			"<w:tbl>" LINES TR(BARE(P("THƯ KÝ")) BARE(P("CHỦ TRÌ"))) TR(BARE(P("Lê A")) BARE(P("Lê B")))
			"</w:tbl>",
			"table \"t1\" layout\ncell 1 1 1 1 \"t1 r1 c1\"\n" PARA("t1 r1 c1 n1", "THƯ KÝ")
			PARA("t1 r2 c1 n3", "Lê A") "end\ncell 1 2 1 1 \"t1 r1 c2\"\n"
			PARA("t1 r1 c2 n2", "CHỦ TRÌ") PARA("t1 r2 c2 n4", "Lê B") "end\nend\n" },
		{ "a list without lines stays a table",
			"<w:tbl>" NO_LINES TR(TC(P("Ông A")) TC(P("Chủ tịch"))) TR(TC(P("Bà B")) TC(P("Thư ký")))
			"</w:tbl>",
			"table \"t1\"\ncell 1 1 1 1 \"t1 r1 c1\"\n" PARA("t1 r1 c1 n1", "Ông A") "end\n"
			"cell 1 2 1 1 \"t1 r1 c2\"\n" PARA("t1 r1 c2 n2", "Chủ tịch") "end\n"
			"cell 2 1 1 1 \"t1 r2 c1\"\n" PARA("t1 r2 c1 n3", "Bà B") "end\n"
			"cell 2 2 1 1 \"t1 r2 c2\"\n" PARA("t1 r2 c2 n4", "Thư ký") "end\nend\n" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = build_docx(rows[i].body, NULL, NULL);
		check_tree(rows[i].name, bytes, rows[i].tree);
	}
}

/* What is deleted does not show, what is inserted does; the finding counts both. */
static void
test_tracked(void)
{
	static const char body[] = "<w:p><w:ins>" R("mới") "</w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r>"
		"</w:del><w:moveFrom>" R("đi") "</w:moveFrom></w:p>"
		"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" R("một ") "</w:p>" P("dòng")
		"<w:tbl>" LINES TR("<w:trPr><w:del/></w:trPr>" TC(P("bỏ"))) TR(TC(P("còn"))) "</w:tbl>";
	g_autoptr(GBytes) bytes = build_docx(body, NULL, NULL);
	check_tree("tracked", bytes,
		PARA("n1", "mới") PARA("n2", "một dòng") "table \"t1\"\ncell 1 1 1 1 \"t1 r1 c1\"\n"
		PARA("t1 r1 c1 n3", "còn") "end\nend\n"
		"finding warning \"decode/tracked-changes\" \"\" \"Văn bản còn sửa đổi chưa chấp nhận (Track Changes); "
		"đang đọc theo bản đã chấp nhận (+1 −4).\" \"The document has tracked changes; the accepted view was "
		"read (+1 −4).\" \"\"\n");
}

static void
test_hidden(void)
{
	static const char body[] = "<w:p>" R("thấy") "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn đi</w:t></w:r></w:p>";
	g_autoptr(GBytes) bytes = build_docx(body, NULL, NULL);
	g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
	g_assert_cmpstr(doc->blocks->para.text, ==, "thấy");
	g_assert_cmpint(doc->blocks->para.n_runs, ==, 2);
	const Finding *finding = g_ptr_array_index(doc->findings, 0);
	g_assert_cmpstr(finding->id, ==, "decode/hidden-text");
	g_assert_nonnull(strstr(finding->vi, "ẩn đi"));
}

/* Document defaults, a chain of styles, a run style that toggles, theme fonts. */
static void
test_styles(void)
{
	static const char styles[] = W_ROOT("styles",
		"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme='minorHAnsi'/><w:sz w:val='28'/></w:rPr>"
		"</w:rPrDefault></w:docDefaults><w:style w:type='paragraph' w:default='1' w:styleId='N'/>"
		"<w:style w:type='paragraph' w:styleId='A'><w:basedOn w:val='B'/><w:rPr><w:b/></w:rPr></w:style>"
		"<w:style w:type='paragraph' w:styleId='B'><w:basedOn w:val='A'/><w:pPr><w:jc w:val='right'/>"
		"<w:outlineLvl w:val='1'/></w:pPr><w:rPr><w:caps/></w:rPr></w:style>"
		"<w:style w:type='character' w:styleId='C'><w:rPr><w:b/><w:i/></w:rPr></w:style>");
	static const char theme[] = "<a:theme xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>"
		"<a:minorFont><a:latin typeface='Cambria'/></a:minorFont></a:theme>";
	const Part parts[] = { { "word/styles.xml", styles }, { "word/theme/t.xml", theme }, { NULL, NULL } };
	g_autoptr(GBytes) bytes = build_docx(
		P("thường") "<w:p><w:pPr><w:pStyle w:val='A'/></w:pPr>" R("đậm") "<w:r><w:rPr><w:rStyle w:val='C'/></w:rPr>"
		"<w:t>nghiêng</w:t></w:r></w:p>",
		REL("a", "styles", "styles.xml") REL("b", "theme", "/word/theme/t.xml"), parts);
	check_tree("styles", bytes,
		"para \"n1\"\nrun - 14.0 \"Cambria\" \"\" \"thường\"\n"
		"para \"n2\" align=right level 2\nrun bc 14.0 \"Cambria\" \"\" \"ĐẬM\"\n"
		"run ic 14.0 \"Cambria\" \"\" \"NGHIÊNG\"\n");
}

/* The font of a run may come from its style, the paragraph's, the defaults or the theme. */
static void
test_legacy_styles(void)
{
	static const char styles[] = W_ROOT("styles",
		"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme='minorHAnsi' w:hAnsiTheme='minorHAnsi'/>"
		"</w:rPr></w:rPrDefault></w:docDefaults><w:style w:type='paragraph' w:styleId='V'><w:rPr>"
		"<w:rFonts w:ascii='VNI-Times' w:hAnsi='VNI-Times'/></w:rPr></w:style>"
		"<w:style w:type='paragraph' w:styleId='W'><w:basedOn w:val='V'/></w:style>"
		"<w:style w:type='character' w:styleId='H'><w:rPr><w:rFonts w:ascii='.VnTimeH' w:hAnsi='.VnTimeH'/>"
		"</w:rPr></w:style>");
	static const char theme[] = "<a:theme xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>"
		"<a:minorFont><a:latin typeface='.VnTime'/></a:minorFont></a:theme>";
	const Part parts[] = { { "word/styles.xml", styles }, { "word/theme/t.xml", theme }, { NULL, NULL } };
	g_autoptr(GBytes) bytes = build_docx(
		P("C¸n bé") "<w:p><w:pPr><w:pStyle w:val='W'/></w:pPr>" R("Vieät ")
		"<w:r><w:rPr><w:rStyle w:val='H'/></w:rPr><w:t>®ång</w:t></w:r></w:p>",
		REL("a", "styles", "styles.xml") REL("b", "theme", "theme/t.xml"), parts);
	g_autofree char *tree = tree_of(bytes);
	static const char wanted[] = "para \"n1\"\nrun l 10.0 \".VnTime\" \"\" \"Cán bộ\"\n"
		"para \"n2\"\nrun l 10.0 \"VNI-Times\" \"\" \"Việt \"\nrun cl 10.0 \".VnTimeH\" \"\" \"ĐỒNG\"\n";
	if (!g_str_has_prefix(tree, wanted))
		g_error("got\n%s", tree);
}

#define LVL(n, format, text) \
	"<w:lvl w:ilvl='" n "'><w:start w:val='1'/><w:numFmt w:val='" format "'/><w:lvlText w:val='" text "'/></w:lvl>"
#define ITEM(list, level, text) \
	"<w:p><w:pPr><w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='" list "'/></w:numPr></w:pPr>" R(text) "</w:p>"

/* Levels, restarts after a higher level, a new start, bullets of a symbol font; a blank item counts. */
static void
test_numbering(void)
{
	static const char numbering[] = W_ROOT("numbering",
		"<w:abstractNum w:abstractNumId='0'>" LVL("0", "upperRoman", "%1.") LVL("1", "decimal", "%1.%2.")
		LVL("2", "lowerLetter", "%3)") "</w:abstractNum><w:abstractNum w:abstractNumId='1'>"
		LVL("0", "bullet", "\xef\x82\xb7") LVL("1", "bullet", "-") "</w:abstractNum>"
		"<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
		"<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='9'/>"
		"</w:lvlOverride></w:num><w:num w:numId='3'><w:abstractNumId w:val='1'/></w:num>");
	static const char *const labels[] = { "I.", "I.1.", "a)", "b)", "I.3.", "a)", "II.", "II.1.", "IX.", "X.",
		"•", "-", NULL };
	const Part parts[] = { { "word/numbering.xml", numbering }, { NULL, NULL } };
	g_autoptr(GBytes) bytes = build_docx(ITEM("1", "0", "x") ITEM("1", "1", "x") ITEM("1", "2", "x")
		ITEM("1", "2", "x") ITEM("1", "1", "") ITEM("1", "1", "x") ITEM("1", "2", "x") ITEM("1", "0", "x")
		ITEM("1", "1", "x") ITEM("2", "0", "x") ITEM("2", "0", "x") ITEM("3", "0", "x") ITEM("3", "1", "x")
		ITEM("77", "0", "x"), REL("a", "numbering", "numbering.xml"), parts);
	g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
	const Block *block = doc->blocks;
	for (size_t i = 0; i < G_N_ELEMENTS(labels); i++, block = block->next)
		g_assert_cmpstr(block->para.label, ==, labels[i]);
	g_assert_null(block);
}

static char *
labels_of(const Doc *doc)
{
	GString *out = g_string_new(NULL);
	for (const Block *block = doc->blocks; block; block = block->next)
		g_string_append_printf(out, "%s ", block->para.label ? block->para.label : "_");
	return g_string_free(out, FALSE);
}

/* Every way to write numbers that Vietnamese offices meet, from the first number and from a later one. */
static void
test_number_formats(void)
{
	static const struct {
		const char *format, *start, *labels; /* format: numFmt with its attributes */
	} rows[] = {
		{ "w:val='decimal'", "9", "9. 10. 11. " },
		{ "w:val='decimalZero'", "9", "09. 10. 11. " },
		{ "w:val='lowerLetter'", "25", "y. z. aa. " },
		{ "w:val='upperLetter'", "1", "A. B. C. " },
		{ "w:val='lowerRoman'", "8", "viii. ix. x. " },
		{ "w:val='upperRoman'", "39", "XXXIX. XL. XLI. " },
		{ "w:val='none'", "1", ". . . " },
		{ "w:val='vietnameseCounting'", "4", "bốn. năm. sáu. " },
		{ "w:val='chineseCounting'", "9", "九. 十. 十一. " },
		{ "w:val='decimalEnclosedCircle'", "1", "①. ②. ③. " },
		{ "w:val='numberInDash'", "1", "- 1 -. - 2 -. - 3 -. " },
		{ "w:val='custom' w:format='001, 002, 003, ...'", "1", "001. 002. 003. " },
		{ "w:val='custom' w:format='a, ă, â, ...'", "5", "c. d. đ. " },
		{ "w:val='custom' w:format='a, b, c, d, đ, ...'", "4", "d. đ. e. " },
		{ "w:val='custom' w:format='A, Ă, Â, ...'", "28", "X. Y. AA. " },
		{ "w:val='custom' w:format='?, !, ...'", "2", "ii. iii. iv. " },
		{ "w:val='no such format'", "2", "2. 3. 4. " },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *numbering = g_strdup_printf(W_ROOT("numbering",
			"<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='%s'/>"
			"<mc:AlternateContent><mc:Choice Requires='w14'><w:numFmt %s/></mc:Choice><mc:Fallback>"
			"<w:numFmt %s/></mc:Fallback></mc:AlternateContent><w:lvlText w:val='%%1.'/></w:lvl>"
			"</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"),
			rows[i].start, rows[i].format,
			strstr(rows[i].format, "custom") ? "w:val='lowerRoman'" : rows[i].format);
		const Part parts[] = { { "word/numbering.xml", numbering }, { NULL, NULL } };
		g_autoptr(GBytes) bytes = build_docx(ITEM("1", "0", "x") ITEM("1", "0", "x") ITEM("1", "0", "x"),
			REL("a", "numbering", "numbering.xml"), parts);
		g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
		g_autofree char *labels = labels_of(doc);
		g_assert_cmpstr(labels, ==, rows[i].labels);
	}
}

/* One list in two forms: w:num 2 starts at 5 and has its own look of the second level, which begins
 * at 3 under every item; w:num 3 takes its levels by the name of a style; w:num 4 is typed in .VnTime,
 * and never restarts its second level. */
static void
test_number_overrides(void)
{
	static const char numbering[] = W_ROOT("numbering",
		"<w:abstractNum w:abstractNumId='0'><w:styleLink w:val='L'/>" LVL("0", "decimal", "%1.")
		LVL("1", "lowerLetter", "%2)") "</w:abstractNum>"
		"<w:abstractNum w:abstractNumId='1'><w:numStyleLink w:val='L'/></w:abstractNum>"
		"<w:abstractNum w:abstractNumId='2'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/>"
		"<w:lvlText w:val='§iÒu %1.'/><w:rPr><w:rFonts w:ascii='.VnTime' w:hAnsi='.VnTime'/></w:rPr></w:lvl>"
		"<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:lvlRestart w:val='0'/>"
		"<w:isLgl/><w:lvlText w:val='%1.%2'/></w:lvl></w:abstractNum>"
		"<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
		"<w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/>"
		"</w:lvlOverride><w:lvlOverride w:ilvl='1'><w:startOverride w:val='3'/>" LVL("1", "upperLetter", "(%2)")
		"</w:lvlOverride></w:num><w:num w:numId='3'><w:abstractNumId w:val='1'/></w:num>"
		"<w:num w:numId='4'><w:abstractNumId w:val='2'/></w:num>");
	const Part parts[] = { { "word/numbering.xml", numbering }, { NULL, NULL } };
	g_autoptr(GBytes) bytes = build_docx(ITEM("1", "0", "x") ITEM("1", "1", "x") ITEM("1", "1", "x")
		ITEM("2", "0", "x") ITEM("2", "1", "x") ITEM("2", "1", "x") ITEM("2", "0", "x") ITEM("2", "1", "x")
		ITEM("3", "0", "x") ITEM("3", "1", "x") ITEM("4", "0", "x") ITEM("4", "1", "x") ITEM("4", "0", "x")
		ITEM("4", "1", "x"), REL("a", "numbering", "numbering.xml"), parts);
	g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
	g_autofree char *labels = labels_of(doc);
	g_assert_cmpstr(labels, ==, "1. a) b) 5. (C) (D) 6. (C) 7. a) Điều 1. 1.1 Điều 2. 2.2 ");
}

static void
test_notes(void)
{
	const Part parts[] = { { "word/h.xml", W_ROOT("hdr", P("Trang")) }, { "word/f.xml", W_ROOT("ftr", P("Lưu")) },
		{ "word/footnotes.xml", W_ROOT("footnotes", "<w:footnote w:type='separator'>" P("___") "</w:footnote>"
			"<w:footnote w:id='2'>" P("chú thích") "</w:footnote>") },
		{ "word/comments.xml", W_ROOT("comments", "<w:comment>" P("xem lại") P("nhé") "</w:comment>") },
		{ NULL, NULL } };
	g_autoptr(GBytes) bytes = build_docx(P("a") "<w:sectPr><w:headerReference r:id='h'/>"
		"<w:footerReference r:id='f'/><w:footerReference r:id='gone'/></w:sectPr>",
		REL("h", "header", "h.xml") REL("f", "footer", "f.xml") REL("n", "footnotes", "footnotes.xml")
		REL("c", "comments", "comments.xml") REL("unused", "header", "f.xml"), parts);
	check_tree("notes", bytes, PARA("n1", "a") "notes\n" PARA("header1/n1", "Trang") PARA("footer1/n1", "Lưu")
		PARA("footnote1/n1", "chú thích") PARA("comment1/n1", "xem lại") PARA("comment1/n2", "nhé")
		"finding note \"decode/comments\" \"\" \"Văn bản có nhận xét (Comments): 1.\" "
		"\"The document has comments: 1.\" \"\"\n");
}

#define REFER(kind, id) "<w:r><w:" kind "Reference w:id='" id "'/></w:r>"
#define NOTE(kind, id, text) "<w:" kind " w:id='" id "'>" P(text) "</w:" kind ">"

/* The text tells where a note stands, but its number is glued to nothing. Numbers are those that Word shows. */
static void
test_references(void)
{
	const Part parts[] = {
		{ "word/footnotes.xml", W_ROOT("footnotes", NOTE("footnote", "1", "thừa") NOTE("footnote", "2", "hai")
			NOTE("footnote", "5", "một")) },
		{ "word/endnotes.xml", W_ROOT("endnotes", NOTE("endnote", "2", "cuối")) }, { NULL, NULL } };
	g_autoptr(GBytes) bytes = build_docx("<w:p>" R("Có 15") REFER("footnote", "5") R(" người") REFER("footnote", "2") REFER("endnote", "2") "</w:p>",
		REL("n", "footnotes", "footnotes.xml") REL("e", "endnotes", "endnotes.xml"), parts);
#define MARK(note) "run n 0.0 \"\" \"\" \"" note "\"\n"
	check_tree("references", bytes, PARA("n1", "Có 15") MARK("footnote1") RUN(" người")
		MARK("footnote2") MARK("endnote1") "notes\n" PARA("footnote3/n1", "thừa") PARA("footnote2/n1", "hai")
		PARA("footnote1/n1", "một") PARA("endnote1/n1", "cuối"));
	g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
	g_assert_cmpstr(doc->blocks->para.text, ==, "Có 15 người");
}

/* Heads and feet of each section, for first, even and all other pages; one that two sections share is
 * read once. Endnotes are not footnotes. */
static void
test_sections(void)
{
#define HEAD(type, id) "<w:headerReference w:type='" type "' r:id='" id "'/>"
#define FOOT(type, id) "<w:footerReference w:type='" type "' r:id='" id "'/>"
	const Part parts[] = { { "word/h1.xml", W_ROOT("hdr", P("trang đầu")) },
		{ "word/h2.xml", W_ROOT("hdr", P("trang chẵn")) }, { "word/h3.xml", W_ROOT("hdr", P("trang lẻ")) },
		{ "word/h4.xml", W_ROOT("hdr", "<w:p>" R("PHỤ LỤC, trang ") FIELD("begin") CODE("PAGE") FIELD("separate")
			R("7") FIELD("end") "</w:p>") },
		{ "word/f1.xml", W_ROOT("ftr", "<w:tbl>" LINES TR(TC(P("ĐT: 0123"))) "</w:tbl>") },
		{ "word/endnotes.xml", W_ROOT("endnotes", "<w:endnote w:type='continuationSeparator'>" P("___")
			"</w:endnote><w:endnote w:id='1'>" P("cuối bài") "</w:endnote>") },
		{ NULL, NULL } };
	g_autoptr(GBytes) bytes = build_docx("<w:p><w:pPr><w:sectPr>" HEAD("first", "h1") HEAD("even", "h2")
		HEAD("default", "h3") FOOT("default", "f1") "<w:titlePg/></w:sectPr></w:pPr>" R("một") "</w:p>"
		"<w:p><w:pPr><w:sectPr><w:type w:val='continuous'/></w:sectPr></w:pPr>" R("hai") "</w:p>" P("ba")
		"<w:sectPr>" HEAD("default", "h4") FOOT("default", "f1") "</w:sectPr>",
		REL("h1", "header", "h1.xml") REL("h2", "header", "h2.xml") REL("h3", "header", "h3.xml")
		REL("h4", "header", "h4.xml") REL("f1", "footer", "f1.xml") REL("e", "endnotes", "endnotes.xml"), parts);
	check_tree("sections", bytes, PARA("n1", "một") "break \"\"\n" PARA("n2", "hai") PARA("n3", "ba") "notes\n"
		PARA("header1/n1", "trang đầu") PARA("header2/n1", "trang chẵn") PARA("header3/n1", "trang lẻ")
		"table \"footer1/t1\"\ncell 1 1 1 1 \"footer1/t1 r1 c1\"\n" PARA("footer1/t1 r1 c1 n1", "ĐT: 0123")
		"end\nend\n" PARA("header4/n1", "PHỤ LỤC, trang 7") PARA("endnote1/n1", "cuối bài"));
}

/* Whatever is not the text itself may be broken; the text may not, and nothing may be a trick. */
static void
test_broken(void)
{
	static const struct {
		const char *name, *content, *relations;
		const char *id; /* of the first finding */
	} rows[] = {
		{ "word/styles.xml", "<w:styles", REL("a", "styles", "styles.xml"), "decode/repaired" },
		{ "docProps/core.xml", "<a><title>x</a>", "", "decode/repaired" },
		{ "docProps/core.xml", "<!DOCTYPE a><a/>", "", "decode/hostile" },
		{ "word/x.bin", "x", REL("a", "numbering", "../../gone.xml"), "decode/repaired" },
		{ "WORD/DOCUMENT.XML", "x", "", "decode/hostile" },
		{ "word/vbaProject.bin", "x", "", "decode/macros" },
		{ "word/embeddings/o.bin", "x", "", "decode/embedded-object" },
		{ "x", "x", OUTSIDE("http://x"),
			"decode/external-link" },
		{ "word/_rels/settings.xml.rels", "<Relationships>" OUTSIDE("\\\\host\\a.dotm") "</Relationships>", "",
			"decode/external-link" },
		{ "word/_rels/settings.xml.rels", "<Relationships>" OUTSIDE("file:////host/a.dotm") "</Relationships>", "",
			"decode/external-link" },
		{ "word/_rels/settings.xml.rels", "<Relationships>" OUTSIDE("file:///C:\\a.dotm") "</Relationships>", "",
			NULL },
		{ "x", "x", "<Relationship Id='a' Type='x/hyperlink' Target='http://x' TargetMode='External'/>", NULL },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const Part parts[] = { { rows[i].name, rows[i].content }, { NULL, NULL } };
		g_autoptr(GBytes) bytes = build_docx(P("a"), rows[i].relations, parts);
		g_autoptr(Doc) doc = zip_read_doc(bytes, &limits_default);
		const Finding *finding = doc->findings->len ? g_ptr_array_index(doc->findings, 0) : NULL;
		if (g_strcmp0(finding ? finding->id : NULL, rows[i].id) != 0)
			g_error("row %zu: %s", i, finding ? finding->en : "no finding");
	}
}

/* Strict OOXML has other namespaces, other names of sides, and the main part may lie anywhere. */
static void
test_strict(void)
{
	const Part parts[] = { { "[Content_Types].xml", "<Types/>" },
		{ "_rels/.rels", "<Relationships xmlns='" REL_NS "'><Relationship Id='a' Type='http://purl.oclc.org/ooxml/"
			"officeDocument/relationships/officeDocument' Target='/word/document2.xml'/></Relationships>" },
		{ "word/document2.xml", "<a:document xmlns:a='http://purl.oclc.org/ooxml/wordprocessingml/main'><a:body>"
			"<a:p><a:pPr><a:jc a:val='end'/></a:pPr><a:r><a:t>Huế</a:t></a:r></a:p></a:body></a:document>" },
		{ NULL, NULL } };
	g_autoptr(GBytes) bytes = build_zip(parts);
	check_tree("strict", bytes, "para \"n1\" align=right\n" RUN("Huế"));
}

static void
test_legacy(void)
{
	static const struct {
		const char *font, *text, *wanted; /* NULL: left alone */
	} rows[] = {
		{ ".VnTime", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam" },
		{ ".VNARIALH", "quyÕt ®Þnh", "QUYẾT ĐỊNH" },
		{ "VNI-Times", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam" },
		{ "VNI-Helve", "QUYEÁT ÑÒNH; QUYEát", "QUYẾT ĐỊNH; QUYẾt" },
		{ "VNI-Times", "Nguyeãn Thò Höông, ngöôøi ñöôïc", "Nguyễn Thị Hương, người được" },
		{ "VnTimes", "ViÖt Nam", "Việt Nam" },
		{ "vnarialh", "ViÖt Nam", "Việt Nam" },
		{ "VNF-Comic", "ViÖt", NULL },
		{ ".VnTime", "Cộng hòa", NULL },
		{ "Times New Roman", "C¸n bé", NULL },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *decoded = legacy_decode(legacy_font(rows[i].font), rows[i].text);
		g_assert_cmpstr(decoded, ==, rows[i].wanted);
	}
}

static void
test_legacy_guess(void)
{
	static const struct {
		const char *text;
		LegacyFont known, wanted;
	} rows[] = {
		{ "Céng hßa x· héi chñ nghÜa ViÖt Nam", LEGACY_NONE, LEGACY_TCVN3 },
		{ "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", LEGACY_NONE, LEGACY_VNI },
		{ "Së Néi vô", LEGACY_NONE, LEGACY_NONE }, /* too little to tell */
		{ "Së Néi vô", LEGACY_TCVN3, LEGACY_TCVN3 },
		{ "Cộng hoà xã hội chủ nghĩa Việt Nam", LEGACY_TCVN3, LEGACY_NONE },
		{ "có các hàng là và ông cá nhân tôi hôm nay", LEGACY_TCVN3, LEGACY_NONE },
		{ "Présenté à l'été, le maire a procédé à la réunion des élus", LEGACY_NONE, LEGACY_NONE },
		{ "São Paulo, informação não é válida após a decisão", LEGACY_NONE, LEGACY_NONE },
		{ "Größe über Maß, Straße schön für Bücher", LEGACY_NONE, LEGACY_NONE },
		{ "No. 12 of the year 2026", LEGACY_VNI, LEGACY_NONE },
		{ "", LEGACY_NONE, LEGACY_NONE },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (legacy_guess(rows[i].text, rows[i].known) != rows[i].wanted)
			g_error("%s: %d", rows[i].text, legacy_guess(rows[i].text, rows[i].known));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/docx/bodies", test_bodies);
	g_test_add_func("/docx/tables", test_tables);
	g_test_add_func("/docx/tracked", test_tracked);
	g_test_add_func("/docx/hidden", test_hidden);
	g_test_add_func("/docx/styles", test_styles);
	g_test_add_func("/docx/numbering", test_numbering);
	g_test_add_func("/docx/number-formats", test_number_formats);
	g_test_add_func("/docx/number-overrides", test_number_overrides);
	g_test_add_func("/docx/notes", test_notes);
	g_test_add_func("/docx/references", test_references);
	g_test_add_func("/docx/sections", test_sections);
	g_test_add_func("/docx/broken", test_broken);
	g_test_add_func("/docx/strict", test_strict);
	g_test_add_func("/docx/legacy", test_legacy);
	g_test_add_func("/docx/legacy-guess", test_legacy_guess);
	g_test_add_func("/docx/legacy-styles", test_legacy_styles);
	return g_test_run();
}
