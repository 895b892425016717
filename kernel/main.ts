/** The kernel process: `node main.js <connection file>`. */
import { openSync } from "node:fs";
import { resolve } from "node:path";
import { getHeapStatistics } from "node:v8";
import { kernelInfo } from "./info";
import { catchChildren } from "./io/children";
import { readConnection } from "./io/connection";
import { HistoryFile, historyPath } from "./io/historyFile";
import { reportLastEnd, takeLastEnd } from "./io/lastEnd";
import { noteOf } from "./io/memoryWords";
import { redirectNativeOutput } from "./io/nativeOutput";
import { listenForSignals } from "./io/signals";
import { startTransport } from "./io/transport";
import { Kernel } from "./kernel";
import { log, warn } from "./log";
import { captureStreams } from "./output/capture";
import { WORDS_SIZE } from "./run/words";
import { typescriptCells } from "./typescriptCells";

const exit = process.exit.bind(process);

async function main(file: string): Promise<void> {
  const connection = readConnection(file);
  // First of all, while no other thread opens files.
  const native = redirectNativeOutput();
  const lastEnd = takeLastEnd(file);
  if (lastEnd) warn(`the last kernel ended for want of memory (${JSON.stringify(lastEnd)})`);
  reportLastEnd(file);

  const words = new SharedArrayBuffer(WORDS_SIZE);
  const kernel = new Kernel({
    makeCells: (services) => typescriptCells(process.cwd(), services),
    words,
    history: new HistoryFile(historyPath()),
    record: (path, parent) => transport.record(openSync(path, "w"), parent),
    firstNote: lastEnd && noteOf(lastEnd),
  });
  captureStreams(kernel.streams);
  listenForSignals(kernel.interrupts);

  let closing = false;
  const transport = await startTransport(
    {
      connection,
      connectionFile: file,
      session: kernel.id,
      kernelInfo,
      words,
      heapLimit: getHeapStatistics().heap_size_limit,
      native,
    },
    {
      message: (channel, message) => kernel.receive(channel, message),
      interrupt: () => kernel.interrupts.deliver(),
      shutdown: () => {
        closing = true;
        void transport.close().then(() => exit(0));
      },
      lost(reason) {
        if (closing) return;
        warn(`the I/O thread has gone (${reason}); the kernel ends`);
        exit(1);
      },
    },
  );
  kernel.connect(transport);
  catchChildren({
    streams: kernel.streams,
    native,
    waitsFor: (parent) => transport.waitsFor(parent),
    checkInterrupt: kernel.interrupts.guard,
  });
  kernel.install();
  keepAlive(kernel);
  kernel.warmUpSoon();
}

/** Nothing a cell does may end the kernel. */
function keepAlive(kernel: Kernel): void {
  process.on("uncaughtException", (error) => kernel.reportUncaught(error));
  process.on("unhandledRejection", (error) => kernel.reportUncaught(error));
  // Node's own warnings are nothing that a cell has written.
  process.removeAllListeners("warning");
  process.on("warning", (warning) => log(`${warning.name}: ${warning.message}`));
  process.exit = (): never => {
    throw new Error("process.exit: this would end the kernel. Use the menu Kernel > Restart, or throw an error.");
  };
}

const file = process.argv[2];
if (file === undefined) {
  console.error("usage: node main.js <connection file>");
  process.exit(2);
}
main(resolve(file)).catch((error: unknown) => {
  warn(error instanceof Error ? error.message : String(error));
  exit(1);
});
