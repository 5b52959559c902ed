/* engine/extract/types.c, clean.c, names.c: what each type takes, and what it turns down. */
#include "extract/types.h"

static void
test_types(void)
{
	static const struct {
		const char *type, *text, *value; /* NULL = turned down */
	} rows[] = {
		{ "date", "ngày 07 tháng 4 năm 2014", "2014-04-07" },
		{ "date", "28/7/2021", "2021-07-28" },
		{ "date", "28-7-2021", "2021-07-28" },
		{ "date", "05.01.2020", "2020-01-05" },
		{ "date", "ngày 13 tháng 8 năm2021", "2021-08-13" },
		{ "date", "2021-08-10", "2021-08-10" },
		{ "date", "ngày 31 tháng 02 năm 2020", NULL },
		{ "date", "ngày    tháng 7 năm 2024", NULL },
		{ "date", "ngày 5 tháng 7", NULL },
		{ "date", "12/13/2021", NULL },
		{ "date", "trước 28/7/2021", NULL },
		{ "ordinal", "05", "05" },
		{ "ordinal", "12a", "12a" },
		{ "ordinal", "1234567", NULL },
		{ "ordinal", "", NULL },
		{ "ordinal", "l2", NULL },
		{ "symbol", "QĐ- UBND", "QĐ-UBND" },
		{ "symbol", "2026/NĐ–CP", "2026/NĐ-CP" },
		{ "symbol", "QĐ-", NULL },
		{ "symbol", "12", NULL },
		{ "symbol", "QĐ-UBND!", NULL },
		{ "symbol", "ĐLAP-KT+AT", "ĐLAP-KT+AT" },
		{ "person", "Nguyễn Văn Lộc", "Nguyễn Văn Lộc" },
		{ "person", "GS.TS Nguyễn Văn Phúc", "GS.TS Nguyễn Văn Phúc" },
		{ "person", "Đại tá Trần Văn A", "Đại tá Trần Văn A" },
		{ "person", "Đại tá, TS Trần Văn A", "Đại tá, TS Trần Văn A" },
		{ "person", "Thiếu tướng, PGS, TS Lò Văn Bình",
			"Thiếu tướng, PGS, TS Lò Văn Bình" },
		{ "person", "Luật gia Hồ Tất Lộc", "Luật gia Hồ Tất Lộc" },
		{ "person", "Đại tá, Trưởng phòng", NULL },
		{ "person", "TS TS TS TS TS TS TS TS TS TS TS TS TS TS TS TS LÊ VĂN AN", NULL },
		{ "person", "LÊ THỊ HOA", "LÊ THỊ HOA" },
		{ "person", "H'Hen Niê", "H'Hen Niê" },
		{ "person", "Phòng Tổ chức", NULL },
		{ "person", "GIÁM ĐỐC", NULL },
		{ "person", "Nguyễn", NULL },
		{ "person", "Trung tâm Viễn thông Huế", NULL },
		{ "person", "Nguyễn Văn 2", NULL },
		{ "urgency", "HOẢ TỐC", "HỎA TỐC" },
		{ "urgency", "khẩn", "KHẨN" },
		{ "urgency", "KHẨN CẤP", NULL },
		{ "secrecy", "TUYỆT MẬT", "TUYỆT MẬT" },
		{ "secrecy", "BÍ MẬT", NULL },
		{ "group", "Tập thể", "collective" },
		{ "group", "Hộ gia đình", "household" },
		{ "group", "cá", NULL },
		{ "rating", "Hoàn thành xuất sắc nhiệm vụ", "HTXSNV" },
		{ "rating", "tốt", NULL },
		{ "money", "1.200.000 đồng", "1200000" },
		{ "money", "1.200.000 USD", NULL },
		{ "integer", "007", "7" },
		{ "integer", "7,5", NULL },
		{ "percentage", "85,5%", "85.5" },
		{ "percentage", "850%", NULL },
		{ "year", "2026", "2026" },
		{ "year", "26", NULL },
		{ "list", "A; B,C", "A; B; C" },
		{ "list", " ; ", NULL },
		{ "organisation", "Sở Tài chính", "Sở Tài chính" },
		{ "organisation", "-----", NULL },
		{ "text", "…", NULL },
		{ "reference", "Chỉ thị 14/CT-UBND", "Chỉ thị 14/CT-UBND" },
		{ "reference", "như trên", NULL },
		{ "flag", "./.", "true" },
	};
	const CleanUps none = { .n = 0 };
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const Type *type = type_lookup(rows[i].type);
		g_assert_nonnull(type);
		g_autofree char *value = value_read(type, &none, rows[i].text);
		if (g_strcmp0(value, rows[i].value) != 0)
			g_error("%s '%s' gave '%s'", rows[i].type, rows[i].text, value);
	}
}

static void
test_clean_ups(void)
{
	static const struct {
		const char *words, *text, *value;
	} rows[] = {
		{ "strip-bullet strip-end", "- Như trên;", "Như trên" },
		{ "strip-bullet strip-end", "–  Lưu: VT, VP.", "Lưu: VT, VP" },
		{ "strip-address", "Ông Hoàng Tùng Lâm", "Hoàng Tùng Lâm" },
		{ "strip-address", "Ông Thị", "Ông Thị" },
		{ "strip-number", "12. Ông A", "Ông A" },
		{ "strip-number", "1.200 đồng", "1.200 đồng" },
		{ "strip-quotes", "“Đoàn kết”", "Đoàn kết" },
		{ "no-remark", "Tổng Giám đốc (b/c)", "Tổng Giám đốc" },
		{ "prefixes", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "TM. KT." },
		{ "prefixes", "KT.GIÁM ĐỐC PHÓ GIÁM ĐỐC", "KT." },
		{ "prefixes", "GIÁM ĐỐC", "" },
		{ "no-spaces upper", "q đ", "QĐ" },
		{ "", "  a   b ", "a b" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		CleanUps clean;
		g_assert_true(clean_ups_parse(rows[i].words, &clean, NULL));
		g_autofree char *value = clean_ups_run(&clean, rows[i].text);
		if (g_strcmp0(value, rows[i].value) != 0)
			g_error("%s '%s' gave '%s'", rows[i].words, rows[i].text, value);
	}
	CleanUps clean;
	g_autoptr(GError) error = NULL;
	g_assert_false(clean_ups_parse("upper strip", &clean, &error));
	g_assert_error(error, VANTHU_ERROR, ERR_NOT_FOUND);
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/types/read", test_types);
	g_test_add_func("/types/clean-ups", test_clean_ups);
	return g_test_run();
}
