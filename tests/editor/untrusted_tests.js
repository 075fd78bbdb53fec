// The extension in a folder that nobody trusts and that tries to start a program through its settings.

const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const { runCases, open, hover } = require('./cases.js');

exports.run = () => runCases({
  async 'the folder is not trusted'() {
    assert.strictEqual(vscode.workspace.isTrusted, false);
  },

  async 'a hover answers, from the server of the user and not that of the folder'() {
    const { uri, document } = await open('hover.py');
    assert.match(await hover(uri, document, 'sqrt'), /sqrt/);
  },

  async 'no program and no module of the folder was started'() {
    const folder = vscode.workspace.workspaceFolders[0].uri.fsPath;
    assert.strictEqual(fs.existsSync(path.join(folder, 'marker')), false);
  },
});
