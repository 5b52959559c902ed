/* vanthu-convert: the helper that has LibreOffice turn old word-processor files into DOCX. The
 * program runs confined (base/confine.h); what it makes is read by vanthu-decode, as untrusted as
 * any DOCX. */
#include "base/confine.h"
#include "base/helper.h"
#include "base/limits.h"
#include "base/walls.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* How LibreOffice ends after it has made a new profile (EXITHELPER_NORMAL_RESTART). */
enum { FRESH_PROFILE = 81 };

/* LibreOffice itself beside its starting script; NULL = it is not installed. Caller owns (free). */
static char *
find_office(void)
{
	static const char *const places[] = { "/usr/lib/libreoffice/program/soffice.bin",
		"/usr/lib64/libreoffice/program/soffice.bin" };
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
		if (access(places[i], X_OK) == 0)
			return realpath(places[i], NULL);
	char *script = realpath("/usr/bin/soffice", NULL);
	char *program = script ? g_strconcat(script, ".bin", NULL) : NULL;
	char *found = program ? realpath(program, NULL) : NULL;
	free(script);
	g_free(program);
	return found;
}

/* As the program did, so that whoever asked can tell a crash from a time-out. */
static void
die_alike(int number)
{
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 }); /* the document is in our memory */
	signal(number, SIG_DFL);
	raise(number);
}

static bool
serve_word(GBytes *request, GString *out, GError **err)
{
	char *office = find_office();
	if (!office)
		return fail(err, ERR_UNSUPPORTED, _("LibreOffice is not installed"));
	const char *const argv[] = { office, "-env:UserInstallation=file:///tmp/profile",
		"--headless", "--nologo", "--norestore", "--nolockcheck", "--convert-to",
		"docx:Office Open XML Text", "--outdir", "/tmp/out", "/tmp/document", NULL };
	static const char *const readable[] = { "/opt", "/etc/libreoffice", "/etc/fonts",
		"/var/lib/libreoffice", "/var/cache/fontconfig", NULL };
	const Limits *limits = &limits_default;
	const Confine confine = { .argv = argv,
		.readable = readable,
		.memory_bytes = limits->memory_bytes,
		.disk_bytes = limits->total_bytes,
		.reply_bytes = limits->file_bytes,
		.cpu_seconds = limits->cpu_seconds,
		.wall_seconds = limits->wall_seconds - 5,
		.again_status = FRESH_PROFILE };
	g_autoptr(GBytes) made = NULL;
	int number;
	bool ok = confine_run(
		&confine, "document", request, "out/document.docx", &made, &number, err);
	free(office);
	if (number)
		die_alike(number);
	if (ok)
		g_string_append_len(
			out, g_bytes_get_data(made, NULL), (gssize)g_bytes_get_size(made));
	return ok;
}

/* In there, in /tmp. */
static void
report_walls(void)
{
	g_autoptr(GString) report = g_string_new(NULL);
	walls_try(WALLS_CONFINE, report);
	int fd = open("walls", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, report->str, report->len) != (ssize_t)report->len)
		_exit(1);
	close(fd);
}

static bool
serve_walls(GBytes *request, GString *out, GError **err)
{
	const Limits *limits = &limits_default;
	const Confine confine = { .inside = report_walls,
		.memory_bytes = limits->memory_bytes,
		.disk_bytes = 1 << 20,
		.reply_bytes = 1 << 16,
		.cpu_seconds = limits->cpu_seconds,
		.wall_seconds = limits->wall_seconds - 5 };
	g_autoptr(GBytes) report = NULL;
	int number;
	if (!confine_run(&confine, "document", request, "walls", &report, &number, err))
		return false;
	g_string_append_len(out, g_bytes_get_data(report, NULL), (gssize)g_bytes_get_size(report));
	return true;
}

int
main(int argc, char **argv)
{
	static const HelperService services[] = { { "word", serve_word },
		{ HELPER_WALLS, serve_walls }, { NULL, NULL } };
	const HelperProgram program = { .services = services, .own_walls = true };
	return helper_serve(&program, argc, argv);
}
