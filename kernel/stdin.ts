/** Questions to the person at the notebook: `await input("Your name?")`. */
import type { Context } from "./run/context";
import { Interrupted } from "./run/interrupted";
import type { JsonObject } from "./json";
import type { Message } from "./message";

export class Stdin {
  private answer: ((text: string) => void) | null = null;
  /** Front ends show one question at a time. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly send: (request: Message, content: JsonObject) => void) {}

  ask(prompt: string, password: boolean, context: Context | null): Promise<string> {
    if (!context || context.request.content.allow_stdin !== true) {
      return Promise.reject(
        new Error(
          "input: nobody can answer here (the run was started with allow_stdin false, as nbconvert and nbgrader do). " +
            "Write the value into the code instead.",
        ),
      );
    }
    const asked = this.turn.then(() => this.askNow(prompt, password, context));
    this.turn = asked.catch(() => {});
    return asked;
  }

  private askNow(prompt: string, password: boolean, context: Context): Promise<string> {
    if (context.interrupted) return Promise.reject(new Interrupted());
    return new Promise((done, failed) => {
      const end = context.onInterrupt(() => {
        this.answer = null;
        failed(new Interrupted());
      });
      this.answer = (text) => {
        this.answer = null;
        end();
        done(text);
      };
      this.send(context.request, { prompt, password });
    });
  }

  /** An input_reply. One that comes after its question was interrupted is nobody's. */
  receive(message: Message): void {
    const { value } = message.content;
    if (message.header.msg_type === "input_reply") this.answer?.(typeof value === "string" ? value : "");
  }
}
