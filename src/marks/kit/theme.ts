/** The page's theme as values, for what CSS does not reach: canvas, plotly, scenes. */

export interface Theme {
  text: string;
  muted: string;
  /** Of cells, frames and edges: 3:1 at least on the surface (WCAG 1.4.11). */
  border: string;
  /** Lines of a chart's grid. */
  faint: string;
  font: string;
  /** Of an element that lies over a chart, such as its hover label. */
  surface: string;
  /** What is chosen, or has the focus. */
  accent: string;
  dark: boolean;
}

/** Of static pictures. */
export const paper: Theme = {
  text: "#222222",
  muted: "#555555",
  border: "#949494",
  faint: "#e3e3e3",
  font: "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif",
  surface: "#ffffff",
  accent: "#1565c0",
  dark: false,
};
