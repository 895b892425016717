/** Buttons that steer a run. */
import type { RunCommand } from "../../protocol";
import { button, Toolbar } from "../kit/toolbar.page";

export class Commands {
  private readonly toolbar = new Toolbar("Run");
  readonly element = this.toolbar.element;
  private isPaused = false;
  private readonly pause = this.add("Pause", "Pause after the step under way", () =>
    this.press(this.isPaused ? "resume" : "pause"),
  );
  private readonly step = this.add("One step", "One step, then pause", () => this.press("step"));
  private readonly epoch = this.add("One epoch", "One epoch: to the end of this one, then pause", () =>
    this.press("epoch"),
  );
  private readonly stop = this.add("Stop", "Stop: the run ends, the network stays as it is now", () =>
    this.press("stop"),
  );
  private readonly reset = this.add("Reset weights…", "Reset weights: give the network new random ones", () =>
    this.confirm(true),
  );
  /** In the place of the button that asks: a double click must not reset anything. */
  private readonly keep = this.add("Keep them", "Keep them: the weights stay as they are", () => this.confirm(false));
  private readonly sure = this.add("Reset all weights", "Reset all weights: what was learnt is lost", () => {
    this.confirm(false);
    this.press("reset");
  });

  /** @param press is told which command was given */
  constructor(private readonly press: (command: RunCommand) => void) {
    this.pause.classList.add("rcp-Training-main");
    this.sure.classList.add("rcp-Training-sure");
    this.sure.hidden = this.keep.hidden = true;
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.sure.hidden) return;
      event.preventDefault();
      event.stopPropagation();
      this.confirm(false);
    });
  }

  /** @param commands those that would be obeyed now */
  update(commands: readonly RunCommand[], isPaused: boolean, isOver: boolean): void {
    this.element.hidden = isOver;
    this.isPaused = isPaused;
    const { pause } = this;
    pause.textContent = isPaused ? "Resume" : "Pause";
    const name = isPaused ? "Resume the run" : "Pause after the step under way";
    if (pause.title !== name) {
      pause.title = name;
      pause.setAttribute("aria-label", name);
    }
    pause.disabled = !commands.includes(isPaused ? "resume" : "pause");
    for (const command of ["step", "epoch", "stop", "reset"] as const)
      this[command].disabled = !commands.includes(command);
    if (this.reset.disabled && !this.sure.hidden) this.confirm(false);
  }

  private add(words: string, name: string, press: () => void): HTMLButtonElement {
    return this.toolbar.add(button(words, name, press)).control;
  }

  /** Asks once more, in place of the button. */
  private confirm(asks: boolean): void {
    const hadFocus = this.element.contains(document.activeElement);
    this.reset.hidden = asks;
    this.sure.hidden = this.keep.hidden = !asks;
    if (hadFocus) (asks ? this.keep : this.reset).focus();
  }
}
