/** A plotly figure in the theme of the page, and its name for a screen reader. */
import type { PlotlyFigure } from "../../protocol";
import { isRecord } from "../kit/check";
import { lineColours } from "../kit/colours";
import type { Theme } from "../kit/theme";

/** CSS pixels; a chart and its cell fit a projector. */
export const CHART_HEIGHT = 380;
/** CSS pixels below which a chart is low. */
const LOW = 320;
/** Of the static picture. */
export const CHART_WIDTH = 680;

/** The theme goes in as plotly's template, so that whatever the figure says itself still holds. */
export function themedLayout(figure: PlotlyFigure, theme: Theme): Record<string, unknown> {
  const { height = CHART_HEIGHT } = figure.layout;
  // A low chart has its room for lines.
  const isLow = typeof height === "number" && height < LOW;
  const axis = {
    gridcolor: theme.faint,
    linecolor: theme.border,
    zerolinecolor: theme.border,
    tickcolor: theme.border,
    automargin: true,
    // 250,000 and 2.5e+6, as everywhere else, instead of 250k and 2.5M.
    separatethousands: true,
    exponentformat: "e",
    minexponent: 5,
    title: { font: { size: 14 }, ...(isLow ? { standoff: 6 } : {}) },
  };
  const template = {
    layout: {
      font: { color: theme.text, family: theme.font, size: 14 },
      title: { x: 0, xanchor: "left", pad: { l: 3 }, font: { size: 16, weight: 600 } },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      colorway: theme.dark ? lineColours.dark : lineColours.light,
      margin: { l: 64, r: 24, t: figure.layout.title ? 52 : isLow ? 8 : 24, b: isLow ? 36 : 52 },
      hoverlabel: { bgcolor: theme.surface, bordercolor: theme.border, font: { color: theme.text }, namelength: -1 },
      // Names above the plot, as in the static picture, unless plotly writes a title there: at the right they take its width.
      ...(figure.layout.title ? {} : { legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" } }),
      hovermode: "closest",
      modebar: { bgcolor: "rgba(0,0,0,0)", color: theme.muted, activecolor: theme.text },
      xaxis: axis,
      yaxis: axis,
    },
  };
  // A constant uirevision keeps the user's zoom while a running cell adds points.
  return { template, height: CHART_HEIGHT, autosize: true, uirevision: "kept", ...figure.layout };
}

/** Whatever a figure says: no button offers to send a chart away, and none leads out of the notebook. */
const AT_HOME = {
  displaylogo: false,
  showSendToCloud: false,
  showEditInChartStudio: false,
  showLink: false,
  plotlyServerURL: "",
};

/** plotly's settings for a figure, which may have some of its own. */
export const configOf = (figure: PlotlyFigure): Record<string, unknown> => ({ ...figure.config, ...AT_HOME });

/** "Chart: Training. Horizontal: step; vertical: loss. Shows: train, test." */
export function chartName({ data, layout }: PlotlyFigure): string {
  const titleOf = (owner: unknown) => {
    const title = isRecord(owner) ? owner.title : undefined;
    const text = isRecord(title) ? title.text : title;
    return typeof text === "string" ? text.replace(/<[^>]*>/g, "") : "";
  };
  const axes = [
    ["Horizontal", titleOf(layout.xaxis)],
    ["vertical", titleOf(layout.yaxis)],
  ].filter(([, title]) => title);
  // What no pointer finds lies behind a line that has its name.
  const told = data.filter(({ hoverinfo }) => hoverinfo !== "skip").map(({ name }) => name);
  const names = [...new Set(told.filter((name) => typeof name === "string"))];
  const sentences = [
    `Chart${titleOf(layout) && `: ${titleOf(layout)}`}`,
    axes.map(([direction, title]) => `${direction}: ${title}`).join("; "),
    names.length > 0 ? `Shows: ${names.join(", ")}` : "",
  ];
  return `${sentences.filter(Boolean).join(". ")}.`;
}
