/** What a network was over a run: frames for a slider, evenly thinned as the run goes on, and few enough for a notebook. */
import type { FrameMark, FramesMark } from "../../marks";

/** Frames of a saved run, and letters of JSON that they take together. */
const MOST = 50;
const LETTERS = 1_500_000;
/** Of the time, the part that taking snapshots may cost, and milliseconds that they may cost in any case. */
const [SHARE, FREE] = [0.02, 80];

export class Snapshots {
  private taken: { step: number; marks: FrameMark[]; letters: number }[] = [];
  /** Steps between two frames. */
  private stride = 1;
  private letters = 0;
  private spent = 0;
  private readonly begun: number;

  /** @param clock milliseconds */
  constructor(private readonly clock: () => number = () => performance.now()) {
    this.begun = clock();
  }

  /** Whether a frame of this step is wanted. @param steps of the whole run, if that is known */
  isDue(step: number, steps: number | undefined): boolean {
    const [first, last] = [this.taken[0], this.taken.at(-1)];
    if (!first || !last) return true;
    if (steps !== undefined) this.stride = Math.max(this.stride, Math.ceil(steps / (MOST - 2)));
    // Of a run whose length nobody knows as many as if it ended here: frames that cost too much before must not be made up for now.
    else while ((step - first.step) / this.stride > MOST - 2) this.stride *= 2;
    if (step - last.step < this.stride) return false;
    return step % this.stride === 0 && this.spent <= FREE + SHARE * (this.clock() - this.begun);
  }

  /** Takes the frame of a step, whose parts `make` gives; nothing if it cannot be had at once. */
  take(step: number, make: () => FrameMark[] | undefined): void {
    const begun = this.clock();
    const marks = make();
    if (marks && marks.length > 0) this.add(step, marks);
    this.spent += this.clock() - begun;
  }

  private add(step: number, marks: FrameMark[]): void {
    if (this.taken.at(-1)?.step === step) this.drop(this.taken.length - 1);
    const letters = JSON.stringify(marks.map((mark, i) => difference(plain(mark), this.taken[0]?.marks[i]))).length;
    this.taken.push({ step, marks, letters });
    this.letters += letters;
    while (this.taken.length > MOST || (this.letters > LETTERS && this.taken.length > 2)) this.thin();
  }

  /** All frames as one mark. The last one may be of another step than those that are kept. */
  mark(): FramesMark | undefined {
    const last = this.taken.at(-1);
    if (!last) return undefined;
    const alike = this.taken.filter(({ marks }) => haveSameKinds(marks, last.marks));
    return {
      ...frameMark(last.step, last.marks),
      at: alike.map(({ step }) => step),
      before: alike.slice(0, -1).map(({ marks }) => marks.map((mark, i) => difference(plain(mark), last.marks[i]))),
    };
  }

  /** Frames between those that the stride wants go, else every second; the first stays, and so does the newest. */
  private thin(): void {
    const { length } = this.taken;
    const keep = (wanted: (step: number, i: number) => boolean): void => {
      this.taken = this.taken.filter(({ step }, i) => i === 0 || i === length - 1 || wanted(step, i));
    };
    keep((step) => step % this.stride === 0);
    if (this.taken.length === length) {
      this.stride *= 2;
      keep((step) => step % this.stride === 0);
    }
    if (this.taken.length === length) keep((_, i) => i % 2 === 0);
    this.letters = this.taken.reduce((sum, { letters }) => sum + letters, 0);
  }

  private drop(place: number): void {
    const [gone] = this.taken.splice(place, 1);
    this.letters -= gone.letters;
  }
}

/** One frame alone. */
export const frameMark = (step: number, marks: FrameMark[]): FramesMark => ({
  ...{ mark: "frames", unit: "step", at: [step], marks, before: [] },
});

/** A part without its exact numbers, which only the last frame carries: the bytes are enough for one among many. */
function plain(mark: FrameMark): FrameMark {
  if (mark.mark !== "grid" || mark.pixels.values === undefined) return mark;
  const pixels = { ...mark.pixels };
  delete pixels.values;
  return { ...mark, pixels };
}

const haveSameKinds = (a: readonly FrameMark[], b: readonly FrameMark[]): boolean =>
  a.length === b.length && a.every(({ mark }, i) => mark === b[i].mark);

/** The fields of a part that are others than in another frame. */
function difference(mark: FrameMark, than: FrameMark | undefined): Partial<FrameMark> {
  const others = (than ?? {}) as unknown as Record<string, unknown>;
  const entries = Object.entries(mark).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(others[name]),
  );
  return Object.fromEntries(entries);
}
