/** What a network runs on: an image of the notebook, one from disk, or one that is drawn. */
import { part, setWords } from "../../../../src/marks/kit/drawing.page";
import { button, choice, Toolbar, type Control } from "../../../../src/marks/kit/toolbar.page";
import type { ObjectFacts, Questions } from "../../../../src/protocol";
import type { Entry } from "../variables";
import { DrawingPad } from "./pad";
import { readPicture } from "./pictureFile";
import { fromGrey, fromRgba } from "./prepare";
import { PreparationFields } from "./preparation";
import { Preview } from "./preview";

/** An object of the notebook that has images. */
export interface Source {
  entry: Entry;
  facts: ObjectFacts;
}
export interface Asked {
  question: Questions["view"]["ask"];
  floats: [] | [Float32Array];
}

const DRAW = "draw";
const FILE = "file";
const plain = { mean: [0], std: [1], inverted: false };

export class NetworkInput {
  readonly element = part("div", "rcp-Input");
  private readonly bar = new Toolbar("Input of the network");
  private source: Control<HTMLSelectElement>;
  private readonly index = part("input", "rcp-Entry");
  private readonly previous = button("‹", "Previous image", () => this.step(-1));
  private readonly next = button("›", "Next image", () => this.step(1));
  private readonly pad = new DrawingPad(() => this.onDrawn());
  private readonly preview = new Preview();
  private readonly fields = new PreparationFields(() => void this.prepare());
  private readonly chooser = part("div", "rcp-Input-file");
  private readonly line = part("div", "rcp-Message");
  private readonly hint = part("div", "rcp-Input-hint");
  private sources: readonly Source[] = [];
  private file: Blob | undefined;
  /** What the network reads of the pad or the file. */
  private floats: Float32Array | undefined;
  private wasFilled = false;

  /** @param changed called when the network is to run on something else */
  constructor(private readonly changed: () => void) {
    this.source = this.bar.add(choice("Input", [[DRAW, "a drawing"]], DRAW, () => this.onSource()));
    this.bar.add(this.previous);
    this.index.type = "number";
    this.index.min = "0";
    this.index.setAttribute("aria-label", "Number of the image");
    this.index.addEventListener("change", () => this.step(0));
    this.bar.add({ element: this.index, control: this.index });
    this.bar.add(this.next);
    this.buildChooser();
    this.line.setAttribute("role", "status");
    setWords(this.line, "");
    this.hint.textContent = "Draw here, with mouse, pen or finger.";
    const drawn = part("div", "rcp-Input-drawn");
    drawn.append(this.pad.element, this.chooser, this.preview.element, this.hint);
    this.element.append(this.bar.element, drawn, this.line, this.fields.element);
    this.element.addEventListener("dragover", (event) => event.preventDefault());
    this.element.addEventListener("drop", (event) => this.onDrop(event));
  }

  /** Takes what is known of the network, and which objects have images. The first of them whose images fit is shown first. */
  update(network: ObjectFacts, sources: readonly Source[]): void {
    const before = this.source.control.value;
    this.sources = sources;
    const options = [
      ...sources.map(({ entry }) => [entry.name, entry.name] as const),
      [DRAW, "a drawing"] as const,
      [FILE, "a picture file"] as const,
    ];
    this.source.control.replaceChildren(
      ...options.map(([value, words]) => {
        const option = part("option", "");
        [option.value, option.textContent] = [value, words];
        return option;
      }),
    );
    const fitting = sources.find(({ facts }) => sizeOf(facts.input) === sizeOf(network.input));
    const kept = this.wasFilled && options.some(([value]) => value === before);
    this.source.control.value = kept ? before : (fitting?.entry.name ?? DRAW);
    if (!this.wasFilled) {
      const normalised = sources.find(({ facts }) => facts.mean && facts.std)?.facts ?? {};
      this.fields.fill(network.input ?? sources[0]?.facts.input, normalised);
    }
    this.wasFilled = true;
    this.arrange();
    void this.prepare(false);
  }

  /** What to ask; undefined while nothing is drawn or chosen. */
  get asked(): Asked | undefined {
    const source = this.chosen;
    if (source) return { question: { input: { id: source.entry.id, index: this.at } }, floats: [] };
    return this.floats && { question: { input: { shape: this.fields.shape } }, floats: [this.floats] };
  }

  /** Whether the reader has drawn what the network runs on. */
  get isDrawing(): boolean {
    return this.source.control.value === DRAW && !this.pad.isEmpty;
  }

  /** Names of the classes, as far as a data set says them. */
  classes(count: number): readonly string[] | undefined {
    const all = [this.chosen, ...this.sources].map((source) => source?.facts.classes);
    return all.find((classes) => classes?.length === count);
  }

  private get chosen(): Source | undefined {
    return this.sources.find(({ entry }) => entry.name === this.source.control.value);
  }

  private get at(): number {
    const last = Math.max(0, (this.chosen?.facts.length ?? 1) - 1);
    return Math.max(0, Math.min(last, Math.round(Number(this.index.value)) || 0));
  }

  private step(by: number): void {
    this.index.value = `${this.at + by}`;
    this.index.value = `${this.at}`;
    this.changed();
  }

  private onSource(): void {
    this.arrange();
    void this.prepare();
  }

  /** Shows the controls of the chosen source. */
  private arrange(): void {
    const { chosen } = this;
    const { value } = this.source.control;
    for (const control of [this.previous.element, this.index, this.next.element]) control.hidden = !chosen;
    if (chosen) {
      this.index.max = `${Math.max(0, (chosen.facts.length ?? 1) - 1)}`;
      this.index.value = `${this.at}`;
    }
    this.pad.element.hidden = value !== DRAW;
    this.chooser.hidden = value !== FILE;
    this.preview.element.hidden = this.fields.element.hidden = !!chosen;
    this.hint.hidden = value !== DRAW;
    this.placeHint();
    setWords(this.line, "");
  }

  /** The hint keeps its place: the pad must not move under the pen. */
  private placeHint(): void {
    this.hint.style.visibility = this.pad.isEmpty ? "" : "hidden";
  }

  private onDrawn(): void {
    // A picture that is drawn while another is shown: the reader wants to see the drawing.
    this.source.control.value = DRAW;
    void this.prepare();
  }

  /** Makes the numbers that the network reads, and asks for it. */
  private async prepare(ask = true): Promise<void> {
    const { value } = this.source.control;
    const { shape, how } = this.fields;
    const [channels, height, width] = shape;
    try {
      if (value === DRAW) {
        const grey = this.pad.pixels(height, width);
        this.preview.show(fromGrey(grey, channels, { ...plain, inverted: how.inverted }), shape);
        // Of no drawing there is no answer: ten bars of an empty pad would look like one.
        this.floats = this.pad.isEmpty ? undefined : fromGrey(grey, channels, how);
        this.placeHint();
      } else if (value === FILE) {
        this.floats = undefined;
        if (!this.file) return;
        const rgba = await readPicture(this.file, height, width);
        this.preview.show(fromRgba(rgba, channels, { ...plain, inverted: how.inverted }), shape);
        this.floats = fromRgba(rgba, channels, how);
      }
      setWords(this.line, "");
    } catch (error) {
      return setWords(this.line, error instanceof Error ? error.message : String(error));
    }
    if (ask) this.changed();
  }

  private buildChooser(): void {
    const file = part("input", "rcp-Visually-hidden");
    file.type = "file";
    file.accept = "image/*";
    file.tabIndex = -1;
    file.addEventListener("change", () => this.take(file.files?.[0]));
    const press = button("Choose a picture", "Choose a picture from disk", () => file.click());
    const words = part("span", "rcp-Input-hint");
    words.textContent = "or drop one here";
    this.chooser.append(press.element, words, file);
  }

  private onDrop(event: DragEvent): void {
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    this.take(file);
  }

  private take(file: Blob | undefined): void {
    if (!file) return;
    this.file = file;
    this.source.control.value = FILE;
    this.onSource();
  }
}

const sizeOf = (shape: readonly number[] | undefined): number => (shape ?? [0]).reduce((a, b) => a * b, 1);
