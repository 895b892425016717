/** A front end that hands whole messages over, without sockets: to a kernel in this process or in a Web Worker. */
import type { JsonObject } from "../../../kernel/json";
import { makeHeader, type Channel, type Message } from "../../../kernel/message";

export interface Answer {
  id: string;
  reply: Message;
  /** What came on iopub for the request, in order: `busy`, the types of the outputs, `idle`. */
  order: string[];
  /** Without status and execute_input. */
  outputs: Message[];
  stdout: string;
  stderr: string;
  /** `text/plain` of the result. */
  result: string | undefined;
}

export interface ProtocolPort {
  send(channel: Channel, message: Message): void;
  interrupt(): void;
}

const SESSION = "protocol-client";

export class ProtocolClient {
  readonly iopub: Message[] = [];
  /** The input_requests. */
  readonly questions: Message[] = [];
  private readonly replies = new Map<string, Message>();
  private readonly answered = new Map<string, (answer: Answer) => void>();
  private listeners: (() => void)[] = [];

  constructor(private readonly port: ProtocolPort) {}

  /** Called for every message of the kernel. */
  receive(channel: Channel, message: Message): void {
    if (channel === "iopub") this.iopub.push(message);
    else if (channel === "stdin") this.questions.push(message);
    else this.replies.set(String(message.parent.msg_id), message);
    for (const listener of this.listeners) listener();
    const id = String(message.parent.msg_id);
    const done = this.answered.get(id);
    const isIdle = message.header.msg_type === "status" && message.content.execution_state === "idle";
    if (!done || !isIdle) return;
    this.answered.delete(id);
    done(this.answerTo(id));
  }

  interrupt(): void {
    this.port.interrupt();
  }

  /** Sends a request; the promise resolves when the kernel is idle again. */
  send(type: string, content: JsonObject = {}, buffers: Uint8Array[] = []): { id: string; answer: Promise<Answer> } {
    const message = messageOf(type, content, buffers);
    const id = message.header.msg_id;
    const answer = new Promise<Answer>((done) => this.answered.set(id, done));
    this.port.send("shell", message);
    return { id, answer };
  }

  start(code: string, options: JsonObject = {}): { id: string; answer: Promise<Answer> } {
    const content = { silent: false, store_history: true, user_expressions: {}, stop_on_error: true, ...options };
    return this.send("execute_request", { code, ...content });
  }

  execute(code: string, options: JsonObject = {}): Promise<Answer> {
    return this.start(code, options).answer;
  }

  async request(type: string, content: JsonObject = {}): Promise<JsonObject> {
    return (await this.send(type, content).answer).reply.content;
  }

  /** Sends a comm message. @returns what the kernel published for it */
  async tell(type: string, content: JsonObject, buffers: Uint8Array[] = []): Promise<Message[]> {
    return (await this.send(type, content, buffers).answer).outputs;
  }

  answerInput(value: string): void {
    this.port.send("stdin", messageOf("input_reply", { value }));
  }

  /** Waits until the condition holds; it is looked at whenever a message comes. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((done) => {
      const look = (): void => {
        if (!condition()) return;
        this.listeners = this.listeners.filter((other) => other !== look);
        done();
      };
      this.listeners.push(look);
      look();
    });
  }

  /** Waits for a text in the output of a cell. */
  printed(id: string, text: string): Promise<void> {
    return this.until(() => this.of(id).some(({ content }) => String(content.text ?? "").includes(text)));
  }

  /** iopub messages that belong to a request. */
  of(id: string): Message[] {
    return this.iopub.filter(({ parent }) => parent.msg_id === id);
  }

  private answerTo(id: string): Answer {
    const all = this.of(id);
    const outputs = all.filter(({ header }) => !["status", "execute_input"].includes(header.msg_type));
    const text = (name: string): string =>
      outputs.map(({ content }) => (content.name === name ? String(content.text) : "")).join("");
    const result = outputs.find(({ header }) => header.msg_type === "execute_result");
    return {
      id,
      reply: this.replies.get(id) ?? messageOf("no reply", {}),
      order: all.map(({ header, content }) => String(content.execution_state ?? header.msg_type)),
      outputs,
      stdout: text("stdout"),
      stderr: text("stderr"),
      result: result && (result.content.data as Record<string, string>)["text/plain"],
    };
  }
}

function messageOf(type: string, content: JsonObject, buffers: Uint8Array[] = []): Message {
  return { identities: [], header: makeHeader(type, SESSION), parent: {}, metadata: {}, content, buffers };
}
