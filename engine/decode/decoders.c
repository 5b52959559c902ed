/* The formats, and the refusals that readers share. */
#include "decode/decoder.h"

#define CONVERTED                                                                                  \
	.program = "vanthu-convert", .service = "word", .refusal = FINDING_OLD_WORD,               \
	.converts = true

/* Dear bids (they look further into the file) come last. */
const Decoder decoders[] = {
	{ .name = "zip", .bid = sniff_zip, .program = "vanthu-decode", .service = "zip" },
	{ .name = "pdf", .bid = sniff_pdf, .program = "vanthu-decode-pdf", .service = "pdf" },
	{ .name = "HTML", .bid = sniff_html, .refusal = FINDING_UNKNOWN_FORMAT },
	{ .name = "xml", .bid = sniff_xml, .program = "vanthu-decode", .service = "xml" },
	{ .name = "RTF", .bid = sniff_rtf, CONVERTED },
	{ .name = "ODT", .bid = sniff_odt, CONVERTED },
	{ .name = "jpeg", .bid = sniff_jpeg, .program = "vanthu-ocr" },
	{ .name = "png", .bid = sniff_png, .program = "vanthu-ocr" },
	{ .name = "tiff", .bid = sniff_tiff, .program = "vanthu-ocr" },
	{ .name = "RAR", .bid = sniff_rar, .refusal = FINDING_UNKNOWN_FORMAT },
	{ .name = "7z", .bid = sniff_7z, .refusal = FINDING_UNKNOWN_FORMAT },
	{ .name = "OLE2", .bid = sniff_ole, .refusal = FINDING_UNKNOWN_FORMAT },
	{ .name = "DOC", .bid = sniff_old_word, CONVERTED },
	{ .name = "encrypted", .bid = sniff_encrypted_office, .refusal = FINDING_ENCRYPTED },
	{ .name = NULL },
};

const Decoder *
decoder_choose(const Sniff *sniff)
{
	const Decoder *best = NULL;
	int best_bits = 0;
	for (const Decoder *decoder = decoders; decoder->name; decoder++) {
		int bits = decoder->bid(sniff);
		if (bits > best_bits) {
			best_bits = bits;
			best = decoder;
		}
	}
	return best;
}

Doc *
decoder_refuse(const char *format, FindingId id, const char *detail)
{
	Doc *doc = doc_new(format);
	findings_add(doc->findings, id, NULL, detail);
	return doc;
}

Doc *
decoder_refuse_error(const char *format, const GError *err)
{
	static const struct {
		ErrCode code;
		FindingId id;
	} rows[] = {
		{ ERR_LIMIT, FINDING_TOO_LARGE },
		{ ERR_DENIED, FINDING_HOSTILE },
		{ ERR_UNSUPPORTED, FINDING_ENCRYPTED },
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (err_code(err) == rows[i].code)
			return decoder_refuse(format, rows[i].id, err->message);
	return decoder_refuse(format, FINDING_DAMAGED, err->message);
}

bool
decoder_serve(DecoderRead read, GBytes *request, GString *out)
{
	g_autoptr(Doc) doc = read(request, &limits_default);
	doc_print(doc, DOC_PRINT_WIRE, out);
	return true;
}
