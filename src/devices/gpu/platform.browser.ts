/** All that this device asks of a page: GPU.js from the bundle, and the browser's WebGPU and WebGL 2. */
import * as parser from "acorn";
import * as bundled from "gpu.js";
import type { Acorn, GpuJs, GpuJsBufferResult, GpuJsModule, GpuJsWebGpuContext, WebGpuApi } from "./gpujs";

interface Canvas {
  getContext(kind: "webgl2"): WebGl | null;
  addEventListener(event: string, listener: () => void): void;
}
interface WebGl {
  RENDERER: number;
  getExtension(name: string): { UNMASKED_RENDERER_WEBGL: number; loseContext(): void } | null;
  getParameter(name: number): string;
}
declare const OffscreenCanvas: (new (width: number, height: number) => Canvas) | undefined;
const page = globalThis as { navigator?: { gpu?: WebGpuApi }; isSecureContext?: boolean };

const modules = bundled as unknown as GpuJsModule & GpuJsWebGpuContext & GpuJsBufferResult;
export const gpuJs = (): GpuJsModule => modules;
export const acorn = (): Acorn => parser as unknown as Acorn;
export const bufferResult = (): GpuJsBufferResult["WebGPUBufferResult"] => modules.WebGPUBufferResult;

/** A page has no environment. */
export const environment = (_name: string): string | undefined => undefined;

export const glMode: "headlessgl" | "webgl2" = "webgl2";

/** The graphics card's name, as far as the browser tells. @throws Error if there is no WebGL 2 */
export function openGl(): string | null {
  const gl = typeof OffscreenCanvas === "undefined" ? null : new OffscreenCanvas(1, 1).getContext("webgl2");
  if (!gl) throw new Error("this browser has no WebGL 2");
  const name = gl.getExtension("WEBGL_debug_renderer_info")?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER;
  const renderer = gl.getParameter(name);
  gl.getExtension("WEBGL_lose_context")?.loseContext(); // browsers keep few contexts alive
  return renderer || null;
}

/** A context that is lost, because the card was reset or the page rests, reads back as zeros. */
export function onGlLost(gpu: GpuJs, lost: (reason: string) => void): void {
  (gpu.canvas as Canvas | undefined)?.addEventListener("webglcontextlost", () => lost("the WebGL context was lost"));
}

export function missingForWebGpu(): string | null {
  if (page.navigator?.gpu) return null;
  return page.isSecureContext ? "this browser has no WebGPU" : "browsers offer WebGPU on https and localhost alone";
}

/** The browser's WebGPU. @throws Error if a card was asked for by its name */
export function startWebGpuApi(adapter: string | null): WebGpuApi {
  if (adapter)
    throw new Error('a page cannot choose a graphics card by its name, only "high-performance" or "low-power"');
  return page.navigator!.gpu!;
}

/** What GPU.js shall see as `navigator.gpu` when it asks for its adapter. */
const offer: { api: object | null } = { api: null };

/** Sets what GPU.js gets when it asks for WebGPU. */
export function offerWebGpu(api: object): void {
  offer.api = api;
}

/** GPU.js asks at once; whatever else is on the page keeps the browser's own `navigator.gpu`. */
export const webGpuContext = (): GpuJsWebGpuContext["WebGPUContext"] => ({
  acquire: () =>
    offer.api ? offering(offer.api, () => modules.WebGPUContext.acquire()) : modules.WebGPUContext.acquire(),
  destroy: () => modules.WebGPUContext.destroy(),
});

function offering<T>(api: object, body: () => T): T {
  Object.defineProperty(page.navigator!, "gpu", { value: api, configurable: true });
  try {
    return body();
  } finally {
    delete page.navigator!.gpu; // the browser's own is the prototype's
  }
}

/** Runs `body` with a `navigator.gpu` at least for show, so that GPU.js translates to WGSL where there is no WebGPU. */
export const offeringWebGpu = <T>(body: () => T): T =>
  page.navigator?.gpu ? body() : offering({ requestAdapter: () => Promise.resolve(null) }, body);
