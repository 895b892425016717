/** Every sample of every mark and of every view, found by folder: a new one is tested without a word here. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Mark, MarkName, View } from "../../src/marks";
import type { Displayable } from "../../src/protocol";
import { ROOT } from "./jupyterServer";

const built = join(ROOT, "dist", "src");

function load<T>(file: string): Readonly<Record<string, () => T>> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the files are found at run time
  const { samples } = require(file) as { samples?: Readonly<Record<string, () => T>> };
  if (samples === undefined) throw new Error(`walk: ${file} exports no samples.`);
  return samples;
}

/** The marks that have a folder. */
export const markFolders = readdirSync(join(built, "marks"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "kit")
  .map(({ name }) => name);

export interface MarkSample {
  mark: MarkName;
  name: string;
  /** Alone in a view, with a title. */
  view(): View;
}

export const markSamples: MarkSample[] = markFolders.flatMap((mark) =>
  Object.entries(load<Mark>(join(built, "marks", mark, "samples.js"))).map(([name, make]) => ({
    mark: mark as MarkName,
    name,
    view: (): View => ({ version: 2, title: `Sample ${name}`, subtitle: "[2,3] float32 on cpu", marks: [make()] }),
  })),
);

export interface ViewSample {
  view: string;
  name: string;
  make(): Displayable;
}

const show = join(built, "display", "show");
const isView = (file: string): boolean => file.endsWith(".js") && !["index.js", "samples.js"].includes(file);

/** Views that have a file. */
export const viewFiles = existsSync(show) ? readdirSync(show).filter(isView) : [];
export const viewSamples: ViewSample[] = viewFiles.flatMap((file) =>
  Object.entries(load<Displayable>(join(show, file))).map(([name, make]) => ({
    view: file.replace(".js", ""),
    name,
    make,
  })),
);
