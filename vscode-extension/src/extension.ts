/** Where VS Code enters: puts the parts together. Each part is one file; anything that other editors need too is in the server. */

import * as vscode from 'vscode';

import { registerCommands } from './commands';
import { PreviewDocuments } from './preview/documents';
import { CursorFollower } from './preview/follow_cursor';
import { Server } from './server';
import { StatusBar } from './status_bar';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Batuta', { log: true });
  const statusBar = new StatusBar();
  const running = new Server(context, output, statusBar);
  server = running;
  const documents = new PreviewDocuments((source, token) => running.preview(source, token));
  context.subscriptions.push(
    output,
    statusBar,
    documents,
    new CursorFollower(documents),
    registerCommands(running, documents, output),
    running,
    running.onDidChange(() => documents.refreshAll()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration('batuta.interpreter') || event.affectsConfiguration('batuta.serverCommand')) {
        await running.restart();
      } else if (event.affectsConfiguration('batuta')) {
        await running.sendSettings();
        documents.refreshAll();
      }
    }),
  );
  await running.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
