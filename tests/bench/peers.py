#!/usr/bin/python3
"""Whole programs from start to exit, and what others need for the same files: peers.py BUILD DOCX-FOLDER PDF-FOLDER

First one small DOCX and one three-page PDF beside docx2txt and pdftotext, many times, interleaved; then the other
readers of DOCX and PDF that this machine has. CPU time of a program and of all that it started, peak memory of the
largest. Node's readers are looked for in $VANTHU_PEERS/node_modules.
"""
import glob
import os
import shutil
import statistics
import subprocess
import sys

BUILD = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))
VANTHU = os.path.join(BUILD, 'vanthu')
PYTHON = '/usr/bin/python3'  # the one that Debian's modules are for


def run(command):
    """CPU seconds and peak MiB; None when it failed. The sum of all descendants that were waited for."""
    program = shutil.which(command[0])
    quiet = [(os.POSIX_SPAWN_OPEN, fd, '/dev/null', flag, 0) for fd, flag in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY))]
    pid = os.posix_spawn(program, command, os.environ, file_actions=quiet)
    _, status, used = os.wait4(pid, 0)
    return (used.ru_utime + used.ru_stime, used.ru_maxrss / 1024) if status == 0 else None


def can(program, *modules):
    """What is missing, or None."""
    if not shutil.which(program):
        return program
    for module in modules:
        if subprocess.run([PYTHON, '-c', 'import ' + module], stderr=subprocess.DEVNULL).returncode:
            return 'python3 ' + module
    return None


def node(package):
    folder = os.environ.get('VANTHU_PEERS', '')
    return can('node') or (None if os.path.isdir(os.path.join(folder, 'node_modules', package)) else package + ' (VANTHU_PEERS)')


def pages(path):
    told = subprocess.run(['pdfinfo', path], capture_output=True, text=True).stdout
    return next((int(line.split()[1]) for line in told.splitlines() if line.startswith('Pages:')), 0)


def start_to_exit(what, ours, other, target, missing, times=41):
    if missing:
        print('%s: %s is not here' % (what, missing))
        return
    taken, ratios = ([], []), []
    for _ in range(times):
        pair = [run(ours), run(other)]
        if None in pair:
            print('%s: a program failed' % what)
            return
        for values, (seconds, _) in zip(taken, pair):
            values.append(seconds * 1000)
        ratios.append(pair[0][0] / pair[1][0])
    ratio = statistics.median(ratios)
    quarters = statistics.quantiles(ratios, n=4)
    print('%-36s %6.1f ms, beside %6.1f ms  x %.2f (half within %.2f to %.2f)  at most %.2f  %s' % (
        what, statistics.median(taken[0]), statistics.median(taken[1]), ratio, quarters[0], quarters[2], target,
        'met' if ratio <= target else 'MISSED'))


def each(command):
    return lambda files: [run([word if word != '@' else file for word in command]) for file in files]


def all_at_once(command):
    return lambda files: [run(command + files)]


def compare(kind, files, rows):
    """The first row is ours; others are given as multiples of it."""
    print('%d files *.%s, start and exit included' % (len(files), kind))
    ours = None
    for name, how, missing, work in rows:
        if missing:
            print('  %-44s %s is not here' % (name, missing))
            continue
        rounds = [work(files)]
        while len(rounds) < 3 and None not in rounds[0] and sum(used[0] for used in rounds[0]) < 2:
            rounds.append(work(files))
        if any(used is None for used_all in rounds for used in used_all):
            print('  %-44s failed' % name)
            continue
        taken = statistics.median(sum(used[0] for used in used_all) for used_all in rounds) / len(files)
        ours = ours or taken
        print('  %-44s %-14s %9.1f ms a file  x %7.1f  peak %4.0f MiB' % (
            name, how, taken * 1000, taken / ours, max(used[1] for used_all in rounds for used in used_all)), flush=True)


def main():
    docx, pdf = sorted(glob.glob(sys.argv[2] + '/*.docx')), sorted(glob.glob(sys.argv[3] + '/*.pdf'))
    small = min(docx, key=os.path.getsize)
    short = next((file for file in pdf if pages(file) == 3), min(pdf, key=os.path.getsize))
    start_to_exit('vanthu decode, small DOCX / docx2txt', [VANTHU, 'decode', small], ['docx2txt', small, '-'], 1.0, can('docx2txt'))
    start_to_exit('vanthu decode, %d pages PDF / pdftotext' % pages(short), [VANTHU, 'decode', short], ['pdftotext', short, '-'], 2.0,
                  can('pdftotext'))
    one, many = 'a process each', 'one process'
    peer, script = os.path.join(HERE, 'peer.py'), os.path.join(HERE, 'peer.mjs')
    some = docx[:20]
    ours = [os.path.join(BUILD, 'bench'), 'memory']
    compare('docx', some, [
        ('vanthu, through the isolated helper', many, None, all_at_once(ours + [str(len(some))])),
        ('vanthu decode', one, None, each([VANTHU, 'decode', '@'])),
        ('docx2txt', one, can('docx2txt'), each(['docx2txt', '@', '-'])),
        ('pandoc -t plain', one, can('pandoc'), each(['pandoc', '-t', 'plain', '@'])),
        ('python lxml, text only', many, can(PYTHON, 'lxml'), all_at_once([PYTHON, peer, 'lxml'])),
        ('python-docx', many, can(PYTHON, 'docx'), all_at_once([PYTHON, peer, 'docx'])),
        ('mammoth', many, node('mammoth'), all_at_once(['node', script, 'mammoth']))])
    some = pdf[:10]
    compare('pdf', some, [
        ('vanthu, through the isolated helper', many, None, all_at_once(ours + [str(len(some))])),
        ('vanthu decode', one, None, each([VANTHU, 'decode', '@'])),
        ('pdftotext', one, can('pdftotext'), each(['pdftotext', '@', '-'])),
        ('pdftotext -layout', one, can('pdftotext'), each(['pdftotext', '-layout', '@', '-'])),
        ('mutool draw -F txt', one, can('mutool'), each(['mutool', 'draw', '-q', '-F', 'txt', '-o', '/dev/null', '@'])),
        ('pdfjs-dist', many, node('pdfjs-dist'), all_at_once(['node', script, 'pdfjs-dist']))])


main()
