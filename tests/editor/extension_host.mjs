// Runs a file of tests inside the real extension host (the real `vscode` module, the real server).
// usage: extension_host.mjs TESTS [--untrusted]

import path from 'node:path';

import { workspaceFiles } from './workspace_files.mjs';
import { required, withWorkbench } from './workbench.mjs';

const tests = path.resolve(process.argv[2]);
const untrusted = process.argv.includes('--untrusted');
const extension = required('EXTENSION');

const code = await withWorkbench({ files: (folder) => workspaceFiles(untrusted ? folder : undefined), trust: untrusted }, async ({ page, address, remote }) => {
  const done = new Promise((resolve) => page.exposeFunction('codeAutomationExit', async (status) => resolve(status)));
  await page.exposeFunction('codeAutomationLog', (_type, words) => {
    const line = words.join(' ');
    if (process.env.EDITOR_LOG || /^(ok|not ok|# )/.test(line)) console.log(line);
  });
  await page.goto(address([
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(tests)],
    ['skipWelcome', 'true'],
  ]));
  const late = new Promise((resolve) => setTimeout(() => resolve('no answer within 240 s'), 240_000).unref());
  return Promise.race([done, late]);
});
if (code !== 0) console.log(`not ok - ${path.basename(tests)}: ${code}`);
process.exit(code === 0 ? 0 : 1);
