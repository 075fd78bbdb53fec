import assert from 'node:assert';
import { test } from 'node:test';
import * as vscode from 'vscode';

import { previewAddress, sourceOf } from '../src/preview/address';

const cases: [string, string][] = [
  ['file:///w/iris.py', '/w/iris.rs'],
  ['file:///w.d/noending', '/w.d/noending.rs'],
  ['untitled:Untitled-1', 'Untitled-1.rs'],
];

for (const [source, path] of cases) {
  test(`mocked: the preview of ${source}`, () => {
    const address = previewAddress(vscode.Uri.parse(source));
    assert.strictEqual(address.scheme, 'batuta-rust');
    assert.strictEqual(address.path, path);
    assert.strictEqual(sourceOf(address).toString(), source);
  });
}
