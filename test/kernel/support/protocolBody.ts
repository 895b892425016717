/** What every kernel does, wherever it runs: cells that are JavaScript and TypeScript, over whole messages. */
import { expect } from "chai";
import { INSPECT_TARGET } from "../../../src/protocol";
import type { JsonObject } from "../../../kernel/json";
import type { Message } from "../../../kernel/message";
import type { Answer, ProtocolClient } from "./protocolClient";

type Test = (kernel: ProtocolClient) => Promise<void>;

const typesOf = (messages: Message[]): string[] => messages.map(({ header }) => header.msg_type);
const floats = (buffer: Uint8Array | undefined): number[] => [...new Float32Array(new Uint8Array(buffer ?? []).buffer)];
const count = ({ reply }: Answer): number => Number(reply.content.execution_count);

/** Whether an output is one more piece of the stream before it. */
const isMore = (outputs: Message[], i: number): boolean => {
  const [before, piece] = [outputs[i - 1], outputs[i]];
  return before?.header.msg_type === "stream" && before.content.name === piece?.content.name;
};

/** @param within makes of a test what mocha runs, with a kernel that answers */
export function protocolBody(within: (test: Test) => () => Promise<void>): void {
  const test = (title: string, body: Test): void => void it(title, within(body));

  describe("a cell", () => {
    test("has its messages between busy and idle, its request as parent, and a reply", async (kernel) => {
      const { order, reply, result, id } = await kernel.execute("40 + 2");
      expect(order).to.deep.equal(["busy", "execute_input", "execute_result", "idle"]);
      expect(result).to.equal("42");
      expect(reply.header.msg_type).to.equal("execute_reply");
      const { execution_count: n } = reply.content;
      expect(reply.content).to.deep.equal({ status: "ok", execution_count: n, user_expressions: {}, payload: [] });
      expect(reply.parent.msg_id).to.equal(id);
      expect(kernel.of(id)[1]?.content).to.deep.equal({ code: "40 + 2", execution_count: n });
      expect(new Set(kernel.of(id).map(({ header }) => header.session)).size).to.equal(1);
    });

    test("that is empty or has no value shows nothing", async (kernel) => {
      for (const code of ["", "  \n", "undefined", "null", "const quiet = 1"])
        expect((await kernel.execute(code)).order, code).to.deep.equal(["busy", "execute_input", "idle"]);
    });

    test("counts, and keeps its variables for later ones", async (kernel) => {
      const first = await kernel.execute("const kept = [1, 2]");
      const second = await kernel.execute("kept.length");
      expect(second.result).to.equal("2");
      expect(count(second)).to.equal(count(first) + 1);
    });

    test("that awaits is one cell, and other requests are answered meanwhile", async (kernel) => {
      const cell = kernel.start(`console.log("on"); await new Promise((r) => setTimeout(r, 60)); "end"`);
      await kernel.printed(cell.id, "on");
      expect((await kernel.request("kernel_info_request")).status).to.equal("ok");
      expect(kernel.of(cell.id).some(({ content }) => content.execution_state === "idle")).to.equal(false);
      expect((await cell.answer).result).to.equal("'end'");
    });

    test("that is silent shows no value and is not counted", async (kernel) => {
      const before = await kernel.execute("1");
      const { order, reply } = await kernel.execute("2", { silent: true });
      expect(order).to.deep.equal(["busy", "idle"]);
      expect(reply.content.status).to.equal("ok");
      expect(count(await kernel.execute("3"))).to.equal(count(before) + 1);
    });

    test("that stores no history shows its value and is not counted", async (kernel) => {
      const before = await kernel.execute("1");
      const stored = await kernel.execute("2", { store_history: false });
      expect(stored.result).to.equal("2");
      expect(count(stored)).to.equal(count(before));
    });

    test("answers user_expressions, good and bad", async (kernel) => {
      const { reply } = await kernel.execute("const side = 3", {
        user_expressions: { good: "side * 2", bad: "(() => { throw new RangeError('no') })()" },
      });
      const expressions = reply.content.user_expressions as Record<string, JsonObject>;
      expect(expressions.good).to.deep.equal({ status: "ok", data: { "text/plain": "6" }, metadata: {} });
      expect(expressions.bad).to.include({ status: "error", ename: "RangeError", evalue: "no" });
    });
  });

  describe("an error", () => {
    test("is published and stands in the reply", async (kernel) => {
      const { order, outputs, reply } = await kernel.execute(`throw new RangeError("too far")`);
      expect(order).to.deep.equal(["busy", "execute_input", "error", "idle"]);
      expect(outputs[0]?.content).to.include({ ename: "RangeError", evalue: "too far" });
      expect(reply.content).to.deep.include({ ...outputs[0]?.content, status: "error" });
      expect(outputs[0]?.content.traceback).to.be.an("array").and.not.empty;
    });

    test("after an await is the cell's as well", async (kernel) => {
      const { reply } = await kernel.execute(`await 0; throw new Error("late")`);
      expect(reply.content).to.include({ status: "error", evalue: "late" });
    });

    test("aborts what was already sent, and nothing that comes later", async (kernel) => {
      const cells = [`await new Promise((r) => setTimeout(r, 20)); throw new Error("x")`, "1", "2"];
      const [failed, ...aborted] = await Promise.all(cells.map((code) => kernel.execute(code)));
      expect(failed?.reply.content.status).to.equal("error");
      for (const { reply, order } of aborted) {
        expect(reply.content).to.deep.equal({ status: "aborted" });
        expect(order).to.deep.equal(["busy", "idle"]);
      }
      expect((await kernel.execute("3")).result).to.equal("3");
    });

    test("with stop_on_error false lets the next cells run", async (kernel) => {
      const first = kernel.execute(`throw new Error("x")`, { stop_on_error: false });
      const second = kernel.execute("5");
      expect((await first).reply.content.status).to.equal("error");
      expect((await second).result).to.equal("5");
    });
  });

  describe("output", () => {
    test("comes in order, and before the result and the idle of its cell", async (kernel) => {
      const { order, outputs } = await kernel.execute(
        `console.log("a"); console.log("b"); console.error("c"); display(1); console.log("d"); "end"`,
      );
      const types = ["stream", "stream", "display_data", "stream", "execute_result"];
      expect(order.filter((type, i) => type !== "stream" || !isMore(outputs, i - 2))).to.deep.equal([
        "busy",
        "execute_input",
        ...types,
        "idle",
      ]);
      const text = outputs.map(({ header, content }) => (header.msg_type === "stream" ? String(content.text) : "|"));
      expect(text.join("")).to.equal("a\nb\nc\n|d\n|");
    });

    test("that is a picture has its text as alternative text", async (kernel) => {
      const { outputs } = await kernel.execute(`
        const shown = { [Symbol.for("Jupyter.display")]: () => ({ "image/png": "iVBORw0KGgo=", "text/plain": "six maps" }) };
        display(shown);
        display.html("<b>no picture</b>");
        display("only text");
        shown`);
      expect(outputs.map(({ content }) => content.metadata)).to.deep.equal([
        { "image/png": { alt: "six maps" } },
        {},
        {},
        { "image/png": { alt: "six maps" } },
      ]);
    });
    test("of a display is replaced in place", async (kernel) => {
      const { outputs } = await kernel.execute(`const handle = display(1); handle.update(2); handle`);
      expect(typesOf(outputs)).to.deep.equal(["display_data", "update_display_data"]);
      expect(outputs.map(({ content }) => content.data)).to.deep.equal([{ "text/plain": "1" }, { "text/plain": "2" }]);
      const [shown, updated] = outputs.map(({ content }) => content.transient as { display_id: string });
      expect(shown?.display_id).to.be.a("string");
      expect(updated).to.deep.equal(shown);
      const named = await kernel.execute(`display.html("<b>x</b>", { id: "mine" }).id`);
      expect(named.result).to.equal("'mine'");
      expect(named.outputs[0]?.content.data).to.deep.equal({ "text/html": "<b>x</b>", "text/plain": "x" });
    });

    test("can be cleared", async (kernel) => {
      const { outputs } = await kernel.execute(`console.log(1); clearOutput({ wait: true }); console.log(2)`);
      expect(typesOf(outputs)).to.deep.equal(["stream", "clear_output", "stream"]);
      expect(outputs[1]?.content).to.deep.equal({ wait: true });
    });

    test("of a timer goes to the cell that set it", async (kernel) => {
      const first = await kernel.execute(`setTimeout(() => console.log("late"), 40); 0`);
      const second = await kernel.execute(`await new Promise((r) => setTimeout(r, 80)); console.log("second")`);
      expect(second.stdout).to.equal("second\n");
      await kernel.printed(first.id, "late");
    });
  });

  describe("input()", () => {
    test("asks the front end that sent the cell, one question after another", async (kernel) => {
      const code = `const name = await input("Name? "); const word = await input("Word? ", { password: true }); name + word`;
      const cell = kernel.start(code, { allow_stdin: true });
      const before = kernel.questions.length;
      for (const [i, content] of [
        { prompt: "Name? ", password: false },
        { prompt: "Word? ", password: true },
      ].entries()) {
        await kernel.until(() => kernel.questions.length > before + i);
        expect(kernel.questions.at(-1)?.content).to.deep.equal(content);
        expect(kernel.questions.at(-1)?.parent.msg_id).to.equal(cell.id);
        kernel.answerInput(`answer ${i} `);
      }
      expect((await cell.answer).result).to.equal("'answer 0 answer 1 '");
    });

    test("fails where nobody can answer", async (kernel) => {
      const { reply } = await kernel.execute(`await input("x")`, { allow_stdin: false });
      expect(reply.content.evalue).to.include("nobody can answer here");
    });
  });

  describe("the end of a cell", () => {
    const told = `globalThis[Symbol.for("receptive.notebook")].onCellEnd((failed) => display({ failed }));`;

    test("is told before its result goes out, once", async (kernel) => {
      const { outputs } = await kernel.execute(`${told} await 0; 7`);
      expect(typesOf(outputs)).to.deep.equal(["display_data", "execute_result"]);
      expect(outputs[0]?.content.data).to.deep.equal({ "text/plain": "{ failed: false }" });
      expect(typesOf((await kernel.execute("8")).outputs)).to.deep.equal(["execute_result"]);
    });

    test("is told before its error goes out, and when Stop has ended it", async (kernel) => {
      const { outputs } = await kernel.execute(`${told} throw new Error("mine")`);
      expect(typesOf(outputs)).to.deep.equal(["display_data", "error"]);
      expect(outputs[0]?.content.data).to.deep.equal({ "text/plain": "{ failed: true }" });
      const cell = kernel.start(`${told} console.log("on"); await new Promise(() => {})`);
      await kernel.printed(cell.id, "on");
      kernel.interrupt();
      const stopped = await cell.answer;
      expect(typesOf(stopped.outputs)).to.deep.equal(["stream", "display_data", "error"]);
    });

    test("goes its way although a callback throws", async (kernel) => {
      const { reply, stderr } = await kernel.execute(
        `globalThis[Symbol.for("receptive.notebook")].onCellEnd(() => { throw new Error("late"); }); ${told} 1`,
      );
      expect(reply.content.status).to.equal("ok");
      expect(stderr).to.contain("late");
    });
  });

  describe("what a cell waits for when its code has ended", () => {
    const host = `globalThis[Symbol.for("receptive.notebook")]`;
    const pause = `await new Promise((r) => setTimeout(r, 20));`;

    test("comes before its result, with all that it displays", async (kernel) => {
      const { order, stdout, result } = await kernel.execute(
        `${host}.beforeCellEnd(async () => { ${pause} console.log("waited"); }); 7`,
      );
      expect(order).to.deep.equal(["busy", "execute_input", "stream", "execute_result", "idle"]);
      expect([stdout, result]).to.deep.equal(["waited\n", "7"]);
    });

    test("is the cell's failure if it fails, which others see", async (kernel) => {
      const { order, outputs, reply } = await kernel.execute(
        `${host}.onCellEnd((failed) => display({ failed }));
         ${host}.beforeCellEnd(async () => { ${pause} throw new RangeError("mine"); });
         ${host}.beforeCellEnd(async () => { throw new Error("second"); }); 7`,
      );
      expect(order).to.deep.equal(["busy", "execute_input", "display_data", "error", "idle"]);
      expect(outputs[0]?.content.data).to.deep.equal({ "text/plain": "{ failed: true }" });
      expect(reply.content).to.include({ ename: "RangeError", evalue: "mine" });
    });

    test("may ask for more, and runs although the cell has failed, whose error stays", async (kernel) => {
      const { stdout, reply } = await kernel.execute(
        `${host}.beforeCellEnd(async () => {
           ${pause}
           ${host}.beforeCellEnd(async () => { console.log("more"); throw new Error("third"); });
         });
         throw new Error("own")`,
      );
      expect([stdout, reply.content.evalue]).to.deep.equal(["more\n", "own"]);
    });

    test("ends with Stop", async (kernel) => {
      const cell = kernel.start(`${host}.beforeCellEnd(() => { console.log("on"); return new Promise(() => {}); }); 7`);
      await kernel.printed(cell.id, "on");
      kernel.interrupt();
      expect((await cell.answer).reply.content.ename).to.equal("Interrupted");
    });
  });

  describe("Stop", () => {
    test("ends a cell that awaits, keeps its variables, and lets the next one run", async (kernel) => {
      const cell = kernel.start(`const before = 7; console.log("on"); await new Promise(() => {})`);
      await kernel.printed(cell.id, "on");
      kernel.interrupt();
      const { reply } = await cell.answer;
      expect(reply.content).to.include({ status: "error", ename: "Interrupted" });
      expect((await kernel.execute("before")).result).to.equal("7");
    });

    test("ends a question that nobody has answered", async (kernel) => {
      const before = kernel.questions.length;
      const cell = kernel.start(`await input("?")`, { allow_stdin: true });
      await kernel.until(() => kernel.questions.length > before);
      kernel.interrupt();
      expect((await cell.answer).reply.content.ename).to.equal("Interrupted");
    });
  });

  describe("comms", () => {
    test("opened by the front end: both directions with buffers, then closed", async (kernel) => {
      await kernel.execute(`
        const log = ["begin"];
        comms.registerTarget("echo", (comm, open) => {
          log.push("open " + JSON.stringify(open.data));
          comm.onMessage(({ data, buffers }) => {
            const doubled = new Float32Array(new Uint8Array(buffers[0]).buffer).map((x) => x * 2);
            comm.send({ echo: data }, { buffers: [doubled], metadata: { m: 1 } });
          });
          comm.onClose(() => { log.push("close"); });
        });`);
      await kernel.tell("comm_open", { comm_id: "c1", target_name: "echo", data: { hello: 1 } });
      const values = new Uint8Array(new Float32Array([1, 2.5]).buffer);
      const [echo, ...rest] = await kernel.tell("comm_msg", { comm_id: "c1", data: "ping" }, [values]);
      expect(rest).to.have.length(0);
      expect(echo?.header.msg_type).to.equal("comm_msg");
      expect(echo?.content).to.deep.equal({ comm_id: "c1", data: { echo: "ping" } });
      expect(echo?.metadata).to.deep.equal({ m: 1 });
      expect(floats(echo?.buffers[0])).to.deep.equal([2, 5]);
      const info = await kernel.request("comm_info_request", { target_name: "echo" });
      expect(info).to.deep.equal({ status: "ok", comms: { c1: { target_name: "echo" } } });
      await kernel.tell("comm_close", { comm_id: "c1", data: {} });
      expect((await kernel.request("comm_info_request", { target_name: "echo" })).comms).to.deep.equal({});
      expect((await kernel.execute("log.length")).result).to.equal("3");
    });

    test("opened by a cell are published with the cell as parent", async (kernel) => {
      const { outputs } = await kernel.execute(
        `const mine = comms.open("widget", { a: 1 }, { buffers: [new Uint8Array([7])] }); mine.send("x"); mine.close();`,
      );
      expect(typesOf(outputs)).to.deep.equal(["comm_open", "comm_msg", "comm_close"]);
      expect(outputs[0]?.content).to.deep.include({ target_name: "widget", data: { a: 1 } });
      expect([...(outputs[0]?.buffers[0] ?? [])]).to.deep.equal([7]);
    });

    test("to an unknown target are closed", async (kernel) => {
      const [closed] = await kernel.tell("comm_open", { comm_id: "c9", target_name: "nobody", data: {} });
      expect(closed?.header.msg_type).to.equal("comm_close");
      expect(closed?.content.comm_id).to.equal("c9");
    });

    test("carry questions about objects, with buffers, and say what cannot be answered", async (kernel) => {
      await kernel.execute(`
        const host = Reflect.get(globalThis, Symbol.for("receptive.notebook"));
        host.register("net", async function () {
          const question = arguments[0];
          if (question.ask === "fail") throw new Error("no layer 3.");
          return { content: { asked: question }, buffers: [new Float32Array([1, 2, question.channel])] };
        });`);
      await kernel.tell("comm_open", { comm_id: "i1", target_name: INSPECT_TARGET, data: {} });
      const ask = async (request: number, id: string, question: unknown): Promise<Message | undefined> =>
        (await kernel.tell("comm_msg", { comm_id: "i1", data: { request, id, question } }))[0];
      const known = await ask(41, "net", { ask: "channel", channel: 17 });
      const asked = { ask: "channel", channel: 17 };
      expect(known?.content.data).to.deep.equal({ request: 41, content: { asked } });
      expect(floats(known?.buffers[0])).to.deep.equal([1, 2, 17]);
      expect((await ask(2, "net", { ask: "fail" }))?.content.data).to.deep.equal({ request: 2, error: "no layer 3." });
      expect((await ask(3, "gone", { ask: "x" }))?.content.data)
        .to.have.property("error")
        .match(/Run the cell again/);
    });
  });

  describe("requests", () => {
    test("for what the kernel is", async (kernel) => {
      const info = await kernel.request("kernel_info_request");
      expect(info).to.include({ status: "ok", implementation: "receptive", protocol_version: "5.3" });
      expect(info.language_info).to.include({ name: "typescript", file_extension: ".ts" });
    });

    test("for completions, what is known of a name, and whether a cell is complete", async (kernel) => {
      const completed = await kernel.request("complete_request", { code: "Math.ab", cursor_pos: 7 });
      expect(completed).to.deep.include({ status: "ok", matches: ["abs"], cursor_start: 5, cursor_end: 7 });
      const inspected = await kernel.request("inspect_request", { code: "Math.abs", cursor_pos: 8, detail_level: 0 });
      expect(inspected).to.include({ status: "ok", found: true });
      const unknown = await kernel.request("inspect_request", { code: "1 + 1", cursor_pos: 2, detail_level: 0 });
      expect(unknown).to.deep.equal({ status: "ok", found: false, data: {}, metadata: {} });
      for (const [code, status] of [
        ["1 + 1", "complete"],
        ["if (true) {", "incomplete"],
        ["1 +* 2", "invalid"],
      ])
        expect(await kernel.request("is_complete_request", { code }), code).to.include({ status });
    });

    test("for the history", async (kernel) => {
      await kernel.execute("1 + 10");
      await kernel.execute("2 + 20");
      const tail = { hist_access_type: "tail", n: 2, output: true, raw: true };
      const { history } = await kernel.request("history_request", tail);
      expect((history as [number, number, [string, string]][]).map(([, , texts]) => texts)).to.deep.equal([
        ["1 + 10", "11"],
        ["2 + 20", "22"],
      ]);
    });

    test("of unknown kinds end idle, and a debugger is refused", async (kernel) => {
      const { order } = await kernel.send("no_such_request").answer;
      expect(order).to.deep.equal(["busy", "idle"]);
      const refused = await kernel.request("debug_request", { seq: 3, type: "request", command: "attach" });
      expect(refused).to.include({ success: false, command: "attach", request_seq: 3 });
    });
  });
}
