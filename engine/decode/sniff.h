/*
 * What a file is, by its first bytes alone. The name never decides: it only gives a finding when it
 * says something else. Pure; reads no more than the head, but for OLE2 containers, whose directory
 * may be anywhere.
 */
#ifndef VANTHU_DECODE_SNIFF_H
#define VANTHU_DECODE_SNIFF_H

#include <stddef.h>

typedef struct {
	const unsigned char *data; /* the whole file, lent */
	size_t size;
} Sniff;

/* Each answers with the number of bits that speak for it; 0 = it is not that. */
int sniff_pdf(const Sniff *sniff); /* %PDF- in the first kilobyte */
int sniff_zip(const Sniff *sniff); /* DOCX too: which, the helper finds out */
int sniff_xml(const Sniff *sniff); /* junk before the declaration is allowed, UTF-16 too */
int sniff_encrypted_office(const Sniff *sniff); /* OLE2 around an encrypted package */
int sniff_old_word(const Sniff *sniff);
int sniff_ole(const Sniff *sniff); /* any other OLE2: XLS, MSG, … */
int sniff_rtf(const Sniff *sniff);
int sniff_odt(const Sniff *sniff); /* a ZIP whose first entry says so, as it must */
int sniff_html(const Sniff *sniff);
int sniff_jpeg(const Sniff *sniff);
int sniff_png(const Sniff *sniff);
int sniff_tiff(const Sniff *sniff);
int sniff_rar(const Sniff *sniff);
int sniff_7z(const Sniff *sniff);

#endif
