/*
 * GError with a trace: the message is for the person, the trace (our file:line, innermost first)
 * for us. Kept as the private part of an extended GError, so that it survives g_error_copy().
 */
#include "base/error.h"

#include <stdarg.h>

typedef struct {
	GString *trace;
} VanthuErrorPrivate;

static void
vanthu_error_private_init(VanthuErrorPrivate *priv)
{
	priv->trace = g_string_new(NULL);
}

static void
vanthu_error_private_copy(const VanthuErrorPrivate *from, VanthuErrorPrivate *to)
{
	g_string_assign(to->trace, from->trace->str);
}

static void
vanthu_error_private_clear(VanthuErrorPrivate *priv)
{
	g_string_free(priv->trace, TRUE);
}

G_DEFINE_EXTENDED_ERROR(VanthuError, vanthu_error)

static void
trace_add(GError *err, const char *file, int line)
{
	if (err->domain != VANTHU_ERROR)
		return;
	GString *trace = vanthu_error_get_private(err)->trace;
	g_string_append_printf(trace, "%s%s:%d", trace->len ? " < " : "", file, line);
}

bool
err_set(GError **err, const char *file, int line, ErrCode code, const char *format, ...)
{
	if (!err || *err) /* the first reason is the one that counts */
		return false;
	va_list args;
	va_start(args, format);
	*err = g_error_new_valist(VANTHU_ERROR, (int)code, format, args);
	va_end(args);
	trace_add(*err, file, line);
	return false;
}

bool
err_frame(GError **err, const char *file, int line, const char *format, ...)
{
	if (!err || !*err)
		return false;
	va_list args;
	va_start(args, format);
	g_autofree char *frame = g_strdup_vprintf(format, args);
	va_end(args);
	g_prefix_error(err, "%s: ", frame);
	trace_add(*err, file, line);
	return false;
}

ErrCode
err_code(const GError *err)
{
	return err->domain == VANTHU_ERROR ? (ErrCode)err->code : ERR_LIBRARY;
}

const char *
err_trace(const GError *err)
{
	return err->domain == VANTHU_ERROR ? vanthu_error_get_private(err)->trace->str : "";
}
