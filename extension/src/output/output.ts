/** What an output shows on the page, drawn once it is in sight, and again whenever content, width or theme change. */
import { part, setWords, type Drawing } from "../../../src/marks/kit/drawing.page";
import { askAbout } from "../kernel/askAbout";
import type { KernelConnection } from "../kernel/connection";
import type { Content } from "./content";
import { whenInSight } from "./inSight";
import { addLive } from "./live";
import { messageElement } from "./message";
import { readTheme } from "./theme";

/** A part on the page. */
interface Drawn {
  kind: string;
  drawing: Drawing<unknown>;
}

export class Output {
  private readonly title = part("div", "rcp-View-title");
  private readonly subtitle = part("div", "rcp-View-subtitle");
  private readonly parts = part("div", "rcp-View-parts");
  private drawn: Drawn[] = [];
  /** Counts updates, because one may come while the code that draws the former is being loaded. */
  private updates = 0;
  private isInSight = false;
  private isDisposed = false;
  /** CSS pixels; 0 until the page has laid the output out. */
  private width = 0;
  /** What was saved beside the content for other programs. */
  private picture: unknown;
  private readonly removeLive = addLive({ repaint: () => this.draw() });
  /** Reports the first real width too, and nothing while JupyterLab has taken the output off the page. */
  private readonly sizes = new ResizeObserver(() => this.onSize());
  private readonly stopWatching: () => void;

  /** @param kernel the connection to the kernel of the notebook in which the output lies, if it has one now */
  constructor(
    private readonly element: HTMLElement,
    private readonly kernel: () => KernelConnection | undefined,
  ) {
    this.sizes.observe(this.parts);
    this.stopWatching = whenInSight(element, () => {
      this.isInSight = true;
      this.draw();
    });
  }

  /** Shows content in place of the former, or the line that says why there is none, with the picture saved beside it. */
  async update(content: Content | string, picture?: unknown): Promise<void> {
    const number = ++this.updates;
    this.picture = picture;
    if (typeof content === "string") return this.say(content);
    try {
      const kinds = await Promise.all(content.parts.map(({ load }) => load()));
      if (number === this.updates && !this.isDisposed) this.show(content, kinds);
    } catch (error) {
      this.fail(error);
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.sizes.disconnect();
    this.stopWatching();
    this.removeLive();
    this.clear();
  }

  /** Gives each part its drawing, the one from before where that is of the same kind, so that nothing flickers. */
  private show({ title, subtitle, inspect, parts }: Content, kinds: (new () => Drawing<unknown>)[]): void {
    const before = this.drawn;
    this.drawn = parts.map(({ kind }, i) => (before[i]?.kind === kind ? before[i] : { kind, drawing: new kinds[i]() }));
    for (const old of before) if (!this.drawn.includes(old)) old.drawing.dispose();
    const ask = inspect === undefined ? {} : { ask: askAbout(inspect, this.kernel) };
    this.drawn.forEach(({ drawing }, place) => drawing.update(parts[place].payload, { title, place, ...ask }));
    setWords(this.title, title);
    setWords(this.subtitle, subtitle);
    const elements = this.drawn.map(({ drawing }) => drawing.element);
    const { children } = this.parts;
    // An element that is put in its own place again loses the focus.
    if (children.length !== elements.length || elements.some((element, i) => children[i] !== element))
      this.parts.replaceChildren(...elements);
    if (this.parts.parentNode !== this.element) this.element.replaceChildren(this.title, this.subtitle, this.parts);
    this.width = this.parts.clientWidth;
    this.draw();
  }

  private onSize(): void {
    const width = this.parts.clientWidth;
    if (width === this.width) return;
    this.width = width;
    this.draw();
  }

  private draw(): void {
    if (!this.isInSight || this.width === 0) return;
    const page = { theme: readTheme(this.element), width: this.width, pixelRatio: devicePixelRatio };
    const number = this.updates;
    Promise.all(this.drawn.map(async ({ drawing }) => drawing.draw(page))).catch((error: unknown) => {
      if (number === this.updates) this.fail(error);
    });
  }

  private fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.say(`This output cannot be drawn: ${reason}. Reload the page and run the cell again.`);
  }

  private say(line: string): void {
    if (this.isDisposed) return;
    this.clear();
    this.element.replaceChildren(messageElement(line, this.picture));
  }

  private clear(): void {
    for (const { drawing } of this.drawn) drawing.dispose();
    this.drawn = [];
    this.parts.replaceChildren();
  }
}
