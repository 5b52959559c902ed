/* Base64 of messages: line ends, blanks and stray bytes between the digits are passed over. */
#ifndef VANTHU_DECODE_BASE64_H
#define VANTHU_DECODE_BASE64_H

#include <stddef.h>

/* In place; the number of bytes that came out. Ends at the first '='. */
size_t base64_decode(char *text, size_t size);

#endif
