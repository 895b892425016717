/** The list of MIME renderers. They draw from the notebook alone: no kernel, no network, no trust needed. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { PLOTLY_MIME, RECEPTIVE_MIME } from "../../src/protocol";
import { readFigure, readView, type Read } from "./output/content";
import { OutputRenderer } from "./output/renderer";

function extension(name: string, description: string, mimeType: string, read: Read): IRenderMime.IExtension {
  return {
    id: `@receptive/jupyterlab:${name}`,
    description,
    rendererFactory: { safe: true, mimeTypes: [mimeType], createRenderer: () => new OutputRenderer(mimeType, read) },
    // Before the picture and the text that every bundle carries for other programs.
    rank: 0,
    dataType: "json",
  };
}

const extensions: IRenderMime.IExtension[] = [
  extension("views", "Feature maps, filters, images and whatever else is made of marks.", RECEPTIVE_MIME, readView),
  extension("charts", "Curves and bar charts.", PLOTLY_MIME, readFigure),
];

export default extensions;
