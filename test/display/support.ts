import { inflateSync } from "node:zlib";
import { alone, type GridMark, type View } from "../../src/marks";
import { pictureLayout } from "../../src/marks/grid/paint";
import { tileOrigin } from "../../src/marks/kit/layout";
import {
  DISPLAY,
  NOTEBOOK,
  RECEPTIVE_MIME,
  type InspectHandler,
  type MimeBundle,
  type NotebookHost,
} from "../../src/protocol";

export interface DecodedPng {
  width: number;
  height: number;
  /** 0 grey, 2 RGB, 3 palette, 6 RGBA. */
  colourType: number;
  chunks: string[];
  /** Red, green, blue, alpha. */
  at(x: number, y: number): number[];
}

/** Reads the PNG files that we write: 8 bits, filters None and Up. @throws Error if a checksum or length is wrong */
export function decodePng(file: Uint8Array): DecodedPng {
  const bytes = Buffer.from(file);
  const parts: Record<string, Buffer> = {};
  const chunks: string[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    if (bytes.readUInt32BE(at + 8 + length) !== checksum(bytes.subarray(at + 4, at + 8 + length)))
      throw new Error(`decodePng: the checksum of ${type} is wrong`);
    chunks.push(type);
    parts[type] = Buffer.concat([parts[type] ?? Buffer.alloc(0), bytes.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  const { IHDR, IDAT, PLTE, tRNS } = parts;
  const [width, height, colourType] = [IHDR.readUInt32BE(0), IHDR.readUInt32BE(4), IHDR[9]];
  const channels = { 0: 1, 2: 3, 3: 1, 6: 4 }[colourType] ?? 0;
  const raw = inflateSync(IDAT);
  const stride = width * channels;
  if (raw.length !== height * (stride + 1)) throw new Error(`decodePng: ${raw.length} bytes of pixels`);
  const pixels = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    if (filter !== 0 && filter !== 2) throw new Error(`decodePng: filter ${filter}`);
    for (let i = 0; i < stride; i++)
      pixels[y * stride + i] =
        raw[y * (stride + 1) + 1 + i] + (filter === 2 && y > 0 ? pixels[(y - 1) * stride + i] : 0);
  }
  const at = (x: number, y: number): number[] => {
    const start = y * stride + x * channels;
    const own = [...pixels.subarray(start, start + channels)];
    if (colourType === 0) return [own[0], own[0], own[0], 255];
    if (colourType === 3) return [...PLTE.subarray(own[0] * 3, own[0] * 3 + 3), tRNS?.[own[0]] ?? 255];
    return colourType === 2 ? [...own, 255] : own;
  };
  return { width, height, colourType, chunks, at };
}

/** CRC-32 bit by bit, written apart from the encoder's table. */
function checksum(bytes: Uint8Array): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

/** The bundle of something displayable, after the trip through JSON that every output makes. */
export async function bundleOf(value: object): Promise<MimeBundle> {
  const own = (value as { [DISPLAY](): MimeBundle | Promise<MimeBundle> })[DISPLAY]();
  return JSON.parse(JSON.stringify(await own)) as MimeBundle;
}

export async function viewOf(value: object): Promise<View> {
  return (await bundleOf(value))[RECEPTIVE_MIME] as View;
}

/** The grid of a bundle or of something displayable, with the title of its view. @throws Error if there are other marks */
export async function gridOf(value: object): Promise<GridMark> {
  const bundle = RECEPTIVE_MIME in value ? (value as MimeBundle) : await bundleOf(value);
  const mark = alone(bundle[RECEPTIVE_MIME] as View);
  if (mark?.mark !== "grid") throw new Error("gridOf: the view is not one grid");
  return mark;
}

/** The colour of a tensor's pixel in the picture of a bundle, in the middle of where it is drawn. */
export async function pictureColour(bundle: MimeBundle, tile: number, row: number, column: number): Promise<number[]> {
  const { top, layout } = pictureLayout(await gridOf(bundle));
  const { x, y } = tileOrigin(layout, tile);
  const middle = (at: number) => Math.floor((at + 0.5) * layout.scale);
  return pngOf(bundle).at(x + middle(column), top + y + middle(row));
}

export const pngOf = (bundle: MimeBundle): DecodedPng =>
  decodePng(Buffer.from(bundle["image/png"] as string, "base64"));

/** The numbers that a grid's bytes stand for, plane by plane. */
export function unpack({ pixels }: GridMark): number[][] {
  const size = pixels.height * pixels.width;
  const bytes = Buffer.from(pixels.bytes, "base64");
  return Array.from({ length: pixels.planes }, (_, plane) => {
    const [min, max] = pixels.ranges[pixels.ranges.length === 1 ? 0 : plane];
    return Array.from(bytes.subarray(plane * size, (plane + 1) * size), (byte) => min + (byte * (max - min)) / 255);
  });
}

export interface Shown {
  bundle: MimeBundle;
  displayId?: string;
  update?: boolean;
  at: number;
}

/** Cells of a notebook that is only played. */
export interface Cells {
  /** Ends the cell that runs, and begins the next one. */
  end(failed?: boolean): void;
  /** Asks to run the cell again, which waits for its end. */
  again(): void;
}

/** Runs `body` inside a notebook that notes what is displayed, and who may be asked. */
export async function inNotebook(
  body: (shown: Shown[], asked: ReadonlyMap<string, InspectHandler>, cells: Cells) => void | Promise<void>,
): Promise<void> {
  let cell = {};
  let endings: ((failed: boolean) => void)[] = [];
  const replacements: (() => void)[] = [];
  const cells: Cells = {
    end: (failed = false) => {
      const waiting = endings;
      endings = [];
      for (const ending of waiting) ending(failed);
      cell = {};
    },
    again: () => {
      for (const callback of replacements.splice(0)) callback();
    },
  };
  const handlers = new Map<string, InspectHandler>();
  const shown: Shown[] = [];
  const host: NotebookHost = {
    display: (bundle, options) => shown.push({ bundle, ...options, at: performance.now() }),
    register: (id, answer) => void handlers.set(id, answer),
    unregister: (id) => void handlers.delete(id),
    checkInterrupt: () => undefined,
    breaks: 0,
    get cell() {
      return cell;
    },
    onCellEnd: (callback) => void endings.push(callback),
    onCellReplaced: (callback) => void replacements.push(callback),
  };
  const holder = globalThis as { [NOTEBOOK]?: NotebookHost };
  const before = holder[NOTEBOOK];
  holder[NOTEBOOK] = host;
  try {
    await body(shown, handlers, cells);
  } finally {
    if (before) holder[NOTEBOOK] = before;
    else delete holder[NOTEBOOK];
  }
}
