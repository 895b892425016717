/** Fields for the size of a network's input, and for how its numbers were normalised. */
import { part } from "../../../../src/marks/kit/drawing.page";
import type { ObjectFacts } from "../../../../src/protocol";
import { asImage } from "../words";
import { readNumbers, type Preparation } from "./prepare";

/** Pixels a side at most: more than any network of a notebook reads. */
const MOST = 1024;

let counted = 0;

export class PreparationFields {
  readonly element = part("details", "rcp-Preparation");
  private readonly channels = field("Channels", "1");
  private readonly height = field("Height", "28");
  private readonly width = field("Width", "28");
  private readonly mean = field("Mean", "0");
  private readonly std = field("Std", "1");
  private readonly inverted = part("input", "");

  /** @param changed called when a field holds something else that can be read */
  constructor(changed: () => void) {
    const summary = part("summary", "");
    summary.textContent = "Size and normalisation";
    this.inverted.type = "checkbox";
    const invert = part("label", "rcp-Labelled");
    invert.append(this.inverted, " Dark on light: invert");
    const fields = [this.channels, this.height, this.width, this.mean, this.std];
    const note = part("div", "rcp-Preparation-note");
    note.textContent = "The network reads (pixel − mean) / std, pixels from 0 to 1; one number, or one a channel.";
    const row = part("div", "rcp-Preparation-fields");
    row.append(...fields.map(({ element }) => element));
    this.element.append(summary, row, invert, note);
    for (const { input } of fields)
      input.addEventListener("change", () => {
        this.check();
        changed();
      });
    this.inverted.addEventListener("change", changed);
  }

  /** Fills the fields with what is known of a network and of the data set that it learns. */
  fill(input: ObjectFacts["input"], data: Pick<ObjectFacts, "mean" | "std">): void {
    const image = asImage(input);
    if (image) [this.channels, this.height, this.width].forEach((each, i) => (each.input.value = `${image[i]}`));
    else this.element.open = true;
    this.mean.input.value = data.mean?.join(", ") ?? "0";
    this.std.input.value = data.std?.join(", ") ?? "1";
  }

  /** [channels,height,width]. */
  get shape(): [number, number, number] {
    const side = (text: string): number => Math.max(1, Math.min(MOST, Math.round(Number(text)) || 28));
    return [
      Number(this.channels.input.value) === 3 ? 3 : 1,
      side(this.height.input.value),
      side(this.width.input.value),
    ];
  }

  get how(): Preparation {
    const [channels] = this.shape;
    const std = readNumbers(this.std.input.value, channels);
    return {
      mean: readNumbers(this.mean.input.value, channels) ?? [0],
      std: std && std.every((each) => each !== 0) ? std : [1],
      inverted: this.inverted.checked,
    };
  }

  /** A field that cannot be read says so; what it stands for meanwhile is its default. */
  private check(): void {
    const [channels] = this.shape;
    const wrong = (input: HTMLInputElement, isWrong: boolean): void => {
      input.setAttribute("aria-invalid", String(isWrong));
      input.title = isWrong ? "Write one number, or one a channel with commas between" : "";
    };
    wrong(this.mean.input, readNumbers(this.mean.input.value, channels) === undefined);
    wrong(this.std.input, !readNumbers(this.std.input.value, channels)?.every((each) => each !== 0));
  }
}

function field(words: string, value: string): { element: HTMLElement; input: HTMLInputElement } {
  const element = part("label", "rcp-Labelled");
  const input = part("input", "rcp-Entry");
  input.id = `rcp-field-${++counted}`;
  input.value = value;
  input.size = 6;
  input.spellcheck = false;
  element.append(words, input);
  return { element, input };
}
