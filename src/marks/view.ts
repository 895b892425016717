/** What a notebook shows: a view, made of marks. Plain JSON, so that a saved notebook draws without a kernel. */
import type { ChartMark } from "./chart/payload";
import type { DiagramMark } from "./diagram/payload";
import type { EmbeddingMark } from "./embedding/payload";
import type { GalleryMark } from "./gallery/payload";
import type { FieldMark } from "./field/payload";
import type { FramesMark } from "./frames/payload";
import type { GridMark } from "./grid/payload";
import type { HistogramsMark } from "./histograms/payload";
import type { MatrixMark } from "./matrix/payload";
import type { QuestionMark } from "./question/payload";
import type { SandboxMark } from "./sandbox/payload";
import type { StepsMark } from "./steps/payload";
import type { TableMark } from "./table/payload";
import type { NetworkMark } from "./network/payload";
import type { TrainingMark } from "./training/payload";

/** What can be drawn: a name of a mark to its payload. Each is a folder here, drawn in a page and as a static picture. */
export interface Marks {
  grid: GridMark;
  chart: ChartMark;
  matrix: MatrixMark;
  steps: StepsMark;
  sandbox: SandboxMark;
  table: TableMark;
  diagram: DiagramMark;
  gallery: GalleryMark;
  embedding: EmbeddingMark;
  network: NetworkMark;
  field: FieldMark;
  histograms: HistogramsMark;
  training: TrainingMark;
  frames: FramesMark;
  question: QuestionMark;
}
export type MarkName = keyof Marks;
export type Mark = Marks[MarkName];

/** The payload of our MIME type. */
export interface View {
  version: 2;
  /** May be empty. */
  title: string;
  /** One line below the title: shape, device, dtype. */
  subtitle?: string;
  /** One or more, below each other. */
  marks: Mark[];
  /** CSS pixels that the view is wide, where the page has as many; default: what suits its marks. */
  size?: number;
  /** The id under which the kernel answers questions about this view; absent if it need not be asked. */
  inspect?: string;
  /** Whether it changes while the cell that made it runs: then the page asks for it again and again. Default false. */
  live?: boolean;
}
