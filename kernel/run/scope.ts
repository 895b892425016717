/**
 * The variables of a notebook. tslab turns a cell into a function that exports its top-level names and reads those of
 * earlier cells from `exports`. Here each cell has its own `exports`, and a `let` or `var` is exported by accessors, so
 * that a closure and a later cell see the same variable.
 */

/** Reads and writes one `let` or `var` inside the cell's function. */
export type Accessors = Record<string, [get: () => unknown, set: (value: unknown) => void]>;

interface Owner {
  read(name: string): unknown;
  write(name: string, value: unknown): void;
}

export class Scope {
  private readonly owners = new Map<string, Owner>();

  read(name: string): unknown {
    return this.owners.get(name)?.read(name);
  }

  names(): string[] {
    return [...this.owners.keys()];
  }

  clear(): void {
    this.owners.clear();
  }

  has(name: string): boolean {
    return this.owners.has(name);
  }

  /** @param declared names that the cell's code assigns to `exports` */
  openCell(declared: ReadonlySet<string>): CellScope {
    return new CellScope(this.owners, declared);
  }
}

export class CellScope implements Owner {
  private readonly values = new Map<string, unknown>();
  private accessors: Accessors = {};
  /** What the cell's function gets as `exports`. */
  readonly exports: object;

  constructor(
    private readonly owners: Map<string, Owner>,
    private readonly declared: ReadonlySet<string>,
  ) {
    this.exports = new Proxy(
      {},
      {
        get: (_target, name) => (typeof name === "string" ? (this.owners.get(name) ?? this).read(name) : undefined),
        has: (_target, name) => typeof name === "string" && this.owners.has(name),
        set: (_target, name, value) => {
          if (typeof name === "string") this.assign(name, value);
          return true;
        },
        // TypeScript exports an imported name by a getter; the value is taken once, so that it can be reassigned.
        defineProperty: (_target, name, attributes) => {
          const value: unknown = attributes.get ? attributes.get() : attributes.value;
          if (typeof name === "string" && name !== "__esModule") this.assign(name, value);
          return true;
        },
      },
    );
  }

  /** Called first in the cell's function. */
  readonly live = (accessors: Accessors): void => {
    this.accessors = accessors;
  };

  private assign(name: string, value: unknown): void {
    if (!this.declared.has(name)) {
      (this.owners.get(name) ?? this).write(name, value);
      return;
    }
    const first = !this.values.has(name);
    this.values.set(name, value);
    if (first) this.owners.set(name, this);
  }

  read(name: string): unknown {
    return Object.hasOwn(this.accessors, name) ? this.accessors[name]?.[0]() : this.values.get(name);
  }

  write(name: string, value: unknown): void {
    if (Object.hasOwn(this.accessors, name)) this.accessors[name]?.[1](value);
    else this.values.set(name, value);
  }

  /** Takes a value out: the last expression is not a variable. */
  take(name: string): unknown {
    const value = this.values.get(name);
    this.values.delete(name);
    this.owners.delete(name);
    return value;
  }

  /**
   * Makes the cell the owner of every variable it got round to initialising.
   * @returns the declared names that have no value since the cell ended before
   */
  close(): Set<string> {
    const missing = new Set<string>();
    for (const name of this.declared) {
      if (Object.hasOwn(this.accessors, name)) {
        if (isInitialised(this.accessors[name]?.[0])) this.owners.set(name, this);
        else missing.add(name);
      } else if (!this.values.has(name)) missing.add(name);
    }
    return missing;
  }
}

/** Reading a `let` before its declaration throws. */
function isInitialised(get: (() => unknown) | undefined): boolean {
  try {
    get?.();
    return true;
  } catch {
    return false;
  }
}
