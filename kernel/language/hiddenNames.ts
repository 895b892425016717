/** Variables of a notebook that hide what has their name: a global of the kernel, or an import of an earlier cell. */

/** Names of JavaScript and Node that many cells use. */
const LANGUAGE = [
  "console",
  "Math",
  "JSON",
  "Object",
  "Array",
  "Promise",
  "Number",
  "String",
  "Boolean",
  "Date",
  "Map",
  "Set",
  "Error",
  "Symbol",
  "process",
  "Buffer",
  "setTimeout",
  "fetch",
];
/** Namespaces of the engine that nobody calls a variable of their own by chance. */
const NAMESPACES = ["nn", "F", "optim"];

export class HiddenNames {
  /** The cell that declared each. */
  private readonly cells = new Map<string, string>();
  private readonly imported = new Set<string>();

  /** @param globals  the names that every cell has without an import */
  constructor(private readonly globals: ReadonlySet<string>) {}

  /** The cell that has hidden a name; null if none has. */
  by(name: string): string | null {
    return this.cells.get(name) ?? null;
  }

  /** The names that an import has declared and no cell since. */
  isImported(name: string): boolean {
    return this.imported.has(name);
  }

  /**
   * Takes what a cell has declared.
   * @returns a line about each name that hides something since now
   */
  declare(declared: Iterable<string>, imports: ReadonlySet<string>, cell: string): string[] {
    const notes: string[] = [];
    for (const name of declared) {
      if (imports.has(name)) {
        this.imported.add(name);
        this.cells.delete(name);
        continue;
      }
      const wasImported = this.imported.delete(name);
      const isGlobal = this.globals.has(name) || LANGUAGE.includes(name);
      if (!wasImported && !isGlobal && !NAMESPACES.includes(name)) continue;
      if (!this.cells.has(name)) notes.push(noteOn(name, wasImported, isGlobal));
      this.cells.set(name, cell);
    }
    return notes;
  }

  clear(): void {
    this.cells.clear();
    this.imported.clear();
  }
}

function noteOn(name: string, wasImported: boolean, isGlobal: boolean): string {
  const hidden = wasImported
    ? `what was imported as ${name}`
    : isGlobal
      ? `${LANGUAGE.includes(name) ? "JavaScript's" : "the notebook's"} own ${name}`
      : `the package's ${name}`;
  const back =
    wasImported || !isGlobal ? "an import brings it back" : "reset() brings it back, and forgets all variables";
  return `Note: the variable ${name} hides ${hidden} in all later cells. Another name is better; ${back}.`;
}
