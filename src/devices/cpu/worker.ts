/** A worker thread of device cpu: the same kernels over the same memory, taking part in jobs until it is stopped. */
import { workerData } from "node:worker_threads";
import type { WasmKernels } from "./kernels";
import type { WorkerTask } from "./threads";

declare const WebAssembly: { Instance: new (module: object, imports: object) => { exports: unknown } };

const task = workerData as WorkerTask;
const instance = new WebAssembly.Instance(task.module, { env: { memory: task.memory } });
const kernels = instance.exports as WasmKernels;
kernels.setup(task.control, task.threads, task.scratch);
kernels.work();
