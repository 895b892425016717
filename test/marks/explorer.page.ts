/** A network's drawing in a page of its own, opened by its links; the kernel's part is played by the test. */
import { NetworkDrawing, type NetworkPlace } from "../../src/marks/network/draw.page";
import { checkView } from "../../src/marks/check";
import type { Ask } from "../../src/marks/kit/ask";
import type { NetworkMark } from "../../src/marks/network/payload";

interface Answered {
  content: object;
  floats: number[][];
  error?: string;
}
declare global {
  interface Window {
    answer?(question: object): Promise<Answered>;
  }
}

const ask = (async (name: string, question: object) => {
  const { content, floats, error } = (await window.answer?.({ ask: name, ...question })) as Answered;
  if (error !== undefined) throw new Error(error);
  return { content, floats: floats.map((numbers) => Float32Array.from(numbers)) };
}) as Ask;

let drawing: NetworkDrawing | undefined;

/** Draws the network of a view; milliseconds until it was drawn. */
function explore(data: unknown, width: number, withKernel: boolean, dark = false): number {
  const view = checkView(data);
  if (typeof view === "string") throw new Error(view);
  drawing?.dispose();
  const began = performance.now();
  drawing = new NetworkDrawing();
  const frame = document.createElement("div");
  frame.className = "rcp-View";
  frame.append(drawing.element);
  document.body.replaceChildren(frame);
  drawing.update(view.marks[0] as NetworkMark, { title: view.title, place: 0, ...(withKernel ? { ask } : {}) });
  const light = { text: "#212121", muted: "#616161", border: "#949494", faint: "#e0e0e0", surface: "#fff" };
  const night = { text: "#e0e0e0", muted: "#a8a8a8", border: "#757575", faint: "#333", surface: "#111" };
  drawing.draw({
    theme: { ...(dark ? night : light), font: "sans-serif", accent: dark ? "#42a5f5" : "#1565c0", dark },
    width,
    fill: false,
    pixelRatio: devicePixelRatio,
  });
  return performance.now() - began;
}

Object.assign(window, {
  explore,
  openPlace: (place: NetworkPlace) => drawing?.open(place),
  place: () => drawing?.place,
  picture: () => drawing?.picture({ title: "Net" }),
  state: () => drawing?.state(),
  restore: (state: Parameters<NetworkDrawing["restore"]>[0]) => drawing?.restore(state),
});
