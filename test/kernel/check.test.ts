import { CHECK_IMPORTS, checkBody } from "./support/checkBody";
import { withKernel } from "./support/withKernel";

describe("kernel: checks", () => {
  const kernel = withKernel();
  before(() => kernel().execute(CHECK_IMPORTS));

  checkBody(async (code) => {
    const { reply, result, stderr, outputs } = await kernel().execute(code);
    return {
      status: reply.status,
      evalue: reply.evalue,
      traceback: ((reply.traceback ?? []) as string[]).join("\n").replace(/\x1b\[\d+m/g, ""),
      result,
      stderr,
      displayed: outputs
        .filter(({ header }) => header.msg_type === "display_data")
        .map(({ content }) => String((content.data as Record<string, unknown>)["text/plain"])),
    };
  });
});
