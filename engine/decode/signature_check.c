/* Finds the signatures of a PDF, verifies each, and says what came after it. */
#include "decode/signature_check.h"

#include "decode/signature_changes.h"
#include "decode/signature_cms.h"
#include "decode/signature_find.h"

#include <string.h>

typedef struct {
	int64_t now_s;
	const char *pem;
	size_t n_pem;
	const unsigned char *pdf;
	size_t n_pdf;
} Request;

static bool
read_request(GBytes *bytes, Request *ret)
{
	gsize size;
	const char *data = g_bytes_get_data(bytes, &size);
	uint64_t head[2];
	if (size < sizeof head)
		return false;
	memcpy(head, data, sizeof head);
	ret->now_s = (int64_t)GUINT64_FROM_LE(head[0]) / 1000000;
	ret->n_pem = (size_t)GUINT64_FROM_LE(head[1]);
	if (ret->n_pem > size - sizeof head)
		return false;
	ret->pem = data + sizeof head;
	ret->pdf = (const unsigned char *)ret->pem + ret->n_pem;
	ret->n_pdf = size - sizeof head - ret->n_pem;
	return true;
}

/* ---- what it covers ------------------------------------------------------------------------ */

static size_t
covered_end(const SignatureSite *site)
{
	return site->range[2] + site->range[3];
}

static bool
is_blank(const unsigned char *data, size_t from, size_t to)
{
	while (from < to && (g_ascii_isspace(data[from]) || !data[from]))
		from++;
	return from == to;
}

/* The bytes up to `end` are a file of their own: they close with "%%EOF". */
static bool
ends_revision(const unsigned char *data, size_t end)
{
	while (end > 0 && g_ascii_isspace(data[end - 1]))
		end--;
	return end >= 5 && memcmp(data + end - 5, "%%EOF", 5) == 0;
}

/* Each later revision closes with "%%EOF" too; bytes that do not are one more. */
static int
count_revisions(const unsigned char *data, size_t from, size_t size)
{
	int count = 0;
	size_t at = from;
	while (at < size && !is_blank(data, at, size)) {
		size_t next = pdf_find(data, size, at, "%%EOF");
		at = MIN(next + 5, size);
		count++;
	}
	return count;
}

static void
set_cover(const SignatureSite *site, const Request *request, Signature *ret)
{
	static const char *const gaps[] = { [GAP_UNKNOWN] = "unknown",
		[GAP_EXACT] = "exact",
		[GAP_LARGER] = "larger",
		[GAP_ELSEWHERE] = "elsewhere" };
	signature_set(ret, SIGNATURE_GAP, gaps[site->gap]);
	if (!site->has_range) {
		signature_set(ret, SIGNATURE_COVERAGE, "unknown");
		return;
	}
	size_t end = covered_end(site);
	bool whole = is_blank(request->pdf, end, request->n_pdf);
	const char *coverage = site->range[0] != 0 ? "partial"
		: whole                            ? "whole"
		: ends_revision(request->pdf, end) ? "revision"
						   : "partial";
	signature_set(ret, SIGNATURE_COVERAGE, coverage);
}

/* ---- findings ------------------------------------------------------------------------------ */

/* Every value that a person must know of has its finding. */
static const struct {
	SignatureValue value;
	const char *word;
	FindingId id;
} rows[] = {
	{ SIGNATURE_INTEGRITY, "broken", FINDING_SIGNATURE_BROKEN },
	{ SIGNATURE_INTEGRITY, "unreadable", FINDING_SIGNATURE_UNREADABLE },
	{ SIGNATURE_INTEGRITY, "unsupported", FINDING_SIGNATURE_UNSUPPORTED },
	{ SIGNATURE_GAP, "larger", FINDING_SIGNATURE_GAP },
	{ SIGNATURE_GAP, "elsewhere", FINDING_SIGNATURE_GAP },
	{ SIGNATURE_COVERAGE, "partial", FINDING_SIGNATURE_PARTIAL },
	{ SIGNATURE_CHANGES, "content", FINDING_SIGNATURE_CHANGED },
	{ SIGNATURE_CHANGES, "hidden", FINDING_SIGNATURE_HIDDEN },
	{ SIGNATURE_CHANGES, "annotations", FINDING_SIGNATURE_ANNOTATED },
	{ SIGNATURE_CHANGES, "form", FINDING_SIGNATURE_FILLED },
	{ SIGNATURE_CHANGES, "unknown", FINDING_SIGNATURE_NOT_COMPARED },
	{ SIGNATURE_TRUST_THEN, "expired", FINDING_SIGNATURE_EXPIRED },
	{ SIGNATURE_TRUST_THEN, "not-yet-valid", FINDING_SIGNATURE_EXPIRED },
	{ SIGNATURE_TRUST_THEN, "wrong-use", FINDING_SIGNATURE_UNTRUSTED },
	{ SIGNATURE_TRUST_THEN, "invalid", FINDING_SIGNATURE_UNTRUSTED },
};

/* The signer, and the detail that the finding is about. */
static char *
detail_of(const Signature *signature, SignatureValue value, const char *language)
{
	const char *who = signature_value(signature, SIGNATURE_SIGNER);
	const char *field = signature_value(signature, SIGNATURE_FIELD);
	const char *more = value == SIGNATURE_INTEGRITY
		? signature_wording(
			  SIGNATURE_REASON, signature_value(signature, SIGNATURE_REASON), language)
		: value == SIGNATURE_CHANGES ? signature_value(signature, SIGNATURE_DETAIL)
					     : "";
	return g_strdup_printf("%s%s%s",
		*who             ? who
			: *field ? field
				 : "?",
		*more ? ": " : "", more);
}

/* Each language with a detail in its own words; takes both. */
static void
add_finding(GPtrArray *findings, FindingId id, char *vi, char *en)
{
	Finding *finding = finding_new(id, NULL, vi);
	g_autoptr(Finding) english = finding_new(id, NULL, en);
	g_free(finding->en);
	finding->en = g_steal_pointer(&english->en);
	g_ptr_array_add(findings, finding);
	g_free(vi);
	g_free(en);
}

/* Days alone show that the certificate was not valid then, though nobody vouches for it. */
static bool
is_out_of_date(const Signature *signature)
{
	const char *day = signature_value(signature, SIGNATURE_TIME);
	const char *validity = signature_value(signature, SIGNATURE_VALIDITY);
	return signature_is(signature, SIGNATURE_TRUST_THEN, "unknown") && strlen(day) >= 10 &&
		strlen(validity) == 21 &&
		(strncmp(day, validity, 10) < 0 || strncmp(day, validity + 11, 10) > 0);
}

/* Of a signature that proves nothing the rest is of no use: one finding. */
static bool
tell_values(const Signature *signature, GPtrArray *findings)
{
	bool any = false;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (!signature_is(signature, rows[i].value, rows[i].word))
			continue;
		add_finding(findings, rows[i].id, detail_of(signature, rows[i].value, "vi"),
			detail_of(signature, rows[i].value, "en"));
		if (rows[i].id == FINDING_SIGNATURE_BROKEN ||
			rows[i].id == FINDING_SIGNATURE_UNREADABLE)
			return true;
		any = true;
	}
	return any;
}

static void
tell(const Signature *signature, const SignatureSite *site, GPtrArray *findings)
{
	if (!tell_values(signature, findings))
		add_finding(findings, FINDING_SIGNATURE_GOOD, signature_line(signature, "vi"),
			signature_line(signature, "en"));
	if (is_out_of_date(signature))
		add_finding(findings, FINDING_SIGNATURE_EXPIRED,
			detail_of(signature, SIGNATURE_VALIDITY, "vi"),
			detail_of(signature, SIGNATURE_VALIDITY, "en"));
	if (!site->shown)
		add_finding(findings, FINDING_SIGNATURE_FORGOTTEN, signature_line(signature, "vi"),
			signature_line(signature, "en"));
}

/* Each weak algorithm once, by however many signatures. */
static void
tell_weak(const GPtrArray *signatures, GPtrArray *findings)
{
	g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < signatures->len; i++) {
		const char *weak = signature_value(signatures->pdata[i], SIGNATURE_WEAK);
		if (*weak && g_hash_table_add(told, (gpointer)weak))
			findings_add(findings, FINDING_SIGNATURE_WEAK, NULL, weak);
	}
}

/* ---- all of them --------------------------------------------------------------------------- */

/* Where the revision ends that the signature belongs to: with a tail that it does not cover, at the
 * next "%%EOF". */
static size_t
revision_end(const SignatureSite *site, const Request *request, const Signature *signature)
{
	size_t end = covered_end(site);
	if (!signature_is(signature, SIGNATURE_COVERAGE, "partial"))
		return end;
	return MIN(pdf_find(request->pdf, request->n_pdf, end, "%%EOF") + 5, request->n_pdf);
}

static void
set_changes(const SignatureSite *site, const Request *request, SignatureChanges *changes,
	Signature *ret)
{
	const char *word = "unknown", *detail = "";
	if (site->has_range) {
		size_t end = revision_end(site, request, ret);
		int count = count_revisions(request->pdf, end, request->n_pdf);
		g_autofree char *number = g_strdup_printf("%d", count);
		signature_set(ret, SIGNATURE_REVISIONS, number);
		word = count ? signature_changes_since(changes, end, &detail) : "none";
	}
	signature_set(ret, SIGNATURE_CHANGES, word);
	signature_set(ret, SIGNATURE_DETAIL, detail);
}

/* What came after against what a certifying signature allows; worse than that has its own finding.
 */
static bool
is_forbidden(const SignatureSite *site, const Signature *signature)
{
	static const struct {
		const char *changes;
		int least; /* that allows it */
	} limits[] = { { "signatures", 2 }, { "form", 2 }, { "annotations", 3 } };
	for (size_t i = 0; site->permission && i < G_N_ELEMENTS(limits); i++)
		if (signature_is(signature, SIGNATURE_CHANGES, limits[i].changes))
			return site->permission < limits[i].least;
	return false;
}

static void
verify_site(const Request *request, const SignatureTrust *trust, SignatureSite *site, Doc *doc)
{
	Signature *signature = signature_new();
	g_ptr_array_add(doc->signatures, signature);
	signature_set(signature, SIGNATURE_FIELD, site->field);
	signature_set(signature, SIGNATURE_FORMAT, site->format);
	static const char *const permissions[] = { "", "nothing", "forms", "annotations" };
	signature_set(signature, SIGNATURE_PERMISSION, permissions[site->permission]);
	set_cover(site, request, signature);
	signature_verify(site, request->pdf, trust, request->now_s, signature);
	site->intact =
		signature_is(signature, SIGNATURE_INTEGRITY, "intact") && site->gap == GAP_EXACT;
}

/* All are verified before the first comparison: only good signatures may have put a stamp. */
static void
check_sites(const Request *request, GArray *sites, SignatureChanges *changes, Doc *doc)
{
	g_autoptr(SignatureTrust) trust = signature_trust_new(request->pem, request->n_pem);
	if (request->n_pem && !signature_trust_count(trust))
		findings_add(doc->findings, FINDING_SIGNATURE_FOLDER, NULL, NULL);
	for (guint i = 0; i < sites->len; i++)
		verify_site(request, trust, &g_array_index(sites, SignatureSite, i), doc);
	for (guint i = 0; i < sites->len; i++) {
		const SignatureSite *site = &g_array_index(sites, SignatureSite, i);
		Signature *signature = g_ptr_array_index(doc->signatures, i);
		set_changes(site, request, changes, signature);
		tell(signature, site, doc->findings);
		if (is_forbidden(site, signature))
			add_finding(doc->findings, FINDING_SIGNATURE_FORBIDDEN,
				detail_of(signature, SIGNATURE_CHANGES, "vi"),
				detail_of(signature, SIGNATURE_CHANGES, "en"));
	}
	tell_weak(doc->signatures, doc->findings);
}

Doc *
signatures_check(GBytes *bytes, bool compare, GError **err)
{
	Request request;
	if (!read_request(bytes, &request)) {
		fail(err, ERR_USAGE, _("the request can't be read"));
		return NULL;
	}
	Doc *doc = doc_new("signatures");
	PdfBudget budget = pdf_budget_default;
	g_autoptr(PdfObjects) objects = pdf_objects_new(request.pdf, request.n_pdf, &budget);
	g_autoptr(GArray) sites = signatures_find(objects, request.pdf, request.n_pdf, doc->arena);
	g_autoptr(SignatureChanges) changes = signature_changes_new(
		request.pdf, request.n_pdf, objects, sites, compare ? &budget : NULL);
	check_sites(&request, sites, changes, doc);
	return doc;
}
