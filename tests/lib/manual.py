"""docs/rules.md: fills its tables from the program, or takes its examples apart for the tests.
usage: manual.py tables VANTHU FILE       prints the page with its tables as the program prints them
       manual.py examples FILE FOLDER     FOLDER/N/rules/*.xml and FOLDER/N/tests/*.test of each section
       manual.py whole FILE FOLDER        the same, the page as one example"""
import pathlib
import re
import subprocess
import sys


def tables(vanthu, page):
    def fill(match):
        words = subprocess.run([vanthu, 'rules', 'words', match[1], '--lang', 'en'],
                               capture_output=True, text=True, check=True).stdout
        return '<!-- words: %s -->\n%s<!-- end -->' % (match[1], words)
    return re.sub(r'<!-- words: ([a-z-]+) -->\n.*?<!-- end -->', fill, page, flags=re.S)


def examples(sections, folder):
    n = 0
    for section in sections:
        blocks = re.findall(r'^```(xml|test)(?: (\S+))?\n(.*?)^```$', section, flags=re.M | re.S)
        if not blocks:
            continue
        n += 1
        home = folder / ('%02d' % n)
        (home / 'rules').mkdir(parents=True)
        (home / 'tests').mkdir()
        (home / 'title').write_text(section.split('\n')[0])
        for i, (kind, name, text) in enumerate(blocks):
            path = home / 'rules' / (name or 'own.xml') if kind == 'xml' else home / 'tests' / ('%d.test' % i)
            path.write_text(text)


if sys.argv[1] == 'tables':
    sys.stdout.write(tables(sys.argv[2], pathlib.Path(sys.argv[3]).read_text()))
else:
    page = pathlib.Path(sys.argv[2]).read_text()
    parts = [page] if sys.argv[1] == 'whole' else re.split(r'^#{2,3} ', page, flags=re.M)[1:]
    examples(parts, pathlib.Path(sys.argv[3]))
