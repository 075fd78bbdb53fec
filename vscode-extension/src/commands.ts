/** The commands of the palette. What they do with a program is the server's work. */

import * as vscode from 'vscode';

import { previewAddress, previewScheme, sourceOf } from './preview/address';
import { serverCommands } from './protocol';
import type { Server } from './server';

export function registerCommands(server: Server, output: vscode.LogOutputChannel): vscode.Disposable {
  const commands: Record<string, (uri?: vscode.Uri) => unknown> = {
    'batuta.previewRust': withPython(openPreview),
    'batuta.rewriteFileToRust': withPython((source) => server.execute(serverCommands.rewriteFile, source)),
    'batuta.checkWithCargo': withPython(async (source) => {
      if (await isTrusted('compiles the translation with cargo')) {
        await server.execute(serverCommands.check, source);
      }
    }),
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
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: false });
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

/** Passes the file that the command was called on, or the one in the active editor; from a preview, its Python file. */
function withPython(run: (source: vscode.Uri) => unknown): (uri?: vscode.Uri) => unknown {
  return (uri) => {
    const source = uri ?? vscode.window.activeTextEditor?.document.uri;
    if (source === undefined) {
      throw new Error('open a Python file first');
    }
    return run(source.scheme === previewScheme ? sourceOf(source) : source);
  };
}

function reportingErrors(run: (uri?: vscode.Uri) => unknown): (uri?: vscode.Uri) => Promise<void> {
  return async (uri) => {
    try {
      // Menus pass an address first; keys and the palette pass nothing.
      await run(uri instanceof vscode.Uri ? uri : undefined);
    } catch (error) {
      void vscode.window.showErrorMessage(`Batuta: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
}
