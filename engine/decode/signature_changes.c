/* The end of a signature's cover -> what came after it, in one word. */
#include "decode/signature_changes.h"

#include "decode/signature_structure.h"
#include "decode/signature_view.h"

#include <string.h>

/* More revisions than this are not looked at one by one. */
enum { MAX_COMPARED = 40 };

typedef struct {
	const char *word;
	char *detail;
} Answer;

struct SignatureChanges {
	const unsigned char *data;
	size_t size;
	PdfObjects *last;
	const GArray *sites;
	PdfBudget *budget;
	SignatureView *view; /* opened when first needed */
	GHashTable *answers; /* end -> Answer */
	int compared;
	bool clean; /* an earlier revision was drawn whole: only signatures came after it */
};

static void
answer_free(gpointer data)
{
	Answer *answer = data;
	g_free(answer->detail);
	g_free(answer);
}

SignatureChanges *
signature_changes_new(const unsigned char *data, size_t size, PdfObjects *last, const GArray *sites,
	PdfBudget *budget)
{
	SignatureChanges *self = g_new0(SignatureChanges, 1);
	*self = (SignatureChanges){
		.data = data, .size = size, .last = last, .sites = sites, .budget = budget
	};
	self->answers = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, answer_free);
	return self;
}

void
signature_changes_free(SignatureChanges *self)
{
	if (!self)
		return;
	signature_view_free(self->view);
	g_hash_table_unref(self->answers);
	g_free(self);
}

static size_t
covered_end(const SignatureSite *site)
{
	return site->range[2] + site->range[3];
}

/* Fields whose intact signatures cover more than `end`: their stamps came later. What is broken or
 * stood there before may dress up as one, and is none. */
static GHashTable *
signed_later(const SignatureChanges *self, size_t end)
{
	GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < self->sites->len; i++) {
		const SignatureSite *site = &g_array_index(self->sites, SignatureSite, i);
		if (site->intact && covered_end(site) > end && *site->field)
			g_hash_table_add(names, (gpointer)site->field);
	}
	for (guint i = 0; i < self->sites->len; i++) {
		const SignatureSite *site = &g_array_index(self->sites, SignatureSite, i);
		if (site->has_range && covered_end(site) <= end)
			g_hash_table_remove(names, site->field);
	}
	return names;
}

static bool
compare_views(SignatureChanges *self, size_t end, StructureReport *report)
{
	g_autoptr(GHashTable) names = signed_later(self, end);
	if (!self->view)
		self->view = signature_view_new(self->data, self->size);
	return self->view && signature_view_compare(self->view, end, names, report);
}

/* What could not be compared to its end is unknown, unless it is known to be bad. */
static const char *
word_for(const StructureReport *report, bool whole)
{
	static const char *const words[] = { [CHANGE_UPDATE] = "update",
		[CHANGE_SIGNATURES] = "signatures",
		[CHANGE_FORM] = "form",
		[CHANGE_ANNOTATIONS] = "annotations",
		[CHANGE_HIDDEN] = "hidden",
		[CHANGE_CONTENT] = "content" };
	return whole || report->worst >= CHANGE_HIDDEN ? words[report->worst] : "unknown";
}

/* Objects after `end` that no table in force names: readers that mend files show them. */
static bool
has_loose_objects(const SignatureChanges *self, size_t end)
{
	size_t table = pdf_objects_table(self->last);
	return table != SIZE_MAX && table < end &&
		pdf_find(self->data, self->size, end, " obj") < self->size;
}

static void
compare_loose(SignatureChanges *self, size_t end, StructureReport *report)
{
	g_autoptr(PdfObjects) before = pdf_objects_scan(self->data, end, self->budget);
	g_autoptr(PdfObjects) after = pdf_objects_scan(self->data, self->size, self->budget);
	structure_compare(before, after, report);
}

static Answer *
compare(SignatureChanges *self, size_t end)
{
	StructureReport report;
	structure_report_init(&report);
	g_autoptr(PdfObjects) before = pdf_objects_new(self->data, end, self->budget);
	structure_compare(before, self->last, &report);
	if (has_loose_objects(self, end))
		compare_loose(self, end, &report);
	bool whole = compare_views(self, end, &report) && !report.exhausted;
	/* what came after this one came after the earlier one as well, and was seen there */
	bool harmless = report.worst <= CHANGE_SIGNATURES && !report.exhausted;
	self->clean |= harmless && whole;
	whole |= harmless && self->clean;
	Answer *answer = g_new0(Answer, 1);
	answer->word = word_for(&report, whole);
	answer->detail = g_strdup(report.worst > CHANGE_SIGNATURES ? report.detail->str : "");
	structure_report_clear(&report);
	return answer;
}

const char *
signature_changes_since(SignatureChanges *self, size_t end, const char **ret_detail)
{
	Answer *answer = g_hash_table_lookup(self->answers, GSIZE_TO_POINTER(end));
	*ret_detail = "";
	/* names of fields in a locked file are not to be read: which stamp is whose? */
	bool locked = pdf_peek(pdf_objects_trailer(self->last), "Encrypt") != NULL;
	if (!answer && (!self->budget || self->compared >= MAX_COMPARED || locked))
		return "unknown";
	if (!answer) {
		self->compared++;
		answer = compare(self, end);
		g_hash_table_insert(self->answers, GSIZE_TO_POINTER(end), answer);
	}
	*ret_detail = answer->detail;
	return answer->word;
}
