/** Finds the Rust lines of a Python place, and the Python place of a Rust line. Lines and characters count from 0 here. */

import type { Range } from 'vscode-languageclient';

import type { SourceMapEntry } from '../protocol';

interface Place {
  readonly line: number;
  readonly character: number;
}

export class SourceMap {
  private readonly byRustLine = new Map<number, Range>();

  constructor(private readonly entries: readonly SourceMapEntry[]) {
    for (const [rustLine, python] of entries) {
      const known = this.byRustLine.get(rustLine);
      // The narrowest place is the most telling one where a line came from several.
      if (known === undefined || compareExtent(python, known) < 0) {
        this.byRustLine.set(rustLine, python);
      }
    }
  }

  pythonOf(rustLine: number): Range | undefined {
    return this.byRustLine.get(rustLine + 1);
  }

  /** The Rust lines that came from the narrowest Python place around the cursor; on a blank line, none. */
  rustLinesOf(cursor: Place): number[] {
    const around = this.entries.filter(([, python]) => contains(python, cursor));
    // A cursor before or behind the text of a line still means the line.
    const candidates = around.length > 0 ? around : this.entries.filter(([, python]) => python.start.line === cursor.line);
    let narrowest: Range | undefined;
    for (const [, python] of candidates) {
      if (narrowest === undefined || compareExtent(python, narrowest) < 0) {
        narrowest = python;
      }
    }
    if (narrowest === undefined) {
      return [];
    }
    const best = narrowest;
    const lines = candidates.filter(([, python]) => compareExtent(python, best) === 0).map(([line]) => line - 1);
    return [...new Set(lines)].sort((a, b) => a - b);
  }
}

function contains(range: Range, place: Place): boolean {
  return !isBefore(place, range.start) && !isBefore(range.end, place);
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

/** Negative when `a` covers less text than `b`: fewer lines first, then fewer characters. */
function compareExtent(a: Range, b: Range): number {
  const lines = (range: Range): number => range.end.line - range.start.line;
  const characters = (range: Range): number => range.end.character - range.start.character;
  return lines(a) - lines(b) || characters(a) - characters(b);
}
