// The runner of tests that live in the extension host, and what they share. CommonJS, because VS Code loads them with `require`.

const vscode = require('vscode');

async function until(question, what, milliseconds = 30_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Runs the cases in order and fails when one fails. */
async function runCases(cases) {
  const failed = [];
  for (const [name, test] of Object.entries(cases)) {
    try {
      await test();
      console.log(`ok - ${name}`);
    } catch (error) {
      failed.push(name);
      console.log(`not ok - ${name}: ${error.stack || error}`);
    }
  }
  if (failed.length > 0) throw new Error(`${failed.length} of ${Object.keys(cases).length} failed`);
}

async function open(name) {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
  return { uri, document, editor };
}

/** The hover's Markdown at the first place where `word` stands. Asks again until the server answers. */
async function hover(uri, document, word) {
  const position = document.positionAt(document.getText().indexOf(word));
  return until(async () => {
    const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', uri, position);
    return hovers.flatMap((it) => it.contents).map((it) => it.value ?? it).join('\n');
  }, `a hover on ${word}`);
}

async function replaceAll(editor, text) {
  const document = editor.document;
  const everything = new vscode.Range(0, 0, document.lineCount, 0);
  if (!(await editor.edit((edit) => edit.replace(everything, text)))) throw new Error('the edit was not applied');
}

module.exports = { until, runCases, open, hover, replaceAll };
