/** One object, opened: its view as the kernel makes it now, and what the view is asked with. */
import { part, setWords } from "../../../src/marks/kit/drawing.page";
import type { View } from "../../../src/marks/view";
import { Latest } from "../../../src/marks/kit/latest";
import { button, toggle, Toolbar } from "../../../src/marks/kit/toolbar.page";
import type { AnswerTo, ObjectFacts, TensorStatistics } from "../../../src/protocol";
import { ask } from "../kernel/ask";
import { AskError } from "../kernel/askError";
import type { KernelConnection } from "../kernel/connection";
import { readView } from "../output/content";
import { Output } from "../output/output";
import { ClassBars } from "./bars";
import { HeldParameters } from "./heldParameters";
import { NetworkInput, type Asked, type Source } from "./input/networkInput";
import { PAGE, Pager } from "./pager";
import type { Entry } from "./variables";
import { entryWords, guessWords, statisticsNote, statisticsRows } from "./words";

/** Milliseconds between two questions of a live view. */
const LIVE = 500;
/** Milliseconds without another answer, before the last one is said. */
const QUIET = 600;

export class Opened {
  readonly element = part("div", "rcp-Opened");
  private readonly words = part("div", "rcp-Opened-words");
  private readonly line = part("div", "rcp-Message");
  private readonly pager = new Pager(() => this.refresh());
  private readonly input = new NetworkInput(() => this.refresh());
  private readonly bars = new ClassBars();
  private readonly said = part("output", "rcp-Visually-hidden");
  private saying: ReturnType<typeof setTimeout> | undefined;
  private readonly statisticsNote = part("div", "rcp-Statistics-note");
  private readonly statistics = part("dl", "rcp-Statistics");
  private readonly body = part("div", "rcp-View");
  private readonly output = new Output(this.body, () => this.kernel());
  private readonly back: HTMLButtonElement;
  /** Of the object; undefined until the kernel has said them. */
  private facts: ObjectFacts | undefined;
  private sources: readonly Source[] = [];
  private live: ReturnType<typeof setInterval> | undefined;
  private isAsking = false;
  private readonly end = new AbortController();
  private readonly parameters = new HeldParameters();
  private readonly latest = new Latest<{ id: string; asked: Asked }, AnswerTo<"view">>(async ({ id, asked }) => {
    const question = this.parameters.asked(id, asked.question);
    const answer = await ask(this.kernel(), id, "view", question, { floats: asked.floats, signal: this.end.signal });
    this.parameters.take(id, answer);
    return answer;
  });

  /**
   * @param kernel the connection to the kernel that has the object, if there is one now
   * @param others what else the notebook has: data sets and tensors whose images the network may run on
   * @param leave called when the reader goes back
   */
  constructor(
    private entry: Entry,
    private readonly kernel: () => KernelConnection | undefined,
    private others: readonly Entry[],
    leave: () => void,
  ) {
    const bar = new Toolbar("Object");
    this.back = bar.add(button("‹ Back", "Back to the list", leave)).control;
    bar.add(button("Refresh", "Ask the kernel for its state now", () => void this.reload()));
    bar.add(toggle("Live", "Refresh twice a second", false, (on) => this.setLive(on)));
    const name = part("div", "rcp-Opened-name");
    name.textContent = entry.name;
    this.line.setAttribute("role", "status");
    setWords(this.line, "");
    this.pager.element.hidden = this.input.element.hidden = this.statistics.hidden = true;
    this.element.append(bar.element, name, this.words, this.line, this.pager.element, this.input.element);
    setWords(this.statisticsNote, "");
    this.element.append(this.bars.element, this.said, this.statisticsNote, this.statistics, this.body);
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      leave();
    });
    this.setEntry(entry);
    void this.reload();
  }

  focus(): void {
    this.back.focus();
  }

  get name(): string {
    return this.entry.name;
  }

  /** A cell has ended: the variable may hold another object, and the object other numbers. */
  listChanged(entries: readonly Entry[]): void {
    this.others = entries;
    const now = entries.find(({ name, kind }) => name === this.entry.name && kind === this.entry.kind);
    if (now) this.setEntry(now);
    void this.reload();
  }

  /** One line above the view, which stays as it was. */
  say(line: string): void {
    setWords(this.line, line);
  }

  dispose(): void {
    this.setLive(false);
    clearTimeout(this.saying);
    this.end.abort();
    this.latest.clear();
    this.output.dispose();
  }

  private setEntry(entry: Entry): void {
    this.entry = entry;
    setWords(this.words, entryWords(entry));
  }

  /** Asks what the object is, and then for its view. */
  private async reload(): Promise<void> {
    const { signal } = this.end;
    try {
      const { content } = await ask(this.kernel(), this.entry.id, "facts", {}, { signal });
      if (content.kind === "module") this.sources = await this.readSources();
      if (signal.aborted) return;
      this.facts = content;
      this.input.element.hidden = content.kind !== "module";
      if (content.kind === "module") this.input.update(content, this.sources);
      this.updatePager();
      this.refresh();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Data sets and batches of images of the notebook, as far as they have something. */
  private async readSources(): Promise<Source[]> {
    const candidates = this.others.filter(
      ({ kind, type, size }) => kind === "dataset" || (kind === "tensor" && type === "Tensor" && isBatch(size)),
    );
    const read = candidates.map(async (entry): Promise<Source[]> => {
      try {
        const { content } = await ask(this.kernel(), entry.id, "facts", {}, { signal: this.end.signal });
        return content.input && (content.length ?? 0) > 0 ? [{ entry, facts: content }] : [];
      } catch {
        // One that cannot be read is no source; the network is shown all the same.
        return [];
      }
    });
    return (await Promise.all(read)).flat();
  }

  private updatePager(): void {
    const { facts } = this;
    const { kind, length = 0, input = [] } = facts ?? { kind: "" };
    const isImages = input.length === 3 && (input[0] === 1 || input[0] === 3);
    const pages = kind === "dataset" || (kind === "tensor" && input.length === 3 && this.entry.type !== "Parameter");
    this.pager.update(pages ? length : 0, kind === "tensor" && !isImages ? 1 : PAGE);
  }

  private get asked(): Asked {
    if (this.facts?.kind === "module") return this.input.asked ?? { question: {}, floats: [] };
    return { question: { from: this.pager.from, count: PAGE }, floats: [] };
  }

  /** Asks for the view; of questions that come while one is under way only the newest is asked. */
  private refresh(): void {
    this.isAsking = true;
    this.latest.want({ id: this.entry.id, asked: this.asked }).then(
      (answer) => {
        if (!answer) return;
        this.isAsking = false;
        if (!this.end.signal.aborted) this.show(answer);
      },
      (error: unknown) => {
        this.isAsking = false;
        this.fail(error);
      },
    );
  }

  private show({ content, floats: [shares] }: AnswerTo<"view">): void {
    this.say("");
    const names = shares && this.input.classes(shares.length);
    this.bars.update(shares, names, content.truth);
    this.sayLater(shares && this.input.isDrawing ? guessWords(shares, names) : "");
    this.showStatistics(content.statistics);
    // The heading of the panel says what the view would say again.
    const view = readView(named(content.view, names));
    void this.output.update(typeof view === "string" ? view : { ...view, title: "" });
  }

  /** Says what was drawn once the pen rests: while it moves a screen reader would never come to an end. */
  private sayLater(words: string): void {
    clearTimeout(this.saying);
    this.saying = setTimeout(() => (this.said.textContent = words), QUIET);
  }

  private showStatistics(statistics: TensorStatistics | undefined): void {
    this.statistics.hidden = !statistics;
    setWords(this.statisticsNote, statistics ? statisticsNote(statistics) : "");
    if (!statistics) return;
    this.statistics.replaceChildren(
      ...statisticsRows(statistics).map(([what, value]) => {
        const row = part("div", "rcp-Statistics-row");
        const [term, given] = [part("dt", ""), part("dd", "")];
        [term.textContent, given.textContent] = [what, value];
        row.toggleAttribute("data-warn", ["NaN", "infinite"].includes(what) && value !== "none");
        row.append(term, given);
        return row;
      }),
    );
  }

  private fail(error: unknown): void {
    if (this.end.signal.aborted || (error instanceof AskError && error.reason === "aborted")) return;
    this.say(error instanceof Error ? error.message : String(error));
  }

  private setLive(on: boolean): void {
    clearInterval(this.live);
    this.live = on ? setInterval(() => this.tick(), LIVE) : undefined;
  }

  private tick(): void {
    // Nobody looks at a panel that is hidden, and a kernel that computes is not asked twice.
    if (!this.isAsking && this.element.offsetParent !== null) this.refresh();
  }
}

/** Whether a size is that of images or rows: `64 x 1 x 28 x 28`. */
const isBatch = (size: string): boolean => [3, 4].includes(size.split(" x ").length);

/** A view whose network has names for its classes: a drawing comes with none, but a data set of the notebook may have them. */
function named(view: object, names: readonly string[] | undefined): object {
  const { marks } = view as Partial<View>;
  if (!names || !marks) return view;
  return {
    ...view,
    marks: marks.map((mark) => (mark.mark === "network" && !mark.classes ? { ...mark, classes: names } : mark)),
  };
}
