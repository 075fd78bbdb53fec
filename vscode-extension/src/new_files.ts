/** Changes that the server asks for. One that only writes new files is asked about once: VS Code's own list wants a tick for each file. */

import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ApplyWorkspaceEditParams, ApplyWorkspaceEditResult, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageclient';
import type { LanguageClient } from 'vscode-languageclient/node';

const write = 'Write Them';
const review = 'Review Each File';

export async function applyEdit(client: LanguageClient, params: ApplyWorkspaceEditParams): Promise<ApplyWorkspaceEditResult> {
  const files = newFiles(params.edit);
  if (files === undefined) {
    if (isOutdated(params.edit)) {
      return { applied: false, failureReason: 'the text has changed meanwhile' };
    }
    return { applied: await vscode.workspace.applyEdit(await client.protocol2CodeConverter.asWorkspaceEdit(params.edit)) };
  }
  const choice = files.size === 1 ? review : await ask([...files.keys()]);
  if (choice === undefined) {
    return { applied: false, failureReason: 'it was declined' };
  }
  const edit = new vscode.WorkspaceEdit();
  const note = { needsConfirmation: choice === review, label: params.label ?? 'Batuta: write new files' };
  for (const [uri, text] of files) {
    edit.createFile(vscode.Uri.parse(uri), { overwrite: false, contents: Buffer.from(text, 'utf8') }, note);
  }
  const applied = await vscode.workspace.applyEdit(edit);
  return applied ? { applied } : { applied, failureReason: 'a file of that name exists, or the folder cannot be written' };
}

/** The texts of an edit that does nothing but create files, by address; undefined for any other edit. */
export function newFiles(edit: WorkspaceEdit): Map<string, string> | undefined {
  const files = new Map<string, string>();
  for (const change of edit.documentChanges ?? []) {
    if ('kind' in change && change.kind === 'create') {
      files.set(change.uri, '');
    } else if (isTextEdit(change) && files.get(change.textDocument.uri) === '' && change.edits.length === 1) {
      const [insert] = change.edits;
      files.set(change.textDocument.uri, insert !== undefined && 'newText' in insert ? insert.newText : '');
    } else {
      return undefined;
    }
  }
  return files.size > 0 && edit.changes === undefined ? files : undefined;
}

async function ask(files: string[]): Promise<string | undefined> {
  const paths = files.map((file) => vscode.Uri.parse(file).path);
  const folder = commonFolder(paths);
  const main = paths.filter((file) => file.slice(folder.length).split('/').length <= 2).map((file) => file.slice(folder.length));
  return vscode.window.showInformationMessage(
    `Write ${files.length} new files into ${path.posix.basename(folder)}?`,
    { modal: true, detail: `${main.join(', ')}, and the runtime that the program needs. No file is overwritten; the Python file is not changed.` },
    write,
    review,
  );
}

/** The longest folder that all addresses lie in, with its last slash. */
export function commonFolder(files: readonly string[]): string {
  const [first = '', ...others] = files;
  let end = first.lastIndexOf('/') + 1;
  while (end > 0 && !others.every((file) => file.startsWith(first.slice(0, end)))) {
    end = first.lastIndexOf('/', end - 2) + 1;
  }
  return first.slice(0, end);
}

function isOutdated(edit: WorkspaceEdit): boolean {
  const open = new Map(vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document.version]));
  return (edit.documentChanges ?? []).filter(isTextEdit).some(({ textDocument }) => {
    const version = open.get(vscode.Uri.parse(textDocument.uri).toString());
    return textDocument.version !== null && version !== undefined && version !== textDocument.version;
  });
}

function isTextEdit(change: object): change is TextDocumentEdit {
  return 'textDocument' in change;
}
