/* How much two texts are alike: for look-ups under errors of recognition and of typing. */
#ifndef VANTHU_BASE_LIKENESS_H
#define VANTHU_BASE_LIKENESS_H

/* 1 = equal, 0 = nothing in common: one minus the edit distance over the length of the longer one.
 * A letter that only lost or changed its accents counts half. Give it keys (base/text.h). Texts of
 * more than 200 characters are alike only when they are equal. */
double text_likeness(const char *a, const char *b);

#endif
