/*
 * Where the signatures of a PDF stand: fields of the form, and signatures in the bytes that no
 * field speaks of any more. Pure, over untrusted bytes: for the isolated helper.
 */
#ifndef VANTHU_DECODE_SIGNATURE_FIND_H
#define VANTHU_DECODE_SIGNATURE_FIND_H

#include "decode/pdf_objects.h"

typedef enum {
	GAP_UNKNOWN,
	GAP_EXACT,    /* what is not signed is the string of Contents and nothing else */
	GAP_LARGER,   /* the string, and more */
	GAP_ELSEWHERE /* not the string */
} SignatureGap;

typedef struct {
	const char *field; /* full name, "" = no field speaks of it */
	int object;        /* number of the signature dictionary; 0 = direct */
	const char *format, *claimed_time, *claimed_name;
	const unsigned char *contents; /* NULL: none that can be read */
	size_t n_contents;
	const unsigned char *certificate; /* adbe.x509.rsa_sha1: /Cert, or NULL */
	size_t n_certificate;
	int permission;  /* DocMDP: 1 to 3; 0 = it certifies nothing */
	bool has_range;  /* two parts, in order, inside of the file */
	size_t range[4]; /* from, size, from, size */
	SignatureGap gap;
	size_t gap_from, gap_end; /* what is not signed between the two parts */
	bool intact;              /* set by who verifies it, with a gap and cover that are right */
	bool shown;               /* a field of the form, or a widget of a page, speaks of it */
} SignatureSite;

/* Of SignatureSite, in the order of what they cover; at most SIGNATURE_SITES. Strings live in the
 * arena, bytes are lent by objects. */
#define SIGNATURE_SITES 200
GArray *signatures_find(PdfObjects *objects, const unsigned char *data, size_t size, Arena *arena);

/* Text of a PDF string (UTF-16, UTF-8 or Latin-1), clean. */
const char *pdf_text(const PdfValue *value, Arena *arena);

#endif
