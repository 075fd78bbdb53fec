// The extension and the real server in the real extension host: what a person gets in a trusted folder without `batuta.toml`.

const assert = require('node:assert');
const vscode = require('vscode');

const { until, runCases, open, hover, replaceAll } = require('./cases.js');

/** Waits for the preview to show something, and says what it showed instead. */
const shows = async (pattern) => {
  const text = () => preview()?.document.getText() ?? '(no preview)';
  await until(() => pattern.test(text()), `a preview with ${pattern}`).catch((error) => assert.fail(`${error.message}; it shows:\n${text()}`));
};
const preview = () => vscode.window.visibleTextEditors.find((it) => it.document.uri.scheme === 'batuta-rust');
const findings = (uri) => vscode.languages.getDiagnostics(uri).filter((it) => (it.code?.value ?? it.code ?? '').toString().startsWith('BAT'));

exports.run = () => runCases({
  async 'a hover answers though diagnostics are off'() {
    const { uri, document } = await open('hover.py');
    assert.match(await hover(uri, document, 'sqrt'), /sqrt/);
  },

  async 'nothing is shown unasked in a folder without batuta.toml'() {
    const { uri, document } = await open('refused.py');
    // The preview is answered from the same translation: once it is there, findings would be too.
    const answer = await until(async () => {
      await vscode.commands.executeCommand('batuta.previewRust');
      return preview()?.document.getText();
    }, 'the preview');
    assert.match(answer, /line 2/);
    assert.deepStrictEqual(findings(uri), []);
    assert.strictEqual(document.isDirty, false);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  },

  async 'findings appear once they are switched on'() {
    const { uri } = await open('refused.py');
    await vscode.commands.executeCommand('batuta.switchDiagnosticsOn');
    const [finding] = await until(() => findings(uri).length > 0 && findings(uri), 'findings');
    assert.strictEqual(finding.range.start.line, 1);
    assert.strictEqual(finding.source, 'batuta');
  },

  async 'a quick fix is offered and does what it says'() {
    const { uri, document } = await open('refused.py');
    const [finding] = await until(() => findings(uri).length > 0 && findings(uri), 'findings');
    const before = document.getText();
    const actions = await until(async () => {
      const all = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, finding.range, 'quickfix', 20);
      return all.some((it) => it.edit) && all.filter((it) => it.edit);
    }, 'a quick fix with an edit');
    assert.ok(await vscode.workspace.applyEdit(actions[0].edit));
    assert.notStrictEqual(document.getText(), before);
    await until(() => findings(uri).every((it) => it.message !== finding.message), 'the finding to go');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  },

  async 'findings go when they are switched off'() {
    const { uri } = await open('refused.py');
    await until(() => findings(uri).length > 0, 'findings');
    await vscode.commands.executeCommand('batuta.switchDiagnosticsOff');
    await until(() => findings(uri).length === 0, 'no findings');
  },

  async 'the preview opens beside, coloured as Rust'() {
    await open('preview.py');
    await vscode.commands.executeCommand('batuta.previewRust');
    const editor = await until(preview, 'the preview');
    await shows(/fn double\(/);
    assert.strictEqual(editor.document.languageId, 'rust');
    assert.strictEqual(editor.viewColumn, vscode.ViewColumn.Two);
  },

  async 'the preview follows the text'() {
    const { editor } = await open('preview.py');
    await replaceAll(editor, 'def treble(x: int) -> int:\n    return 3 * x\n\n\nprint(treble(14))\n');
    await shows(/fn treble\(/);
    assert.doesNotMatch(preview().document.getText(), /fn double\(/);
  },

  async 'the preview says at which line the program is refused, and recovers'() {
    const { editor } = await open('preview.py');
    await replaceAll(editor, 'print(eval("1"))\n');
    await shows(/does not become Rust[^]*line 1/);
    await replaceAll(editor, 'print(1)\n');
    await shows(/^(?![^]*does not become Rust)[^]*fn program/);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  },

  async 'the preview shows the target that is chosen'() {
    await open('cluster.py');
    await vscode.commands.executeCommand('batuta.previewRust');
    await shows(/cluster|KMeans/);
    await vscode.commands.executeCommand('batuta.chooseTarget', 'aprender');
    await shows(/aprender::cluster::KMeans/);
    await vscode.commands.executeCommand('batuta.chooseTarget', 'faithful');
    await shows(/^(?![^]*aprender::cluster)[^]*sklearn::KMeans/);
    await vscode.commands.executeCommand('batuta.chooseTarget', 'auto');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  },

  async 'positions are right behind an emoji'() {
    const { uri, document } = await open('unicode.py');
    assert.match(await hover(uri, document, 'sqrt'), /sqrt/);
  },

  async 'a hover answers in a notebook cell'() {
    const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, 'notebook.ipynb');
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.cellAt(0).document;
    assert.match(await hover(cell.uri, cell, 'sqrt'), /sqrt/);
  },

  async 'rewriting the file is offered, and its files are not in the offer'() {
    const { uri } = await open('preview.py');
    const place = new vscode.Range(0, 0, 0, 0);
    const offers = await vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, place, 'refactor.rewrite', 20);
    const rewrite = offers.find((it) => it.command?.command === 'batuta.rewriteFileToRust');
    assert.ok(rewrite, offers.map((it) => it.title).join());
    assert.strictEqual(rewrite.edit, undefined);
  },

  async 'cargo accepts the translation'() {
    await open('preview.py');
    const result = await vscode.commands.executeCommand('batuta.checkWithCargo');
    assert.strictEqual(result?.ok, true, JSON.stringify(result));
  },

  async 'a new server answers after a restart'() {
    const { uri, document } = await open('hover.py');
    await vscode.commands.executeCommand('batuta.restartServer');
    assert.match(await hover(uri, document, 'sqrt'), /sqrt/);
  },

  async 'a server that does not start is said in the preview, and the right interpreter mends it'() {
    await open('preview.py');
    await vscode.commands.executeCommand('batuta.previewRust');
    await until(preview, 'the preview');
    const settings = vscode.workspace.getConfiguration('batuta');
    await settings.update('interpreter', '/nowhere/python', vscode.ConfigurationTarget.Workspace);
    await shows(/could not be asked for[^]*not running/);
    await settings.update('interpreter', undefined, vscode.ConfigurationTarget.Workspace);
    await shows(/fn double\(/);
  },
});
