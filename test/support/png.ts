/** Reads the screenshots of Chromium: 8 bits a channel, RGB or RGBA, not interlaced. */
import { inflateSync } from "node:zlib";

export type Pixel = [red: number, green: number, blue: number];

export interface Picture {
  width: number;
  height: number;
  at(x: number, y: number): Pixel;
}

export function readPng(file: Buffer): Picture {
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const channels = { 2: 3, 6: 4 }[file[25]];
  if (file[24] !== 8 || channels === undefined || file[28] !== 0) {
    throw new Error(`png: only 8-bit RGB and RGBA pictures are read here (depth ${file[24]}, type ${file[25]}).`);
  }
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    const length = file.readUInt32BE(at);
    if (file.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(file.subarray(at + 8, at + 8 + length));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const bytes = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let i = 0; i < stride; i++) {
      const left = i >= channels ? bytes[y * stride + i - channels] : 0;
      const above = y > 0 ? bytes[(y - 1) * stride + i] : 0;
      const corner = y > 0 && i >= channels ? bytes[(y - 1) * stride + i - channels] : 0;
      bytes[y * stride + i] = raw[y * (stride + 1) + 1 + i] + predicted(filter, left, above, corner);
    }
  }
  return {
    width,
    height,
    at: (x, y) => {
      const at = Math.floor(y) * stride + Math.floor(x) * channels;
      return [bytes[at], bytes[at + 1], bytes[at + 2]];
    },
  };
}

/** What a row's filter makes of a byte's neighbours. */
function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4:
      return paeth(left, above, corner);
    default:
      return 0;
  }
}

/** PNG's predictor: whichever neighbour is nearest to left + above - corner. */
function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

/** How far two colours lie apart in their worst channel. */
export function distance(a: Pixel, b: readonly number[]): number {
  return Math.max(...a.map((value, channel) => Math.abs(value - b[channel])));
}

/** How many pixels of a picture are (nearly) of a colour. */
export function countColour(picture: Picture, colour: readonly number[], tolerance = 40): number {
  let count = 0;
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      if (distance(picture.at(x, y), colour) <= tolerance) count++;
    }
  }
  return count;
}

/** How many different colours there are: 1 in a blank picture. */
export function countDistinct(picture: Picture): number {
  const seen = new Set<string>();
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) seen.add(picture.at(x, y).join());
  }
  return seen.size;
}
