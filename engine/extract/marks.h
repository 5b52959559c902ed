/*
 * What a line of an official document can be told to be by its words alone: the marks that NĐ
 * 30/2020 and practice put on each part (Phụ lục I). Word lists, no layout; all compare without
 * case, tone placement and, where a scan or a poor font is likely, without accents and spaces.
 */
#ifndef VANTHU_EXTRACT_MARKS_H
#define VANTHU_EXTRACT_MARKS_H

#include <stdbool.h>
#include <stddef.h>

bool is_motto(const char *line); /* Quốc hiệu, Tiêu ngữ, or the Party's heading (ô số 1) */
bool is_union_name(const char *line); /* "ĐOÀN TNCS HỒ CHÍ MINH" */
bool is_rule_line(const char *line); /* only dashes, underscores, stars, dots */
bool wants_number(const char *line); /* ends "… năm", "… số": a number must follow */
bool is_noise(
	const char *line); /* signature overlays, page numbers, rule lines, stamps of arrival */
bool is_place_date(const char *line); /* "Hà Nội, ngày 05 tháng 01 năm 2020", blanks too (ô số 4) */
bool is_number_line(const char *line); /* "Số: 15/QĐ-BNV", "Số 34-CT/TW", "/KH-UBND" (ô số 3) */
bool is_subject_line(const char *line);    /* "V/v …", "Về việc …" */
bool is_addressee_line(const char *line);  /* "Kính gửi" */
bool is_recipients_line(const char *line); /* "Nơi nhận" */
bool is_basis_line(const char *line); /* "Căn cứ …", "Xét …", "Theo đề nghị …" */
bool is_urgency(const char *line);
bool is_secrecy(const char *line);
bool is_circulation(const char *line); /* ô số 11 */
bool is_contact(const char *line);    /* "Địa chỉ: …", "Điện thoại: …" (ô số 13) */
bool is_draft_mark(const char *line); /* "DỰ THẢO" */
bool is_copy_mark(const char *line);  /* "SAO Y BẢN CHÍNH", "TRÍCH SAO" */
bool is_appendix_title(const char *line); /* "PHỤ LỤC II", "(Kèm theo Quyết định số …)" */

/* The line opens with a word that names a body (SỞ, UBND, CÔNG TY …). `sure` is false for words
 * that may also stand within a name (VIỄN THÔNG, HỘI, BAN). */
bool starts_organ(const char *line, bool *ret_sure);
/* The line can't be the end of a name, or can't begin one ("VÀ ĐÀO TẠO"). */
bool wants_more(const char *line);
bool continues_line(const char *line);
/* The name of a kind of body and nothing more: whose it is stands on the next line. */
bool is_generic_organ(const char *line);
/* A word of two syllables stands on both lines: "BỘ QUỐC" over "PHÒNG". */
bool parts_word(const char *before, const char *line);

/* Signature block (ô số 7a): a prefix (TM. KT. TL. TUQ. Q.) or a post in front. */
bool is_authority_line(const char *line);
bool is_position_line(const char *line);
/* The prefixes that a line opens with: "TM. KT."; caller owns, "" = none. */
char *authority_of(const char *line);
/* The chair of a meeting: signs minutes. */
bool is_chair(const char *line);

/* Behind a bullet ("- ", "+ ", "• "), or the text itself. */
const char *after_bullet(const char *line);
bool has_bullet(const char *line);
/* Behind "1." / "1)" / "a)" / "I."; ret_number (may be NULL) gets the number as written, caller
 * owns. The text itself when there is none. */
const char *after_item_number(const char *line, char **ret_number);
/* Comparisons with lists of words in small letters, however they are accented: the line opens with
 * one, or is one. */
bool starts_with_word(const char *line, const char *const *words);
bool is_one_of(const char *line, const char *const *words);
/* The text without accents and without anything but letters and digits, in small letters; caller
 * owns. */
char *letters_only(const char *text);

#endif
