/*
 * How a Vietnamese office writes dates, numbers and money (NĐ 30/2020, Phụ lục I). Callers own
 * results.
 */
#ifndef VANTHU_DOCUMENT_FORMAT_H
#define VANTHU_DOCUMENT_FORMAT_H

#include "base/date.h"

/* "ngày 05 tháng 3 năm 2026": days below 10 and months 1 and 2 with a zero (Phụ lục I, II.4). */
char *format_date_long(Date date);
char *format_date_short(Date date);  /* "05/3/2026" */
char *format_number(int64_t number); /* "1.410.000" */
/* "một triệu bốn trăm mười nghìn"; below 10^15. */
char *format_number_words(int64_t number);
/* "Một triệu bốn trăm mười nghìn đồng". */
char *format_money_words(int64_t dong);
/* "CHI CỤC QUẢN LÝ ĐẤT ĐAI" → "Chi cục Quản lý đất đai": a name that came in capitals, as it is
 * written in a sentence (Phụ lục II). A guess where a proper name hides inside. */
char *format_organ(const char *name);
/* Line n (from 1) of a text whose lines hold at most so many characters, cut between words; ""
 * beyond the last one. For drawings, which do not wrap text themselves. */
char *format_wrapped(const char *text, int width, int n);

#endif
