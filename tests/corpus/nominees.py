#!/usr/bin/env python3
"""Nominee lists against labels made by hand: group, count, first and last name.
usage: nominees.py VANTHU GOLD ROOT [WHAT]   (WHAT: "yes" only lists with a text layer)
One line a list: PATH GROUP, "ok" or what differs."""
import csv, json, os, subprocess, sys, unicodedata

vanthu, gold, root = sys.argv[1:4]
only = sys.argv[4] if len(sys.argv) > 4 else ""
GROUPS = {"tập thể": ("collective", "household"), "cá nhân": ("person", "individual")}


def same(text):
    return " ".join(unicodedata.normalize("NFC", text or "").split()).casefold()


def nominees(path):
    out = subprocess.run([vanthu, "extract", "--json", os.path.join(root, path)], stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, timeout=900, check=False).stdout
    return json.loads(out)["records"].get("nominee", []) if out else []


known = {}
with open(gold, encoding="utf-8") as file:
    for row in csv.DictReader(file, delimiter="\t"):
        if only and row["text_layer"] != only:
            continue
        path = row["path"]
        if path not in known:
            known[path] = nominees(path)
        names = [n["name"]["value"] for n in known[path]
                 if n.get("group", {}).get("value") in GROUPS.get(row["group"], (row["group"],))]
        wrong = []
        if str(len(names)) != row["count"]:
            wrong.append(f"{len(names)} instead of {row['count']}")
        for which, at in (("first", 0), ("last", -1)):
            want, got = row[which + "_name"], names[at] if names else ""
            if want and same(want) != same(got):
                wrong.append(f"{which}: {got!r} instead of {want!r}")
        print(f"{path} {row['group']}: {'; '.join(wrong) or 'ok'}", flush=True)
