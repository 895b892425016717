import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import * as receptive from "../../src";
import { cifar, idx, makeFolder, realData } from "../datasets/support";
import { LectureNet } from "../support/lectureNet";

const root = join(__dirname, "../../..");
const AsyncFunction = Object.getPrototypeOf(async () => Promise.resolve()) as {
  constructor: new (...words: string[]) => (...values: unknown[]) => Promise<void>;
};

/** Every `@example` of a doc comment below src/, with where it stands. */
function examples(): { where: string; code: string }[] {
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".as.ts"))
    .flatMap((file) => {
      const text = readFileSync(join(root, "src", file), "utf8");
      return [...text.matchAll(/^ *\* @example\b([\s\S]*?)(?=^ *\* @|^ *\*\/|\*\/)/gm)].map((match) => ({
        where: `${relative(root, join(root, "src", file))}:${text.slice(0, match.index).split("\n").length}`,
        code: match[1].replace(/^ *\* ?/gm, ""),
      }));
    });
}

/** What an example may take for granted besides the package's names. */
async function surroundings(): Promise<Record<string, unknown>> {
  const data = receptive.datasets.shapes({ count: 100 });
  const [images, labels] = await data.batch([0, 1, 2, 3]);
  const net = new LectureNet();
  const history = await receptive.fit(net, new receptive.DataLoader(data, { batchSize: 50 }), {
    optimizer: new receptive.optim.SGD(net.parameters(), { lr: 0.01 }),
    criterion: new receptive.nn.CrossEntropyLoss(),
  });
  return { net, data, images, labels, history };
}

/** A folder with real or generated files, for the examples that read data sets. */
function dataFolder(): { path: string; which: string } {
  const real = realData("cifar-10-batches-bin") && realData("mnist");
  if (real) return { path: real, which: "real data" };
  const folder = makeFolder();
  for (const name of ["data_batch_1.bin", "test_batch.bin"])
    folder.write(`cifar-10-batches-bin/${name}`, cifar([0, 1, 2]));
  folder.write("mnist/t10k-images-idx3-ubyte", idx([2, 28, 28], new Uint8Array(2 * 28 * 28)));
  folder.write("mnist/t10k-labels-idx1-ubyte", idx([2], [3, 4]));
  return { path: folder.path, which: "generated data" };
}

async function run(code: string): Promise<void> {
  const names: Record<string, unknown> = { ...receptive, ...(await surroundings()) };
  const { outputText } = ts.transpileModule(`(async () => {\n${code}\n})`, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  // An example may declare a name that it also uses from its surroundings; its own wins in the inner function.
  const body = `return (${outputText.trim().replace(/;$/, "")})();`;
  await new AsyncFunction.constructor(...Object.keys(names), body)(...Object.values(names));
}

const folder = dataFolder();

describe(`examples run (${folder.which})`, () => {
  const earlier = process.env.RECEPTIVE_DATA;
  before(() => (process.env.RECEPTIVE_DATA = folder.path));
  after(() => {
    if (earlier === undefined) delete process.env.RECEPTIVE_DATA;
    else process.env.RECEPTIVE_DATA = earlier;
  });
  it("and there are some", () => {
    expect(examples().length).to.be.at.least(5);
  });
  for (const { where, code } of examples())
    it(where, async function () {
      this.timeout(60000);
      await run(code);
    });
});
