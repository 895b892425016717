/** The extension's outputs in a page of their own, without JupyterLab around them. */
import { readFigure, readView, type Read } from "../../extension/src/output/content";
import { Output } from "../../extension/src/output/output";

const outputs = new Map<Read, Output>();

/** Draws the JSON of a view or of a plotly figure on an empty page of this width. */
async function draw(kind: "view" | "figure", data: unknown, width: number): Promise<void> {
  for (const old of outputs.values()) old.dispose();
  outputs.clear();
  const element = document.createElement("div");
  element.className = "rcp-View";
  element.style.width = `${width}px`;
  document.body.replaceChildren(element);
  const read = kind === "view" ? readView : readFigure;
  const output = new Output(element, () => undefined);
  outputs.set(read, output);
  await output.update(read(data));
}

Object.assign(window, { draw });
