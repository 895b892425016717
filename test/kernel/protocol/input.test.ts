import { expect } from "chai";
import type { Message } from "../../../kernel/message";
import { errorOf } from "../support/kernelClient";
import { withKernel } from "../support/withKernel";

describe("kernel protocol: input", function () {
  this.timeout(60_000);
  const kernel = withKernel();
  const allowed = { allow_stdin: true };

  /** Waits for the next question. */
  async function asked(number: number): Promise<Message | undefined> {
    await kernel().until(() => kernel().questions.length > number);
    return kernel().questions[number];
  }

  it("asks on stdin with the prompt and the cell as parent, and resolves to the answer", async () => {
    const before = kernel().questions.length;
    const { id, answer } = await kernel().start(`const who = await input("name? "); who + "!"`, allowed);
    const question = await asked(before);
    expect(question?.header.msg_type).to.equal("input_request");
    expect(question?.content).to.deep.equal({ prompt: "name? ", password: false });
    expect(question?.parent).to.deep.equal(kernel().sent.get(id));
    await kernel().send("stdin", "input_reply", { value: "Ada" });
    expect((await answer).result).to.equal("'Ada!'");
    expect((await kernel().execute("who")).result).to.equal("'Ada'");
  });

  it("asks for a password without showing it", async () => {
    const before = kernel().questions.length;
    const { answer } = await kernel().start(`(await input("key", { password: true })).length`, allowed);
    expect((await asked(before))?.content).to.deep.equal({ prompt: "key", password: true });
    await kernel().send("stdin", "input_reply", { value: "secret" });
    expect((await answer).result).to.equal("6");
  });

  it("asks one question at a time", async () => {
    const before = kernel().questions.length;
    const { answer } = await kernel().start(`await Promise.all([input("a"), input("b")])`, allowed);
    await asked(before);
    expect(kernel().questions).to.have.length(before + 1);
    await kernel().send("stdin", "input_reply", { value: "1" });
    expect((await asked(before + 1))?.content.prompt).to.equal("b");
    await kernel().send("stdin", "input_reply", { value: "2" });
    expect((await answer).result).to.equal("[ '1', '2' ]");
  });

  it("other requests are answered while it waits", async () => {
    const before = kernel().questions.length;
    const { answer } = await kernel().start(`await input()`, allowed);
    await asked(before);
    const { reply } = await kernel().request("shell", "is_complete_request", { code: "(" });
    expect(reply.status).to.equal("incomplete");
    await kernel().send("stdin", "input_reply", { value: "" });
    expect((await answer).result).to.equal("''");
  });

  it("is refused at once where nobody can answer", async () => {
    const failed = await kernel().execute(`await input("name?")`, { allow_stdin: false });
    expect(errorOf(failed).evalue).to.equal(
      "input: nobody can answer here (the run was started with allow_stdin false, as nbconvert and nbgrader do). " +
        "Write the value into the code instead.",
    );
    expect((await kernel().execute(`await input("name?")`)).reply.status).to.equal("error");
  });

  it("can be interrupted, and a late answer is nobody's", async () => {
    const before = kernel().questions.length;
    const { answer } = await kernel().start(`await input("first")`, allowed);
    await asked(before);
    await kernel().request("control", "interrupt_request");
    expect((await answer).reply.ename).to.equal("Interrupted");
    await kernel().send("stdin", "input_reply", { value: "late" });
    const next = await kernel().start(`await input("second")`, allowed);
    expect((await asked(before + 1))?.content.prompt).to.equal("second");
    await kernel().send("stdin", "input_reply", { value: "right" });
    expect((await next.answer).result).to.equal("'right'");
  });
});
