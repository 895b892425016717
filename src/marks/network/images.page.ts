/** The slider through the images of a batch: the kernel answers for all but the one that the output carries. */
import type { Ask } from "../kit/ask";
import { part, setWords } from "../kit/drawing.page";
import { isRecord } from "../kit/check";
import { Latest } from "../kit/latest";
import { slider, Toolbar, type Slider } from "../kit/toolbar.page";
import { checkNetwork } from "./check";
import type { NetworkMark } from "./payload";

/** Milliseconds after which a kernel that has not answered is called busy. */
const PATIENCE = 150;

export class ImageSlider {
  readonly element = part("div", "rcp-Network-images");
  private readonly line = part("span", "rcp-Network-images-line");
  private readonly latest = new Latest<number, NetworkMark>((image) => this.fetch(image));
  /** What the output carries. */
  private carried: NetworkMark | undefined;
  private ask: Ask | undefined;
  private slider: Slider | undefined;
  private count = 0;
  /** The image that is shown, and the one that was chosen. */
  private shown = 0;
  private chosen = 0;
  /** Whether the kernel has been asked if it is there. */
  private isProbed = false;
  private patience: ReturnType<typeof setTimeout> | undefined;

  /** @param show draws what the network answers to another image */
  constructor(private readonly show: (mark: NetworkMark) => void) {
    this.line.setAttribute("role", "status");
    setWords(this.line, "");
    // A kernel that was not there may have been started.
    this.element.addEventListener("pointerenter", () => void this.probe());
  }

  /** Begins with the image of an output. */
  update(carried: NetworkMark, ask: Ask | undefined): void {
    this.carried = carried;
    this.ask = ask;
    const { images } = carried;
    this.element.hidden = images === undefined || images.count === 1;
    this.shown = this.chosen = images?.shown ?? 0;
    this.isProbed = false;
    this.expect(false);
    setWords(this.line, "");
    if (!images) return;
    if (images.count !== this.count || !this.slider) this.make(images.count);
    this.slider?.set(this.shown);
  }

  /** The image that is shown, where it is another one than the output's. */
  get other(): number | undefined {
    return this.shown === this.carried?.images?.shown || this.element.hidden ? undefined : this.shown;
  }

  /** Asks once whether the kernel is there, and again where it was not: without it the slider leads nowhere, and says why. */
  async probe(): Promise<void> {
    const { ask, slider: made } = this;
    if (this.element.hidden || !made || (this.isProbed && !made.control.disabled)) return;
    this.isProbed = true;
    try {
      if (!ask) throw new Error("This output carries one image alone. Run the cell again.");
      await ask("facts", {});
      if (made.control.disabled) setWords(this.line, "");
      made.control.disabled = false;
    } catch (error) {
      made.control.disabled = true;
      setWords(this.line, `Other images need the kernel. ${(error as Error).message}`);
    }
  }

  /** Goes to an image; the one before stays where the kernel does not answer. */
  async choose(image: number): Promise<void> {
    const { carried } = this;
    if (!carried?.images) return;
    this.chosen = image;
    this.slider?.set(image);
    try {
      if (image !== carried.images.shown) this.expect(true);
      else this.latest.clear();
      const mark = image === carried.images.shown ? carried : await this.latest.want(image);
      // Another image was chosen meanwhile, or the cell has run again.
      if (!mark || carried !== this.carried || image !== this.chosen) return;
      this.shown = image;
      this.expect(false);
      setWords(this.line, "");
      this.show(mark);
    } catch (error) {
      if (carried !== this.carried || image !== this.chosen) return;
      this.expect(false);
      this.chosen = this.shown;
      this.slider?.set(this.shown);
      setWords(this.line, (error as Error).message);
    }
  }

  dispose(): void {
    clearTimeout(this.patience);
    this.carried = undefined;
    this.latest.clear();
  }

  private make(count: number): void {
    const bar = new Toolbar("Images of the batch");
    this.count = count;
    this.slider = bar.add(
      slider({
        ...{ name: "Image", min: 0, max: count - 1, value: this.shown },
        words: (image) => `${image} (0 to ${count - 1})`,
        change: (image) => void this.choose(image),
      }),
    );
    bar.element.append(this.line);
    this.element.replaceChildren(bar.element);
  }

  private expect(isAsking: boolean): void {
    clearTimeout(this.patience);
    if (isAsking) this.patience = setTimeout(() => setWords(this.line, "The kernel is busy."), PATIENCE);
  }

  /** What the network answers to an image. @throws Error in one line where nobody answers, or not for this network */
  private async fetch(image: number): Promise<NetworkMark> {
    if (!this.ask) throw new Error("This output carries one image alone. Run the cell again.");
    const { content } = await this.ask("view", { from: image });
    const { marks } = content.view as { marks?: unknown };
    const mark: unknown = Array.isArray(marks) ? marks[0] : undefined;
    if (!isRecord(mark) || mark.mark !== "network" || checkNetwork(mark) !== undefined)
      throw new Error("The kernel's answer is for another network. Run the cell again.");
    return mark as unknown as NetworkMark;
  }
}
