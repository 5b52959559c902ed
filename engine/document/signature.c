/* The values of a digital signature: their names, words and wording, as tables. */
#include "document/signature.h"

#include "base/text.h"

#include <string.h>

typedef struct {
	const char *word, *vi, *en;
} Word;

static const Word integrity_words[] = {
	{ "intact", "nguyên vẹn", "intact" },
	{ "broken", "không khớp nội dung", "does not fit the content" },
	{ "unsupported", "chưa kiểm tra được", "can't be checked" },
	{ "unreadable", "không đọc được", "unreadable" },
	{ 0 },
};
static const Word reason_words[] = {
	{ "digest", "nội dung đã ký bị thay đổi", "the signed content was changed" },
	{ "signature", "giá trị chữ ký sai", "the signature value is wrong" },
	{ "byte-range", "vùng ký (ByteRange) sai", "wrong ByteRange" },
	{ "contents", "không có giá trị chữ ký", "no signature value" },
	{ "cms", "giá trị chữ ký không đúng khuôn dạng", "malformed signature value" },
	{ "certificate", "không có chứng thư số của người ký", "no certificate of the signer" },
	{ "algorithm", "thuật toán không dùng được", "algorithm not supported" },
	{ "signers", "không đúng một người ký", "not exactly one signer" },
	{ 0 },
};
static const Word time_words[] = {
	{ "timestamp", "dấu thời gian", "timestamp" },
	{ "signed", "người ký khai, nằm trong chữ ký", "the signer's clock, signed" },
	{ "claimed", "ghi trong tệp, không được ký", "written in the file, not signed" },
	{ "none", "không có", "none" },
	{ 0 },
};
static const Word trust_words[] = {
	{ "trusted", "tin cậy", "trusted" },
	{ "expired", "chứng thư hết hạn", "certificate expired" },
	{ "not-yet-valid", "chứng thư chưa có hiệu lực", "certificate not yet valid" },
	{ "wrong-use", "chứng thư không dùng để ký", "certificate not for signing" },
	{ "invalid", "chuỗi chứng thư sai", "invalid chain" },
	{ "unknown", "chưa xác định được nguồn tin cậy", "source of trust not known" },
	{ "no-time", "không rõ thời điểm ký", "time of signing not known" },
	{ 0 },
};
static const Word coverage_words[] = {
	{ "whole", "toàn bộ tệp", "the whole file" },
	{ "revision", "trọn một phiên bản trước", "a whole earlier revision" },
	{ "partial", "không trọn phiên bản nào", "no whole revision" },
	{ "unknown", "không rõ", "unknown" },
	{ 0 },
};
static const Word gap_words[] = {
	{ "exact", "chỉ chứa giá trị chữ ký", "holds the signature value alone" },
	{ "larger", "chứa thêm dữ liệu không được ký", "holds more, unsigned" },
	{ "elsewhere", "không phải chỗ của giá trị chữ ký", "is not where the value stands" },
	{ "unknown", "không rõ", "unknown" },
	{ 0 },
};
static const Word change_words[] = {
	{ "none", "không có gì", "nothing" },
	{ "update", "chỉ dữ liệu kỹ thuật, không đổi nội dung nhìn thấy",
		"technical data, nothing that is seen" },
	{ "signatures", "chỉ thêm chữ ký và hình chữ ký", "further signatures and their stamps" },
	{ "form", "điền biểu mẫu", "form fields filled in" },
	{ "annotations", "chú thích hoặc hình vẽ đè lên trang", "annotations on the pages" },
	{ "hidden", "sửa ngầm: nội dung hiển thị và dữ liệu không còn khớp",
		"hidden changes: what is shown and what is stored part ways" },
	{ "content", "nội dung nhìn thấy đã khác bản được ký",
		"what is seen differs from what was signed" },
	{ "unknown", "chưa so sánh được", "could not be compared" },
	{ 0 },
};

static const Word permission_words[] = {
	{ "nothing", "không được thay đổi gì", "no changes" },
	{ "forms", "được điền biểu mẫu và ký thêm", "filling in and signing" },
	{ "annotations", "được điền biểu mẫu, ký thêm, chú thích",
		"filling in, signing, annotations" },
	{ 0 },
};

static const struct {
	const char *name, *vi, *en;
	const Word *words; /* NULL: any text */
} rows[SIGNATURE_VALUES] = {
	[SIGNATURE_FIELD] = { "field", "Ô chữ ký", "Field", NULL },
	[SIGNATURE_FORMAT] = { "format", "Khuôn dạng", "Format", NULL },
	[SIGNATURE_INTEGRITY] = { "integrity", "Toàn vẹn", "Integrity", integrity_words },
	[SIGNATURE_REASON] = { "reason", "Vì", "Because", reason_words },
	[SIGNATURE_SIGNER] = { "signer", "Người ký", "Signer", NULL },
	[SIGNATURE_ORGAN] = { "organ", "Cơ quan", "Organisation", NULL },
	[SIGNATURE_ISSUER] = { "issuer", "Nơi cấp chứng thư", "Issuer", NULL },
	[SIGNATURE_SERIAL] = { "serial", "Số chứng thư", "Serial number", NULL },
	[SIGNATURE_VALIDITY] = { "validity", "Hạn chứng thư", "Certificate valid", NULL },
	[SIGNATURE_TIME] = { "time", "Thời điểm ký", "Time", NULL },
	[SIGNATURE_TIME_KIND] = { "time-kind", "Nguồn thời điểm", "Source of time", time_words },
	[SIGNATURE_TIME_TRUST] = { "time-trust", "Dấu thời gian", "Timestamp", trust_words },
	[SIGNATURE_TRUST_THEN] = { "trust-then", "Tin cậy khi ký", "Trust then", trust_words },
	[SIGNATURE_TRUST_NOW] = { "trust-now", "Tin cậy hiện nay", "Trust now", trust_words },
	[SIGNATURE_COVERAGE] = { "coverage", "Phạm vi ký", "Covers", coverage_words },
	[SIGNATURE_GAP] = { "gap", "Khoảng trống trong vùng ký", "Gap", gap_words },
	[SIGNATURE_REVISIONS] = { "revisions", "Số lần thêm sau khi ký", "Later revisions", NULL },
	[SIGNATURE_CHANGES] = { "changes", "Thay đổi sau khi ký", "Changed since", change_words },
	[SIGNATURE_PERMISSION] = { "permission", "Cho phép sau khi ký", "Allows",
		permission_words },
	[SIGNATURE_DETAIL] = { "detail", "Chi tiết", "Detail", NULL },
	[SIGNATURE_ALGORITHM] = { "algorithm", "Thuật toán", "Algorithm", NULL },
	[SIGNATURE_WEAK] = { "weak", "Thuật toán yếu", "Weak", NULL },
};

static const Word *
find_word(SignatureValue value, const char *text)
{
	for (const Word *word = rows[value].words; word && word->word; word++)
		if (strcmp(word->word, text) == 0)
			return word;
	return NULL;
}

Signature *
signature_new(void)
{
	return g_new0(Signature, 1);
}

Signature *
signature_copy(const Signature *from)
{
	Signature *copy = signature_new();
	for (int i = 0; i < SIGNATURE_VALUES; i++)
		copy->values[i] = g_strdup(from->values[i]);
	return copy;
}

void
signature_free(Signature *signature)
{
	if (!signature)
		return;
	for (int i = 0; i < SIGNATURE_VALUES; i++)
		g_free(signature->values[i]);
	g_free(signature);
}

GPtrArray *
signatures_new(void)
{
	return g_ptr_array_new_with_free_func((GDestroyNotify)signature_free);
}

void
signatures_add_copies(GPtrArray *signatures, const GPtrArray *from)
{
	for (guint i = 0; i < from->len; i++)
		g_ptr_array_add(signatures, signature_copy(g_ptr_array_index(from, i)));
}

const char *
signature_value(const Signature *signature, SignatureValue value)
{
	return text_or_empty(signature->values[value]);
}

bool
signature_is(const Signature *signature, SignatureValue value, const char *word)
{
	return strcmp(signature_value(signature, value), word) == 0;
}

bool
signature_set(Signature *signature, SignatureValue value, const char *text)
{
	if (rows[value].words && *text_or_empty(text) && !find_word(value, text))
		return false;
	char *copy = g_strdup(text_or_empty(text));
	g_free(signature->values[value]);
	signature->values[value] = copy;
	return true;
}

const char *
signature_value_name(SignatureValue value)
{
	return rows[value].name;
}

bool
signature_value_parse(const char *name, SignatureValue *ret_value)
{
	for (int i = 0; i < SIGNATURE_VALUES; i++) {
		if (strcmp(rows[i].name, name) == 0) {
			*ret_value = (SignatureValue)i;
			return true;
		}
	}
	return false;
}

static bool
is_english(const char *language)
{
	return g_str_has_prefix(language, "en");
}

const char *
signature_value_label(SignatureValue value, const char *language)
{
	return is_english(language) ? rows[value].en : rows[value].vi;
}

const char *
signature_wording(SignatureValue value, const char *word, const char *language)
{
	const Word *known = find_word(value, word);
	if (!known)
		return word;
	return is_english(language) ? known->en : known->vi;
}

/* The first row that fits is what a person has to know. */
static const struct {
	SignatureValue value;
	const char *word;
	const char *vi, *en;
} verdicts[] = {
	{ SIGNATURE_INTEGRITY, "unreadable", "chữ ký không đọc được, không có giá trị xác nhận",
		"the signature is unreadable and proves nothing" },
	{ SIGNATURE_INTEGRITY, "broken", "tệp đã bị sửa sau khi ký hoặc bị hỏng",
		"the file was changed after it was signed, or is damaged" },
	{ SIGNATURE_INTEGRITY, "unsupported", "chưa kiểm tra được chữ ký",
		"the signature can't be checked" },
	{ SIGNATURE_GAP, "larger", "trong vùng ký có dữ liệu không được ký",
		"the signed range holds bytes that are not signed" },
	{ SIGNATURE_GAP, "elsewhere", "vùng ký không đúng chỗ của chữ ký",
		"the signed range belongs to another place" },
	{ SIGNATURE_COVERAGE, "partial", "chữ ký không bao trọn phiên bản đã ký",
		"the signature does not cover the whole of what was signed" },
	{ SIGNATURE_CHANGES, "content", "nội dung nhìn thấy đã bị đổi sau khi ký",
		"what is seen was changed after signing" },
	{ SIGNATURE_CHANGES, "hidden", "tệp bị sửa ngầm sau khi ký",
		"the file was changed in a hidden way after signing" },
	{ SIGNATURE_CHANGES, "annotations", "sau khi ký có thêm chú thích hoặc hình đè lên trang",
		"annotations were added after signing" },
	{ SIGNATURE_CHANGES, "unknown", "nguyên vẹn phần đã ký; chưa so sánh được phần thêm sau",
		"what was signed is intact; what came later could not be compared" },
	{ SIGNATURE_CHANGES, "form", "nguyên vẹn phần đã ký; sau đó có điền biểu mẫu",
		"what was signed is intact; form fields were filled in later" },
	{ SIGNATURE_TRUST_THEN, "trusted", "nguyên vẹn, chứng thư tin cậy khi ký",
		"intact, by a certificate that was trusted then" },
	{ SIGNATURE_TRUST_THEN, "expired", "nguyên vẹn, nhưng chứng thư đã hết hạn khi ký",
		"intact, but the certificate had expired" },
	{ SIGNATURE_TRUST_THEN, "not-yet-valid",
		"nguyên vẹn, nhưng chứng thư chưa có hiệu lực khi ký",
		"intact, but the certificate was not yet valid" },
	{ SIGNATURE_TRUST_THEN, "wrong-use", "nguyên vẹn, nhưng chứng thư không dùng để ký",
		"intact, but the certificate is not for signing" },
	{ SIGNATURE_TRUST_THEN, "invalid", "nguyên vẹn, nhưng chuỗi chứng thư sai",
		"intact, but the chain of certificates is invalid" },
	{ SIGNATURE_TRUST_THEN, "no-time", "nguyên vẹn, không rõ thời điểm ký",
		"intact, time of signing not known" },
	{ SIGNATURE_INTEGRITY, "intact", "nguyên vẹn, chưa xác định được nguồn tin cậy",
		"intact, source of trust not known" },
};

const char *
signature_verdict(const Signature *signature, const char *language)
{
	for (size_t i = 0; i < G_N_ELEMENTS(verdicts); i++)
		if (signature_is(signature, verdicts[i].value, verdicts[i].word))
			return is_english(language) ? verdicts[i].en : verdicts[i].vi;
	return is_english(language) ? "not checked" : "chưa kiểm tra";
}

char *
signature_line(const Signature *signature, const char *language)
{
	const char *signer = signature_value(signature, SIGNATURE_SIGNER);
	const char *organ = signature_value(signature, SIGNATURE_ORGAN);
	const char *field = signature_value(signature, SIGNATURE_FIELD);
	bool both = *signer && *organ && !text_same(signer, organ);
	return g_strdup_printf("%s%s%s: %s",
		*signer          ? signer
			: *organ ? organ
				 : field,
		both ? ", " : "", both ? organ : "", signature_verdict(signature, language));
}
