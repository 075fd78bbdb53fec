// What a person sees: the packed extension, keys and clicks only, in Chromium. The picture goes to out/preview.png (KEEP_PICTURE=1: and to
// docs/images/preview.png).

import assert from 'node:assert';
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { readText, required, withWorkbench } from './workbench.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const program = readText(path.join(root, 'fixtures/programs/01_iris_pipeline.py'));
const picture = path.join(root, 'out/preview.png');
const second = 1000;

const options = {
  files: () => ({ 'iris.py': program }),
  vsix: required('VSIX'),
  // Nothing but the two texts, small enough that the Rust's lines fit beside the Python's.
  settings: {
    'window.commandCenter': false, 'window.title': '${activeEditorShort}', 'breadcrumbs.enabled': false, 'workbench.activityBar.location': 'hidden',
    'editor.minimap.enabled': false, 'editor.stickyScroll.enabled': false, 'editor.fontSize': 12,
  },
  viewport: { width: 1440, height: 660 },
};

await withWorkbench(options, async ({ page, address, folder, remote }) => {
  const said = [];
  page.on('console', (message) => said.push(message.text().slice(0, 300)));
  try {
    await play(page, address, folder, remote);
  } catch (error) {
    mkdirSync(path.dirname(picture), { recursive: true });
    await page.screenshot({ path: path.join(root, 'out/failed.png') });
    console.log(`not ok - ${error.message}\nthe screen is in out/failed.png; the page said at last:\n${said.slice(-5).join('\n')}`);
    process.exitCode = 1;
  }
});

async function play(page, address, folder, remote) {
  await page.goto(address([['openFile', remote(`${folder}/iris.py`)]]), { waitUntil: 'domcontentloaded' });
  const python = page.locator('.editor-group-container').nth(0);
  const rust = page.locator('.editor-group-container').nth(1);
  await python.locator('.view-lines .view-line').first().waitFor({ timeout: 90 * second });

  const status = page.locator('.statusbar-item', { hasText: 'Batuta: diagnostics off' });
  await status.waitFor({ timeout: 180 * second });
  console.log('ok - the status bar says that diagnostics are off');

  await command(page, 'Batuta: Preview Rust');
  await rust.locator('.view-line', { hasText: 'fn program' }).first().waitFor({ timeout: 60 * second });
  console.log('ok - the Rust stands beside');

  await page.keyboard.press('Control+b');
  // The name is in the Rust too, so that both sides can be compared by eye in the picture.
  await python.locator('.view-line', { hasText: 'fit_transform' }).first().click();
  const mark = rust.locator('.view-overlays [class*="ced-"]');
  await mark.first().waitFor({ timeout: 60 * second });
  assert.match(await lineAt(rust, mark.first()), /scaler|fit_transform/i);
  console.log('ok - the Rust of the line under the cursor is marked');

  await page.mouse.move(700, 655);
  await page.waitForTimeout(second);
  mkdirSync(path.dirname(picture), { recursive: true });
  await page.screenshot({ path: picture });
  if (process.env.KEEP_PICTURE) {
    mkdirSync(path.join(root, 'docs/images'), { recursive: true });
    copyFileSync(picture, path.join(root, 'docs/images/preview.png'));
  }

  await rust.locator('.view-line', { hasText: 'predict' }).first().click();
  const back = python.locator('.view-overlays [class*="ced-"]');
  await back.first().waitFor({ timeout: 60 * second });
  assert.match(await lineAt(python, back.first()), /predict/);
  console.log('ok - the Python of the Rust under the cursor is marked');

  const before = await rust.locator('.view-lines').innerText();
  await page.keyboard.type('typed');
  await page.waitForTimeout(second / 2);
  assert.strictEqual(await rust.locator('.view-lines').innerText(), before);
  console.log('ok - the Rust cannot be typed over');
  await page.keyboard.press('Escape');

  await python.locator('.view-line', { hasText: 'fit_transform' }).first().click();
  await back.first().waitFor({ state: 'detached', timeout: 60 * second });
  await mark.first().waitFor({ timeout: 60 * second });
  console.log('ok - a mark goes when the cursor is on its side');

  await python.locator('.view-line span', { hasText: 'StandardScaler' }).last().hover();
  await page.locator('.monaco-hover:visible', { hasText: /StandardScaler|Rust/ }).first().waitFor({ timeout: 60 * second });
  console.log('ok - the hover shows');
  await page.screenshot({ path: path.join(root, 'out/hover.png') });
  await page.keyboard.press('Escape');

  await status.click();
  await status.waitFor({ state: 'detached', timeout: 60 * second });
  await page.locator('.statusbar-item', { hasText: 'Batuta' }).waitFor();
  console.log('ok - a click on the status bar switches them on');

  await python.locator('.view-line span', { hasText: 'accuracy_score' }).last().click();
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row', { hasText: 'Rewrite this call' }).first().click();
  const changes = page.locator('.bulk-edit-panel');
  await changes.locator('.monaco-button:visible', { hasText: 'Apply' }).first().waitFor({ timeout: 60 * second });
  await page.screenshot({ path: path.join(root, 'out/rewrite_call.png') });
  assert.deepStrictEqual(readdirSync(folder), ['iris.py']);
  console.log('ok - the rewrite of a call is shown before it is written');
  // The box of the file stands for what is inside it.
  await changes.locator('.monaco-list-row .monaco-checkbox, .monaco-list-row input[type=checkbox]').first().click();
  await page.waitForTimeout(second);
  await changes.locator('.monaco-button:visible', { hasText: 'Apply' }).first().click();
  const piece = path.join(folder, 'iris_line_26.rs');
  // VS Code makes the file first and saves its text a moment later.
  for (let tries = 0; !(existsSync(piece) && readText(piece)) && tries < 200; tries += 1) await page.waitForTimeout(second / 10);
  assert.match(readText(piece), /accuracy_score\(&y_test, &predictions\)/);
  assert.strictEqual(readText(path.join(folder, 'iris.py')), program);
  console.log('ok - it is written once it is applied');

  await python.locator('.view-line', { hasText: 'fit_transform' }).first().click();
  await command(page, 'Batuta: Rewrite File to Rust');
  const apply = page.locator('.monaco-dialog-box .monaco-button:visible', { hasText: 'Write Them' }).first();
  await apply.waitFor({ timeout: 60 * second });
  assert.deepStrictEqual(readdirSync(folder).sort(), ['iris.py', 'iris_line_26.rs']);
  console.log('ok - a rewrite asks before it writes');
  await page.screenshot({ path: path.join(root, 'out/rewrite.png') });
  await apply.click();
  const main = path.join(folder, 'iris-rs/src/main.rs');
  for (let tries = 0; !existsSync(main) && tries < 100; tries += 1) await page.waitForTimeout(second / 10);
  assert.match(readText(main), /fn program\(\)/);
  assert.strictEqual(readText(path.join(folder, 'iris.py')), program);
  console.log('ok - the project is written and the Python is as it was');
}

async function command(page, name) {
  await page.keyboard.press('F1');
  const box = page.locator('.quick-input-widget input.input');
  await box.waitFor();
  await box.fill(`>${name}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** The text of the line at the height of a mark: marks and text are drawn in different layers. */
async function lineAt(group, mark) {
  const { y, height } = await mark.boundingBox();
  for (const line of await group.locator('.view-line').all()) {
    const box = await line.boundingBox();
    if (box && Math.abs(box.y - y) < height / 2) return (await line.innerText()).replaceAll('\u00a0', ' ');
  }
  return '';
}
