/** Packages and files for the string of an import: TypeScript offers packages only where a package.json lists them. */
import { PACKAGE_NAME } from "./packages";
import { basename, dirname, join, namesIn } from "./platform";

/** An import's string that is still open, up to the cursor. */
const OPEN_STRING = /(?:\bfrom|\bimport|\bimport\s*\(|\brequire\s*\()\s*["']([^"'\n]*)$/;

export interface PathMatches {
  /** Where the string begins, in UTF-16 units. */
  start: number;
  names: string[];
}

/** The packages or files that can stand at the cursor; null if it is in no import. */
export function pathsAt(before: string, folder: string): PathMatches | null {
  const written = OPEN_STRING.exec(before)?.[1];
  if (written === undefined) return null;
  if (/^\.{0,2}\//.test(written)) return filesAt(before, written, folder);
  const names = [PACKAGE_NAME, ...installedPackages(folder)].filter((name) => name.startsWith(written));
  return { start: before.length - written.length, names: [...new Set(names)].sort() };
}

/** What lies in the folder that is written already; code without its extension, as TypeScript wants it. */
function filesAt(before: string, written: string, folder: string): PathMatches {
  const begun = written.endsWith("/") ? "" : basename(written);
  const inside = join(folder, written.slice(0, written.length - begun.length));
  const names = visible(inside)
    .filter((name) => name.startsWith(begun) && name !== "node_modules" && /^[^.]+$|\.([cm]?[jt]sx?|json)$/.test(name))
    .map((name) => name.replace(/(\.d)?\.[jt]sx?$/, ""));
  return { start: before.length - begun.length, names: [...new Set(names)].sort() };
}

/** Names of the packages in the `node_modules` of a folder and of those above it. */
function installedPackages(folder: string): string[] {
  const names: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const modules = join(at, "node_modules");
    for (const name of visible(modules)) {
      if (name.startsWith("@")) names.push(...visible(join(modules, name)).map((inner) => `${name}/${inner}`));
      else names.push(name);
    }
    if (at === dirname(at)) return names;
  }
}

const visible = (folder: string): string[] => namesIn(folder).filter((name) => !name.startsWith("."));
