/** The list of MIME renderers. They draw from the notebook alone: no kernel, no network, no trust needed. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { PLOTLY_MIME, RECEPTIVE_MIME } from "../../src/protocol";
import { PlotlyRenderer } from "./renderers/plotly";
import { ReceptiveRenderer } from "./renderers/receptive";

function extension(
  name: string,
  description: string,
  mimeType: string,
  createRenderer: () => IRenderMime.IRenderer,
): IRenderMime.IExtension {
  return {
    id: `@receptive/jupyterlab:${name}`,
    description,
    rendererFactory: { safe: true, mimeTypes: [mimeType], createRenderer },
    // Before the picture and the text that every bundle carries for other programs.
    rank: 0,
    dataType: "json",
  };
}

const extensions: IRenderMime.IExtension[] = [
  extension("views", "Feature maps, filters and images.", RECEPTIVE_MIME, () => new ReceptiveRenderer()),
  extension("charts", "Curves and bar charts.", PLOTLY_MIME, () => new PlotlyRenderer()),
];

export default extensions;
