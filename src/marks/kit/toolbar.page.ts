/**
 * Buttons, sliders and choices above a drawing. Buttons and choices are one tab stop, the arrow keys lead from one to the next
 * (WAI-ARIA toolbar), Home and End to the first and the last; a slider is a tab stop of its own, because the arrow keys are its.
 */
import { part } from "./drawing.page";

export class Toolbar {
  readonly element = part("div", "rcp-Toolbar");
  private current: HTMLElement | undefined;

  /** @param name what it is for, which a screen reader says: "Playback" */
  constructor(name: string) {
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", name);
    this.element.addEventListener("keydown", (event) => this.onKey(event));
    this.element.addEventListener("focusin", ({ target }) => this.enter(target as HTMLElement));
  }

  /** Adds a control, with its words around it or none. */
  add<Control extends { element: HTMLElement; control: HTMLElement }>(added: Control): Control {
    this.element.append(added.element);
    if (isSlider(added.control)) return added;
    added.control.tabIndex = this.current ? -1 : 0;
    this.current ??= added.control;
    return added;
  }

  private get controls(): HTMLElement[] {
    const all = this.element.querySelectorAll<HTMLElement>("button, input:not([type=range]), select");
    return Array.from(all).filter((control) => !control.hasAttribute("disabled") && control.offsetParent !== null);
  }

  private enter(target: HTMLElement): void {
    if (!this.controls.includes(target)) return;
    if (this.current) this.current.tabIndex = -1;
    this.current = target;
    target.tabIndex = 0;
  }

  private onKey(event: KeyboardEvent): void {
    // JupyterLab moves the selected cell on arrow keys.
    if (isSlider(event.target as HTMLElement) && /^(Arrow|Home$|End$)/.test(event.key)) return event.stopPropagation();
    const { controls } = this;
    const at = controls.indexOf(event.target as HTMLElement);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const count = controls.length;
    const next: Partial<Record<string, number>> = {
      ArrowLeft: (at - 1 + count) % count,
      ArrowRight: (at + 1) % count,
      Home: 0,
      End: count - 1,
    };
    // In a field Home and End are the text's.
    const to = isField(event.target as HTMLElement) && !event.key.startsWith("Arrow") ? undefined : next[event.key];
    if (to === undefined) {
      // JupyterLab extends the selected cells on Shift+Arrow; a choice opens and a field counts on arrows.
      if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") event.stopPropagation();
      return;
    }
    event.preventDefault();
    // JupyterLab moves the selected cell on arrow keys, and the notebook scrolls on Home and End.
    event.stopPropagation();
    controls[to].focus();
  }
}

const isField = (control: HTMLElement): boolean => control.matches("input:not([type=checkbox], [type=radio])");

const isSlider = (control: HTMLElement): boolean => control.getAttribute("type") === "range";

export interface Control<Kind extends HTMLElement> {
  /** The control with its words. */
  element: HTMLElement;
  control: Kind;
}

/** @param words on the button; @param name what a screen reader says, where the words are a sign */
export function button(words: string, name: string, press: () => void): Control<HTMLButtonElement> {
  const control = part("button", "rcp-Button");
  control.type = "button";
  control.textContent = words;
  control.setAttribute("aria-label", name);
  control.title = name;
  control.addEventListener("click", press);
  return { element: control, control };
}

/** A button that stays pressed. */
export function toggle(
  words: string,
  name: string,
  pressed: boolean,
  change: (pressed: boolean) => void,
): Control<HTMLButtonElement> {
  const made = button(words, name, () => {
    const next = made.control.getAttribute("aria-pressed") !== "true";
    made.control.setAttribute("aria-pressed", String(next));
    change(next);
  });
  made.control.setAttribute("aria-pressed", String(pressed));
  return made;
}

export interface SliderOptions {
  name: string;
  min: number;
  max: number;
  step?: number;
  value: number;
  /** The value as it is written beside the slider; default as it is. */
  words?: (value: number) => string;
  change: (value: number) => void;
}

export interface Slider extends Control<HTMLInputElement> {
  set(value: number): void;
}

export function slider({ name, min, max, step = 1, value, words = String, change }: SliderOptions): Slider {
  const element = part("label", "rcp-Slider");
  const control = part("input", "");
  const said = part("output", "rcp-Slider-value");
  control.type = "range";
  [control.min, control.max, control.step] = [min, max, step].map(String);
  const write = (): void => {
    said.textContent = words(control.valueAsNumber);
    control.setAttribute("aria-valuetext", said.textContent);
  };
  const set = (next: number): void => {
    control.value = String(next);
    write();
  };
  control.addEventListener("input", () => {
    write();
    change(control.valueAsNumber);
  });
  set(value);
  element.append(name, control, said);
  return { element, control, set };
}

/** One of some words. */
export function choice<Value extends string>(
  name: string,
  options: readonly (readonly [value: Value, words: string])[],
  value: Value,
  change: (value: Value) => void,
): Control<HTMLSelectElement> {
  const element = part("label", "rcp-Choice");
  const control = part("select", "");
  for (const [each, words] of options) {
    const option = part("option", "");
    option.value = each;
    option.textContent = words;
    control.append(option);
  }
  control.value = value;
  control.addEventListener("change", () => change(control.value as Value));
  element.append(name, control);
  return { element, control };
}
