/** Images out of files; `decode.browser.ts` stands for this in a page. */
import { readFile } from "node:fs/promises";
import type Sharp from "sharp";
import { DataError } from "../../errors";
import { otherThan } from "../../fileKind";
import { neededPackage } from "../../optionalPackage";
import { readBmp } from "./bmp";
import { readNetpbm } from "./netpbm";
import { fromCmyk, withChannels, type Pixels } from "./pixels";

/**
 * The pixels of an image file as PIL reads them: its own channels and depth, the first frame, as it lies (a camera's rotation
 * is not applied, but TIFF's is), without colour profiles; CMYK becomes RGB.
 * @param caller begins messages: "readImage"
 * @throws DataError that names the file if it cannot be read, is no image, or is one that needs the package sharp and there
 * is none: all but BMP and Netpbm do
 */
export async function decodeImage(caller: string, source: string | Uint8Array): Promise<Pixels> {
  const name = typeof source === "string" ? source : "the array given";
  let bytes: Uint8Array;
  try {
    bytes = typeof source === "string" ? await readFile(source) : source;
  } catch (error) {
    throw new DataError(
      `${caller}: ${name} cannot be read, ${(error as Error).message}. Check the path; it is relative to ${process.cwd()}.`,
    );
  }
  const broken = (error: unknown): DataError =>
    new DataError(
      `${caller}: ${name} cannot be read as an image, ${(error as Error).message}. Replace or remove the file.`,
    );
  let simple: Pixels | null;
  try {
    simple = readNetpbm(bytes) ?? readBmp(bytes);
  } catch (error) {
    throw broken(error);
  }
  if (simple) return simple;
  const other = (): DataError | null => {
    const words = otherThan("image", bytes, name);
    return words === null ? null : new DataError(`${caller}: ${name} ${words}`);
  };
  let sharp: typeof Sharp;
  try {
    // Loaded with the first image: most programs read none.
    sharp = neededPackage("sharp", `${caller}: reading ${name}`);
  } catch (error) {
    throw other() ?? error;
  }
  return withSharp(sharp, bytes).catch((error: unknown) => {
    throw other() ?? broken(error);
  });
}

async function withSharp(sharp: typeof Sharp, bytes: Uint8Array): Promise<Pixels> {
  // What is wrong with a file but does not harm its pixels is no error, as with PIL.
  const image = sharp(bytes, { failOn: "error", ignoreIcc: true });
  const { space, depth, format, hasAlpha } = await image.metadata();
  // The colour library never comes back from Lab; PIL refuses it, too.
  if (space === "lab" || space === "labs") throw new Error("its colours are CIE Lab, which is not converted");
  if (space === "cmyk") {
    const { data, info } = await image
      .pipelineColourspace("cmyk")
      .toColourspace("cmyk")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return fromCmyk({ data, width: info.width, height: info.height, channels: 3 }, info.channels);
  }
  const wide = depth === "ushort";
  const grey = space === "b-w" || space === "grey16";
  // Grey alone would come without its alpha.
  const plain = grey && !hasAlpha;
  const upright = format === "tiff" ? image.rotate() : image;
  const { data, info } = await upright
    .toColourspace(plain ? (wide ? "grey16" : "b-w") : wide ? "rgb16" : "srgb")
    .raw({ depth: wide ? "ushort" : "uchar" })
    .toBuffer({ resolveWithObject: true });
  const numbers = wide ? new Uint16Array(new Uint8Array(data).buffer) : data;
  const pixels = { data: numbers, width: info.width, height: info.height, channels: info.channels };
  return grey && hasAlpha ? withChannels(pixels, 2) : pixels;
}
