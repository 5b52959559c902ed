#!/usr/bin/env python3
"""Two texts of one page, printed and recognised -> the share of characters that were read right.

usage: ocr.py PRINTED RECOGNISED

Both in NFC, white space folded. Order counts inside a paragraph, not between paragraphs: each paragraph that is printed is
looked for in what is left of the recognised text, the longest first. What was read and is not printed counts as wrong too.
"""
import re, sys, unicodedata


def fold(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


def paragraphs(text):
    return [fold(part) for part in re.split(r"\n\s*\n|\n", text) if part.strip()]


def ends(pattern, text):
    """Least edit distance of pattern to a part of text, and where that part ends (Myers' bit vectors)."""
    masks, full = {}, (1 << len(pattern)) - 1
    for i, c in enumerate(pattern):
        masks[c] = masks.get(c, 0) | 1 << i
    more, less, distance, best, at = full, 0, len(pattern), len(pattern), 0
    last = 1 << (len(pattern) - 1)
    for i, c in enumerate(text):
        same = masks.get(c, 0)
        vertical = same | less
        horizontal = (((same & more) + more) ^ more) | same
        up = less | ~(horizontal | more) & full
        down = more & horizontal
        distance += bool(up & last) - bool(down & last)
        up, down = up << 1 & full, down << 1 & full
        more = (down | ~(vertical | up)) & full
        less = up & vertical
        if distance < best:
            best, at = distance, i + 1
    return best, at


def accuracy(printed, recognised):
    left, wrong, length = " ".join(paragraphs(recognised)), 0, 0
    for part in sorted(paragraphs(printed), key=len, reverse=True):
        length += len(part)
        distance, end = ends(part, left)
        if distance > len(part) / 2:
            wrong += len(part)
            continue
        _, size = ends(part[::-1], left[:end][::-1])
        wrong += distance
        left = left[: end - size] + "\0" + left[end:]
    extra = len(re.sub(r"[\0\s]", "", left))
    return 1 - (wrong + extra) / max(length, 1), wrong, extra, length


def main():
    texts = [open(path, encoding="utf-8").read() for path in sys.argv[1:3]]
    share, wrong, extra, length = accuracy(*texts)
    print(f"{100 * share:.2f} {wrong} {extra} {length}")


if __name__ == "__main__":
    main()
