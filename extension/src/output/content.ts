/** What an output holds, whichever its MIME type: a title, and parts below each other. */
import { checkView } from "../../../src/marks/check";
import { checkFigure } from "../../../src/marks/chart/checkFigure";
import type { Drawing } from "../../../src/marks/kit/drawing.page";
import { drawings, figureDrawing, type LoadDrawing } from "../marks";

export interface Content {
  title: string;
  subtitle: string;
  /** CSS pixels that it asks to be wide; undefined if any width will do. */
  size: number | undefined;
  /** The id under which the kernel is asked about it; undefined if it need not be. */
  inspect: string | undefined;
  /** Whether it changes while its cell runs, and is to be asked for again and again. */
  live: boolean;
  parts: Part[];
  /** Whether the output offers what any view offers; plotly draws buttons of its own. */
  hasTools: boolean;
}

/** Something to draw. An update is drawn by the drawing that its place had before, if that is of the same kind. */
export interface Part {
  kind: string;
  payload: unknown;
  load(): Promise<new () => Drawing<unknown>>;
}

/** Reads the JSON of a MIME type; one line that says what is wrong with it, if it cannot be drawn. */
export type Read = (data: unknown) => Content | string;

export const readView: Read = (data) => {
  const view = checkView(data);
  if (typeof view === "string") return view;
  const parts = view.marks.map((mark) => partOf(mark.mark, mark, drawings[mark.mark] as LoadDrawing<unknown>));
  return {
    title: view.title,
    subtitle: view.subtitle ?? "",
    size: view.size,
    inspect: view.inspect,
    live: view.live === true,
    parts,
    hasTools: true,
  };
};

export const readFigure: Read = (data) => {
  const figure = checkFigure(data);
  if (typeof figure === "string") return figure;
  const parts = [partOf("figure", figure, figureDrawing)];
  return { title: "", subtitle: "", size: undefined, inspect: undefined, live: false, parts, hasTools: false };
};

const partOf = (kind: string, payload: unknown, load: Part["load"]): Part => ({ kind, payload, load });
