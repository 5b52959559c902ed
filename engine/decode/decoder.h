/*
 * The table of formats: who reads what, and what is refused with which finding. Everything that a
 * new format needs in the parent is one row here; in its helper, one row of that program's
 * services.
 */
#ifndef VANTHU_DECODE_DECODER_H
#define VANTHU_DECODE_DECODER_H

#include "base/error.h"
#include "base/limits.h"
#include "decode/sniff.h"
#include "document/doc.h"

typedef struct {
	const char *name; /* "pdf": in messages */
	int (*bid)(const Sniff *sniff);
	const char *program, *service; /* which helper reads it; NULL: it is refused */
	FindingId refusal;             /* then with this finding, the name as its detail */
	bool converts; /* the service answers with a DOCX, to be read in turn; where it can't be
			  had, the file is refused */
} Decoder;

extern const Decoder decoders[]; /* ends with a NULL name */

/* The best bid, the first of equals; NULL: nobody knows it. */
const Decoder *decoder_choose(const Sniff *sniff);

/* A Doc that says why it could not be read. `detail` may be NULL. */
Doc *decoder_refuse(const char *format, FindingId id, const char *detail);
/* The same for what went wrong on the way: ERR_LIMIT, ERR_DENIED (hostile), ERR_UNSUPPORTED
 * (encrypted), anything else is damage. */
Doc *decoder_refuse_error(const char *format, const GError *err);

/* What a reader is: runs in a helper's child. A document that can't be read is a Doc as well. */
typedef Doc *(*DecoderRead)(GBytes *bytes, const Limits *limits);
/* A service of a helper (base/helper.h) around a reader: prints the tree to out. */
bool decoder_serve(DecoderRead read, GBytes *request, GString *out);

#endif
