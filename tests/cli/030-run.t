#!/bin/sh
# vanthu run: watching, stopping, one at a time; a disk that is full for a while; settings that are wrong.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/office.sh"
office=$scratch/office
make_office "$office" || { flunk "init"; done_testing; }
is "the shelves of the archive stand ready" "$(ls "$office/archive/blobs" | grep -cE '^[0-9a-f]{2}$')" 256
export VANTHU_OFFICE="$office"
# wait_for COMMAND…: until it succeeds, at most half a minute.
wait_for() { i=0; until "$@" >/dev/null 2>&1; do i=$((i + 1)); [ $i -gt 300 ] && return 1; sleep 0.1; done; }
has() { "$vanthu" list | grep -q "$1"; }

# --- watching ---
"$vanthu" run >"$scratch/run.log" 2>&1 &
runner=$!
ok "it starts" wait_for grep -q '^event=started' "$scratch/run.log"
make_letter "$scratch/a.docx" 4601 'kiểm tra đất đai'
cp "$scratch/a.docx" "$office/inbox/a.docx"
ok "what is dropped is taken" wait_for has 4601
is "a second one does not start" "$(status "$vanthu" run --once)" 4
like "and says why" "$("$vanthu" run --once 2>&1)" "another 'vanthu run' works in this office"
printf 'lock' >"$office/inbox/~\$b.docx"
mkdir "$office/inbox/empty"
(for part in 1 2 3 4 5; do printf "%s" "$part"; sleep 0.2; done >>"$office/inbox/slow.part"; make_letter "$scratch/b.docx" 4602 'khoáng sản'
	mv "$scratch/b.docx" "$office/inbox/slow.part"; mv "$office/inbox/slow.part" "$office/inbox/slow.docx")
ok "a download is taken when it is complete" wait_for has 4602
# A slow copy under its own name: half of it lies there while other files come and go.
make_letter "$scratch/grown.docx" 4607 'đo đạc'
make_letter "$scratch/between.docx" 4606 'bản đồ'
half=$(($(wc -c <"$scratch/grown.docx") / 2))
exec 8>"$office/inbox/grown.docx"
head -c "$half" "$scratch/grown.docx" >&8
cp "$scratch/between.docx" "$office/inbox/between.docx"
ok "what comes beside a file that grows is taken" wait_for has 4606
ok "the file that grows is not" test -f "$office/inbox/grown.docx"
tail -c +"$((half + 1))" "$scratch/grown.docx" >&8
exec 8>&-
ok "it is taken when it is whole" wait_for has 4607
kill -TERM "$runner"
wait "$runner"
is "it stops when asked" "$?" 0
like "and says so" "$(cat "$scratch/run.log")" '^event=stopped'
is "locks and empty folders stay where they are" "$(ls -A "$office/inbox" | grep -v '^\.vanthu' | tr '\n' ' ')" 'empty ~$b.docx '

# --- odd names, links ---
cp "$scratch/a.docx" "$office/inbox/-rf.docx"
make_letter "$scratch/c.docx" 4603 'nước sạch'
cp "$scratch/c.docx" "$office/inbox/tên có dấu cách
và xuống dòng.docx"
ln -s /etc/passwd "$office/inbox/link.docx"
mkdir "$office/inbox/folder" && ln -s /etc "$office/inbox/folder/etc" && make_letter "$office/inbox/folder/x.docx" 4604 'rừng'
ok "odd names and links" "$vanthu" run --once
ok "a name with a line break is taken" has 4603
like "a link is given back" "$(cat "$office/returned/link.docx.ly-do.txt")" 'Lý do trả lại: .+'
unlike "and not followed" "$(ls "$office/returned"; find "$office/archive/blobs" -type f -exec grep -l root: {} +)" 'root:|passwd'
ok "a folder with a link in it is taken without it" has 4604
is "the same file under another name is given back" "$(ls "$office/returned" | grep -c 'rf.docx$')" 1

# --- nothing in a folder is lost ---
mkdir -p "$office/inbox/deep/1/2/3/4/5" "$office/inbox/links" "$office/inbox/abyss/$(printf 'x/%.0s' $(seq 40))"
make_letter "$office/inbox/deep/1/2/3/4/5/d.docx" 4611 'sâu'
make_letter "$office/inbox/deep/.ẩn.docx" 4612 'tệp ẩn'
printf 'x' >"$office/inbox/deep/.DS_Store"
ln -s /etc/passwd "$office/inbox/links/a.docx"
touch "$office/inbox/abyss/$(printf 'x/%.0s' $(seq 40))a.docx"
"$vanthu" run --once >"$scratch/folders.log" 2>&1
id=$("$vanthu" list --json | tr '{' '\n' | sed -n 's/.*"id":"\([^"]*\)".*"source":"deep".*/\1/p')
like "a paper deep in a folder is taken" "$("$vanthu" show "$id")" '1/2/3/4/5/d.docx'
like "a hidden one too" "$("$vanthu" show "$id")" '\.ẩn\.docx'
unlike "litter of file managers is not" "$("$vanthu" show "$id")" 'DS_Store'
like "a folder without papers is given back" "$(cat "$office/returned/links.ly-do.txt" 2>&1)" 'không có văn bản nào'
ok "a folder that has no end is given back whole" test -f "$office/returned/abyss/$(printf 'x/%.0s' $(seq 40))a.docx"

# --- a state secret leaves nothing behind ---
mkdir "$office/inbox/mixed"
make_letter "$office/inbox/mixed/1.docx" 4621 'thường'
make_letter "$office/inbox/mixed/2.docx" 4622 'việc riêng quốc phòng' 'TỐI MẬT'
cp "$office/inbox/mixed/2.docx" "$scratch/secret.docx"
"$vanthu" run --once >/dev/null 2>&1
like "it is given back with the procedure" "$(cat "$office/returned/mixed.ly-do.txt" 2>&1)" '[Mm]ật'
ok "the very file" cmp "$scratch/secret.docx" "$office/returned/mixed/2.docx"
unlike "not even in a folder behind a plain paper" "$("$vanthu" list; "$vanthu" search 'quốc phòng')" '4621|4622|quốc phòng'
is "and no blob of it" "$(find "$office/archive/blobs" -type f -exec sha256sum {} + | grep -c "$(sha256sum <"$scratch/secret.docx" | cut -d' ' -f1)")" 0

# --- a full disk ---
make_letter "$office/inbox/full.docx" 4605 'biển'
touch "$scratch/full"
KILL_DIR="$office" FULL_FLAG="$scratch/full" LD_PRELOAD="$BUILD/killat.so" "$vanthu" run --once >"$scratch/full.log" 2>&1
is "a full disk is told by the status" "$?" 4
like "and by a message" "$(cat "$scratch/full.log")" '[Nn]o space|event=waiting|event=trouble'
is "the file is still there" "$(find "$office/inbox" -name full.docx | wc -l)" 1
rm "$scratch/full"
KILL_DIR="$office" FULL_FLAG="$scratch/full" LD_PRELOAD="$BUILD/killat.so" "$vanthu" run --once >"$scratch/full.log" 2>&1
ok "with room again it is taken" has 4605
is "once" "$("$vanthu" list | grep -c 4605)" 1
ok "and the archive is whole" "$vanthu" verify

# --- a supplement, a second office of the same name ---
is "an office is not made twice" "$(status "$vanthu" init "$office")" 1

# --- what is wrong with settings is told with its place, and nothing is touched ---
before=$("$vanthu" dump --canonical | sha256sum)
make_letter "$office/inbox/after.docx" 4606 'khí tượng'
# broken NAME FILE TEXT PATTERN
broken() {
	mkdir -p "$(dirname "$office/$2")"
	cp "$office/$2" "$scratch/saved" 2>/dev/null || rm -f "$scratch/saved"
	printf '%s\n' "$3" >"$office/$2"
	out=$("$vanthu" run --once 2>&1)
	code=$?
	like "$1" "$code $out" "^[1-4] .*$4"
	if [ -f "$scratch/saved" ]; then cp "$scratch/saved" "$office/$2"; else rm "$office/$2"; fi
}
broken "vanthu.conf: a key that is misspelt" vanthu.conf '[vanthu]
quite-ms=1' "vanthu.conf: unknown key 'quite-ms'; did you mean 'quiet-ms'"
broken "vanthu.conf: a number that is none" vanthu.conf '[vanthu]
quiet-ms=soon' "'quiet-ms' wants a whole number"
broken "office.xml: no XML" office.xml '<office>
<person' 'office.xml:[0-9]+'
broken "office.xml: a person that is not there" office.xml '<office><organ-name>a</organ-name><place>b</place><notation>c</notation>
<post id="van-thu" title="Văn thư"><holder person="nobody" from="2020-01-01"/></post></office>' 'office.xml:2: .*nobody'
broken "a rule file" rules/own.xml '<rules id="own">
<field name="x" from="nowhere"/></rules>' 'own.xml:[0-9]+: '
broken "a workflow" rules/flow-own.xml '<workflow id="own" version="1" kind="dispatch" first="a">
<stage id="a" label="A" label-en="A" role="van-thu"><on event="approve" to="b"/></stage></workflow>' "flow-own.xml:2: .*no stage 'b'"
broken "a calendar" rules/calendars/2027.xml '<calendar year="2027">
<holiday date="2027-13-01"/></calendar>' '2027.xml:2: '
broken "a template" templates/award/quyet-dinh.docx 'this is no Word file' 'quyet-dinh.docx: this is no Word file'
broken "a page" templates/web/day.xhtml '<html xmlns="http://www.w3.org/1999/xhtml">
{% for dossier %}{{ nosuch() }}</html>' 'day.xhtml:2: '
is "nothing was touched" "$("$vanthu" dump --canonical | sha256sum)" "$before"
is "what lay in the inbox lies there" "$(find "$office/inbox" -name after.docx | wc -l)" 1
done_testing
