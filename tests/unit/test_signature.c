/* engine/document/signature.c: words are checked, and the verdict names the worst. */
#include "document/signature.h"

#include <string.h>

static void
test_values(void)
{
	for (int i = 0; i < SIGNATURE_VALUES; i++) {
		SignatureValue value;
		g_assert_true(
			signature_value_parse(signature_value_name((SignatureValue)i), &value));
		g_assert_cmpint(value, ==, i);
		g_assert_true(*signature_value_label((SignatureValue)i, "vi"));
		g_assert_true(*signature_value_label((SignatureValue)i, "en"));
	}
	SignatureValue value;
	g_assert_false(signature_value_parse("owner", &value));
	g_assert_cmpstr(signature_wording(SIGNATURE_GAP, "larger", "vi"), ==,
		"chứa thêm dữ liệu không được ký");
	g_assert_cmpstr(signature_wording(SIGNATURE_SIGNER, "A", "vi"), ==, "A");
}

/* Each row adds something worse to what stands above it. */
static void
test_verdict(void)
{
	static const struct {
		SignatureValue value;
		const char *word, *vi;
	} rows[] = {
		{ SIGNATURE_INTEGRITY, "intact", "nguyên vẹn, chưa xác định được nguồn tin cậy" },
		{ SIGNATURE_TRUST_THEN, "trusted", "nguyên vẹn, chứng thư tin cậy khi ký" },
		{ SIGNATURE_CHANGES, "signatures", "nguyên vẹn, chứng thư tin cậy khi ký" },
		{ SIGNATURE_CHANGES, "form", "nguyên vẹn phần đã ký; sau đó có điền biểu mẫu" },
		{ SIGNATURE_CHANGES, "content", "nội dung nhìn thấy đã bị đổi sau khi ký" },
		{ SIGNATURE_COVERAGE, "partial", "chữ ký không bao trọn phiên bản đã ký" },
		{ SIGNATURE_GAP, "larger", "trong vùng ký có dữ liệu không được ký" },
		{ SIGNATURE_INTEGRITY, "broken", "tệp đã bị sửa sau khi ký hoặc bị hỏng" },
		{ SIGNATURE_INTEGRITY, "unreadable",
			"chữ ký không đọc được, không có giá trị xác nhận" },
	};
	g_autoptr(Signature) signature = signature_new();
	g_assert_cmpstr(signature_verdict(signature, "vi"), ==, "chưa kiểm tra");
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_assert_true(signature_set(signature, rows[i].value, rows[i].word));
		g_assert_cmpstr(signature_verdict(signature, "vi"), ==, rows[i].vi);
		g_assert_true(*signature_verdict(signature, "en"));
	}
	signature_set(signature, SIGNATURE_SIGNER, "Sở A");
	signature_set(signature, SIGNATURE_ORGAN, "SỞ A");
	g_autofree char *once = signature_line(signature, "en");
	g_assert_true(g_str_has_prefix(once, "Sở A: "));
	signature_set(signature, SIGNATURE_SIGNER, "Trần B");
	g_autoptr(Signature) copy = signature_copy(signature);
	g_autofree char *both = signature_line(copy, "en");
	g_assert_true(g_str_has_prefix(both, "Trần B, SỞ A: "));
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/signature/values", test_values);
	g_test_add_func("/signature/verdict", test_verdict);
	return g_test_run();
}
