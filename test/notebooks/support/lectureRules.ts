/** What every lecture must be, so that it can be presented, run in a page and kept in the repository. */
import {
  codeCells,
  flat,
  hasPicture,
  isExplorer,
  isView,
  outputsOf,
  sourceOf,
  type Cell,
  type Notebook,
} from "./notebook";

const kilobyte = 1000;
const largestOutput = 400 * kilobyte;
/** An explorer carries the numbers with which it answers without a kernel. */
const largestExplorer = 600 * kilobyte;
const largestFile = 3000 * kilobyte;
/** Of a run just made: how many snapshots a watched training keeps, up to 50, depends on the clock. */
export const largestRun = 3300 * kilobyte;

/**
 * The rules that a stored or executed lecture breaks, a line each.
 * @param largest bytes of its file
 */
export function brokenRules(notebook: Notebook, largest = largestFile): string[] {
  return [...badCells(notebook), ...badOutputs(notebook, largest), ...badSlides(notebook), ...badCode(notebook)];
}

const slideTypeOf = (cell: Cell): string | undefined => cell.metadata.slideshow?.slide_type;

function badCells({ cells }: Notebook): string[] {
  const ids = cells.map(({ id }) => id);
  return ids.filter((id, i) => ids.indexOf(id) < i).map((id) => `${id}: two cells have this id`);
}

function badOutputs(notebook: Notebook, most: number): string[] {
  const broken = notebook.cells.flatMap(({ id, outputs = [] }) =>
    outputs.flatMap((output) => {
      const { output_type: type, name, data = {} } = output;
      const size = JSON.stringify(output).length;
      const largest = isExplorer(output) ? largestExplorer : largestOutput;
      return [
        type === "error" && `${id}: ends with an error`,
        name === "stderr" && `${id}: writes to stderr: ${flat(output.text).trim()}`,
        size > largest && `${id}: an output has ${kB(size)}, more than ${kB(largest)}`,
        isView(output) && !hasPicture(output) && `${id}: a view has no picture`,
        isView(output) && !("text/plain" in data) && `${id}: a view has no text`,
      ].filter((line) => line !== false);
    }),
  );
  const size = sizeOf(notebook);
  return size > most ? [...broken, `the file has ${kB(size)}, more than ${kB(most)}`] : broken;
}

const slideTypes = ["slide", "subslide", "fragment", "-", "skip", "notes"];
const minutesOf = (cell: Cell): number => Number(/^> \*\*Lecturer, (\d+) min:\*\* \S/.exec(sourceOf(cell))?.[1] ?? 0);
const leastMinutes = 60;
const mostMinutes = 100;

/** Title and goals at the beginning and references at the end need no note; every other slide has one before the next slide. */
function badSlides({ cells }: Notebook): string[] {
  const broken: string[] = [];
  for (const cell of cells) {
    const type = slideTypeOf(cell);
    if (type === undefined) broken.push(`${cell.id}: no slide_type`);
    else if (!slideTypes.includes(type)) broken.push(`${cell.id}: slide_type is ${type}`);
    if (type === "notes" && minutesOf(cell) === 0)
      broken.push(`${cell.id}: the note does not begin with "> **Lecturer, 5 min:** "`);
  }
  const starts = cells.flatMap((cell, i) => (slideTypeOf(cell) === "slide" && i > 0 ? [i] : []));
  if (starts.length === 0) broken.push("there is no slide");
  for (const [i, start] of starts.entries()) {
    const section = cells.slice(start, starts[i + 1]);
    if (/^## References\b/.test(sourceOf(section[0]))) continue;
    if (!section.some((cell) => slideTypeOf(cell) === "notes"))
      broken.push(`${cells[start].id}: a slide without notes`);
  }
  const minutes = cells.reduce((sum, cell) => sum + (slideTypeOf(cell) === "notes" ? minutesOf(cell) : 0), 0);
  if (minutes < leastMinutes || minutes > mostMinutes)
    broken.push(`the notes have ${minutes} minutes, not ${leastMinutes} to ${mostMinutes}`);
  return broken;
}

/** A page has no Node. */
const nodeNames = /\bprocess\s*[.[]|\brequire\s*\(|["']node:|\bBuffer\b|\b__(?:dirname|filename)\b/;

function badCode(notebook: Notebook): string[] {
  const cells = codeCells(notebook);
  const broken = cells.flatMap((cell) => {
    const name = nodeNames.exec(sourceOf(cell))?.[0];
    return name === undefined ? [] : [`${cell.id}: ${name} is Node's`];
  });
  const code = cells.map(sourceOf).join("\n");
  const seeds = count(code, /\bmanualSeed\(\s*\d+\s*\)/g);
  const questions = count(code, /\bshow\.(?:quiz|ask)\(/g);
  if (seeds !== 1) broken.push(`${seeds} times manualSeed(<number>), not once`);
  if (questions < 3) broken.push(`${questions} questions of show.quiz or show.ask, not three`);
  return broken;
}

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

/** Bytes of a notebook's file, as nbformat writes it. */
export const sizeOf = (notebook: Notebook): number => Buffer.byteLength(JSON.stringify(notebook, null, 1)) + 1;
export const largestOutputOf = (notebook: Notebook): number =>
  Math.max(0, ...outputsOf(notebook).map((output) => JSON.stringify(output).length));
export const kB = (bytes: number): string => `${Math.ceil(bytes / kilobyte)} kB`;
