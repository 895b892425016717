/**
 * What `String(f)` gives for the functions of cells. The code that runs has guards in its loops, and reads variables of
 * other cells and imports as properties; this text has neither, so that it can be compiled anywhere: by GPU.js, in a
 * Worker, by `new Function`. It is looked up when somebody asks, and costs nothing before.
 */
import type ts from "typescript";
import { DYNAMIC_IMPORT, GUARD } from "../language/transform";

/** One cell, before and after what the kernel has put in. */
export interface CellText {
  /** ES module text; reads variables of earlier cells as `exports.name`. */
  module: string;
  /** The text that runs. */
  code: string;
}

/** A function's text can differ from what was written only if one of these is in it; `path_1.join` reads an import. */
const MARKS = new RegExp(`${GUARD.replace("$", "\\$")}|${DYNAMIC_IMPORT.replace("$", "\\$")}|\\bexports\\b|_\\d+\\b`);

export class FunctionTexts {
  /** The newest cell comes last. */
  private readonly cells: CellText[] = [];
  /** The written texts of a cell's functions, by the texts that run. */
  private readonly tables = new Map<CellText, ReadonlyMap<string, string>>();

  constructor(private readonly compiler: () => typeof ts) {}

  add(cell: CellText): void {
    this.cells.push(cell);
  }

  /** The text as it was written, of the text of a function that runs; of functions that no cell has, the same text. */
  written(text: string): string {
    if (!MARKS.test(text)) return text;
    for (let i = this.cells.length - 1; i >= 0; i--) {
      const cell = this.cells[i];
      const found = cell?.code.includes(text) ? this.tableOf(cell).get(text) : undefined;
      if (found !== undefined) return found;
    }
    return text;
  }

  private tableOf(cell: CellText): ReadonlyMap<string, string> {
    const known = this.tables.get(cell);
    if (known) return known;
    const compiler = this.compiler();
    const running = functionsOf(compiler, cell.code);
    const written = functionsOf(compiler, withoutExports(compiler, cell.module));
    // TypeScript's helpers for imports come before the functions of the cell.
    const helpers = running.length - written.length;
    const table = new Map(written.map((text, i) => [running[i + helpers] ?? "", text]));
    this.tables.set(cell, table);
    return table;
  }

  /** Replaces `Function.prototype.toString`, which everything that turns a function into text goes through. */
  install(): void {
    const native = Function.prototype.toString;
    const written = (text: string): string => this.written(text);
    // A method's shorthand, because the original is no constructor either.
    const { toString } = {
      toString(this: unknown): string {
        return this === toString ? native.call(native) : written(native.call(this as () => void));
      },
    };
    Object.defineProperty(Function.prototype, "toString", { value: toString });
  }
}

/** Functions, methods and classes in the order of their beginnings, each as V8 gives its text: a method without `static`. */
function functionsOf(compiler: typeof ts, text: string): string[] {
  const source = compiler.createSourceFile("cell.js", text, compiler.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const hasText = compiler.isFunctionLike(node) && !compiler.isConstructorDeclaration(node);
    if (hasText || compiler.isClassLike(node)) found.push(text.slice(startOf(node), node.end));
    compiler.forEachChild(node, visit);
  };
  const startOf = (node: ts.Node): number => {
    const modifiers = compiler.canHaveModifiers(node) ? (compiler.getModifiers(node) ?? []) : [];
    const ownText = modifiers.find(({ kind }) => kind === compiler.SyntaxKind.AsyncKeyword);
    if (ownText || modifiers.length === 0) return (ownText ?? node).getStart();
    const after = text.slice(modifiers.at(-1)?.end);
    return text.length - after.length + (/^\s*/.exec(after)?.[0].length ?? 0);
  };
  visit(source);
  return found;
}

/** The text with `name` for `exports.name`. */
function withoutExports(compiler: typeof ts, text: string): string {
  const source = compiler.createSourceFile("cell.js", text, compiler.ScriptTarget.ES2022, false);
  const cuts: [start: number, end: number][] = [];
  const visit = (node: ts.Node): void => {
    const isRead =
      compiler.isPropertyAccessExpression(node) &&
      compiler.isIdentifier(node.expression) &&
      node.expression.text === "exports";
    if (isRead) cuts.push([node.expression.getStart(source), node.name.getStart(source)]);
    else compiler.forEachChild(node, visit);
  };
  visit(source);
  return cuts.reduceRight((rest, [start, end]) => rest.slice(0, start) + rest.slice(end), text);
}
