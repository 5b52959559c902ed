/* engine/extract/marks.c: lines of official documents, told by their words; beside each, a line
 * that only looks like one. */
#include "extract/marks.h"

#include <glib.h>

static void
test_lines(void)
{
	static const struct {
		bool (*is)(const char *line);
		const char *line;
		bool expected;
	} rows[] = {
		{ is_motto, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ is_motto, "CỘNG HOÀ XÃ HỘICHỦ NGHĨA VIỆTNAM", true },
		{ is_motto, "Độc lập – Tự do – Hạnh phúc", true },
		{ is_motto, "ĐẢNG CỘNG SẢN VIỆT NAM", true },
		{ is_motto, "Việt Nam là một nước độc lập", false },
		{ is_number_line, "Số: 15/QĐ-BNV", true },
		{ is_number_line, "Số 34-CT/TW", true },
		{ is_number_line, "Số:      /BC-STC", true },
		{ is_number_line, "/KH-UBND", true },
		{ is_number_line, "Bản án số: 45/2026/DS-ST", true },
		{ is_number_line, "SỐ 6 - CHI NHÁNH MIỀN TRUNG", false },
		{ is_number_line, "Số lượng: 15 người", false },
		{ is_number_line, "Sở Tài chính", false },
		{ is_number_line, "và/hoặc", false },
		{ is_place_date, "Hà Nội, ngày 05 tháng 01 năm 2020", true },
		{ is_place_date, "Hậu Giang, ngày      tháng     năm 2024", true },
		{ is_place_date, "Hà Nội, ngày 13 tháng 8 năm2021", true },
		{ is_place_date, "(Kèm theo Quyết định ngày 05 tháng 01 năm 2020)", false },
		{ is_place_date, "Cuộc họp kết thúc ngày 05 tháng 01 năm 2020 tại trụ sở", false },
		{ is_subject_line, "V/v báo cáo", true },
		{ is_subject_line, "Về nước", false },
		{ is_addressee_line, "Kính gửi: Sở A", true },
		{ is_addressee_line, "Kính trình: Đảng ủy xã", true },
		{ is_addressee_line, "Kính trình Đảng ủy xem xét.", false },
		{ is_recipients_line, "Nơi nhận:", true },
		{ is_recipients_line, "Nơi nhận như trên", true },
		{ is_recipients_line, "Nơi nhận hồ sơ: Bộ phận Một cửa", false },
		{ is_urgency, "THƯỢNG KHẨN", true },
		{ is_urgency, "Khẩn trương", false },
		{ is_secrecy, "TỐI MẬT", true },
		{ is_secrecy, "BẢO MẬT", false },
		{ is_secrecy, "mật", false },
		{ is_rule_line, "_____ * ------", true },
		{ is_rule_line, "- a", false },
		{ is_noise, "Ký bởi: TẬP ĐOÀN", true },
		{ is_noise, "3", true },
		{ is_noise, "Kính gửi", false },
		{ is_authority_line, "KT. GIÁM ĐỐC", true },
		{ is_authority_line, "T/M BAN THƯỜNG VỤ", true },
		{ is_authority_line, "KTX Mỹ Đình", false },
		{ is_position_line, "PHÓ CHỦ TỊCH", true },
		{ is_position_line, "TRUNG ĐOÀN TRƯỞNG", true },
		{ is_position_line, "SỞ TÀI CHÍNH", false },
		{ is_position_line, "VỀ TĂNG TRƯỞNG XANH", false },
		{ is_position_line, "TĂNG TRƯỞNG KINH TẾ", false },
		{ is_appendix_title, "PHỤ LỤC II", true },
		{ is_appendix_title, "(Kèm theo Quyết định số 1/QĐ-A)", true },
		{ is_appendix_title, "phụ lục kèm theo công văn này gồm các biểu mẫu báo cáo",
			false },
		{ wants_number, "tổng kết năm học 2025 -", true },
		{ wants_number, "nhiệm vụ năm", true },
		{ wants_number, "tổng kết công tác", false },
		{ wants_more, "HỘI ĐỒNG THI ĐUA -", true },
		{ wants_more, "SỞ TÀI CHÍNH", false },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (rows[i].is(rows[i].line) != rows[i].expected)
			g_error("row %zu: '%s'", i, rows[i].line);
	}
}

static void
test_authority(void)
{
	static const struct {
		const char *line, *authority;
	} rows[] = {
		{ "TM. ỦY BAN NHÂN DÂN", "TM." },
		{ "KT.GIÁM ĐỐC", "KT." },
		{ "TUQ. CHỦ TỊCH", "TUQ." },
		{ "TL. KT. CỤC TRƯỞNG", "TL. KT." },
		{ "GIÁM ĐỐC", "" },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *authority = authority_of(rows[i].line);
		g_assert_cmpstr(authority, ==, rows[i].authority);
	}
}

static void
test_items(void)
{
	static const struct {
		const char *line, *number, *rest;
	} rows[] = {
		{ "1. Giao", "1", "Giao" },
		{ "đ) Hồ sơ", "đ", "Hồ sơ" },
		{ "II. CÁ NHÂN", "II", "CÁ NHÂN" },
		{ "1.200.000 đồng", NULL, "1.200.000 đồng" },
		{ "a.b", "a", "b" },
		{ "Điều 1.", NULL, "Điều 1." },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *number = NULL;
		const char *rest = after_item_number(rows[i].line, &number);
		g_assert_cmpstr(number, ==, rows[i].number);
		g_assert_cmpstr(rest, ==, rows[i].rest);
	}
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/marks/lines", test_lines);
	g_test_add_func("/marks/authority", test_authority);
	g_test_add_func("/marks/items", test_items);
	return g_test_run();
}
