/** What an output shows on the page, drawn once it is in sight, and again whenever content, width or theme change. */
import type { Ask } from "../../../src/marks/kit/ask";
import { part, setWords, type Drawing } from "../../../src/marks/kit/drawing.page";
import { inspector, type InspectorDoor } from "../inspector/openInInspector";
import type { Mark } from "../../../src/marks/view";
import { askAbout } from "../kernel/askAbout";
import type { KernelConnection } from "../kernel/connection";
import { Answering } from "../question/answering";
import type { QuestionCell } from "../question/cell";
import type { Content } from "./content";
import { fileName } from "./fileName";
import { Following, type Keep } from "./following";
import { watchSight } from "./inSight";
import { keepKeys } from "./keys";
import { addLive } from "./live";
import { messageElement } from "./message";
import { presentPicture } from "./present";
import { readTheme } from "./theme";
import { Tools } from "./tools";

interface OutputOptions {
  canPin?: boolean;
  cell?: () => QuestionCell | undefined;
  keep?: Keep;
}

/** A part on the page. */
interface Drawn {
  kind: string;
  drawing: Drawing<unknown>;
  /** What it was given last, as text, where the output is live: the same is not drawn again. */
  given?: string | undefined;
}

export class Output {
  private readonly title = part("div", "rcp-View-title");
  private readonly subtitle = part("div", "rcp-View-subtitle");
  private readonly parts = part("div", "rcp-View-parts");
  private readonly tools: Tools;
  private content: Content | undefined;
  private drawn: Drawn[] = [];
  /** Counts updates, because one may come while the code that draws the former is being loaded. */
  private updates = 0;
  /** When the content came that is not drawn yet, in milliseconds of the page. */
  private arrived: number | undefined;
  private isNear = false;
  private isDisposed = false;
  /** CSS pixels; 0 until the page has laid the output out. */
  private width = 0;
  /** CSS pixels that the content asks for. */
  private size: number | undefined;
  /** Where the drawings are to go once they are drawn, a state each; undefined for the beginning. */
  private states: readonly unknown[] = [];
  /** What was saved beside the content for other programs. */
  private picture: unknown;
  private asking: { id: string; ask: Ask } | undefined;
  private readonly following: Following;
  private readonly answering: Answering;
  /** Whether the drawings have been told of a question. */
  private wasAsked = false;
  private readonly removeLive = addLive({ repaint: () => void this.draw() });
  /** Reports the first real width too, and nothing while JupyterLab has taken the output off the page. */
  private readonly sizes = new ResizeObserver(() => this.onSize());
  private readonly stopWatching: () => void;
  private readonly stopKeeping: () => void;
  private readonly cell: () => QuestionCell | undefined;

  /**
   * @param kernel  the connection to the kernel of the notebook in which the output lies, if it has one now
   * @param options.cell  the cell in which the output lies, if it lies in one now: it keeps answers; default none
   * @param options.canPin  whether the reader may open it in the inspector, if the page has one; default false
   * @param options.keep    where a live output is saved; default nowhere
   */
  constructor(
    private readonly element: HTMLElement,
    private readonly kernel: () => KernelConnection | undefined,
    { canPin = false, cell = () => undefined, keep }: OutputOptions = {},
  ) {
    const content = (): Content | undefined => this.content;
    this.following = new Following(
      {
        element,
        get content() {
          return content();
        },
        ask: (id) => this.askFor(id),
        show: (newer) => this.take(newer),
      },
      keep,
    );
    this.cell = cell;
    this.answering = new Answering(cell, () => this.tellAnswer());
    const door = canPin ? inspector() : undefined;
    this.tools = new Tools((error) => this.fail(error), door && ((from) => this.pin(door, from)));
    this.stopKeeping = keepKeys(element);
    element.addEventListener("keydown", leaveOnEscape);
    this.sizes.observe(this.parts);
    this.stopWatching = watchSight(element, {
      near: () => {
        if (this.isNear) return;
        this.isNear = true;
        void this.draw();
      },
      far: () => this.release(),
    });
  }

  /** Shows content in place of the former, or the line that says why there is none, with the picture saved beside it. */
  async update(content: Content | string, picture?: unknown): Promise<void> {
    this.picture = picture;
    this.following.hasNewer();
    if (typeof content !== "string") return this.take(content);
    this.updates++;
    this.say(content);
  }

  private async take(content: Content): Promise<void> {
    const number = ++this.updates;
    this.arrived = performance.now();
    this.content = content;
    try {
      const kinds = await Promise.all(content.parts.map(({ load }) => load()));
      if (number !== this.updates || this.isDisposed) return;
      await this.show(content, kinds);
      // Not before: what the first drawing loads would count as the time that a drawing takes.
      if (number === this.updates && !this.isDisposed) this.following.update(content);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Goes where the drawings of another output of the same content were, once these are drawn. */
  restore(states: readonly unknown[]): void {
    this.states = states;
  }

  dispose(): void {
    this.isDisposed = true;
    this.sizes.disconnect();
    this.stopWatching();
    this.stopKeeping();
    this.element.removeEventListener("keydown", leaveOnEscape);
    this.removeLive();
    this.following.dispose();
    this.answering.dispose();
    this.clear();
  }

  /** Gives each part its drawing, the one from before where that is of the same kind, so that nothing flickers. */
  private async show(
    { title, subtitle, size, inspect, live, parts, hasTools }: Content,
    kinds: (new () => Drawing<unknown>)[],
  ): Promise<void> {
    const before = this.drawn;
    const rest = [...before];
    // The first of a kind stays the first of it, also where a part of another kind has come before it.
    this.drawn = parts.map(({ kind }, i) => {
      const at = rest.findIndex((old) => old.kind === kind);
      return at < 0 ? { kind, drawing: new kinds[i]() } : rest.splice(at, 1)[0];
    });
    for (const old of before) if (!this.drawn.includes(old)) old.drawing.dispose();
    const around = {
      title,
      ...(inspect === undefined ? {} : { ask: this.askFor(inspect) }),
      ...(this.following.isSilent ? { silent: true } : {}),
    };
    const changed = this.drawn.filter((drawn, place) => {
      const { payload } = parts[place];
      const given = live ? JSON.stringify([payload, around.silent]) : undefined;
      const isSame = given !== undefined && given === drawn.given;
      drawn.given = given;
      if (!isSame) drawn.drawing.update(payload, { ...around, place });
      return !isSame;
    });
    this.answering.update(parts.map(({ payload }) => payload as Mark));
    this.tellAnswer();
    this.size = size;
    setWords(this.title, title);
    const file = fileName(
      title,
      parts.map(({ kind }) => kind),
    );
    this.tools.update(file, this.picture, () => presentPicture(this.drawn, { title, subtitle }));
    this.tools.element.hidden ||= !hasTools;
    setWords(this.subtitle, subtitle);
    const elements = this.drawn.map(({ drawing }) => drawing.element);
    arrange(this.parts, elements);
    if (this.parts.parentNode !== this.element)
      this.element.replaceChildren(this.tools.element, this.title, this.subtitle, this.following.line, this.parts);
    const { width } = this;
    this.width = this.parts.clientWidth;
    await this.draw(width === this.width ? changed : this.drawn);
  }

  /** Tells all drawings what is asked and answered. */
  private tellAnswer(): void {
    const asking = this.answering.isAsked ? this.answering : undefined;
    // A view that asks nothing is not drawn once more.
    if (!asking && !this.wasAsked) return;
    this.wasAsked = asking !== undefined;
    for (const { drawing } of this.drawn) drawing.setAsked?.(asking);
  }

  private onSize(): void {
    const width = this.parts.clientWidth;
    if (width === this.width) return;
    this.width = width;
    void this.draw();
  }

  /** @param changed the parts that are drawn; default all */
  private async draw(changed: readonly Drawn[] = this.drawn): Promise<void> {
    if (!this.isNear || this.width === 0) return;
    this.parts.style.minHeight = "";
    if (this.answering.isAsked) {
      // Only now it lies in its cell.
      this.answering.attach();
      this.tellAnswer();
    }
    const page = {
      theme: readTheme(this.element),
      width: Math.min(this.width, this.size ?? Infinity),
      fill: this.size !== undefined,
      pixelRatio: devicePixelRatio,
    };
    const number = this.updates;
    try {
      await Promise.all(changed.map(async ({ drawing }) => drawing.draw(page)));
      this.measure();
      this.goToStates();
    } catch (error) {
      if (number === this.updates) this.fail(error);
    }
  }

  /** What drawings ask with; one that has learned that the object is gone stays. */
  private askFor(id: string): Ask {
    if (this.asking?.id !== id) this.asking = { id, ask: askAbout(id, this.kernel) };
    return this.asking.ask;
  }

  private goToStates(): void {
    const { states } = this;
    if (this.drawn.length === 0) return;
    this.states = [];
    this.drawn.forEach(({ drawing }, i) => states[i] !== undefined && drawing.restore?.(states[i]));
  }

  private pin(door: InspectorDoor, from: HTMLElement): void {
    if (!this.content) return;
    const states = this.drawn.map(({ drawing }) => drawing.state?.());
    door.pin({ content: this.content, states, kernel: this.kernel, cell: this.cell, from });
  }

  /** Tells the page's tools for performance, and our benchmarks, how long the content took to be drawn. */
  private measure(): void {
    if (this.arrived === undefined || this.drawn.length === 0) return;
    performance.measure("receptive: drawn", { start: this.arrived });
    this.arrived = undefined;
  }

  /** Gives memory back; the place stays, so that the page does not jump. */
  private release(): void {
    // An output that JupyterLab has taken off the page has no height that could be kept.
    const { height } = this.parts.getBoundingClientRect();
    if (!this.isNear || height === 0) return;
    this.isNear = false;
    this.parts.style.minHeight = `${height}px`;
    for (const { drawing } of this.drawn) drawing.release?.();
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

/** Makes these the children of an element. One that is put in its own place again would lose the focus. */
function arrange(parent: Element, elements: readonly Element[]): void {
  for (const child of Array.from(parent.children)) if (!elements.includes(child)) child.remove();
  elements.forEach((element, i) => {
    if (parent.children[i] !== element) parent.insertBefore(element, parent.children[i] ?? null);
  });
}

/** Escape leads out of an output in which nothing is left to close, whose controls are many tab stops, to its cell. */
function leaveOnEscape(event: KeyboardEvent): void {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const cell = (event.currentTarget as Element).closest<HTMLElement>(".jp-Cell");
  if (!cell) return;
  event.preventDefault();
  event.stopPropagation();
  cell.focus();
}
