/** Renderer of every MIME type of ours. JupyterLab calls `renderModel` again on every update of the same output. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import type { MimeBundle } from "../../../src/protocol";
import { documents } from "../kernel/documents";
import { kernelOf } from "../kernel/find";
import { cellOf } from "../question/cell";
import type { Read } from "./content";
import { Output } from "./output";

export class OutputRenderer extends Widget implements IRenderMime.IRenderer {
  private readonly output = new Output(this.node, () => kernelOf(this, documents), {
    canPin: true,
    cell: () => cellOf(this, documents),
    keep: (saved) => this.keep(saved),
  });
  /** Of the output in the notebook, as it was given last. */
  private shown: IRenderMime.IMimeModel | undefined;

  constructor(
    private readonly mimeType: string,
    private readonly read: Read,
  ) {
    super();
    this.addClass("rcp-View");
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const { data } = model;
    this.shown = model;
    const content = this.read(data[this.mimeType]);
    await this.output.update(content, data["image/png"] ?? data["image/svg+xml"]);
  }

  /** Into the notebook, so that saving keeps it; the notebook draws it again. */
  private keep(saved: (bundle: MimeBundle) => MimeBundle): void {
    const model = this.shown;
    const now = model && this.read(model.data[this.mimeType]);
    if (!model || typeof now !== "object" || !now.live) return;
    model.setData({ data: saved(model.data) as typeof model.data, metadata: model.metadata });
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.output.dispose();
    super.dispose();
  }
}
