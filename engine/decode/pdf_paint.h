/*
 * The graphics state of a content stream, and paths painted with it -> thin dark marks. Only what
 * pdf_drawing.c needs. Pure.
 * Design: ISO 32000-1, 8.3-8.5.
 */
#ifndef VANTHU_DECODE_PDF_PAINT_H
#define VANTHU_DECODE_PDF_PAINT_H

#include "decode/pdf_drawing.h"

/* x' = a x + c y + e, y' = b x + d y + f */
typedef struct {
	double a, b, c, d, e, f;
} PdfMatrix;

/* How the numbers of a colour are to be read. */
typedef enum {
	PDF_SPACE_OTHER, /* patterns, indexed, Lab: taken for dark */
	PDF_SPACE_GREY,
	PDF_SPACE_RGB,
	PDF_SPACE_CMYK,
	PDF_SPACE_TINT, /* of one ink: 1 is most */
} PdfSpace;

typedef struct {
	PdfSpace space;
	double grey;  /* 0 black, 1 white */
	double alpha; /* 0 is not seen */
} PdfInk;

typedef struct {
	PdfMatrix matrix; /* to points of the page as shown, top left origin */
	Box clip;
	double line_width;
	PdfInk fill, stroke;
} PdfGraphics;

typedef struct {
	PdfGraphics state;
	GArray *path;   /* of steps: under construction */
	GArray *bars;   /* of thin dark shapes */
	GArray *solid;  /* of larger ones */
	bool clip_next; /* W was said: the path clips once it is painted */
	bool begun;     /* a part of the path has steps */
	bool odd;       /* met what this does not read: all is given up */
	long compared;  /* bars with shapes over them */
	double x, y;    /* current point, on the page */
	double x0, y0;  /* where the part of the path began */
	PdfDrawing *out;
} PdfPaint;

PdfMatrix pdf_matrix_multiply(PdfMatrix first, PdfMatrix then);
/* The box around a box, moved. */
Box pdf_matrix_box(PdfMatrix matrix, Box box);
/* Brightness of n numbers; black when they do not fit. */
double pdf_grey_of(PdfSpace space, const double *numbers, int n);

/* `out` is lent. */
void pdf_paint_init(PdfPaint *paint, PdfMatrix matrix, Box page, PdfDrawing *out);
/* Everything is painted: fills out->bars with those that are seen. */
void pdf_paint_finish(PdfPaint *paint);
void pdf_paint_clear(PdfPaint *paint);

void pdf_paint_move(PdfPaint *paint, double x, double y);
void pdf_paint_line(PdfPaint *paint, double x, double y);
/* Only where the curve ends and its control points lie counts. */
void pdf_paint_curve(PdfPaint *paint, const double *points, int n);
void pdf_paint_close(PdfPaint *paint);
void pdf_paint_rectangle(PdfPaint *paint, double x, double y, double width, double height);
/* Ends the path. */
void pdf_paint_path(PdfPaint *paint, bool fill, bool stroke);
/* A picture on the unit square. */
void pdf_paint_picture(PdfPaint *paint);

#endif
