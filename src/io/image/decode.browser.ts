/** Images out of bytes, in a page, which decodes what the browser can show. */
import { DataError } from "../../errors";
import { otherThan } from "../../fileKind";
import { has } from "../../fileKind/bytes";
import { readNetpbm } from "./netpbm";
import type { Pixels } from "./pixels";

interface Bitmap {
  width: number;
  height: number;
}
interface Canvas {
  getContext(kind: "2d"): {
    drawImage(image: Bitmap, x: number, y: number): void;
    getImageData(x: number, y: number, width: number, height: number): { data: Uint8ClampedArray };
  } | null;
}
interface Page {
  createImageBitmap?(blob: Blob, options: Record<string, string>): Promise<Bitmap>;
  OffscreenCanvas?: new (width: number, height: number) => Canvas;
}

/** The pixels of an image as RGB, or RGB and alpha if some pixel is not opaque. @throws DataError */
export async function decodeImage(caller: string, source: string | Uint8Array): Promise<Pixels> {
  if (typeof source === "string")
    throw new DataError(
      `${caller}: a page in a browser cannot open ${source}. ` +
        `Give its bytes: new Uint8Array(await (await fetch(${JSON.stringify(source)})).arrayBuffer()).`,
    );
  try {
    return readNetpbm(source) ?? (await withCanvas(source));
  } catch (error) {
    const other = otherThan("image", source, "the array given");
    if (other) throw new DataError(`${caller}: the array given ${other}`);
    throw new DataError(
      `${caller}: the array given cannot be read as an image, ${(error as Error).message}. Replace the file.`,
    );
  }
}

async function withCanvas(bytes: Uint8Array): Promise<Pixels> {
  const { createImageBitmap, OffscreenCanvas } = globalThis as Page;
  if (!createImageBitmap || !OffscreenCanvas) throw new Error("this browser has no OffscreenCanvas");
  // As the bytes have it: neither by a colour profile, nor darkened by alpha.
  const options = { colorSpaceConversion: "none", premultiplyAlpha: "none" };
  const bitmap = await createImageBitmap(new Blob([withoutRotation(bytes)]), options);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (!context) throw new Error("this browser gives no canvas");
  context.drawImage(bitmap, 0, 0);
  const rgba = new Uint8Array(context.getImageData(0, 0, width, height).data.buffer);
  let opaque = true;
  for (let i = 3; i < rgba.length; i += 4) opaque &&= rgba[i] === 255;
  if (!opaque) return { data: rgba, width, height, channels: 4 };
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4, to += 3) data.set(rgba.subarray(from, from + 3), to);
  return { data, width, height, channels: 3 };
}

/** A copy without what a camera says of its rotation, which browsers apply unasked: its mark becomes one that nobody knows. */
function withoutRotation(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  const mark = has(copy, [0xff, 0xd8]) ? "Exif\0\0" : has(copy, "RIFF") ? "EXIF" : "eXIf";
  for (let at = 0; at + mark.length <= copy.length; at++)
    if (copy[at] === mark.charCodeAt(0) && has(copy, mark, at)) {
      copy[at + 3]++;
      break;
    }
  return copy;
}
