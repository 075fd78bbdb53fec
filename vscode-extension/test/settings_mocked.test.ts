import assert from 'node:assert';
import { test } from 'node:test';
import type * as vscode from 'vscode';

import { readSettings, serverCommand } from '../src/settings';

function configuration(values: Record<string, unknown>): vscode.WorkspaceConfiguration {
  return { get: (key: string, other: unknown) => values[key] ?? other } as unknown as vscode.WorkspaceConfiguration;
}

const commands: [string, Record<string, unknown>, string[]][] = [
  ['nothing set: the command of the search path', {}, ['batuta', 'lsp', '--stdio']],
  [
    'an interpreter: its module, with the open folder off the module path',
    { interpreter: '/v/bin/python' },
    ['/v/bin/python', '-P', '-m', 'batuta.cli.main', 'lsp', '--stdio'],
  ],
  ['a whole command wins', { interpreter: '/v/bin/python', serverCommand: ['uv', 'run', 'batuta'] }, ['uv', 'run', 'batuta']],
  ['blanks are no interpreter', { interpreter: '  ' }, ['batuta', 'lsp', '--stdio']],
];

for (const [name, values, expected] of commands) {
  test(`mocked: ${name}`, () => {
    const { command, args } = serverCommand(configuration(values));
    assert.deepStrictEqual([command, ...args], expected);
  });
}

test('mocked: unset settings have the documented values', () => {
  assert.deepStrictEqual(readSettings(configuration({}), false), {
    trusted: false,
    enable: false,
    interpreter: '',
    precision: 'auto',
    target: 'auto',
    dropPlots: false,
    documentSymbols: false,
    limits: { timeout: 120, memory: 8192, analysis: 60 },
  });
});

test('mocked: settings reach the server as they are', () => {
  const values = { enable: true, precision: 'f32', target: 'aprender', dropPlots: true, 'limits.timeout': 5, 'limits.memory': 64, 'limits.analysis': 7 };
  assert.deepStrictEqual(readSettings(configuration(values), true), {
    trusted: true,
    enable: true,
    interpreter: '',
    precision: 'f32',
    target: 'aprender',
    dropPlots: true,
    documentSymbols: false,
    limits: { timeout: 5, memory: 64, analysis: 7 },
  });
});
