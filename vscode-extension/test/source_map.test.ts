import assert from 'node:assert';
import { test } from 'node:test';

import type { SourceMapEntry } from '../src/protocol';
import { SourceMap } from '../src/preview/source_map';

const range = (line: number, character: number, endLine: number, endCharacter: number) => ({
  start: { line, character },
  end: { line: endLine, character: endCharacter },
});

// def f():          fn f() {
//     a = 1             let a = 1;
//     b = [1,           let b = vec![
//          2]               1, 2];
const entries: SourceMapEntry[] = [
  [1, range(0, 0, 3, 11)],
  [2, range(1, 4, 1, 9)],
  [3, range(2, 4, 3, 11)],
  [4, range(2, 4, 3, 11)],
];
const map = new SourceMap(entries);

const toRust: [string, number, number, number[]][] = [
  ['inside a statement', 1, 6, [1]],
  ['a statement of two lines is all its Rust', 3, 5, [2, 3]],
  ['the head of the function', 0, 5, [0]],
  ['before the text of a line', 1, 0, [0]],
  ['below the program', 9, 0, []],
];

for (const [name, line, character, expected] of toRust) {
  test(`Python to Rust: ${name}`, () => assert.deepStrictEqual(map.rustLinesOf({ line, character }), expected));
}

test('Rust to Python: the narrowest place of a line', () => {
  const twice = new SourceMap([...entries, [1, range(0, 4, 0, 5)]]);
  assert.deepStrictEqual(twice.pythonOf(0), range(0, 4, 0, 5));
});

test('Rust to Python: a line that came from nowhere', () => assert.strictEqual(map.pythonOf(7), undefined));
