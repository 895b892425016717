/** The objects of a notebook that the extension may ask about: one id an object, whatever it is asked. */
import { notebook } from "../../notebook";
import type { InspectAnswer, InspectQuestion, InspectRequest, NotebookHost } from "../../protocol";
import { uniqueName } from "../uniqueName";

/** Answers one question about an object. */
export type AnswerTo = (object: object, question: InspectQuestion, request: InspectRequest) => Promise<InspectAnswer>;

/**
 * Bytes of objects that are kept for views, although no variable holds them: an output stays on the page when its numbers
 * have long been garbage. A view of the largest size takes 256 KiB of it, the explorer of ResNet-18 45 MiB with its copied weights;
 * the ones that were neither shown nor asked for the longest time go first.
 */
const BUDGET = 256 * 2 ** 20;
/** The last ones stay, however large they are: the reader has them in view. */
const LEAST = 4;

export class InspectRegistry {
  private readonly ids = new WeakMap<object, string>();
  private readonly objects = new Map<string, WeakRef<object>>();
  private answer: AnswerTo | undefined;
  /** What views have shown, with its bytes; the one longest unused comes first. */
  private readonly kept = new Map<object, number>();
  private keptBytes = 0;
  private count = 0;
  /** Ids of another process must not be found here: a saved notebook brings them. */
  private readonly prefix = uniqueName();
  private readonly collected = new FinalizationRegistry<string>((id) => {
    this.objects.delete(id);
    this.host()?.unregister(id);
  });

  constructor(
    private readonly host: () => NotebookHost | undefined,
    private readonly budget = BUDGET,
  ) {}

  /** From now on questions are answered so. Answers show views, and views have ids: so they are not imported here. */
  answerWith(answer: AnswerTo): void {
    this.answer = answer;
  }

  /** The object of that id, if it lives. */
  objectOf(id: string): object | undefined {
    return this.objects.get(id)?.deref();
  }

  /** The object's id, always the same; undefined outside of a notebook. It can be asked as long as it lives. */
  idOf(object: object): string | undefined {
    const host = this.host();
    if (!host) return undefined;
    const known = this.ids.get(object);
    if (known !== undefined) return known;
    const id = `${this.prefix}-${++this.count}`;
    // Only weakly: a handler that held its object would keep every tensor that was ever shown.
    const held = new WeakRef(object);
    host.register(id, (question, request) => {
      const found = held.deref();
      if (!found) return undefined;
      this.use(found);
      return this.answer?.(found, question, request);
    });
    this.ids.set(object, id);
    this.objects.set(id, held);
    this.collected.register(object, id);
    return id;
  }

  /** The object's id, as {@link idOf}; the object lives on without a variable, within the budget of bytes or as one of the last four. */
  keep(object: object, bytes: number): string | undefined {
    const id = this.idOf(object);
    if (id === undefined) return undefined;
    this.keptBytes += bytes - (this.kept.get(object) ?? 0);
    this.kept.delete(object);
    this.kept.set(object, bytes);
    for (const [oldest, size] of this.kept) {
      if (this.keptBytes <= this.budget || this.kept.size <= LEAST) break;
      this.kept.delete(oldest);
      this.keptBytes -= size;
    }
    return id;
  }

  private use(object: object): void {
    const bytes = this.kept.get(object);
    if (bytes === undefined) return;
    this.kept.delete(object);
    this.kept.set(object, bytes);
  }
}

/** The registry of this engine. */
export const inspected = new InspectRegistry(notebook);
