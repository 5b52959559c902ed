/* Base64 to bytes, in place: attachments are most of a message. */
#include "decode/base64.h"

#include <stdint.h>
#include <string.h>

/* Digit to value + 1; 0 = no digit. */
static const uint8_t values[256] = {
	['A'] = 1,
	2,
	3,
	4,
	5,
	6,
	7,
	8,
	9,
	10,
	11,
	12,
	13,
	14,
	15,
	16,
	17,
	18,
	19,
	20,
	21,
	22,
	23,
	24,
	25,
	26,
	['a'] = 27,
	28,
	29,
	30,
	31,
	32,
	33,
	34,
	35,
	36,
	37,
	38,
	39,
	40,
	41,
	42,
	43,
	44,
	45,
	46,
	47,
	48,
	49,
	50,
	51,
	52,
	['0'] = 53,
	54,
	55,
	56,
	57,
	58,
	59,
	60,
	61,
	62,
	['+'] = 63,
	['/'] = 64,
};

size_t
base64_decode(char *text, size_t size)
{
	const uint8_t *in = (const uint8_t *)text, *end = in + size;
	uint8_t *out = (uint8_t *)text;
	uint32_t bits = 0;
	int digits = 0;
	while (in < end && *in != '=') {
		/* four digits at once, as long as nothing stands between them */
		while (digits == 0 && end - in >= 4) {
			uint8_t a = values[in[0]], b = values[in[1]], c = values[in[2]],
				d = values[in[3]];
			if (!a || !b || !c || !d)
				break;
			uint32_t three = (uint32_t)(a - 1) << 18 | (uint32_t)(b - 1) << 12 |
				(uint32_t)(c - 1) << 6 | (uint32_t)(d - 1);
			out[0] = (uint8_t)(three >> 16);
			out[1] = (uint8_t)(three >> 8);
			out[2] = (uint8_t)three;
			out += 3;
			in += 4;
		}
		uint8_t value = in < end ? values[*in] : 0;
		if (in == end || *in == '=')
			break;
		in++;
		if (!value)
			continue;
		bits = bits << 6 | (uint32_t)(value - 1);
		if (++digits < 4)
			continue;
		*out++ = (uint8_t)(bits >> 16);
		*out++ = (uint8_t)(bits >> 8);
		*out++ = (uint8_t)bits;
		digits = 0;
		bits = 0;
	}
	if (digits >= 2)
		*out++ = (uint8_t)(bits >> (digits == 2 ? 4 : 10));
	if (digits == 3)
		*out++ = (uint8_t)(bits >> 2);
	return (size_t)(out - (uint8_t *)text);
}
