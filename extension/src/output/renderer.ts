/** Renderer of every MIME type of ours. JupyterLab calls `renderModel` again on every update of the same output. */
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { Widget } from "@lumino/widgets";
import { documents } from "../kernel/documents";
import { kernelOf } from "../kernel/find";
import type { Read } from "./content";
import { Output } from "./output";

export class OutputRenderer extends Widget implements IRenderMime.IRenderer {
  private readonly output = new Output(this.node, () => kernelOf(this, documents));

  constructor(
    private readonly mimeType: string,
    private readonly read: Read,
  ) {
    super();
    this.addClass("rcp-View");
  }

  async renderModel({ data }: IRenderMime.IMimeModel): Promise<void> {
    const content = this.read(data[this.mimeType]);
    await this.output.update(content, data["image/png"] ?? data["image/svg+xml"]);
  }

  override dispose(): void {
    if (this.isDisposed) return;
    this.output.dispose();
    super.dispose();
  }
}
