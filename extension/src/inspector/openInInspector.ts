/** The way from an output to the inspector: outputs know no plugin. No DOM here. */
import type { KernelConnection } from "../kernel/connection";
import type { Content } from "../output/content";
import type { QuestionCell } from "../question/cell";

/** A view that the reader keeps in sight. */
export interface PinnedView {
  content: Content;
  /** Where its drawings are, a state each. */
  states: readonly unknown[];
  /** The connection to the kernel of its notebook, if there is one now. */
  kernel: () => KernelConnection | undefined;
  /** The cell of its output, which keeps answers. */
  cell: () => QuestionCell | undefined;
  /** The button that was pressed, to which Escape leads back. */
  from: HTMLElement;
}

export interface InspectorDoor {
  /**
   * Opens the object of that id in the inspector.
   * @param id     that a variable carries
   * @param kernel the connection to the kernel that has it; default: the current notebook's
   */
  open(id: string, kernel?: KernelConnection): void;
  /** Keeps a view of an output in sight. */
  pin(view: PinnedView): void;
}

let door: InspectorDoor | undefined;

/** The plugin says how. */
export function setInspector(given: InspectorDoor): void {
  door = given;
}

/** The inspector of this page; undefined where there is none, as in a page without JupyterLab. */
export const inspector = (): InspectorDoor | undefined => door;
