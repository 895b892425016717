/** Packages that the engine uses where they are installed and does without where they are not: sharp, webgpu, protobufjs. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { DataError } from "./errors";

/**
 * What loads an optional package: the engine's own copy, else the one of the folder in which the program runs, which is where
 * `npm install` puts it for a notebook.
 * @param specifier  as for `require`: "sharp", "protobufjs/light"
 * @returns null if it is not installed
 */
export function optionalPackage(specifier: string): (() => unknown) | null {
  for (const from of [__filename, join(process.cwd(), "program.js")]) {
    const load = createRequire(from);
    try {
      const file = load.resolve(specifier);
      return () => load(file) as unknown;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    }
  }
  return null;
}

/**
 * A package without which something cannot be done.
 * @param doing  what the user called and what needs the package: "readImage: reading photo.jpg"
 * @throws DataError that says what to install, if it is not there or does not load
 */
export function neededPackage<T>(specifier: string, doing: string): T {
  const load = optionalPackage(specifier);
  const [name] = specifier.split("/");
  const needs = (why: string): DataError =>
    new DataError(`${doing} needs the package ${name}, which ${why}. Run: npm install ${name}`);
  if (!load) throw needs("is not installed");
  try {
    return load() as T;
  } catch (error) {
    throw needs(`does not load (${(error as Error).message.split("\n")[0]})`);
  }
}
