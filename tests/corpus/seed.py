#!/usr/bin/env python3
"""Compares `vanthu extract --json` with what the seed must give; prints every difference.

usage: seed.py EXPECTED.json GOT.json   (a message is compared by its header and by its first attachment)
"""
import json
import sys


def value_of(field):
    return field.get('value') if isinstance(field, dict) else field


def same(want, got):
    if isinstance(want, bool):
        return str(got).lower() == str(want).lower()
    return (want or None) == (got or None)


def compare_fields(want, fields, where):
    for name, expected in want.items():
        field = fields.get(name) or {}
        state, value = field.get('state'), field.get('value')
        wanted = value_of(expected)
        if wanted is None and state != 'absent':
            print('%s: %s must be absent, is %s %r' % (where, name, state, value))
        elif wanted is not None and not same(wanted, value):
            print('%s: %s must be %r, is %s %r' % (where, name, wanted, state, value))
        elif isinstance(expected, dict) and state != expected['state']:
            print('%s: %s must be %s, is %s' % (where, name, expected['state'], state))


def rows_of(records, name):
    return [{part: value_of(field) for part, field in row.items()} for row in records.get(name, [])]


def compare_records(want, records, where):
    for name, expected in want.items():
        rows = rows_of(records, name)
        if isinstance(expected, int):
            if len(rows) != expected:
                print('%s: %d %ss wanted, %d there' % (where, expected, name, len(rows)))
            continue
        if len(rows) != len(expected):
            print('%s: %d %ss wanted, there are %r' % (where, len(expected), name, rows))
            continue
        wanted_rows = [e if isinstance(e, dict) else {'name': e} for e in expected]
        if name == 'reference':  # listed by kind there, in the order of the text here
            key = lambda row: (row.get('type') or '', row.get('number') or '')
            rows, wanted_rows = sorted(rows, key=key), sorted(wanted_rows, key=key)
        for row, parts in zip(rows, wanted_rows):
            for part, text in parts.items():
                if str(text or '') != str(row.get(part) or ''):
                    print('%s: %s: %s must be %r, is %r' % (where, name, part, text, row.get(part)))


def main():
    want, got = (json.load(open(path, encoding='utf-8')) for path in sys.argv[1:3])
    body = got
    if got['file'].endswith('.edxml'):
        header = dict(want['edxml-header'])
        attachments = header.pop('attachments')
        compare_fields(header, got['fields'], 'header')
        if len(got['documents']) != attachments:
            print('%d attachments wanted, %d there' % (attachments, len(got['documents'])))
            return
        body = got['documents'][0]
    if body['fields']['type-name']['value'] != want['type-name']:
        print('the type is %r' % body['fields']['type-name']['value'])
    compare_fields(want['fields'], body['fields'], 'body')
    compare_records(want['records'], body['records'], 'body')


main()
