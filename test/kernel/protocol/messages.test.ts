import { expect } from "chai";
import type { JsonObject } from "../../../kernel/json";
import type { Message } from "../../../kernel/message";
import { typesOf } from "../support/kernelClient";
import { withKernel } from "../support/withKernel";

/** Every request there is, with content that makes sense, and the keys that its reply must have. */
const REQUESTS: [channel: "shell" | "control", type: string, content: JsonObject, keys: string[]][] = [
  ["shell", "execute_request", { code: "1" }, ["status", "execution_count", "user_expressions", "payload"]],
  ["shell", "kernel_info_request", {}, ["status", "protocol_version", "implementation", "language_info", "banner"]],
  [
    "shell",
    "complete_request",
    { code: "Mat", cursor_pos: 3 },
    ["status", "matches", "cursor_start", "cursor_end", "metadata"],
  ],
  [
    "shell",
    "inspect_request",
    { code: "Math", cursor_pos: 2, detail_level: 0 },
    ["status", "found", "data", "metadata"],
  ],
  ["shell", "is_complete_request", { code: "1" }, ["status"]],
  ["shell", "history_request", { hist_access_type: "tail", n: 1, output: false, raw: true }, ["status", "history"]],
  ["shell", "comm_info_request", {}, ["status", "comms"]],
  ["shell", "debug_request", { seq: 3, type: "request", command: "attach" }, ["success", "command"]],
  ["control", "kernel_info_request", {}, ["status", "protocol_version"]],
  ["control", "debug_request", { seq: 4, type: "request", command: "initialize" }, ["success", "command"]],
  ["control", "interrupt_request", {}, ["status"]],
];

/** Cells, and the iopub messages between busy and idle that they cause. */
const ORDER: [title: string, code: string, types: string[]][] = [
  ["nothing", "", ["execute_input"]],
  ["a declaration", "const quiet = 1", ["execute_input"]],
  ["a value", "40 + 2", ["execute_input", "execute_result"]],
  ["null", "null", ["execute_input"]],
  ["undefined", "undefined", ["execute_input"]],
  ["false", "false", ["execute_input", "execute_result"]],
  ["zero", "0", ["execute_input", "execute_result"]],
  ["an empty text", `""`, ["execute_input", "execute_result"]],
  ["a print", `console.log("a")`, ["execute_input", "stream"]],
  ["prints that belong together", `console.log("a"); console.log("b")`, ["execute_input", "stream"]],
  [
    "both streams in turn",
    `console.log(1); console.error(2); console.log(3)`,
    ["execute_input", "stream", "stream", "stream"],
  ],
  [
    "a print before a display",
    `console.log(1); display(2); console.log(3)`,
    ["execute_input", "stream", "display_data", "stream"],
  ],
  ["an error", `throw new Error("x")`, ["execute_input", "error"]],
  ["an error after a print", `console.log(1); throw new Error("x")`, ["execute_input", "stream", "error"]],
  ["a type error", `const n: number = "s"; console.log(n)`, ["execute_input", "error"]],
  ["a syntax error", `const = `, ["execute_input", "error"]],
  ["a rejection", `await Promise.reject(new Error("x"))`, ["execute_input", "error"]],
  ["a display that is updated", `display(1).update(2)`, ["execute_input", "display_data", "update_display_data"]],
  ["a cleared output", `console.log(1); clearOutput()`, ["execute_input", "stream", "clear_output"]],
  ["a print after an await", `await 0; console.log(1); 2`, ["execute_input", "stream", "execute_result"]],
];

describe("kernel protocol: messages", function () {
  this.timeout(60_000);
  const kernel = withKernel();

  const states = (messages: Message[]): unknown[] =>
    messages.filter((m) => m.header.msg_type === "status").map(({ content }) => content.execution_state);

  for (const [channel, type, content, keys] of REQUESTS) {
    const replyType = type.replace("_request", "_reply");

    it(`${type} on ${channel}: one ${replyType} with the request as parent`, async () => {
      const { id, reply } = await kernel().request(channel, type, content);
      const message = kernel().replies.get(id);
      expect(message?.header.msg_type).to.equal(replyType);
      expect(message?.parent).to.deep.equal(kernel().sent.get(id));
      expect(message?.header.version).to.equal("5.3");
      expect(message?.header.msg_id).to.be.a("string").and.not.equal(id);
      expect(Number.isNaN(Date.parse(String(message?.header.date)))).to.equal(false);
      expect(reply).to.include.keys(keys);
    });

    it(`${type} on ${channel}: busy comes first and idle last, once each`, async () => {
      const { id, all } = await kernel().request(channel, type, content);
      expect(states(all)).to.deep.equal(["busy", "idle"]);
      expect(all[0]?.content.execution_state).to.equal("busy");
      expect(all.at(-1)?.content.execution_state).to.equal("idle");
      for (const message of all) expect(message.parent).to.deep.equal(kernel().sent.get(id));
    });
  }

  for (const [title, code, types] of ORDER) {
    it(`${title}: ${["busy", ...types, "idle"].join(", ")}`, async () => {
      const { all } = await kernel().execute(code);
      expect(typesOf(all)).to.deep.equal(["status", ...types, "status"]);
    });
  }

  it("topics of iopub messages are their types, and all come from one session", async () => {
    const { all } = await kernel().execute(`console.log(1); display(2); 3`);
    for (const { identities, header } of all) {
      expect(Buffer.from(identities[0] ?? []).toString()).to.equal(header.msg_type);
    }
    expect(new Set(all.map(({ header }) => header.session)).size).to.equal(1);
    expect(new Set(all.map(({ header }) => header.msg_id)).size).to.equal(all.length);
  });

  it("execute_input repeats the code with the count of the reply", async () => {
    const { all, reply } = await kernel().execute("1 // ü");
    expect(all[1]?.content).to.deep.equal({ code: "1 // ü", execution_count: reply.execution_count });
  });

  it("the count goes up by one a cell, also after errors", async () => {
    const counts: number[] = [];
    for (const code of ["1", "throw 1", "const = ", "2"]) {
      counts.push(Number((await kernel().execute(code)).reply.execution_count));
    }
    expect(counts.map((n) => n - (counts[0] ?? 0))).to.deep.equal([0, 1, 2, 3]);
  });

  it("an error reply says the same as the error message", async () => {
    const { reply, outputs } = await kernel().execute(`throw new RangeError("same")`);
    const { ename, evalue, traceback } = reply;
    expect(outputs[0]?.content).to.deep.equal({ ename, evalue, traceback });
    expect([ename, evalue]).to.deep.equal(["RangeError", "same"]);
  });

  it("a debug_request is refused in the debugger's own words", async () => {
    const { reply } = await kernel().request("control", "debug_request", { seq: 7, command: "attach" });
    expect(reply).to.deep.include({
      type: "response",
      request_seq: 7,
      success: false,
      command: "attach",
    });
    const info = (await kernel().request("shell", "kernel_info_request")).reply;
    expect(info).to.deep.include({ debugger: false, supported_features: [] });
  });

  it("a message of an unknown type gets busy and idle and no reply", async () => {
    const id = await kernel().send("shell", "no_such_request", {});
    await kernel().isIdle(id);
    expect(states(kernel().of(id))).to.deep.equal(["busy", "idle"]);
    await kernel().execute("1");
    expect(kernel().replies.has(id)).to.equal(false);
  });

  it("100 requests at once are answered one after another, in their order", async () => {
    const sent = [];
    for (let i = 0; i < 100; i++) sent.push(await kernel().start(`console.log(${i}); ${i}`));
    const answers = await Promise.all(sent.map(({ answer }) => answer));
    expect(answers.map(({ stdout }) => stdout)).to.deep.equal(sent.map((_, i) => `${i}\n`));
    const order = kernel()
      .iopub.filter((m) => m.header.msg_type === "execute_result")
      .slice(-100)
      .map((m) => (m.content.data as Record<string, string>)["text/plain"]);
    expect(order).to.deep.equal(sent.map((_, i) => String(i)));
  });

  it("requests that are no cells are answered while cells wait", async () => {
    const cell = await kernel().start(`await new Promise((r) => setTimeout(r, 300))`);
    const waiting = await kernel().start("1");
    const { reply } = await kernel().request("shell", "is_complete_request", { code: "1" });
    expect(reply.status).to.equal("complete");
    expect(kernel().replies.has(waiting.id)).to.equal(false);
    await cell.answer;
    await waiting.answer;
  });

  describe("execute_request", () => {
    it("silent: only busy and idle, no count, but it runs", async () => {
      const before = Number((await kernel().execute("const silently = { n: 0 }; 1")).reply.execution_count);
      const { all, reply } = await kernel().execute("silently.n++; 5", { silent: true });
      expect(states(all)).to.deep.equal(["busy", "idle"]);
      expect(all).to.have.length(2);
      expect(reply.execution_count).to.equal(before);
      expect((await kernel().execute("silently.n")).result).to.equal("1");
    });

    it("silent with an error: the reply says so, iopub does not", async () => {
      const { all, reply } = await kernel().execute(`throw new Error("quiet")`, { silent: true });
      expect(reply).to.deep.include({ status: "error", evalue: "quiet" });
      expect(all).to.have.length(2);
    });

    it("store_history false: outputs as ever, but no count and no history", async () => {
      const before = Number((await kernel().execute("1")).reply.execution_count);
      const { result, reply } = await kernel().execute("'unstored'", { store_history: false });
      expect(result).to.equal("'unstored'");
      expect(reply.execution_count).to.equal(before);
      const { history } = (await kernel().request("shell", "history_request", { hist_access_type: "tail", n: 1 }))
        .reply;
      expect((history as unknown[][])[0]?.[2]).to.equal("1");
    });

    it("user_expressions: values, displays and errors, each on its own", async () => {
      const { reply } = await kernel().execute("const wide = [1, 2]", {
        user_expressions: { value: "wide.length", nothing: "undefined", bad: "throw 1", wrong: "nope" },
      });
      const results = reply.user_expressions as Record<string, JsonObject>;
      expect(results.value).to.deep.equal({ status: "ok", data: { "text/plain": "2" }, metadata: {} });
      expect(results.nothing?.status).to.equal("ok");
      expect(results.bad).to.deep.include({ status: "error", ename: "Thrown", evalue: "1" });
      expect(results.wrong).to.deep.include({ status: "error", ename: "TypeScriptError" });
    });

    it("user_expressions are not evaluated after an error", async () => {
      const { reply } = await kernel().execute("throw 1", { user_expressions: { a: "1" } });
      expect(reply.user_expressions ?? {}).to.deep.equal({});
    });

    it("stop_on_error: what waits is aborted, what comes later runs", async () => {
      const sent = [];
      for (const code of [`throw 1`, "1", "2"]) sent.push(await kernel().start(code));
      const answers = await Promise.all(sent.map(({ answer }) => answer));
      expect(answers.map(({ reply }) => reply.status)).to.deep.equal(["error", "aborted", "aborted"]);
      // As IPython says it: JupyterLab shows `[ ]` beside a cell whose reply has no number.
      expect(answers[1]?.reply).to.deep.equal({ status: "aborted" });
      for (const { all } of answers.slice(1)) expect(states(all)).to.deep.equal(["busy", "idle"]);
      expect((await kernel().execute("3")).result).to.equal("3");
    });

    it("aborted cells do not count", async () => {
      const before = Number((await kernel().execute("1")).reply.execution_count);
      const sent = [await kernel().start("throw 1"), await kernel().start("2")];
      for (const { answer } of sent) await answer;
      expect((await kernel().execute("1")).reply.execution_count).to.equal(before + 2);
    });

    it("stop_on_error false: the next cell runs", async () => {
      const first = await kernel().start("throw 1", { stop_on_error: false });
      const second = await kernel().start("2");
      expect((await first.answer).reply.status).to.equal("error");
      expect((await second.answer).result).to.equal("2");
    });

    it("an error reply of one client does not abort what a cell without errors left waiting", async () => {
      const first = await kernel().start("1");
      const second = await kernel().start("2");
      expect((await first.answer).result).to.equal("1");
      expect((await second.answer).result).to.equal("2");
    });
  });
});
