/** A button that shows one frame after the other. */
import { button, type Control } from "../kit/toolbar.page";

/** Milliseconds of a frame; of readers who want less motion. */
const [USUAL, CALM] = [250, 1000];

export class Playback {
  readonly button: Control<HTMLButtonElement> = button("Play", "Play the frames", () => this.toggle());
  private timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param next  shows the next frame; false if there is none
   * @param begin is called before the first one
   */
  constructor(
    private readonly next: () => boolean,
    private readonly begin: () => unknown,
  ) {}

  pause(): void {
    if (this.timer === undefined) return;
    this.dispose();
    this.say("Play", "Play the frames");
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private toggle(): void {
    if (this.timer !== undefined) return this.pause();
    this.begin();
    this.say("Pause", "Pause the frames");
    this.wait();
  }

  private wait(): void {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.timer = setTimeout(
      () => {
        // The page is gone from under an output that JupyterLab keeps.
        if (!this.button.control.isConnected || !this.next()) this.pause();
        else this.wait();
      },
      isCalm ? CALM : USUAL,
    );
  }

  private say(words: string, name: string): void {
    const { control } = this.button;
    control.textContent = words;
    control.title = name;
    control.setAttribute("aria-label", name);
  }
}
