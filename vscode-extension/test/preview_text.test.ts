import assert from 'node:assert';
import { test } from 'node:test';

import { renderPreview } from '../src/preview/text';

const place = { start: { line: 4, character: 0 }, end: { line: 4, character: 7 } };
const good = { rust: 'fn main() {}\n', sourceMap: [[1, place]] as [number, typeof place][], findings: [], version: 1 };
const refused = { rust: '', sourceMap: [], findings: [{ range: place, code: 'BAT101', message: 'no equivalent\nuse a table' }], version: 2 };

test('the Rust stands as the server sent it', () => {
  const { text, map } = renderPreview(good, 'a.py', undefined);
  assert.strictEqual(text, good.rust);
  assert.deepStrictEqual(map.pythonOf(0), place);
});

test('a refusal names line, code and every line of the message, and each leads to the Python', () => {
  const { text, map } = renderPreview(refused, 'a.py', undefined);
  assert.deepStrictEqual(text.split('\n'), [
    '// a.py does not become Rust as it stands:',
    '//   line 5: BAT101 no equivalent',
    '//     use a table',
    '',
  ]);
  assert.deepStrictEqual([map.pythonOf(0), map.pythonOf(1), map.pythonOf(2)], [undefined, place, place]);
});

test('earlier Rust stays below a refusal, marked as earlier, and is not followed', () => {
  const { text, map, lastGood } = renderPreview(refused, 'a.py', good);
  assert.match(text, /earlier text of the file\.\n\nfn main\(\) \{\}\n$/);
  assert.strictEqual(map.pythonOf(text.split('\n').indexOf('fn main() {}')), undefined);
  assert.strictEqual(lastGood, good);
});
