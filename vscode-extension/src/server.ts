/** Starts the language server, tells it the settings and whether the folder is trusted, and starts it anew when asked. */

import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { ApplyWorkspaceEditRequest, ExecuteCommandRequest, LanguageClient, State, TransportKind } from 'vscode-languageclient/node';

import { applyEdit } from './new_files';
import { previewRequest, serverCommands, statusNotification } from './protocol';
import type { PreviewResult } from './protocol';
import { readSettings, serverCommand } from './settings';
import type { ServerSettings } from './settings';
import type { StatusBar } from './status_bar';

/** Between the state "running" and the first request: the client library tells the server about open documents in between. */
const openingMilliseconds = 200;

/** Under this key the workspace's own storage, not a file of the folder, remembers the switch of the status bar. */
const switchKey = 'batuta.diagnostics';

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  /** Chosen in the preview, for this window only: a look at the other target must not change a settings file. */
  private chosenTarget: string | undefined;
  /** Starts and stops follow each other: two at once would leave a process behind. */
  private turn: Promise<void> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<void>();
  /** Fires when the server can be asked anew, also when the client library started it again after a crash, and when it did not start. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly output: vscode.LogOutputChannel,
    private readonly statusBar: StatusBar,
  ) {}

  start(): Promise<void> {
    return this.next(() => this.startNow());
  }

  restart(): Promise<void> {
    return this.next(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  stop(): Promise<void> {
    return this.next(() => this.stopNow());
  }

  async preview(source: vscode.Uri, token: vscode.CancellationToken): Promise<PreviewResult> {
    const client = this.running();
    return client.sendRequest(previewRequest, { uri: client.code2ProtocolConverter.asUri(source) }, token);
  }

  async execute(command: string, source: vscode.Uri): Promise<unknown> {
    const client = this.running();
    return client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [client.code2ProtocolConverter.asUri(source)] });
  }

  /** Shows or hides findings in this workspace, now and the next time that it is opened. */
  async switchDiagnostics(on: boolean): Promise<void> {
    await this.context.workspaceState.update(switchKey, on);
    await this.tellSwitch(this.running(), on);
  }

  private async tellSwitch(client: LanguageClient, on: boolean): Promise<void> {
    await client.sendRequest(ExecuteCommandRequest.type, { command: serverCommands.enable, arguments: [on] });
  }

  get target(): string {
    return this.settings().target;
  }

  async chooseTarget(target: string): Promise<void> {
    this.chosenTarget = target;
    await this.sendSettings();
  }

  async sendSettings(): Promise<void> {
    await this.client?.sendNotification('workspace/didChangeConfiguration', { settings: { batuta: this.settings() } });
  }

  private settings(): ServerSettings {
    const settings = readSettings(vscode.workspace.getConfiguration('batuta'), vscode.workspace.isTrusted);
    return this.chosenTarget === undefined ? settings : { ...settings, target: this.chosenTarget };
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(step, step);
    return this.turn;
  }

  private running(): LanguageClient {
    if (this.client?.state !== State.Running) {
      throw new Error('the Batuta server is not running; "Batuta: Show Output" says why, "Batuta: Restart Server" tries again');
    }
    return this.client;
  }

  private async startNow(): Promise<void> {
    const { command, args } = serverCommand(vscode.workspace.getConfiguration('batuta'));
    this.output.info(`Starting ${[command, ...args].join(' ')}`);
    this.statusBar.say('starting');
    const client = new LanguageClient(
      'batuta',
      'Batuta',
      {
        command,
        // The transport adds `--stdio`; a second one would do no harm, but the log reads better without.
        args: args.filter((it) => it !== '--stdio'),
        transport: TransportKind.stdio,
        options: {
          // Not the folder that is open: neither Python nor the system may find a module or a program there.
          cwd: this.context.extensionPath,
          env: { ...process.env, PYTHONSAFEPATH: '1', PYTHONUTF8: '1' },
        },
      },
      {
        documentSelector: [
          { scheme: 'file', language: 'python' },
          { scheme: 'vscode-remote', language: 'python' },
          { scheme: 'untitled', language: 'python' },
          { notebook: 'jupyter-notebook', language: 'python' },
        ],
        initializationOptions: () => this.settings(),
        outputChannel: this.output,
        markdown: { isTrusted: false, supportHtml: false },
        middleware: { provideCodeActions, resolveCodeAction },
      },
    );
    // Takes the place of the library's own handler.
    client.onRequest(ApplyWorkspaceEditRequest.type, (params) => applyEdit(client, params));
    client.onNotification(statusNotification, (status) => this.statusBar.say(status));
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Stopped) {
        this.statusBar.say('stopped');
      } else if (newState === State.Running) {
        setTimeout(() => this.changed.fire(), openingMilliseconds);
      }
    });
    this.client = client;
    try {
      await client.start();
      const switched = this.context.workspaceState.get<boolean>(switchKey);
      if (switched !== undefined) {
        await this.tellSwitch(client, switched);
      }
    } catch (error) {
      this.statusBar.say('stopped');
      this.changed.fire();
      this.output.error(error instanceof Error ? error : String(error));
      void this.explainFailure(command);
    }
  }

  private async explainFailure(command: string): Promise<void> {
    const openSettings = 'Open Settings';
    const showOutput = 'Show Output';
    const choice = await vscode.window.showErrorMessage(
      `Batuta's server did not start with "${command}". Name the Python in which Batuta is installed in the setting batuta.interpreter.`,
      openSettings,
      showOutput,
    );
    if (choice === openSettings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'batuta.interpreter');
    } else if (choice === showOutput) {
      this.output.show();
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      // A server that never ran cannot be stopped; there is nothing to do about it.
      this.output.debug(String(error));
    }
  }

  dispose(): void {
    this.changed.dispose();
    void this.stop();
  }
}

/** Rewriting a file goes the way of the command, so that its many new files are asked about once. */
const provideCodeActions: NonNullable<Middleware['provideCodeActions']> = async (document, range, context, token, next) => {
  const actions = await next(document, range, context, token);
  for (const action of actions ?? []) {
    if (isFileRewrite(action)) {
      action.command = { command: 'batuta.rewriteFileToRust', title: action.title, arguments: [document.uri] };
    }
  }
  return actions;
};

const resolveCodeAction: NonNullable<Middleware['resolveCodeAction']> = (action, token, next) =>
  isFileRewrite(action) ? action : next(action, token);

function isFileRewrite(action: vscode.Command | vscode.CodeAction): action is vscode.CodeAction {
  // The client library keeps the server's data on the action.
  return (action as { data?: { assist?: unknown } }).data?.assist === 'rewrite_file';
}
