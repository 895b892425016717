/** Between ES modules and the CommonJS that TypeScript makes of cells. */

/** An ES module's names as TypeScript's CommonJS reads them; they stay live. */
export function asCommonJs(namespace: object): object {
  const module = Object.defineProperty({}, "__esModule", { value: true });
  for (const name of Object.keys(namespace)) {
    const get = (): unknown => (namespace as Record<string, unknown>)[name];
    Object.defineProperty(module, name, { enumerable: true, get });
  }
  return module;
}

/** What `import()` gives for a CommonJS module: its names, and the whole of it as `default`. */
export function namespaceOf(module: unknown): unknown {
  if ((module as { __esModule?: unknown } | null)?.__esModule) return module;
  const isObject = (typeof module === "object" || typeof module === "function") && module !== null;
  if (!isObject || Object.prototype.toString.call(module) === "[object Module]") return module;
  return { ...module, default: module };
}
