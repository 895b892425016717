import { KernelClient, type ClientOptions } from "./kernelClient";

after(() => Promise.all([...KernelClient.running].map((client) => client.stop())));

/** A kernel for the tests of one `describe`; the function gives it once it runs. */
export function withKernel(options: () => ClientOptions = () => ({})): () => KernelClient {
  let kernel: KernelClient | undefined;
  before(async () => {
    kernel = await KernelClient.start(options());
    // The compiler is loaded now, so that no test waits for it.
    await kernel.execute("0");
  });
  after(() => kernel?.stop());
  return () => {
    if (!kernel) throw new Error("the kernel has not been started");
    return kernel;
  };
}
