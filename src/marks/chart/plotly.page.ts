/** The one place that knows which plotly we ship. It is loaded with the first chart (1.5 MB), then kept. */
import type { Config, Data, Layout, PlotlyHTMLElement } from "plotly.js";

/** What we use of plotly. */
export interface Plotly {
  react(
    element: HTMLElement,
    data: Data[],
    layout: Partial<Layout>,
    config?: Partial<Config>,
  ): Promise<PlotlyHTMLElement>;
  purge(element: HTMLElement): void;
  /** Shows the label of a point, as the pointer does. */
  Fx: {
    hover(element: HTMLElement, points: { curveNumber: number; pointNumber: number }[]): void;
    unhover(element: HTMLElement): void;
  };
  Plots: { resize(element: HTMLElement): Promise<void> | void };
}

let loading: Promise<Plotly> | undefined;

export function loadPlotly(): Promise<Plotly> {
  loading ??= import("plotly.js-cartesian-dist-min").then(
    (module) => module.default,
    (error: unknown) => {
      // A server that was away for a moment must not cost the charts of the whole session.
      loading = undefined;
      throw error;
    },
  );
  return loading;
}
