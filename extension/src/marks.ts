/** How each mark is drawn; its code comes with the first output that has one. */
import type { PlotlyFigure } from "../../src/protocol";
import type { Drawing } from "../../src/marks/kit/drawing.page";
import type { Marks } from "../../src/marks/view";

/** Loads what draws a payload. */
export type LoadDrawing<Payload> = () => Promise<new () => Drawing<Payload>>;

export const drawings: { readonly [Name in keyof Marks]: LoadDrawing<Marks[Name]> } = {
  grid: async () => (await import("../../src/marks/grid/draw.page")).GridDrawing,
  network: async () => (await import("../../src/marks/network/draw.page")).NetworkDrawing,
  chart: async () => (await import("../../src/marks/chart/draw.page")).ChartDrawing,
  matrix: async () => (await import("../../src/marks/matrix/draw.page")).MatrixDrawing,
  steps: async () => (await import("../../src/marks/steps/draw.page")).StepsDrawing,
  sandbox: async () => (await import("../../src/marks/sandbox/draw.page")).SandboxDrawing,
  table: async () => (await import("../../src/marks/table/draw.page")).TableDrawing,
  diagram: async () => (await import("../../src/marks/diagram/draw.page")).DiagramDrawing,
  gallery: async () => (await import("../../src/marks/gallery/draw.page")).GalleryDrawing,
  embedding: async () => (await import("../../src/marks/embedding/draw.page")).EmbeddingDrawing,
  field: async () => (await import("../../src/marks/field/draw.page")).FieldDrawing,
  histograms: async () => (await import("../../src/marks/histograms/draw.page")).HistogramsDrawing,
  training: async () => (await import("../../src/marks/training/draw.page")).TrainingDrawing,
  frames: async () => (await import("../../src/marks/frames/draw.page")).FramesDrawing,
  question: async () => (await import("../../src/marks/question/draw.page")).QuestionDrawing,
};

/** plotly's own figures, of whichever program. */
export const figureDrawing: LoadDrawing<PlotlyFigure> = async () =>
  (await import("../../src/marks/chart/draw.page")).FigureDrawing;
