/** The kernel in a Web Worker of a page, which hands its messages to and fro. */
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { FromWorker, JupyterMessage, ToWorker } from "../../../kernel/worker";
import { ProtocolClient } from "../../kernel/support/protocolClient";
import { ROOT } from "../../support/jupyterServer";
import { openBlank, serveFolder, type Served } from "./served";

/** JSON between this process and the page has no bytes. */
type Plain = Omit<JupyterMessage, "buffers"> & { buffers: number[][] };

export interface KernelPage {
  client: ProtocolClient;
  page: Page;
  /** Errors of the page and of the worker's own. */
  errors: string[];
  close(): void;
}

/** @param isolated whether the page may share memory with the worker */
export async function startKernelPage(browser: Browser, isolated: boolean): Promise<KernelPage> {
  const served: Served = await serveFolder(join(ROOT, "dist"), isolated);
  const { page, errors } = await openBlank(browser, served, { existing: "worker/files.json" });
  const client = new ProtocolClient({
    send(channel, { header, parent, metadata, content, buffers }) {
      const bytes = buffers.map((buffer) => [...buffer]);
      const message = { channel, header, parent_header: parent, metadata, content, buffers: bytes };
      void page.evaluate(`toKernel(${JSON.stringify(message)})`);
    },
    interrupt: () => void page.evaluate("stop()"),
  });
  let settle: (ended: FromWorker) => void = () => {};
  const started = new Promise<FromWorker>((done) => (settle = done));
  await page.exposeFunction("fromKernel", (data: FromWorker & { message?: Plain }) => {
    if (data.type !== "message") return settle(data);
    const { channel, header, parent_header: parent, metadata, content, buffers } = data.message as unknown as Plain;
    const message = { identities: [], header, parent, metadata, content };
    client.receive(channel, { ...message, buffers: buffers.map((bytes) => Uint8Array.from(bytes)) });
  });
  const start: ToWorker = { type: "start", engine: `${served.url}browser/receptive.js`, files: "files.json" };
  await page.evaluate(`(() => {
    const worker = new Worker("/worker/kernel.js");
    const words = ${isolated} ? new SharedArrayBuffer(64) : undefined;
    worker.onmessage = ({ data }) => fromKernel(data.type !== "message" ? data
      : { type: "message", message: { ...data.message, buffers: data.message.buffers.map((bytes) => [...bytes]) } });
    worker.onerror = ({ message }) => fromKernel({ type: "failed", reason: message });
    globalThis.toKernel = (message) => worker.postMessage({ type: "message",
      message: { ...message, buffers: message.buffers.map((bytes) => Uint8Array.from(bytes)) } });
    globalThis.stop = () => {
      if (words) {
        const seen = new Int32Array(words);
        Atomics.add(seen, 1, 1);
        Atomics.store(seen, 0, 1);
      }
      worker.postMessage({ type: "interrupt" });
    };
    worker.postMessage({ ...${JSON.stringify(start)}, words });
  })()`);
  const ended = await started;
  if (ended.type === "failed") throw new Error(`the kernel did not start: ${ended.reason}`);
  return {
    client,
    page,
    errors,
    close() {
      void page.context().close();
      served.close();
    },
  };
}
