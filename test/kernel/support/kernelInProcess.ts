/** A kernel in the process of the tests: no sockets, no second thread, nothing to wait for. */
import { Kernel, type KernelParts } from "../../../kernel/kernel";
import { captureStreams } from "../../../kernel/output/capture";
import { portTransport } from "../../../kernel/portTransport";
import { WORDS_SIZE } from "../../../kernel/run/words";
import { plainCells } from "./plainCells";
import { ProtocolClient } from "./protocolClient";

export function startInProcess(parts: Partial<KernelParts> = {}): { client: ProtocolClient; kernel: Kernel } {
  const kernel = new Kernel({
    makeCells: plainCells,
    words: new SharedArrayBuffer(WORDS_SIZE),
    history: null,
    record: () => {
      throw new Error("no files in this test");
    },
    ...parts,
  });
  const client = new ProtocolClient({
    send: (channel, message) => kernel.receive(channel, message),
    interrupt: () => kernel.interrupts.request(),
  });
  kernel.connect(portTransport(kernel.id, (channel, message) => client.receive(channel, message)));
  return { client, kernel };
}

/** A test with a kernel of its own, which gets what is printed while it runs. */
export const inProcess =
  (test: (client: ProtocolClient, kernel: Kernel) => Promise<void>, parts?: () => Partial<KernelParts>) =>
  async (): Promise<void> => {
    const { client, kernel } = startInProcess(parts?.());
    kernel.installNames();
    const release = captureStreams(kernel.streams);
    try {
      await test(client, kernel);
    } finally {
      release();
    }
  };
