"""A helper that somebody else has taken over: answers every request as FALSE_HELPER in its folder says.

Copied beside a vanthu under the name of a helper; each request adds a line to the file "requests"."""
import array
import os
import socket
import struct
import time

folder = os.path.dirname(os.path.abspath(__file__))
mode = open(os.path.join(folder, "FALSE_HELPER")).read().strip()
parent = socket.socket(fileno=3)
FINE = struct.pack("<II", 0, 0)
PARA = b'para "p1"\nrun - 0.0 "" "" "x"\n'
REPLIES = {
    "nothing": b"",
    "half a head": b"\0\0\0",
    "garbage": bytes(range(256)) * 4000,
    "no tree": FINE + b"\xff\xfe" * 100,
    "no end": FINE + b"doc docx 1\n" + PARA * 100,
    "invalid text": FINE + b'doc docx 1\npara "p1"\nrun - 0.0 "" "" "\xff\xed\xa0\x80"\nend\n',
    "deep": FINE + b"doc docx 1\n" + b'table "t1" layout\ncell 1 1 1 1 "t1 r1 c1"\n' * 100000,
    "counts": FINE + b'doc docx 1\ntable "t1"\ncell 1000000000 1 1000000000 9 "t1"\nend\nend\nend\n',
    "blocks": FINE + b"doc docx 1\n" + PARA * 600000 + b"end\n",
    "attachment": FINE + b'doc zip 1\nattachment "a" "" 18446744073709551615 -\nend\n',
    "long error": struct.pack("<II", 5, 0) + b"\x1b[31m\xff\n" * 2000000,
}
parent.send(struct.pack("<I", 0 if mode == "no hello" else 0x56483031))
while True:
    message, control, _, _ = parent.recvmsg(1000, 1000)
    if not message:
        break
    fds = array.array("i", control[0][2][:8])
    with open(os.path.join(folder, "requests"), "a") as log:
        log.write("x\n")
    if mode == "hole":
        os.ftruncate(fds[1], 10 << 30)
    left = REPLIES.get(mode, b"")
    while left:
        left = left[os.write(fds[1], left):]
    outcomes = {"short outcome": [b"x"], "out of time": [struct.pack("<ii", 0, 1)]}
    for outcome in outcomes.get(mode, [struct.pack("<ii", 0, 0)] * (9 if mode == "many outcomes" else 1)):
        parent.send(outcome)
    for fd in fds:
        os.close(fd)
