/** What plays the steps, and chooses filter and channel. */
import { part } from "../kit/drawing.page";
import { button, choice, slider, Toolbar, type Control } from "../kit/toolbar.page";
import { frameCount, frameOf, type Choice, type Frames, type Reading } from "./frames";

export interface Actions {
  go(to: "first" | "last"): void;
  /** The next frame by hand. */
  next(): void;
  /** False if there is no further frame that way. */
  step(by: number): boolean;
  plane(plane: number): void;
  channel(channel: number): void;
}

/** Frames a second. */
const SPEEDS = { min: 1, max: 30, value: 3 };

export class Controls {
  readonly element = part("div", "");
  private timer: ReturnType<typeof setTimeout> | undefined;
  private speed = SPEEDS.value;
  private play: Control<HTMLButtonElement> | undefined;
  private plane: Control<HTMLSelectElement> | undefined;
  private channel: Control<HTMLSelectElement> | undefined;
  private counter = part("span", "rcp-Steps-counter");
  private isFull = false;

  constructor(private readonly actions: Actions) {}

  get isPlaying(): boolean {
    return this.timer !== undefined;
  }

  /** Other steps to play. */
  update({ planes, channels }: Frames, { place, channel }: Reading): void {
    this.pause();
    const { actions } = this;
    const bar = new Toolbar("Steps");
    const press = (act: () => void) => () => {
      this.pause();
      act();
    };
    bar.add(
      button(
        "First",
        "First: the first step",
        press(() => actions.go("first")),
      ),
    );
    bar.add(
      button(
        "Back",
        "Back: one step",
        press(() => void actions.step(-1)),
      ),
    );
    this.play = bar.add(button("Play", "Play the steps", () => this.toggle()));
    this.play.control.classList.add("rcp-Steps-play");
    bar.add(
      button(
        "Next",
        "Next: one step",
        press(() => actions.next()),
      ),
    );
    bar.add(
      button(
        "Last",
        "Last: the whole output",
        press(() => actions.go("last")),
      ),
    );
    bar.element.append(this.counter);
    bar.add(
      slider({
        ...{ name: "Speed", min: SPEEDS.min, max: SPEEDS.max, value: this.speed, words: (value) => `${value}/s` },
        change: (value) => (this.speed = value),
      }),
    );
    const among = ({ noun, count }: Choice, value: number, change: (value: number) => void) => {
      if (count < 2) return undefined;
      const options = Array.from({ length: count }, (_, i) => [String(i), String(i)] as const);
      return bar.add(choice(noun, options, String(value), (chosen) => change(Number(chosen))));
    };
    this.plane = among(planes, place[0], (next) => actions.plane(next));
    this.channel = among(channels, channel, (next) => actions.channel(next));
    this.element.replaceChildren(bar.element);
  }

  /** The frame that is shown now. */
  show(frames: Frames, { place, channel, filled }: Reading): void {
    const [frame, count] = [frameOf(frames, place), frameCount(frames)];
    this.isFull = filled >= count;
    this.counter.textContent = `${frame + 1} of ${count}`;
    if (this.plane) this.plane.control.value = String(place[0]);
    if (this.channel) this.channel.control.value = String(channel);
  }

  toggle(): void {
    if (this.isPlaying) return this.pause();
    // There is nothing left to fill in: it begins anew.
    if (this.isFull) this.actions.go("first");
    this.say("Pause", "Pause the steps");
    this.wait();
  }

  pause(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.say("Play", "Play the steps");
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private wait(): void {
    this.timer = setTimeout(() => {
      // The page is gone from under an output that JupyterLab keeps.
      if (!this.element.isConnected || !this.actions.step(1)) this.pause();
      else this.wait();
    }, 1000 / this.speed);
  }

  private say(words: string, name: string): void {
    if (!this.play) return;
    const { control } = this.play;
    control.textContent = words;
    control.title = name;
    control.setAttribute("aria-label", name);
  }
}
