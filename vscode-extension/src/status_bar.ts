/** Says in the status bar whether findings are shown unasked in this workspace, and switches them. */

import * as vscode from 'vscode';

import type { StatusParams } from './protocol';

export type ServerState = 'starting' | 'stopped' | StatusParams;

export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('batuta.status', vscode.StatusBarAlignment.Right, 90);
  private readonly subscription: vscode.Disposable;

  constructor() {
    this.item.name = 'Batuta';
    this.subscription = vscode.window.onDidChangeActiveTextEditor(() => this.showOrHide());
    this.say('starting');
    this.showOrHide();
  }

  say(state: ServerState): void {
    const { text, tooltip, command } = describe(state);
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.command = command;
  }

  private showOrHide(): void {
    if (vscode.window.activeTextEditor?.document.languageId === 'python') {
      this.item.show();
    } else {
      this.item.hide();
    }
  }

  dispose(): void {
    vscode.Disposable.from(this.subscription, this.item).dispose();
  }
}

export function describe(state: ServerState): { text: string; tooltip: string; command: string } {
  if (state === 'starting') {
    return { text: '$(loading~spin) Batuta', tooltip: 'Batuta: the server is starting.', command: 'batuta.showOutput' };
  }
  if (state === 'stopped') {
    return { text: '$(error) Batuta', tooltip: 'Batuta: the server is not running. Click for its output.', command: 'batuta.showOutput' };
  }
  const because = state.reason ? ` (${state.reason})` : '';
  return state.diagnostics
    ? {
        text: '$(check) Batuta',
        tooltip: `Batuta: diagnostics are on in this workspace${because}. Click to switch them off.`,
        command: 'batuta.switchDiagnosticsOff',
      }
    : {
        text: '$(circle-slash) Batuta: diagnostics off',
        tooltip: `Batuta: diagnostics are off in this workspace${because}. Click to switch them on. Hovers, quick fixes and the preview always answer.`,
        command: 'batuta.switchDiagnosticsOn',
      };
}
