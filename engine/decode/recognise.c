/* Page numbers -> requests to vanthu-ocr, one after the other -> their text. */
#include "decode/recognise.h"

#include "decode/page_request.h"

#include <stdlib.h>
#include <string.h>

#define PAGE_CPU_SECONDS                                                                           \
	150 /* 3 on a good machine; tables of a whole A3 sheet take ten times as long */
#define PAGE_WALL_SECONDS 240

enum { MAX_TIMED_OUT = 2 };

HelperPolicy
recognise_policy(const Limits *limits)
{
	HelperPolicy policy = helper_policy(limits);
	policy.cpu_seconds = PAGE_CPU_SECONDS;
	policy.wall_seconds = PAGE_WALL_SECONDS;
	return policy;
}

static char *
tell(const HelperDeath *death, const GError *err)
{
	return death->end == HELPER_ANSWERED ? g_strdup(err->message) : helper_death_print(death);
}

/* False when there is no use in trying further pages: none can be read, or each would take minutes.
 */
static bool
read_page(Helper *ocr, const char *service, int page, GBytes *file, Recognition *recognition)
{
	g_autoptr(GBytes) request = page_request_new(file, page);
	g_autoptr(GBytes) reply = NULL;
	g_autoptr(GError) err = NULL;
	HelperDeath death;
	if (helper_call(ocr, service, request, &reply, &death, &err)) {
		size_t size;
		const char *text = g_bytes_get_data(reply, &size);
		g_string_append_len(recognition->text, text, (gssize)size);
		return true;
	}
	if (!recognition->why) {
		g_autofree char *how = tell(&death, err);
		recognition->why = g_strdup_printf("trang %d: %s", page, how);
	}
	recognition->timed_out += death.end == HELPER_TIMED_OUT;
	return death.end != HELPER_NOT_STARTED && err_code(err) != ERR_UNSUPPORTED &&
		recognition->timed_out < MAX_TIMED_OUT;
}

void
recognise_pdf(Helper *ocr, GBytes *file, const char *pages, const Limits *limits,
	Recognition *ret_recognition)
{
	*ret_recognition = (Recognition){ .text = g_string_new(NULL) };
	g_auto(GStrv) numbers = g_strsplit(pages, " ", -1);
	for (int i = 0; numbers[i]; i++) {
		if (i == limits->recognised_pages) {
			if (!ret_recognition->why)
				ret_recognition->why = g_strdup_printf(
					"trang %s…: quá %d trang ảnh", numbers[i], i);
			return;
		}
		if (!read_page(ocr, "pdf", atoi(numbers[i]), file, ret_recognition))
			return;
	}
}

bool
recognise_image(
	Helper *ocr, GBytes *file, const Limits *limits, Recognition *ret_recognition, GError **err)
{
	g_autoptr(GBytes) reply = NULL;
	*ret_recognition = (Recognition){ .text = g_string_new(NULL) };
	if (!helper_call(ocr, "count", file, &reply, NULL, err))
		return false;
	size_t size;
	const char *data = g_bytes_get_data(reply, &size);
	g_autofree char *count = g_strndup(data, size);
	int n = MIN(atoi(count), limits->recognised_pages);
	for (int page = 1; page <= n; page++)
		if (!read_page(ocr, "image", page, file, ret_recognition))
			break;
	return true;
}

void
recognition_clear(Recognition *recognition)
{
	if (recognition->text)
		g_string_free(recognition->text, TRUE);
	recognition->text = NULL;
	g_clear_pointer(&recognition->why, g_free);
}
