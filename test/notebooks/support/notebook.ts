/** A notebook file as tests read it: its cells, and what a reader finds in their outputs. */
import { readFileSync } from "node:fs";
import type { View } from "../../../src/marks";
import { RECEPTIVE_MIME } from "../../../src/protocol";

export interface Output {
  output_type: string;
  name?: string;
  text?: string | string[];
  data?: Record<string, unknown>;
}

export interface Cell {
  cell_type: string;
  id: string;
  metadata: { slideshow?: { slide_type?: string }; tags?: string[] };
  source: string | string[];
  outputs?: Output[];
}

export interface Notebook {
  cells: Cell[];
}

export const readNotebook = (path: string): Notebook => JSON.parse(readFileSync(path, "utf8")) as Notebook;
export const flat = (text: unknown): string => (Array.isArray(text) ? text.join("") : String(text));
export const sourceOf = (cell: Cell): string => flat(cell.source);
export const codeCells = (notebook: Notebook): Cell[] => notebook.cells.filter((cell) => cell.cell_type === "code");
export const outputsOf = (notebook: Notebook): Output[] => notebook.cells.flatMap((cell) => cell.outputs ?? []);

/** Whether the output is a view of ours, or a chart of plotly's. */
export const isView = ({ data }: Output): boolean =>
  Object.keys(data ?? {}).some((type) => type.startsWith("application/vnd."));

export const isExplorer = ({ data }: Output): boolean =>
  (data?.[RECEPTIVE_MIME] as Partial<View> | undefined)?.marks?.some(({ mark }) => mark === "network") ?? false;

export const hasPicture = ({ data = {} }: Output): boolean => "image/png" in data || "image/svg+xml" in data;

/** What a cell says, with one space for each run of white space: prints, values, tables, titles and words of views. */
export const saidBy = (cell: Cell): string => (cell.outputs ?? []).map(wordsOf).join("\n").replace(/\s+/g, " ");

function wordsOf({ text, data = {} }: Output): string {
  const html = flat(data["text/html"] ?? "");
  const view = data[RECEPTIVE_MIME] === undefined ? "" : stringsIn(data[RECEPTIVE_MIME]).join("\n");
  return [flat(text ?? ""), flat(data["text/plain"] ?? ""), withoutTags(html), view].join("\n");
}

const withoutTags = (html: string): string =>
  html
    .replace(/<(style|script)[^]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");

/** Packed numbers are strings, too, but of no reader's words. */
const packed = /^[A-Za-z0-9+/]{24,}=*$/;

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return packed.test(value) ? [] : [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
