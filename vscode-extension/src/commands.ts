/** The commands of the palette. What they do with a program is the server's work. */

import * as path from 'node:path';
import * as vscode from 'vscode';

import { previewAddress, previewScheme, sourceOf } from './preview/address';
import type { PreviewDocuments } from './preview/documents';
import { serverCommands } from './protocol';
import type { CheckResult } from './protocol';
import type { Server } from './server';

type Handler = (argument?: unknown) => unknown;

export function registerCommands(server: Server, documents: PreviewDocuments, output: vscode.LogOutputChannel): vscode.Disposable {
  const commands: Record<string, Handler> = {
    'batuta.previewRust': withPython(openPreview),
    'batuta.rewriteFileToRust': withPython((source) => server.execute(serverCommands.rewriteFile, source)),
    'batuta.checkWithCargo': withPython((source) => checkWithCargo(server, source)),
    'batuta.chooseTarget': async (argument) => {
      const target = typeof argument === 'string' ? argument : await askForTarget(server.target);
      if (target !== undefined) {
        await server.chooseTarget(target);
        documents.refreshAll();
      }
    },
    'batuta.switchDiagnosticsOn': () => server.switchDiagnostics(true),
    'batuta.switchDiagnosticsOff': () => server.switchDiagnostics(false),
    'batuta.restartServer': () => server.restart(),
    'batuta.showOutput': () => output.show(),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, reportingErrors(run))),
  );
}

async function openPreview(source: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(previewAddress(source));
  const open = vscode.window.visibleTextEditors.find((it) => it.document === document);
  const viewColumn = open?.viewColumn ?? vscode.ViewColumn.Beside;
  await vscode.window.showTextDocument(document, { viewColumn, preserveFocus: true, preview: false });
}

/** What the server answers is returned, for those who call the command from code. */
async function checkWithCargo(server: Server, source: vscode.Uri): Promise<CheckResult | undefined> {
  if (!(await isTrusted('compiles the translation with cargo'))) {
    return undefined;
  }
  const result = (await server.execute(serverCommands.check, source)) as CheckResult;
  const name = path.posix.basename(source.path);
  const said = result.ok ? `the Rust of ${name} compiles` : `rustc rejects the Rust of ${name}: see the findings on its lines`;
  vscode.window.setStatusBarMessage(`Batuta: ${said}`, 10_000);
  return result;
}

/** The server refuses too; asking here lets the user trust the folder on the spot. */
async function isTrusted(what: string): Promise<boolean> {
  if (vscode.workspace.isTrusted) {
    return true;
  }
  const manage = 'Manage Trust';
  const choice = await vscode.window.showWarningMessage(`This ${what}, which waits until the folder is trusted.`, manage);
  if (choice === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
  return false;
}

async function askForTarget(now: string): Promise<string | undefined> {
  const targets = [
    { label: 'auto', detail: "the crate's estimator where its numbers agree with Python's, else the faithful one" },
    { label: 'aprender', detail: "always the crate's estimator, with a warning where numbers differ" },
    { label: 'faithful', detail: 'always the faithful estimator, in f64' },
  ].map((it) => ({ ...it, description: it.label === now ? 'now' : '' }));
  const choice = await vscode.window.showQuickPick(targets, { title: 'Which Rust stands for a library call (this window)' });
  return choice?.label;
}

/** Passes the file that the command was called on, or the one in the active editor; from a preview, its Python file. */
function withPython(run: (source: vscode.Uri) => unknown): Handler {
  return (argument) => {
    // Menus pass an address; keys and the palette pass nothing.
    const source = argument instanceof vscode.Uri ? argument : vscode.window.activeTextEditor?.document.uri;
    if (source === undefined) {
      throw new Error('open a Python file first');
    }
    return run(source.scheme === previewScheme ? sourceOf(source) : source);
  };
}

function reportingErrors(run: Handler): Handler {
  return async (argument) => {
    try {
      return await run(argument);
    } catch (error) {
      void vscode.window.showErrorMessage(`Batuta: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
}
