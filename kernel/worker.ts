/** The kernel in a Web Worker. The page starts it with {@link Start}, then both sides send whole Jupyter messages. */
import { toJson, type JsonObject } from "./json";
import { Kernel } from "./kernel";
import { virtualFiles } from "./language/virtualSystem";
import { warn } from "./log";
import { copyBytes, type Channel, type Header, type Message } from "./message";
import { captureStreams } from "./output/capture";
import { engine } from "./pageEngine";
import { native } from "./platform";
import { portTransport } from "./portTransport";
import { WORDS_SIZE } from "./run/words";
import { typescriptCells } from "./typescriptCells";

/** A message as Jupyter's front ends have it. */
export interface JupyterMessage {
  channel: Channel;
  header: Header;
  parent_header: Header | Record<string, never>;
  metadata: JsonObject;
  content: JsonObject;
  buffers: Uint8Array[];
}

export interface Start {
  type: "start";
  /** The address of the engine's ES module: dist/browser/receptive.js. */
  engine: string;
  /** The address of the files that the compiler sees, a JSON object of texts by path: dist/worker/files.json. */
  files: string;
  /** The words of Stop (run/words.ts), which a page shares that is cross-origin isolated; else a loop without await is deaf. */
  words?: SharedArrayBuffer;
}

export type ToWorker =
  | Start
  | { type: "message"; message: JupyterMessage }
  /** Stop; with shared words, after `requested` was raised by one and `raised` was set to 1. */
  | { type: "interrupt" };

export type FromWorker =
  { type: "ready" } | { type: "failed"; reason: string } | { type: "message"; message: JupyterMessage };

interface Scope {
  postMessage(message: FromWorker, transfer?: ArrayBuffer[]): void;
  addEventListener(
    type: string,
    listener: (event: Event & { data?: unknown; error?: unknown; reason?: unknown }) => void,
  ): void;
}
const scope = globalThis as unknown as Scope;

async function start({ engine: address, files, words }: Start): Promise<Kernel> {
  engine.setAddress(address);
  const response = await native.fetch(files);
  if (!response.ok) throw new Error(`${files}: ${response.status} ${response.statusText}`);
  for (const [path, text] of Object.entries((await response.json()) as Record<string, string>)) {
    virtualFiles.set(path, text);
  }

  const kernel = new Kernel({
    makeCells: (services) => typescriptCells("/", services),
    words: words ?? new ArrayBuffer(WORDS_SIZE),
    history: null,
    record: () => {
      throw new Error("saveOutput: a page has no files. Print less, or show the text with display(text).");
    },
  });
  kernel.connect(portTransport(kernel.id, post));
  captureStreams(kernel.streams);
  kernel.install();
  for (const [type, field] of [
    ["error", "error"],
    ["unhandledrejection", "reason"],
  ] as const) {
    scope.addEventListener(type, (event) => {
      event.preventDefault();
      kernel.reportUncaught(event[field]);
    });
  }
  kernel.warmUp();
  return kernel;
}

function post(channel: Channel, { header, parent, metadata, content, buffers }: Message): void {
  const copies = buffers.map(copyBytes);
  // What JSON cannot hold becomes what it holds, as over sockets.
  const plain = JSON.parse(toJson({ header, parent_header: parent, metadata, content })) as Omit<
    JupyterMessage,
    "channel"
  >;
  const transfer = copies.map(({ buffer }) => buffer as ArrayBuffer);
  scope.postMessage({ type: "message", message: { ...plain, channel, buffers: copies } }, transfer);
}

/** Bytes, whether the front end sends a view of them or the buffer itself. */
const bytesOf = (buffer: unknown): Uint8Array => copyBytes(buffer as ArrayBuffer | ArrayBufferView);

let starting: Promise<Kernel> | null = null;
let hasSharedWords = false;

async function receive(data: ToWorker): Promise<void> {
  if (data.type === "start") {
    hasSharedWords = data.words !== undefined;
    starting ??= start(data);
    await starting.then(
      () => scope.postMessage({ type: "ready" }),
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        warn(reason);
        scope.postMessage({ type: "failed", reason });
      },
    );
    return;
  }
  const kernel = await starting;
  if (!kernel) throw new Error("the worker's first message must be its start");
  if (data.type === "interrupt") {
    // Shared words have been raised already, and a loop may have seen it.
    if (hasSharedWords) kernel.interrupts.deliver();
    else kernel.interrupts.request();
    return;
  }
  const { channel, header, parent_header: parent, metadata, content, buffers = [] } = data.message;
  kernel.receive(channel, { identities: [], header, parent, metadata, content, buffers: buffers.map(bytesOf) });
}

scope.addEventListener("message", ({ data }) => void receive(data as ToWorker));
