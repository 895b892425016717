/** What an output is while its cell runs: asked for again and again, told why it stands still, and saved when that ends. */
import type { Ask } from "../../../src/marks/kit/ask";
import { part } from "../../../src/marks/kit/drawing.page";
import { RECEPTIVE_MIME, type MimeBundle } from "../../../src/protocol";
import type { Reason } from "../kernel/askError";
import { readView, type Content } from "./content";
import { Follower } from "./follow";
import { everyOf, isOver, lastStateLine } from "./lastState";

/** Puts something into the notebook in place of the bundle that it has, unless that is not of a live output any more. */
export type Keep = (saved: (bundle: MimeBundle) => MimeBundle) => void;

/** The output around it. */
export interface Surrounding {
  readonly element: Element;
  readonly content: Content | undefined;
  /** What its drawings ask with. */
  ask(id: string): Ask;
  /** Draws content in place of the former. */
  show(content: Content): Promise<void>;
}

export class Following {
  /** Why the output stands still; empty while it does not. */
  readonly line = part("div", "rcp-View-line");
  private follower: { id: string; follower: Follower } | undefined;
  /** The state that the kernel has answered with last, if the notebook has none that is newer. */
  private newest: object | undefined;
  private silent = false;

  /** @param keep where the output is saved; undefined for nowhere */
  constructor(
    private readonly output: Surrounding,
    private readonly keep: Keep | undefined,
  ) {
    this.line.setAttribute("role", "status");
  }

  /** Whether nobody answers. */
  get isSilent(): boolean {
    return this.silent;
  }

  /** Other content is shown, which is asked for as long as it is live. */
  update({ live, inspect }: Content): void {
    const id = live ? inspect : undefined;
    if (id === this.follower?.id) return;
    this.dispose();
    this.line.textContent = "";
    this.silent = false;
    if (id === undefined) return;
    const follower = new Follower({
      element: this.output.element,
      ask: (name, question, options) => this.output.ask(id)(name, question, options),
      show: (view) => this.show(view),
      over: (bundle) => this.saveOver(bundle),
      silent: (why, message) => this.setSilent(why, message),
    });
    this.follower = { id, follower };
  }

  /** The notebook has got a newer state from elsewhere. */
  hasNewer(): void {
    this.newest = undefined;
  }

  dispose(): void {
    this.follower?.follower.dispose();
    this.follower = undefined;
  }

  /** A state that the kernel has answered with. */
  private async show(view: object): Promise<{ bytes: number; every: number }> {
    const content = readView(view);
    if (typeof content === "string") throw new Error(content);
    this.newest = view;
    const { title } = this.output.content ?? content;
    await this.output.show({ ...content, title });
    return { bytes: JSON.stringify(view).length, every: everyOf(content) };
  }

  /** The notebook saves what does not change any more. */
  private saveOver(bundle: MimeBundle | undefined): void {
    const content = bundle && readView(bundle[RECEPTIVE_MIME]);
    if (bundle && typeof content === "object" && !content.live) this.keep?.(() => bundle);
  }

  private setSilent(why: Reason | undefined, message: string): void {
    const { content } = this.output;
    if (!content) return;
    const line = why === undefined ? "" : lastStateLine(why, message, content);
    // The same words again would be read out again.
    if (this.line.textContent !== line) this.line.textContent = line;
    if (this.silent !== (why !== undefined)) {
      this.silent = why !== undefined;
      void this.output.show(content);
    }
    const { newest } = this;
    if (why === undefined || !isOver(why) || !newest) return;
    this.newest = undefined;
    this.keep?.((bundle) => ({ ...bundle, [RECEPTIVE_MIME]: newest }));
  }
}
