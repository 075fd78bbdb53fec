/** The user's settings as the server receives them, and the command that starts the server. */

import type * as vscode from 'vscode';

export interface ServerSettings {
  readonly trusted: boolean;
  readonly enable: boolean;
  readonly interpreter: string;
  readonly precision: string;
  readonly target: string;
  readonly dropPlots: boolean;
  /** Whether the server offers an outline; the Python support that people have in VS Code does that already. */
  readonly documentSymbols: boolean;
  readonly limits: { readonly timeout: number; readonly memory: number; readonly analysis: number };
}

export interface ServerCommand {
  readonly command: string;
  readonly args: string[];
}

export function readSettings(configuration: vscode.WorkspaceConfiguration, trusted: boolean): ServerSettings {
  return {
    trusted,
    enable: configuration.get<boolean>('enable', false),
    interpreter: configuration.get<string>('interpreter', ''),
    precision: configuration.get<string>('precision', 'auto'),
    target: configuration.get<string>('target', 'auto'),
    dropPlots: configuration.get<boolean>('dropPlots', false),
    documentSymbols: false,
    limits: {
      timeout: configuration.get<number>('limits.timeout', 120),
      memory: configuration.get<number>('limits.memory', 8192),
      analysis: configuration.get<number>('limits.analysis', 60),
    },
  };
}

/**
 * The whole command where one is given, else the interpreter's installed server, else `batuta` of the search path.
 * `-P` keeps the folder that is open off Python's module path: opening a folder must not run its code.
 */
export function serverCommand(configuration: vscode.WorkspaceConfiguration): ServerCommand {
  const [program, ...args] = configuration.get<string[]>('serverCommand', []);
  if (program !== undefined) {
    return { command: program, args };
  }
  const interpreter = configuration.get<string>('interpreter', '').trim();
  if (interpreter !== '') {
    return { command: interpreter, args: ['-P', '-m', 'batuta.cli.main', 'lsp', '--stdio'] };
  }
  return { command: 'batuta', args: ['lsp', '--stdio'] };
}
