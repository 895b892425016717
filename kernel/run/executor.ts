/** Runs cells: converts, runs with guards, keeps what a failed or stopped cell has declared. */
import { Script } from "node:vm";
import type { Context } from "./context";
import { hintFor } from "../language/hints";
import type { Interrupts } from "./interrupt";
import type { ConvertedCell, Language } from "../language/language";
import { CellModules } from "../modules";
import { pythonReport } from "../language/pythonReport";
import { Scope, type CellScope } from "./scope";
import { describeDiagnostics, describeError, type ErrorReport } from "../output/traceback";
import { GUARD } from "../language/transform";

export type Outcome = { ok: true; value: unknown } | { ok: false; error: ErrorReport };

type CellFunction = (exports: object, require: unknown, live: CellScope["live"], guard: () => void) => unknown;

export class Executor {
  private readonly scope = new Scope();
  private readonly modules: CellModules;
  private resetAfterCell = false;

  constructor(
    private readonly language: Language,
    private readonly interrupts: Interrupts,
    tslabModule: () => unknown,
    /** Prints a line below the cell. */
    private readonly note: (line: string, context: Context) => void,
  ) {
    this.modules = new CellModules(language, tslabModule);
  }

  /** The value of a variable of the cells; undefined if none has declared it. */
  variable(name: string): unknown {
    return this.scope.read(name);
  }

  /** @param name what a traceback calls the cell: `cell[3].ts` */
  async execute(source: string, name: string, context: Context): Promise<Outcome> {
    try {
      const hint = hintFor(source, name);
      if (hint) return { ok: false, error: hint };
      const conversion = this.language.convert(source);
      if (!conversion.ok) {
        const python = pythonReport(conversion.diagnostics, source, name);
        if (python) return { ok: false, error: python };
        const error = describeDiagnostics(conversion.diagnostics, source, name);
        return { ok: false, error };
      }
      const [value] = await this.run(conversion.cell, source, name, context);
      return { ok: true, value };
    } catch (error) {
      return { ok: false, error: describeError(error) };
    }
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
        this.language.forget();
      }
    }
  }

  private start(cell: ConvertedCell, scope: CellScope, name: string, context: Context): unknown {
    const live = [...cell.shape.live].map((n) => `${n}: [() => ${n}, ($v) => { ${n} = $v; }]`).join(", ");
    const head = `(${cell.isAsync ? "async " : ""}function (exports, require, $live, ${GUARD}) { $live({ ${live} });`;
    // The head is line 0, so that line 1 is the cell's.
    const script = new Script(`${head}\n${cell.code}\n})`, { filename: name, lineOffset: -1 });
    const body = script.runInThisContext() as CellFunction;
    const { require } = this.modules;
    const run = (): unknown =>
      this.breakable(context, () => body(scope.exports, require, scope.live, this.interrupts.guard));
    const loading = this.breakable(context, () => this.modules.prepare(cell.shape.imports));
    return loading ? loading.then(run) : run();
  }
}

const RUN = Symbol.for("receptive.kernel.run");
const runScript = new Script(`globalThis[Symbol.for("receptive.kernel.run")]()`, {
  filename: "receptive-run.js",
});

/** Calls a function in such a way that SIGINT ends its synchronous part. */
function breakable<T>(body: () => T, broken: () => Error): T {
  const holder = globalThis as unknown as Record<symbol, unknown>;
  holder[RUN] = body;
  try {
    return runScript.runInThisContext({ breakOnSigint: true }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED") throw broken();
    throw error;
  } finally {
    delete holder[RUN];
  }
}
