/* Findings, times, labels and columns as text for people; trees as JSON. */
#include "tool/print.h"

#include "base/date.h"
#include "base/error.h"

#include <string.h>

void
print_findings(const GPtrArray *findings, const char *language, GString *out)
{
	static const char *const names[] = { N_("note"), N_("warning"), N_("error") };
	for (guint i = 0; i < findings->len; i++) {
		const Finding *finding = g_ptr_array_index(findings, i);
		g_autofree char *place = place_print(&finding->place);
		g_string_append_printf(out, "%s: %s", _(names[finding->severity]),
			finding_text(finding, language));
		if (finding->source)
			g_string_append_printf(out, " (%s)", finding->source);
		if (*place)
			g_string_append_printf(out, " [%s]", place);
		g_string_append_c(out, '\n');
	}
}

char *
print_time(const char *utc)
{
	Clock clock;
	if (!utc || !*utc || !clock_parse(utc, &clock))
		return g_strdup(utc ? utc : "");
	g_autoptr(GDateTime) time =
		g_date_time_new_from_unix_utc(clock.utc_us / G_USEC_PER_SEC + (gint64)7 * 3600);
	return g_date_time_format(time, "%d/%m/%Y %H:%M");
}

char *
print_date(const char *iso)
{
	Date date;
	if (!iso || !date_parse_iso(iso, &date))
		return g_strdup(iso ? iso : "");
	return g_strdup_printf("%02d/%02d/%04d", date.day, date.month, date.year);
}

void
print_column(GString *out, const char *text, int width)
{
	int length = (int)g_utf8_strlen(text, -1);
	if (length <= width) {
		g_string_append_printf(out, "%s%*s", text, width - length + 1, "");
		return;
	}
	g_autofree char *cut = g_utf8_substring(text, 0, width - 1);
	g_string_append_printf(out, "%s… ", cut);
}

/* Both languages stand here, since pages are Vietnamese whoever runs the command. */
typedef struct {
	const char *name, *vi, *en;
} Label;

static const char *
look_up(const Label *labels, const char *name, const char *language)
{
	for (; labels->name; labels++)
		if (strcmp(labels->name, name) == 0)
			return strcmp(language, "en") == 0 ? labels->en : labels->vi;
	return name;
}

const char *
print_field_label(const char *field, const char *language)
{
	static const Label labels[] = {
		{ "type-name", "loại", "type" },
		{ "organ-name", "cơ quan ban hành", "issuer" },
		{ "parent-organ-name", "cơ quan chủ quản", "parent organ" },
		{ "code-number", "số", "number" },
		{ "code-notation", "ký hiệu", "symbol" },
		{ "issue-place", "địa danh", "place" },
		{ "issued-date", "ngày ban hành", "date" },
		{ "subject", "trích yếu", "subject" },
		{ "signer-name", "người ký", "signer" },
		{ "signer-position", "chức vụ người ký", "signer's post" },
		{ "signer-authority", "thẩm quyền ký", "signs for" },
		{ "priority", "độ khẩn", "urgency" },
		{ "security", "độ mật", "secrecy" },
		{ "end-mark", "dấu kết thúc", "end mark" },
		{ "drafting-unit", "đơn vị soạn thảo", "drafting unit" },
		{ "circulation", "phạm vi lưu hành", "circulation" },
		{ "meeting-date", "ngày họp", "date of the meeting" },
		{ "members-present", "số người có mặt", "members present" },
		{ "members-total", "tổng số thành viên", "members" },
		{ "attachment-count", "số phụ lục", "annexes" },
		{ "page-count", "số trang", "pages" },
		{ 0 },
	};
	return look_up(labels, field, language);
}

const char *
print_state_label(const char *state, const char *language)
{
	static const Label labels[] = {
		{ "found", "đã đọc", "read" },
		{ "absent", "không có", "absent" },
		{ "inferred", "suy ra", "inferred" },
		{ "conflict", "mâu thuẫn", "contradictory" },
		{ "edited", "nhập tay", "typed in" },
		{ "proposed", "đề nghị", "proposed" },
		{ "eligible", "đủ điều kiện", "eligible" },
		{ "ineligible", "bị loại", "left out" },
		{ "passed", "đạt phiếu", "passed" },
		{ "failed", "không đạt", "not passed" },
		{ "awarded", "được khen", "awarded" },
		{ 0 },
	};
	return look_up(labels, state, language);
}

const char *
print_event_label(const char *kind, const char *language)
{
	static const Label labels[] = {
		{ "open", "tiếp nhận", "opened" },
		{ "confirm", "xác nhận dữ liệu", "data confirmed" },
		{ "approve", "đồng ý", "approved" },
		{ "return", "trả lại", "sent back" },
		{ "reject", "từ chối", "rejected" },
		{ "resume", "xem lại", "resumed" },
		{ "vote", "kiểm phiếu", "vote counted" },
		{ "exclude", "loại đối tượng", "nominee left out" },
		{ "sign", "ký", "signed" },
		{ "issue", "ban hành", "issued" },
		{ "supplement", "nhận bổ sung", "supplement taken in" },
		{ 0 },
	};
	return look_up(labels, kind, language);
}

/* ---- trees as JSON ------------------------------------------------------------------------- */

static bool
came_before(const xmlNode *node)
{
	for (const xmlNode *before = node->prev; before; before = before->prev)
		if (xml_is(before, (const char *)node->name))
			return true;
	return false;
}

static void print_element(const xmlNode *node, const char *key, Json *json);

/* Children of one name are one array, wherever they stand. */
static void
print_children(const xmlNode *node, Json *json)
{
	xml_foreach(child, node) {
		if (came_before(child))
			continue;
		json_array(json, (const char *)child->name);
		for (const xmlNode *twin = child; twin; twin = xml_next(twin))
			if (xml_is(twin, (const char *)child->name))
				print_element(twin, NULL, json);
		json_end_array(json);
	}
}

static void
print_element(const xmlNode *node, const char *key, Json *json)
{
	json_object(json, key);
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
		json_text(json, (const char *)attribute->name,
			xml_peek_attr(node, (const char *)attribute->name));
	if (xml_first(node)) {
		print_children(node, json);
	} else {
		g_autofree char *text = xml_text(node);
		json_text(json, "text", text);
	}
	json_end_object(json);
}

void
print_tree_json(const xmlNode *root, GString *out)
{
	Json json;
	json_init(&json, out);
	print_element(root, NULL, &json);
	g_string_append_c(out, '\n');
}
