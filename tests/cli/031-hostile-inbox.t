#!/bin/sh
# What somebody who can drop files may try: names that break paths or lines, things that are no files, files without end.
. "$(dirname "$0")/../lib/tap.sh"
. "$(dirname "$0")/../lib/office.sh"
office=$scratch/office inbox=$scratch/office/inbox
make_office "$office" || { flunk "init"; done_testing; }
export VANTHU_OFFICE="$office"
letter() { make_letter "$scratch/letter.docx" "$2" "việc số $2" && mv "$scratch/letter.docx" "$inbox/$1"; }
long() { printf "%0$1d" 0 | tr 0 a; }
taken() { is "$1" "$("$vanthu" list | grep -c "^.*$2/UBND")" 1; }

# --- names ---
letter "$(long 250).docx" 5001
letter "$(printf 'ô\377\376\302.docx')" 5002
letter "$(printf 'a\001\033[31m\007b.docx')" 5003
letter "$(printf 'b\342\200\256xcod.exe')" 5004
letter '--once.docx' 5005
letter 'a"; reason=x name="$(id)`id`%s%n.docx' 5006
printf 'no document' >"$inbox/b$(long 249).docx"
printf 'no document' >"$inbox/$(printf "%0240d" 0 | tr 0 '\377').docx"
printf 'no document' >"$inbox/$(printf 'x\nevent=taken name="y"\342\200\256.docx')"
mkdir "$inbox/$(long 240).docx" && printf 'no document' >"$inbox/$(long 240).docx/$(long 250).docx"
timeout 60 "$vanthu" run --once >"$scratch/log" 2>&1
is "odd names: everything is answered" "$?:$(ls -A "$inbox")" "0:.vanthu"
for n in 5001 5002 5003 5004 5005 5006; do taken "letter $n" "$n"; done
is "a name of 255 bytes is given back, with its reason" "$(find "$office/returned" -type f -name 'baaa*.docx' | wc -l):$(find "$office/returned" -name 'baaa*.ly-do.txt' | wc -l)" 1:1
is "a folder too" "$(find "$office/returned" -mindepth 2 -type f | wc -l)" 1
is "all that was given back has a reason" "$(ls "$office/returned" | grep -c 'ly-do.txt$')" 4
unlike "no name makes a line of its own in the log" "$(cat "$scratch/log")" '^event=taken name="y"'
unlike "or turns one round, or colours it" "$(cat "$scratch/log")$(ls -N "$office/returned")" "$(printf '\033|\342\200\256')"

# --- no files ---
mkfifo "$inbox/fifo.docx"
python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$inbox/socket.docx"
ln -s /dev/zero "$inbox/zero.docx"
ln -s . "$inbox/self"
mkdir "$inbox/mixed" && mkfifo "$inbox/mixed/fifo.docx" && ln -s ../../.. "$inbox/mixed/up"
make_letter "$scratch/letter.docx" 5011 'trong thư mục' && mv "$scratch/letter.docx" "$inbox/mixed/letter.docx"
letter after.docx 5012
timeout 60 "$vanthu" run --once >"$scratch/log" 2>&1
is "what is no file holds nothing up" "$?" 0
taken "a letter beside a pipe" 5011
taken "and one after it" 5012
is "links, pipes and sockets are given back" \
	"$(ls "$office/returned" | grep -cE '^(zero.docx|self|fifo.docx|socket.docx).ly-do.txt$')" 4
is "and nothing but the reasons lies there" "$(find "$office/returned" ! -type f ! -type d | wc -l)" 0
is "what was passed over in a folder is told at its dossier" \
	"$("$vanthu" list --json | grep -o '"id":"[^"]*"' | cut -d'"' -f4 | while read -r id; do "$vanthu" show "$id"; done |
		grep -c 'fifo.docx.*special file')" 1
is "and nothing is left to look at again" "$(ls -A "$inbox")" .vanthu

# --- no end ---
before=$(du -sk "$office/archive" | cut -f1)
truncate -s 10G "$inbox/sparse.pdf"
mkdir "$inbox/heavy" && truncate -s 10G "$inbox/heavy/sparse.pdf"
letter small.docx 5021
timeout 60 "$vanthu" run --once >"$scratch/log" 2>&1
is "a file of ten gigabytes is given back" "$?:$(ls "$office/returned" | grep -c '^sparse.pdf')" 0:2
is "and a folder that holds one" "$(ls "$office/returned" | grep -c '^heavy')" 2
ok "neither goes into the archive" test $(($(du -sk "$office/archive" | cut -f1) - before)) -lt 4096
taken "the letter beside it" 5021
ok "the archive is whole" "$vanthu" verify

# --- what may not be read ---
# Root may read everything: then the office is handed to somebody who may not.
person=
[ "$(id -u)" != 0 ] || person='setpriv --reuid=65534 --regid=65534 --clear-groups'
seen() { for i in $(seq 200); do grep -q "$1" "$scratch/log" && return; sleep 0.1; done; return 1; }
mkdir -p "$inbox/kín" "$inbox/hồ sơ/trong" "$inbox/rỗng"
make_letter "$inbox/kín/letter.docx" 5031 'giấu'
make_letter "$inbox/hồ sơ/trong/letter.docx" 5032 'giấu nữa'
make_letter "$inbox/hồ sơ/letter.docx" 5033 'thấy'
make_letter "$inbox/after.docx" 5034 'sau'
make_letter "$scratch/letter.docx" 5035 'sau nữa'
chmod 0 "$inbox/kín" "$inbox/hồ sơ/trong"
[ -z "$person" ] || { chown -R 65534:65534 "$scratch" && chmod 755 "$scratch"; }
$person "$vanthu" run >"$scratch/log" 2>&1 &
runner=$!
ok "a letter beside them is taken" seen 'event=taken name="after.docx"'
mv "$scratch/letter.docx" "$inbox/later.docx"
ok "and one at a later look" seen 'event=taken name="later.docx"'
kill "$runner" && wait "$runner" 2>/dev/null
is "a folder that may not be read is told once" "$(grep -c '^event=waiting name="kín" .*denied' "$scratch/log")" 1
is "so is one that holds such a folder" "$(grep -c '^event=waiting name="hồ sơ" .*denied' "$scratch/log")" 1
is "both stay where they are" "$(ls "$inbox" | tr '\n' ' ')" "hồ sơ kín rỗng "
chmod 755 "$inbox/kín" "$inbox/hồ sơ/trong"
$person timeout 60 "$vanthu" run --once >"$scratch/log" 2>&1
is "once they may be read, they are taken" "$?:$(grep -c '^event=taken' "$scratch/log"):$(ls "$inbox")" "0:2:rỗng"
done_testing
