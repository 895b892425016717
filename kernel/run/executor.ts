/** Runs cells: converts, runs with guards, keeps what a failed or stopped cell has declared. */
import { runInContext, type Context } from "./context";
import { hintFor } from "../language/hints";
import type { Interrupts } from "./interrupt";
import type { Conversion, ConvertedCell } from "../language/language";
import { pythonReport } from "../language/pythonReport";
import { breakable, compile } from "./runScript";
import { Scope, type CellScope } from "./scope";
import { describeDiagnostics, describeError, type ErrorReport } from "../output/traceback";
import { GUARD } from "../language/transform";

export type Outcome = { ok: true; value: unknown } | { ok: false; error: ErrorReport };

type CellFunction = (exports: object, require: unknown, live: CellScope["live"], guard: () => void) => unknown;

/** The language of cells, as their executor sees it. */
export interface CellLanguage {
  convert(source: string): Conversion;
  /** The names that a cell's text declares, also one that does not compile. */
  namesIn(source: string): string[];
  /** Called before a cell runs, so that its errors can name the user's lines. */
  registerCell(script: string, cell: ConvertedCell, source: string): void;
  /** Keeps what a cell has declared, but for the names that have got no value. */
  commit(cell: ConvertedCell, missing: ReadonlySet<string>): void;
  /** Forgets what all cells have declared. */
  forget(): void;
  readonly hidden: {
    /** @returns a line about each name that hides something since now */
    declare(names: Iterable<string>, imported: ReadonlySet<string>, cell: string): string[];
    isImported(name: string): boolean;
  };
}

/** The language of cells, as what loads their imports sees it. */
export interface ModuleLanguage {
  /** The notebook's folder. */
  readonly root: string;
  /** JavaScript of TypeScript files that cells have imported, by path. */
  readonly sideModules: ReadonlyMap<string, { code: string; imports: string[] }>;
  /** The path under which a relative import is known; null if it is no such file. */
  sidePath(folder: string, specifier: string): string | null;
  /** Called when such a file has been compiled again. */
  onSideModule: (path: string) => void;
}

/** What cells import. */
export interface CellModules {
  readonly require: unknown;
  /**
   * Loads what a cell imports and `require` cannot, before the cell runs. What cannot be loaded at all fails in the
   * cell's own import.
   * @returns a promise if something must be waited for
   */
  prepare(specifiers: readonly string[]): Promise<void> | null;
}

export class Executor {
  private readonly scope = new Scope();
  private resetAfterCell = false;
  /** Variables whose value is of an earlier cell than the last one that declares them, which did not compile. */
  readonly outdated = new Set<string>();

  constructor(
    private readonly language: CellLanguage,
    private readonly interrupts: Pick<Interrupts, "race" | "broken" | "guard">,
    private readonly modules: CellModules,
    /** Prints a line below the cell. */
    private readonly note: (line: string, context: Context) => void,
  ) {}

  /** The value of a variable of the cells; undefined if none has declared it. */
  variable(name: string): unknown {
    return this.scope.read(name);
  }

  /** @param name what a traceback calls the cell: `cell[3].ts` */
  async execute(source: string, name: string, context: Context): Promise<Outcome> {
    try {
      const hint = hintFor(source, name);
      if (hint) return this.refuse(source, hint);
      const conversion = this.language.convert(source);
      if (!conversion.ok) {
        const { diagnostics } = conversion;
        const python = pythonReport(diagnostics, source, name);
        return this.refuse(source, python ?? describeDiagnostics(diagnostics, source, name));
      }
      const [value] = await this.run(conversion.cell, source, name, context);
      return { ok: true, value };
    } catch (error) {
      return { ok: false, error: describeError(error) };
    }
  }

  /** The cell does not run: what it would have declared anew stays as it was. */
  private refuse(source: string, error: ErrorReport): Outcome {
    for (const name of this.language.namesIn(source)) if (this.scope.has(name)) this.outdated.add(name);
    return { ok: false, error };
  }

  /** Runs what must happen after a cell, such as displays of its values, so that an interrupt ends it, too. */
  async wait<T>(context: Context, body: () => Promise<T>): Promise<T> {
    return this.interrupts.race(context, () => this.breakable(context, body));
  }

  private breakable<T>(context: Context, body: () => T): T {
    return breakable(body, () => this.interrupts.broken(context));
  }

  /** The variables of the notebook without the imports, oldest declaration first. */
  *variables(): Iterable<[name: string, value: unknown]> {
    for (const name of this.scope.names()) {
      if (!this.language.hidden.isImported(name)) yield [name, this.scope.read(name)];
    }
  }

  /** Forgets all variables as soon as no cell runs. */
  reset(): void {
    this.resetAfterCell = true;
  }

  /** Resolves to the value in a box, so that a promise stays a promise. */
  private async run(cell: ConvertedCell, source: string, name: string, context: Context): Promise<[unknown]> {
    const { declared, imported } = cell.shape;
    const scope = this.scope.openCell(declared);
    const names = [...declared].filter((each) => each !== cell.result);
    for (const each of names) this.outdated.delete(each);
    for (const line of cell.notes) this.note(line, context);
    for (const line of this.language.hidden.declare(names, imported, name)) this.note(line, context);
    this.language.registerCell(name, cell, source);
    try {
      await this.interrupts.race(context, () => this.start(cell, scope, name, context));
      const value = cell.result === null ? undefined : scope.take(cell.result);
      return [cell.shape.endsInPrint && value === true ? undefined : value];
    } finally {
      if (cell.result !== null) scope.take(cell.result);
      const missing = scope.close();
      if (cell.result !== null) missing.delete(cell.result);
      this.language.commit(cell, missing);
      if (this.resetAfterCell) {
        this.resetAfterCell = false;
        this.scope.clear();
        this.outdated.clear();
        this.language.forget();
      }
    }
  }

  private start(cell: ConvertedCell, scope: CellScope, name: string, context: Context): unknown {
    const live = [...cell.shape.live].map((n) => `${n}: [() => ${n}, ($v) => { ${n} = $v; }]`).join(", ");
    const head = `(${cell.isAsync ? "async " : ""}function (exports, require, $live, ${GUARD}) { $live({ ${live} });`;
    const body = compile(head, cell.code, "})", name) as CellFunction;
    const { require } = this.modules;
    const run = (): unknown =>
      this.breakable(context, () => body(scope.exports, require, scope.live, this.interrupts.guard));
    const loading = this.breakable(context, () => this.modules.prepare(cell.shape.imports));
    // A page has lost the context when the imports have come.
    return loading ? loading.then(() => runInContext(context, run)) : run();
  }
}
