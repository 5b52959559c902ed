/* Bytes in, Doc out, by way of a helper; every way in which a helper ends has its finding. */
#include "decode/parent.h"

#include "base/helper.h"
#include "decode/decoder.h"
#include "decode/page_request.h"
#include "decode/pdf_layout.h"
#include "decode/pdf_locked.h"
#include "decode/recognise.h"
#include "decode/signature_check.h"

#include <string.h>

#define OCR_PROGRAM "vanthu-ocr"
#define PDF_PROGRAM "vanthu-decode-pdf"

struct Decoders {
	char *folder;
	Limits limits;
	bool skip_pictures;
	GHashTable *helpers; /* program name to Helper */
	GBytes *trust;       /* PEM, or NULL */
	char **passwords;    /* for locked PDF; may be NULL */
	Clock now;
};

static void
drop_helper(gpointer data)
{
	helper_free(data);
}

Decoders *
decoders_new(const char *helper_dir, const Limits *limits)
{
	Decoders *self = g_new0(Decoders, 1);
	self->folder = g_strdup(helper_dir);
	self->limits = *limits;
	self->helpers = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, drop_helper);
	return self;
}

void
decoders_set_passwords(Decoders *self, const char *const *passwords)
{
	g_strfreev(self->passwords);
	self->passwords = g_strdupv((char **)passwords);
}

void
decoders_skip_pictures(Decoders *self)
{
	self->skip_pictures = true;
}

void
decoders_free(Decoders *self)
{
	if (!self)
		return;
	g_hash_table_unref(self->helpers);
	g_clear_pointer(&self->trust, g_bytes_unref);
	g_strfreev(self->passwords);
	g_free(self->folder);
	g_free(self);
}

void
decoders_set_trust(Decoders *self, GBytes *pem, Clock now)
{
	g_clear_pointer(&self->trust, g_bytes_unref);
	self->trust = pem ? g_bytes_ref(pem) : NULL;
	self->now = now;
}

static Helper *
lookup_helper(Decoders *self, const char *program)
{
	Helper *helper = g_hash_table_lookup(self->helpers, program);
	if (helper)
		return helper;
	g_autofree char *path = g_build_filename(self->folder, program, NULL);
	const HelperPolicy policy = strcmp(program, OCR_PROGRAM) == 0
		? recognise_policy(&self->limits)
		: helper_policy(&self->limits);
	helper = helper_new(path, &policy);
	g_hash_table_insert(self->helpers, (gpointer)program, helper);
	return helper;
}

/* Which finding each end of a helper is; HELPER_ANSWERED goes by the error it answered with. */
static Doc *
refuse_death(const char *format, const HelperDeath *death, const GError *err)
{
	static const FindingId findings[] = {
		[HELPER_EXITED] = FINDING_CRASHED,
		[HELPER_CRASHED] = FINDING_CRASHED,
		[HELPER_KILLED] = FINDING_KILLED,
		[HELPER_TIMED_OUT] = FINDING_TIMED_OUT,
		[HELPER_OVER_MEMORY] = FINDING_TOO_LARGE,
		[HELPER_REPLY_TOO_LARGE] = FINDING_TOO_LARGE,
	};
	if (death->end == HELPER_ANSWERED)
		return decoder_refuse_error(format, err);
	g_autofree char *how = helper_death_print(death);
	return decoder_refuse(format, findings[death->end], how);
}

static Doc *
parse_reply(Decoders *self, const char *format, GBytes *reply)
{
	g_autoptr(GError) failure = NULL;
	size_t size;
	const char *tree = g_bytes_get_data(reply, &size);
	Doc *doc = doc_parse(tree, size, &self->limits, &failure);
	if (doc)
		return doc;
	return decoder_refuse(format,
		err_code(failure) == ERR_LIMIT ? FINDING_TOO_LARGE : FINDING_CRASHED,
		failure->message);
}

static Doc *
ask_helper(
	Decoders *self, const Decoder *decoder, const char *service, GBytes *request, GError **err)
{
	g_autoptr(GBytes) reply = NULL;
	g_autoptr(GError) failure = NULL;
	HelperDeath death;
	if (helper_call(lookup_helper(self, decoder->program), service, request, &reply, &death,
		    &failure))
		return parse_reply(self, decoder->name, reply);
	bool ours = death.end == HELPER_NOT_STARTED ||
		(death.end == HELPER_ANSWERED &&
			(err_code(failure) == ERR_LIBRARY || err_code(failure) == ERR_USAGE));
	if (!ours)
		return refuse_death(decoder->name, &death, failure);
	g_propagate_error(err, g_steal_pointer(&failure));
	return NULL;
}

/* By way of DOCX, in two helpers one behind the other. No LibreOffice, or no walls for it: refused,
 * since nobody but the sender can help then. */
static Doc *
convert(Decoders *self, const Decoder *decoder, GBytes *bytes, GError **err)
{
	static const Decoder docx = {
		.name = "docx", .program = "vanthu-decode", .service = "zip"
	};
	g_autoptr(GBytes) made = NULL;
	g_autoptr(GError) failure = NULL;
	HelperDeath death;
	if (!helper_call(lookup_helper(self, decoder->program), decoder->service, bytes, &made,
		    &death, &failure)) {
		ErrCode code = err_code(failure);
		if (death.end == HELPER_NOT_STARTED ||
			(death.end == HELPER_ANSWERED &&
				(code == ERR_UNSUPPORTED || code == ERR_RETRY)))
			return decoder_refuse(decoder->name, decoder->refusal, decoder->name);
		return refuse_death(decoder->name, &death, failure);
	}
	Doc *doc = ask_helper(self, &docx, docx.service, made, err);
	if (!doc || doc_refusal(doc))
		return doc;
	doc->format = decoder->name;
	findings_add(doc->findings, FINDING_CONVERTED, NULL, decoder->name);
	return doc;
}

/* ---- pictures of pages --------------------------------------------------------------------- */

/* Lays recognised words out as pages of the file; `file` NULL: of an image. Takes nothing. */
static Doc *
lay_out(Decoders *self, const GString *text, GBytes *file, GError **err)
{
	static const Decoder layout = { .name = "pdf", .program = PDF_PROGRAM };
	g_autofree char *head = g_strdup_printf("%zu\n", text->len);
	g_autoptr(GByteArray) request = g_byte_array_new();
	g_byte_array_append(request, (const guint8 *)head, (guint)strlen(head));
	g_byte_array_append(request, (const guint8 *)text->str, (guint)text->len);
	if (file)
		g_byte_array_append(
			request, g_bytes_get_data(file, NULL), (guint)g_bytes_get_size(file));
	g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(g_steal_pointer(&request));
	return ask_helper(self, &layout, "recognised", bytes, err);
}

/* The Doc with its pictures read; the same Doc when nothing could be read on them. Takes doc. */
static Doc *
read_pictures(Decoders *self, Doc *doc, GBytes *bytes, GError **err)
{
	Recognition read;
	recognise_pdf(lookup_helper(self, OCR_PROGRAM), bytes, doc_peek_meta(doc, PDF_META_UNREAD),
		&self->limits, &read);
	if (read.text->len) {
		doc_free(doc);
		doc = lay_out(self, read.text, bytes, err);
	}
	if (doc && read.why)
		findings_add(doc->findings, FINDING_NOT_RECOGNISED, NULL, read.why);
	recognition_clear(&read);
	return doc;
}

static Doc *
read_image(Decoders *self, const char *format, GBytes *bytes, GError **err)
{
	Recognition read;
	g_autoptr(GError) failure = NULL;
	Doc *doc = NULL;
	if (!recognise_image(
		    lookup_helper(self, OCR_PROGRAM), bytes, &self->limits, &read, &failure))
		doc = decoder_refuse_error(format, failure);
	else if (!read.text->len)
		doc = decoder_refuse(format, FINDING_UNKNOWN_FORMAT, format);
	else
		doc = lay_out(self, read.text, NULL, err);
	if (doc && read.why)
		findings_add(doc->findings, FINDING_NOT_RECOGNISED, NULL, read.why);
	recognition_clear(&read);
	return doc;
}

/* ---- files --------------------------------------------------------------------------------- */

/* Bytes that nothing is known of, under a name of ours: a broken file, not a strange format. */
static Doc *
refuse_unknown(const char *name)
{
	static const char *const ours[] = { "docx", "docm", "xlsx", "xlsm", "pdf", "xml", "edxml",
		"zip", NULL };
	const char *dot = name ? strrchr(name, '.') : NULL;
	g_autofree char *ending = g_ascii_strdown(dot ? dot + 1 : "?", -1);
	bool known = g_strv_contains(ours, ending);
	return decoder_refuse("", known ? FINDING_DAMAGED : FINDING_UNKNOWN_FORMAT, ending);
}

/* A name that promises another format than the content has. */
static void
compare_name(Doc *doc, const char *name)
{
	static const struct {
		const char *ending, *formats;
	} rows[] = {
		{ ".docx", "docx" },
		{ ".docm", "docx" },
		{ ".xlsx", "xlsx" },
		{ ".xlsm", "xlsx" },
		{ ".pdf", "pdf" },
		{ ".zip", "zip docx xlsx" },
		{ ".xml", "xml edxml" },
		{ ".edxml", "edxml xml" },
		{ ".doc", "DOC" },
		{ ".rtf", "RTF" },
		{ ".odt", "ODT" },
	};
	const char *dot = name ? strrchr(name, '.') : NULL;
	for (size_t i = 0; dot && *doc->format && i < G_N_ELEMENTS(rows); i++) {
		if (g_ascii_strcasecmp(dot, rows[i].ending) != 0 ||
			strstr(rows[i].formats, doc->format))
			continue;
		g_autofree char *detail = g_strdup_printf("%s: %s", dot, doc->format);
		findings_add(doc->findings, FINDING_WRONG_NAME, NULL, detail);
	}
}

/* A signature stands in the bytes as they are, or a form that is packed speaks of it. */
static bool
may_be_signed(const Doc *doc, GBytes *bytes)
{
	static const char word[] = "/ByteRange";
	gsize size;
	const void *data = g_bytes_get_data(bytes, &size);
	return strcmp(doc->format, "pdf") == 0 && !doc_refusal(doc) &&
		(g_hash_table_contains(doc->meta, "signatures") ||
			memmem(data, size, word, sizeof word - 1));
}

/* The reply of the helper, as untrusted as any. NULL: it broke off, *ret_why says how. */
static Doc *
ask_signatures(Decoders *self, const char *service, GBytes *request, char **ret_why)
{
	g_autoptr(GBytes) reply = NULL;
	g_autoptr(GError) failure = NULL;
	HelperDeath death;
	Doc *doc = NULL;
	if (helper_call(lookup_helper(self, "vanthu-signatures"), service, request, &reply, &death,
		    &failure)) {
		size_t size;
		const char *tree = g_bytes_get_data(reply, &size);
		doc = doc_parse(tree, size, &self->limits, &failure);
	}
	g_free(*ret_why);
	*ret_why = doc ? NULL : g_strdup(failure->message);
	return doc;
}

/* The document was read; that its signatures could not be checked is said, and stops nothing. A
 * file whose revisions take too long to compare is verified alone. */
static void
add_signatures(Decoders *self, GBytes *bytes, Doc *doc)
{
	static const char *const services[] = { "compare", "verify" };
	g_autoptr(GBytes) request = signature_request(bytes, self->trust, self->now);
	g_autoptr(Doc) found = NULL;
	g_autofree char *why = NULL;
	for (size_t i = 0; !found && i < G_N_ELEMENTS(services); i++)
		found = ask_signatures(self, services[i], request, &why);
	if (!found) {
		findings_add(doc->findings, FINDING_SIGNATURE_UNCHECKED, NULL, why);
		return;
	}
	signatures_add_copies(doc->signatures, found->signatures);
	findings_add_copies(doc->findings, found->findings);
}

static bool
is_locked(const Doc *doc)
{
	const Finding *refusal = doc ? doc_refusal(doc) : NULL;
	return refusal && strcmp(refusal->id, finding_id_name(FINDING_ENCRYPTED)) == 0;
}

/* A locked file with the passwords of the office, one after the other. Takes doc; *ret_bytes (caller owns)
 * is what opens from now on, the file as it was when none fits. */
static Doc *
unlock(Decoders *self, const Decoder *decoder, GBytes *bytes, Doc *doc, GBytes **ret_bytes,
	GError **err)
{
	*ret_bytes = g_bytes_ref(bytes);
	for (char **password = self->passwords; password && *password && is_locked(doc);
		password++) {
		g_autoptr(GBytes) locked = pdf_locked_new(bytes, *password);
		doc_free(doc);
		doc = ask_helper(self, decoder, decoder->service, locked, err);
		if (!doc || doc_refusal(doc))
			continue;
		findings_add(doc->findings, FINDING_UNLOCKED, NULL, NULL);
		g_bytes_unref(*ret_bytes);
		*ret_bytes = g_steal_pointer(&locked);
	}
	return doc;
}

static Doc *
read_known(Decoders *self, const Decoder *decoder, GBytes *bytes, const char *name, GError **err)
{
	Doc *doc;
	g_autoptr(GBytes) opened = NULL;
	bool image = decoder->program && strcmp(decoder->program, OCR_PROGRAM) == 0;
	if (!decoder->program)
		doc = decoder_refuse(decoder->name, decoder->refusal, decoder->name);
	else if (decoder->converts)
		doc = convert(self, decoder, bytes, err);
	else if (image)
		doc = read_image(self, decoder->name, bytes, err);
	else
		doc = ask_helper(self, decoder, decoder->service, bytes, err);
	if (is_locked(doc) && decoder->program && strcmp(decoder->program, PDF_PROGRAM) == 0)
		doc = unlock(self, decoder, bytes, doc, &opened, err);
	if (doc && !image && *doc_peek_meta(doc, PDF_META_UNREAD) && !self->skip_pictures)
		doc = read_pictures(self, doc, opened ? opened : bytes, err);
	if (!doc) {
		because(err, _("decoding '%s'"), name ? name : decoder->name);
		return NULL;
	}
	if (!doc_refusal(doc))
		compare_name(doc, name);
	if (may_be_signed(doc, bytes))
		add_signatures(self, bytes, doc);
	return doc;
}

Doc *
decoders_read(Decoders *self, GBytes *bytes, const char *name, GError **err)
{
	Sniff sniff;
	sniff.data = g_bytes_get_data(bytes, &sniff.size);
	if (!sniff.size)
		return decoder_refuse("", FINDING_EMPTY_FILE, NULL);
	if (sniff.size > self->limits.file_bytes) {
		g_autofree char *detail = g_format_size(sniff.size);
		return decoder_refuse("", FINDING_TOO_LARGE, detail);
	}
	const Decoder *decoder = decoder_choose(&sniff);
	if (decoder)
		return read_known(self, decoder, bytes, name, err);
	return refuse_unknown(name);
}

/* NULL: it can't be drawn. */
static GBytes *
ask_preview(Decoders *self, const Decoder *decoder, GBytes *bytes, int number)
{
	static const char png[] = "\211PNG\r\n\032\n";
	g_autoptr(GBytes) request = page_request_new(bytes, number);
	g_autoptr(GBytes) reply = NULL;
	if (!helper_call(
		    lookup_helper(self, decoder->program), "preview", request, &reply, NULL, NULL))
		return NULL;
	size_t size;
	const char *data = g_bytes_get_data(reply, &size);
	bool picture = size > strlen(png) && memcmp(data, png, strlen(png)) == 0;
	return picture ? g_steal_pointer(&reply) : NULL;
}

GBytes *
decoders_preview(Decoders *self, GBytes *bytes, int number)
{
	Sniff sniff;
	sniff.data = g_bytes_get_data(bytes, &sniff.size);
	const Decoder *decoder = sniff.size ? decoder_choose(&sniff) : NULL;
	bool pdf = decoder && g_strcmp0(decoder->program, PDF_PROGRAM) == 0;
	if (!pdf && !(decoder && g_strcmp0(decoder->program, OCR_PROGRAM) == 0))
		return NULL;
	GBytes *picture = ask_preview(self, decoder, bytes, number);
	for (char **word = self->passwords; pdf && !picture && word && *word; word++) {
		g_autoptr(GBytes) locked = pdf_locked_new(bytes, *word);
		picture = ask_preview(self, decoder, locked, number);
	}
	return picture;
}
