/** The extension's outputs in a page of their own, without JupyterLab around them. */
import { readFigure, readView, type Read } from "../../extension/src/output/content";
import { Output } from "../../extension/src/output/output";

const outputs: Output[] = [];

interface Staged {
  kind: "view" | "figure";
  data: unknown;
  /** What is saved beside it: PNG in base64, or SVG. */
  picture?: string;
}

/** Draws outputs below each other on an empty page of this width. */
async function drawAll(staged: readonly Staged[], width: number): Promise<void> {
  for (const old of outputs.splice(0)) old.dispose();
  document.body.replaceChildren();
  for (const { kind, data, picture } of staged) {
    const element = document.createElement("div");
    element.className = "rcp-View";
    element.style.width = `${width}px`;
    document.body.append(element);
    const read: Read = kind === "view" ? readView : readFigure;
    const output = new Output(element, () => undefined);
    outputs.push(output);
    await output.update(read(data), picture);
  }
  await laidOut();
  await laidOut();
}

/** Resolves when the page has told outputs of their width and that they are in sight. */
const laidOut = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));

/** Draws the JSON of a view or of a plotly figure on an empty page of this width. */
const draw = (kind: "view" | "figure", data: unknown, width: number): Promise<void> => drawAll([{ kind, data }], width);

/** Gives the view that is drawn other content, as a running cell does. */
async function update(data: unknown): Promise<void> {
  await outputs[0]?.update(readView(data));
}

Object.assign(window, { draw, drawAll, update });
