/*
 * A content stream of a PDF, operator by operator: only what drawing lines needs. Numbers and the
 * first name stay as operands, letters and dictionaries are passed over. Untrusted bytes: nothing
 * is read beyond the end. Pure; lends its bytes.
 * Design: ISO 32000-1, 7.8.2.
 */
#ifndef VANTHU_DECODE_PDF_CONTENT_H
#define VANTHU_DECODE_PDF_CONTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PDF_MOST_OPERANDS 33

typedef struct {
	const unsigned char *data;
	size_t size, at;
	const unsigned char *operands[PDF_MOST_OPERANDS]; /* where the numbers begin */
	int n_numbers;                     /* beyond PDF_MOST_OPERANDS they are only counted */
	double numbers[PDF_MOST_OPERANDS]; /* once they are asked for */
	const unsigned char *name;         /* as it stands there, without its slash; NULL: none */
	size_t name_size;
	uint32_t word; /* PDF_WORD() of the operator; 0: longer than any */
} PdfContent;

/* An operator's name, packed: "re" is PDF_WORD('r', 'e', 0). */
#define PDF_WORD(a, b, c) ((uint32_t)(a) << 16 | (uint32_t)(b) << 8 | (uint32_t)(c))

/* To the next operator, with its operands; false at the end. */
bool pdf_content_next(PdfContent *content);
/* Fills numbers: those of most operators are of no use to anybody. */
void pdf_content_numbers(PdfContent *content);
/* After "ID": past the picture's bytes and "EI". */
void pdf_content_skip_picture(PdfContent *content);

#endif
