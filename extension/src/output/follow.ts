/** An output that changes while its cell runs: the page asks for it again and again, as long as somebody sees it. */
import type { Ask } from "../../../src/marks/kit/ask";
import type { AnswerTo, MimeBundle } from "../../../src/protocol";
import { AskError, type Reason } from "../kernel/askError";

/** Milliseconds from one question to the next at least: faster than this nobody reads. */
const LEAST = 220;
/** Bytes a millisecond at most. */
const PACE = 200;
/** The page rests so many times as long as the last drawing took: the kernel trains on the same cores. */
const REST = 12;
/** Milliseconds that it rests at most. */
const LONGEST = 2500;
/** Milliseconds after which a picture counts as painted where no frame comes, as in a tab that was left meanwhile. */
const PAINTED = 200;
/** Milliseconds until the next question after one that nobody answered. */
const AGAIN = 2000;
/** Milliseconds in which a page that has just been loaded finds its kernel. */
const PATIENCE = 6000;

/** What is followed. */
export interface Followed {
  readonly element: Element;
  readonly ask: Ask;
  /** Draws a newer state; resolves once it is drawn, to its size and to the milliseconds between two of them, if it says any. */
  show(view: object): Promise<{ bytes: number; every: number }>;
  /** The run is over. @param bundle what the notebook is to save */
  over(bundle: MimeBundle | undefined): void;
  /** Nobody answers, or (undefined) somebody does again. */
  silent(why: Reason | undefined, message: string): void;
}

export class Follower {
  private readonly sight: IntersectionObserver;
  private readonly end = new AbortController();
  private readonly began = performance.now();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isSeen = false;
  private isAsking = false;
  private hadAnswer = false;
  private isSilent = false;
  /** When the next question may be asked, in milliseconds of the page. */
  private next = 0;

  constructor(private readonly followed: Followed) {
    // A notebook in the background, and a cell that JupyterLab has taken off the page, intersect nothing.
    this.sight = new IntersectionObserver((entries) => {
      this.isSeen = entries[entries.length - 1].isIntersecting;
      this.plan();
    });
    this.sight.observe(followed.element);
    document.addEventListener("visibilitychange", this.plan);
  }

  dispose(): void {
    this.end.abort();
    clearTimeout(this.timer);
    this.sight.disconnect();
    document.removeEventListener("visibilitychange", this.plan);
  }

  private readonly plan = (): void => {
    clearTimeout(this.timer);
    const isWatched = this.isSeen && document.visibilityState === "visible";
    if (!isWatched || this.isAsking || this.end.signal.aborted) return;
    this.timer = setTimeout(() => void this.look(), Math.max(0, this.next - performance.now()));
  };

  private async look(): Promise<void> {
    this.isAsking = true;
    const asked = performance.now();
    try {
      const { content } = await this.followed.ask("view", {}, { signal: this.end.signal });
      if (this.end.signal.aborted) return;
      await this.take(content, asked);
    } catch (error) {
      this.next = performance.now() + AGAIN;
      if (!this.end.signal.aborted) this.fail(error);
    } finally {
      this.isAsking = false;
      this.plan();
    }
  }

  private async take({ view, bundle }: AnswerTo<"view">["content"], asked: number): Promise<void> {
    const isFirst = !this.hadAnswer;
    this.hadAnswer = true;
    if (this.isSilent) this.followed.silent(undefined, "");
    this.isSilent = false;
    const answered = performance.now();
    const { bytes, every } = await this.followed.show(view);
    await painted();
    const drawn = performance.now();
    // The first drawing loads what draws.
    const rest = isFirst ? 0 : Math.min(REST * (drawn - answered), LONGEST);
    this.next = Math.max(asked + Math.max(LEAST, every), asked + bytes / PACE, drawn + rest);
    if ((view as { live?: unknown }).live === true) return;
    this.dispose();
    this.followed.over(bundle as MimeBundle | undefined);
  }

  private fail(error: unknown): void {
    const [reason, message] =
      error instanceof AskError ? [error.reason, error.message] : (["failed", String(error)] as const);
    const isStarting = reason === "noKernel" && !this.hadAnswer && performance.now() - this.began < PATIENCE;
    if (reason === "aborted" || isStarting) {
      this.next = performance.now() + AGAIN / 8;
      return;
    }
    this.isSilent = true;
    this.followed.silent(reason, message);
  }
}

/** Settles when the browser has painted what was drawn, which takes as long again as drawing it. */
const painted = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, PAINTED);
    requestAnimationFrame(() => setTimeout(resolve, 0));
  });
