/** A question in a page: what has been answered, a way to take it back, and the choices or the field of a quiz. */
import type { Asking } from "../kit/asking.page";
import { part, setWords, type Drawing, type PictureWords } from "../kit/drawing.page";
import { button } from "../kit/toolbar.page";
import { readNumber } from "../kit/typed";
import { isAnswer, isRight } from "./answers";
import { paintQuestion } from "./paint";
import type { Answer, QuestionMark } from "./payload";
import { stateWords, verdictWords } from "./words";

export class QuestionDrawing implements Drawing<QuestionMark> {
  readonly element = part("figure", "rcp-Question");
  private readonly title = part("div", "rcp-Mark-title");
  private readonly subtitle = part("div", "rcp-Mark-subtitle");
  private readonly choices = part("div", "rcp-Question-choices");
  private readonly field = part("label", "rcp-Question-field");
  private readonly input = part("input", "rcp-Entry");
  private readonly unit = part("span", "");
  private readonly said = part("output", "rcp-Question-state");
  private readonly clear = button("Clear", "Take the answer back", () => this.takeBack()).control;
  private readonly verdict = part("output", "rcp-Question-verdict");
  private readonly note = part("div", "rcp-Question-note");
  private mark: QuestionMark | undefined;
  private asking: Asking | undefined;
  /** Answered here, where nothing around the drawing keeps answers. */
  private own: Answer | undefined;
  private name = "";
  /** What is wrong with what was typed; empty if nothing is. */
  private problem = "";

  constructor() {
    const head = part("figcaption", "");
    head.append(this.title, this.subtitle);
    const line = part("div", "rcp-Question-line");
    line.append(this.said, this.clear);
    this.choices.setAttribute("role", "radiogroup");
    this.input.type = "text";
    this.input.inputMode = "decimal";
    this.input.autocomplete = "off";
    this.input.addEventListener("input", () => this.say(""));
    this.input.addEventListener("change", () => this.onNumber());
    this.field.append(this.input, this.unit);
    this.note.setAttribute("role", "status");
    this.said.tabIndex = -1;
    for (const each of [this.said, this.verdict]) each.setAttribute("aria-live", "polite");
    this.element.append(head, this.choices, this.field, line, this.verdict, this.note);
    this.element.addEventListener("keydown", (event) => this.onKey(event));
  }

  update(mark: QuestionMark, { title }: { title: string }): void {
    const before = this.mark;
    this.mark = mark;
    this.own = undefined;
    this.name = mark.title || title || mark.id;
    setWords(this.title, mark.title ?? "");
    setWords(this.subtitle, mark.subtitle ?? "");
    this.choices.hidden = mark.asks.kind !== "choice";
    this.choices.setAttribute("aria-label", this.name);
    this.field.hidden = mark.asks.kind !== "number";
    this.input.setAttribute("aria-label", this.name);
    setWords(this.unit, mark.asks.kind === "number" ? (mark.asks.unit ?? "") : "");
    // Radio buttons that are made anew lose the focus.
    if (JSON.stringify(before?.asks) !== JSON.stringify(mark.asks)) this.makeChoices(mark);
    this.show();
  }

  setAsked(asking: Asking | undefined): void {
    this.asking = asking;
    this.show();
  }

  draw(): void {}

  /** With the answer that it has now. */
  picture({ title, subtitle }: PictureWords): string | undefined {
    const { mark, answer } = this;
    return mark && paintQuestion({ title, subtitle, ...mark, answer }).svg;
  }

  dispose(): void {
    this.choices.replaceChildren();
  }

  private get answer(): Answer {
    return this.own !== undefined ? this.own : this.asking ? this.asking.answer : (this.mark?.answer ?? null);
  }

  private makeChoices({ asks }: QuestionMark): void {
    // A page has several questions, and radio buttons of one name belong together.
    const group = `rcp-${Math.random().toString(36).slice(2)}`;
    const made = (asks.kind === "choice" ? asks.choices : []).map((choice) => {
      const label = part("label", "rcp-Question-choice");
      const radio = part("input", "");
      [radio.type, radio.name, radio.value] = ["radio", group, choice];
      radio.addEventListener("change", () => this.answerWith(choice));
      label.append(radio, choice);
      return label;
    });
    this.choices.replaceChildren(...made);
  }

  private show(): void {
    const { mark, answer, asking } = this;
    if (!mark) return;
    const words = stateWords(mark, answer);
    // A screen reader says again what is written again.
    if (this.said.textContent !== words) this.said.textContent = words;
    this.element.toggleAttribute("data-answered", answer !== null);
    this.clear.hidden = answer === null;
    for (const radio of Array.from(this.choices.querySelectorAll("input"))) radio.checked = radio.value === answer;
    if (this.problem === "" && readNumber(this.input.value) !== (answer ?? undefined))
      this.input.value = typeof answer === "number" ? String(answer) : "";
    const right = mark.asks.kind === "pick" ? undefined : isRight(mark.asks, answer);
    const verdict = verdictWords(mark, answer);
    if (this.verdict.textContent !== verdict) setWords(this.verdict, verdict);
    this.verdict.hidden = verdict === "";
    this.verdict.dataset.right = String(right);
    // The line has its place while it is empty: what is pointed at must not move.
    this.note.textContent = this.problem || (asking?.note ?? "");
  }

  /** The focus goes to where another answer is given, since the button goes. */
  private takeBack(): void {
    this.problem = "";
    this.answerWith(null);
    const control = this.field.hidden ? this.choices.querySelector("input") : this.input;
    (control ?? this.said).focus();
  }

  private say(problem: string): void {
    if (problem === this.problem) return;
    this.problem = problem;
    this.input.setAttribute("aria-invalid", String(problem !== ""));
    this.show();
  }

  private onNumber(): void {
    const { input, mark } = this;
    const text = input.value;
    const given = text.trim() === "" ? null : readNumber(text);
    if (given === undefined)
      return this.say(`"${text.slice(0, 20)}" is no number: type digits alone, as in 1250 or 0.5.`);
    this.say("");
    if (mark && isAnswer(mark.asks, given) && given !== this.answer) this.answerWith(given);
  }

  private answerWith(answer: Answer): void {
    if (this.asking) return this.asking.set(answer);
    this.own = answer;
    this.show();
  }

  private onKey(event: KeyboardEvent): void {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isControl = target instanceof HTMLInputElement || target instanceof HTMLButtonElement;
    // JupyterLab would select another cell, or run this one; the controls' own keys still do what they do.
    if (isControl && key !== "Escape" && key !== "Tab") event.stopPropagation();
    if (key === "Enter" && target === this.input) this.onNumber();
  }
}
