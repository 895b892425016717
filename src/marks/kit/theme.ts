/** The page's theme as values, for what CSS does not reach: canvas and plotly. */

export interface Theme {
  text: string;
  muted: string;
  border: string;
  /** Lines of a chart's grid. */
  faint: string;
  font: string;
  /** Of an element that lies over a chart, such as its hover label. */
  surface: string;
  dark: boolean;
}
