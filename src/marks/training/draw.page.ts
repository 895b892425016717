/** A run of training in a page: how far it is, what steers it, what it warns of. */
import type { Questions, RunControl } from "../../protocol";
import type { Ask } from "../kit/ask";
import { isRecord } from "../kit/check";
import { part, setWords, type Drawing, type Surroundings } from "../kit/drawing.page";
import { drawnNumber } from "../kit/numbers";
import { Toolbar } from "../kit/toolbar.page";
import { checkTraining } from "./check";
import { Commands } from "./commands.page";
import { Field } from "./field.page";
import { Notices } from "./notices.page";
import type { Control, Figure, TrainingMark } from "./payload";
import { Progress } from "./progress.page";
import { eventsSummary, noticeWords, paceWords, placeWords, progressOf, stateWords } from "./words";

/** Milliseconds after which a reader wants to know why nothing happens. */
const PATIENCE = 400;

export class TrainingDrawing implements Drawing<TrainingMark> {
  readonly element = part("div", "rcp-Training");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly status = part("div", "rcp-Training-status");
  private readonly stateLabel = part("span", "rcp-Training-state");
  private readonly place = part("span", "rcp-Training-place");
  private readonly pace = part("span", "rcp-Training-pace");
  private readonly run = new Progress("run");
  private readonly epoch = new Progress("epoch");
  private readonly figures = part("div", "rcp-Training-figures");
  private readonly commands = new Commands((command) => void this.steer({ command }));
  private readonly settings = part("div", "rcp-Training-settings");
  private readonly line = part("div", "rcp-Training-line");
  private readonly warningBox = part("div", "rcp-Training-warnings");
  private readonly warnings = new Notices(this.warningBox, "div", "rcp-Training-warning");
  private readonly eventBox = part("details", "rcp-Training-events");
  private readonly eventSummary = part("summary", "");
  private readonly events: Notices;
  /** A change of state, for a screen reader. */
  private readonly said = part("output", "rcp-Visually-hidden");
  private fields = new Map<RunControl, Field>();
  private mark: TrainingMark | undefined;
  private ask: Ask | undefined;
  private isSilent = false;
  /** Questions that are not answered yet. */
  private waiting = 0;

  constructor() {
    this.status.tabIndex = -1;
    this.figures.setAttribute("role", "group");
    this.figures.setAttribute("aria-label", "Latest numbers");
    this.status.append(this.stateLabel, this.place, this.pace);
    const bars = part("div", "rcp-Training-bars");
    bars.append(this.run.element, this.epoch.element);
    const panel = part("div", "rcp-Training-panel");
    panel.append(this.commands.element, this.settings);
    this.line.setAttribute("role", "status");
    this.warningBox.setAttribute("role", "status");
    // Only what is new is read out.
    this.warningBox.setAttribute("aria-atomic", "false");
    const list = part("ol", "");
    this.events = new Notices(list, "li", "rcp-Training-event");
    this.eventBox.append(this.eventSummary, list);
    this.element.append(this.title, this.subtitle, this.status, bars, this.figures, panel, this.line);
    this.element.append(this.warningBox, this.eventBox, this.said);
  }

  update(mark: TrainingMark, { ask, silent }: Surroundings): void {
    this.ask = ask;
    this.isSilent = silent ?? false;
    this.show(mark);
  }

  draw(): void {
    // What it shows is words and boxes: the style sheet knows theme and width.
  }

  dispose(): void {
    this.fields.clear();
  }

  private show(mark: TrainingMark): void {
    const before = this.mark;
    this.mark = mark;
    const { state, figures, controls, commands, warnings, events } = mark;
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, mark.subtitle ?? "");
    this.stateLabel.textContent = stateWords[state];
    this.element.dataset.state = state;
    this.place.textContent = placeWords(mark);
    this.pace.textContent = paceWords(mark);
    const last = events[events.length - 1];
    if (last && before && JSON.stringify(before.events[before.events.length - 1]) !== JSON.stringify(last))
      this.said.textContent = noticeWords(last);
    if (before && before.state !== state) this.said.textContent = `${stateWords[state]}, ${placeWords(mark)}`;
    const progress = progressOf(mark);
    this.run.update(progress.run);
    this.epoch.update(progress.epoch);
    this.showFigures(figures);
    const hadFocus = this.element.contains(document.activeElement);
    const canSteer = this.ask !== undefined && !this.isSilent;
    const isOver = commands.length === 0 && controls.length === 0;
    this.commands.update(canSteer ? commands : [], state === "paused", isOver);
    this.showControls(controls, canSteer);
    this.warnings.update(warnings);
    this.warningBox.hidden = warnings.length === 0;
    this.events.update(events);
    this.eventBox.hidden = events.length === 0;
    this.eventSummary.textContent = eventsSummary(events);
    // The button or field that had it is gone, or rests.
    const { activeElement } = document;
    if (hadFocus && (!this.element.contains(activeElement) || activeElement?.matches(":disabled"))) this.status.focus();
  }

  private showFigures(figures: readonly Figure[]): void {
    const { children } = this.figures;
    while (children.length > figures.length) children[children.length - 1].remove();
    figures.forEach(({ name, value }, i) => {
      if (!children[i]) {
        const figure = part("div", "rcp-Training-figure");
        figure.append(part("span", "rcp-Training-name"), part("span", "rcp-Training-number"));
        this.figures.append(figure);
      }
      const [term, number] = Array.from(children[i].children) as HTMLElement[];
      term.textContent = name;
      number.textContent = drawnNumber(value);
      number.toggleAttribute("data-warn", value === null);
    });
    this.figures.hidden = figures.length === 0;
  }

  /** A field a control; those that were there are kept, with what the reader is typing. */
  private showControls(controls: readonly Control[], canSteer: boolean): void {
    const names = controls.map(({ name }) => name);
    if (names.join() !== [...this.fields.keys()].join()) {
      const bar = new Toolbar("Settings");
      this.fields = new Map(
        controls.map((control) => {
          const send = (value: number): Promise<unknown> => this.steer({ set: control.name, value });
          return [control.name, bar.add(new Field(control, send, (line) => this.say(line)))];
        }),
      );
      this.settings.replaceChildren(...(controls.length > 0 ? [bar.element] : []));
    }
    for (const control of controls) {
      const field = this.fields.get(control.name);
      field?.update(control);
      if (field) field.control.disabled = !canSteer;
    }
  }

  private say(line: string): void {
    if (this.line.textContent !== line) this.line.textContent = line;
  }

  /** Asks the kernel at once: questions of one page are answered in their order. @throws Error if it does not obey */
  private async steer(what: Questions["control"]["ask"]): Promise<void> {
    const { ask } = this;
    if (!ask) return;
    this.waiting++;
    const slow = setTimeout(() => this.say("Waiting for the end of the step under way…"), PATIENCE);
    try {
      const { content } = await ask("control", what);
      this.say("");
      const mark: unknown = content.mark;
      if (isRecord(mark) && mark.mark === "training" && checkTraining(mark) === undefined)
        this.show(mark as unknown as TrainingMark);
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error));
      if ("set" in what) throw error;
    } finally {
      this.waiting--;
      clearTimeout(slow);
    }
  }
}
