import assert from 'node:assert';
import { test } from 'node:test';
import type { WorkspaceEdit } from 'vscode-languageclient';

import { commonFolder, newFiles } from '../src/new_files';

const start = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const create = (uri: string) => ({ kind: 'create' as const, uri });
const insert = (uri: string, newText: string) => ({ textDocument: { uri, version: null }, edits: [{ range: start, newText }] });

test('mocked: new files with their texts', () => {
  const edit: WorkspaceEdit = { documentChanges: [create('file:///a'), insert('file:///a', 'one'), create('file:///b'), insert('file:///b', 'two')] };
  assert.deepStrictEqual([...(newFiles(edit) ?? [])], [['file:///a', 'one'], ['file:///b', 'two']]);
});

const others: [string, WorkspaceEdit][] = [
  ['an edit of a file that exists', { documentChanges: [insert('file:///a', 'x')] }],
  ['a new file beside an edit', { documentChanges: [create('file:///a'), insert('file:///a', 'x'), insert('file:///b', 'y')] }],
  ['a second edit of a new file', { documentChanges: [create('file:///a'), insert('file:///a', 'x'), insert('file:///a', 'y')] }],
  ['nothing', {}],
];

for (const [name, edit] of others) {
  test(`mocked: ${name} is not asked about as new files`, () => assert.strictEqual(newFiles(edit), undefined));
}

const folders: [string[], string][] = [
  [['/w/a-rs/Cargo.toml', '/w/a-rs/src/main.rs'], '/w/a-rs/'],
  [['/w/a-rs/src/main.rs', '/w/a-rs/src/more.rs'], '/w/a-rs/src/'],
  [['/w/🚀漢/a.rs', '/w/🚀漢/b.rs'], '/w/🚀漢/'],
  [['/w/🚀/a.rs', '/w/🚁/b.rs'], '/w/'],
  [['/w/ab/x', '/w/abc/x'], '/w/'],
  [['/a', '/b'], '/'],
  [[], ''],
];

for (const [files, folder] of folders) {
  test(`mocked: the folder of ${files.join(' and ')}`, () => assert.strictEqual(commonFolder(files), folder));
}
