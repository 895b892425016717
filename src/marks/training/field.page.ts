/** A field for a number that the reader may set while a run goes on. */
import { part } from "../kit/drawing.page";
import type { Control } from "./payload";
import { fieldText, stepped, typedValue } from "./values";

/** Settles when the kernel has taken a value or refused it. */
export type Send = (value: number) => Promise<unknown>;

export class Field {
  readonly element = part("label", "rcp-Training-field");
  readonly control = part("input", "rcp-Entry");
  private readonly name = part("span", "");
  private readonly unit = part("span", "rcp-Training-unit");
  /** What was sent and is not answered yet. */
  private pending = 0;
  /** What the kernel has, or was sent. */
  private value: number;

  /**
   * @param send sends a value to the kernel
   * @param say  says what is wrong with what was typed; "" if nothing is
   */
  constructor(
    private setting: Control,
    private readonly send: Send,
    private readonly say: (line: string) => void,
  ) {
    const { control } = this;
    this.value = setting.value;
    control.type = "text";
    control.inputMode = "decimal";
    control.autocomplete = "off";
    control.spellcheck = false;
    control.setAttribute("role", "spinbutton");
    control.addEventListener("keydown", (event) => this.onKey(event));
    control.addEventListener("focus", () => control.select());
    control.addEventListener("blur", () => {
      this.take();
      this.update(this.setting);
    });
    this.element.append(this.name, control, this.unit);
    this.write();
    this.update(setting);
  }

  /** Takes the kernel's value, unless the reader is at work on another. @param answers it answers what the reader sent */
  update(setting: Control, answers = false): void {
    this.setting = setting;
    this.name.textContent = setting.label;
    this.unit.textContent = setting.unit ?? "";
    const { min, max } = setting;
    this.control.title = `${setting.label}: Up and Down change it, Enter sets what is typed`;
    this.control.setAttribute("aria-valuemin", String(min));
    this.control.setAttribute("aria-valuemax", String(max));
    // Under a reader who is about to type nothing changes, as a schedule of the learning rate would.
    const isAtWork = document.activeElement === this.control && !answers;
    if (this.pending > 0 || isAtWork || this.isEdited) return;
    this.value = setting.value;
    this.write();
  }

  /** Whether the reader has typed something that was not sent. */
  private get isEdited(): boolean {
    return this.control.value !== fieldText(this.value);
  }

  private write(): void {
    const text = fieldText(this.value);
    // A selection in the field stays while nothing changes.
    if (this.control.value !== text) this.control.value = text;
    this.control.setAttribute("aria-valuenow", String(this.value));
    this.refuse("");
  }

  private refuse(line: string): void {
    const wasWrong = this.control.getAttribute("aria-invalid") === "true";
    this.control.setAttribute("aria-invalid", String(line !== ""));
    if (line !== "" || wasWrong) this.say(line);
  }

  /** Sends what was typed. */
  private take(): void {
    if (!this.isEdited) return;
    const value = typedValue(this.setting, this.control.value);
    if (typeof value === "string") this.refuse(value);
    else void this.set(value);
  }

  private async set(value: number): Promise<void> {
    const isNew = value !== this.value;
    this.value = value;
    this.write();
    if (!isNew) return;
    this.pending++;
    try {
      await this.send(value);
    } catch {
      // Why is said where all of the run's answers are; the field goes back to what holds.
    }
    this.pending--;
    this.update(this.setting, true);
  }

  private onKey(event: KeyboardEvent): void {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (key === "ArrowUp" || key === "ArrowDown") {
      const typed = typedValue(this.setting, this.control.value);
      void this.set(stepped(this.setting, typeof typed === "number" ? typed : this.value, key === "ArrowUp" ? 1 : -1));
    } else if (key === "Enter") {
      this.take();
      this.control.select();
    } else if (key === "Escape" && this.isEdited) this.write();
    // The caret moves while something is typed; else the toolbar leads to the next control.
    else if (/^Arrow(Left|Right)$/.test(key) && this.isEdited) return event.stopPropagation();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
