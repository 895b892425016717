import { DISPLAY } from "../../../src/protocol";
import { QUIET, withoutTags } from "../../output/mime";
import { lineOf, textOf } from "../../output/valueText";
import { fromBase64, uuid } from "../../platform";
import type { CellParts } from "./parts";

/** An output that can be replaced in place. */
export interface DisplayHandle {
  readonly id: string;
  /** Shows another value where this one was shown; of `display.html` another HTML text, and so on. */
  update(value: unknown): void;
}

export interface DisplayOptions {
  /** Outputs of one id change together. Default: an id of its own. */
  id?: string;
}

export interface Display {
  /** Shows a value below the cell, as its last expression would be shown. */
  (value: unknown, options?: DisplayOptions): DisplayHandle;
  html(html: string, options?: DisplayOptions): DisplayHandle;
  markdown(text: string, options?: DisplayOptions): DisplayHandle;
  /** A formula with its delimiters: `$\alpha$`. */
  latex(text: string, options?: DisplayOptions): DisplayHandle;
  svg(svg: string, options?: DisplayOptions): DisplayHandle;
  /** The bytes of a PNG file, or their base64. */
  png(image: Uint8Array | string, options?: DisplayOptions): DisplayHandle;
  jpeg(image: Uint8Array | string, options?: DisplayOptions): DisplayHandle;
  /** A value that JupyterLab shows as a tree. */
  json(value: unknown, options?: DisplayOptions): DisplayHandle;
}

declare global {
  /** Shows values below the cell: `display(x)`, `display.html("<b>x</b>")`, `display.markdown(...)`. */
  const display: Display;
}

/** A display handle is a value that shows nothing when it is the last one of a cell. */
class Handle implements DisplayHandle {
  readonly #showAgain: (value: unknown) => void;
  constructor(
    readonly id: string,
    showAgain: (value: unknown) => void,
  ) {
    this.#showAgain = showAgain;
    Object.defineProperty(this, QUIET, { value: true });
  }

  update(value: unknown): void {
    this.#showAgain(value);
  }
}

export function display(cell: CellParts): Display {
  const show = (wrap: (value: unknown) => unknown, value: unknown, options: DisplayOptions): DisplayHandle => {
    const id = options.id ?? uuid();
    cell.showAt(wrap(value), id, false);
    return new Handle(id, (next) => cell.showAt(wrap(next), id, true));
  };
  const kind =
    <T>(bundle: (value: T) => Record<string, unknown>) =>
    (value: T, options: DisplayOptions = {}): DisplayHandle => {
      const wrap = (next: unknown): unknown => {
        const made = bundle(next as T);
        return { [DISPLAY]: () => made };
      };
      return show(wrap, value, options);
    };

  return Object.assign((value: unknown, options: DisplayOptions = {}) => show((same) => same, value, options), {
    html: kind((html: string) => ({
      "text/html": checkText("html", html),
      "text/plain": withoutTags(html),
    })),
    markdown: kind((text: string) => ({
      "text/markdown": checkText("markdown", text),
      "text/plain": text,
    })),
    latex: kind((text: string) => ({ "text/latex": checkText("latex", text), "text/plain": text })),
    svg: kind((svg: string) => ({ "image/svg+xml": checkText("svg", svg), "text/plain": "[SVG image]" })),
    png: kind((image: Uint8Array | string) => imageBundle("png", image)),
    jpeg: kind((image: Uint8Array | string) => imageBundle("jpeg", image)),
    json: kind((value: unknown) => ({ "application/json": value, "text/plain": textOf(value) })),
  });
}

function checkText(kind: string, text: unknown): string {
  if (typeof text === "string") return text;
  throw new TypeError(`display.${kind}: expected a string, got ${lineOf(text)}. Use display(value) for values.`);
}

const FIRST_BYTES = { png: [0x89, 0x50, 0x4e, 0x47], jpeg: [0xff, 0xd8, 0xff] };

function imageBundle(kind: "png" | "jpeg", image: unknown): Record<string, unknown> {
  const isBytes = image instanceof Uint8Array;
  if (!isBytes && typeof image !== "string") {
    throw new TypeError(
      `display.${kind}: expected the bytes of a file or their base64, got ${lineOf(image)}. ` +
        `Read a file with fs.readFileSync(path).`,
    );
  }
  const bytes = isBytes ? image : fromBase64(image.slice(0, 16));
  if (!FIRST_BYTES[kind].every((byte, i) => bytes[i] === byte)) {
    throw new TypeError(`display.${kind}: these bytes are no ${kind.toUpperCase()} file (${lineOf(bytes)}).`);
  }
  const size = isBytes ? image.length : (image.length * 3) / 4;
  const plain = `[${kind.toUpperCase()} image, ${Math.ceil(size / 1024)} kB]`;
  return { [`image/${kind}`]: image, "text/plain": plain };
}
