import { expect } from "chai";
import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { KernelClient } from "../kernel/support/kernelClient";
import { ROOT } from "../support/jupyterServer";

interface Manifest {
  version: string;
  dependencies?: Record<string, string>;
}

describe("the npm packages", function () {
  this.timeout(120_000);
  let folder: string;
  const modules = (...parts: string[]): string => join(folder, "node_modules", ...parts);

  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "receptive-packed-")));
    const script = `import { pack } from ${JSON.stringify(pathToFileURL(join(ROOT, "scripts/lib/pack.mjs")).href)};
      console.log(JSON.stringify(await pack()));`;
    const said = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    const [engine, kernel] = JSON.parse(said) as string[];
    unpack(engine, modules("receptive"));
    unpack(kernel, modules("@receptive/kernel"));
    for (const name of ["tslab", "zeromq", "typescript", "@types/node", "chai", "@types/chai"]) link(name);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function unpack(file: string, to: string): void {
    mkdirSync(to, { recursive: true });
    execFileSync("tar", ["-xzf", file, "-C", to, "--strip-components=1"]);
  }
  function link(name: string): void {
    mkdirSync(dirname(modules(name)), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), modules(name), "junction");
  }
  const manifest = (name: string): Manifest =>
    JSON.parse(readFileSync(modules(name, "package.json"), "utf8")) as Manifest;
  function run(args: string[], env: Record<string, string> = {}): string {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, ...env },
      encoding: "utf8",
    });
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
    return stdout.replaceAll(folder, "FOLDER");
  }
  const program = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return name;
  };

  it("need these packages", () => {
    expect(Object.keys(manifest("receptive").dependencies ?? {})).to.deep.equal(["@types/chai", "chai"]);
    const { dependencies = {} } = manifest("@receptive/kernel");
    expect(Object.keys(dependencies).sort()).to.deep.equal(
      ["@types/node", "receptive", "tslab", "typescript", "zeromq"], // no package that only the engine may use
    );
    expect(dependencies.receptive).to.equal(manifest("receptive").version);
    expect(existsSync(modules("sharp"))).to.equal(false);
  });

  const sum =
    "console.log(Object.keys(nn).includes('Conv2d'), await randn([2, 3]).to('gpu').relu().sum().item() >= 0);";
  it("give the engine to require and to import", () => {
    const required = program("a.cjs", `const { nn, randn } = require("receptive"); (async () => { ${sum} })();`);
    const imported = program("a.mjs", `import { nn, randn } from "receptive"; ${sum}`);
    for (const name of [required, imported]) expect(run([name])).to.equal("true true\n");
    const both = `import { Tensor } from "receptive"; import { createRequire } from "node:module";
      console.log(createRequire(import.meta.url)("receptive").Tensor === Tensor);`;
    expect(run([program("both.mjs", both)])).to.equal("true\n");
  });

  it("list every name for import", () => {
    const names = `import * as all from "receptive"; import whole from "./node_modules/receptive/dist/node/receptive.js";
      console.log(Object.keys(whole).filter((name) => !(name in all)));`;
    expect(run([program("names.mjs", names)])).to.equal("[]\n");
  });

  for (const [how, module, moduleResolution] of [
    ["CommonJS", ts.ModuleKind.CommonJS, ts.ModuleResolutionKind.Node10],
    ["Node's own", ts.ModuleKind.Node16, ts.ModuleResolutionKind.Node16],
    ["a bundler's", ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
  ] as const) {
    it(`have types for ${how} imports`, () => {
      const file = join(
        folder,
        program(
          "typed.mts",
          `import { nn, randn } from "receptive";
export const y: import("receptive").Tensor = new nn.Linear(2, 1)(randn([1, 2]));
export const wrong: number = y;`,
        ),
      );
      const options = {
        module,
        moduleResolution,
        target: ts.ScriptTarget.ES2022,
        strict: true,
        skipLibCheck: true,
        types: [],
      };
      const found = ts.getPreEmitDiagnostics(ts.createProgram([file], options));
      expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "))).to.deep.equal([
        "Type 'Tensor' is not assignable to type 'number'.",
      ]);
    });
  }

  it("answer what a bundler for pages asks for", () => {
    const asked = `console.log(import.meta.resolve("receptive").replace(/.*node_modules/, ""))`;
    expect(run(["--conditions=browser", program("page.mjs", asked)])).to.equal(
      "/receptive/dist/browser/receptive.js\n",
    );
    expect(existsSync(modules("receptive/dist/browser/receptive.js"))).to.equal(true);
  });

  it("install kernel and extension, and doctor finds them", () => {
    const command = modules("@receptive/kernel/kernel/receptive.mjs");
    const share = "FOLDER/jupyter/share/jupyter";
    expect(run([command, "install", "--prefix", join(folder, "jupyter")])).to.contain(
      `extension   ${share}/labextensions`,
    );
    const spec = readFileSync(join(folder, "jupyter/share/jupyter/kernels/receptive/kernel.json"), "utf8");
    const { argv } = JSON.parse(spec) as { argv: string[] };
    expect(argv[1]).to.equal(modules("@receptive/kernel/dist/kernel/main.js"));
    const { stdout } = spawnSync(process.execPath, [command, "doctor"], {
      cwd: folder,
      env: { ...process.env, JUPYTER_DATA_DIR: join(folder, "jupyter/share/jupyter") },
      encoding: "utf8",
    });
    const { version } = manifest("receptive");
    expect(stdout).to.contain(`ok Kernel      ${version} (${modules("@receptive/kernel")})\n`);
    expect(stdout).to.match(/^ok GPU /m);
  });

  it("run a cell that imports the engine", async () => {
    const client = await KernelClient.start({ cwd: folder, main: modules("@receptive/kernel/dist/kernel/main.js") });
    try {
      const cell = `import { nn, randn } from "receptive";\nnew nn.Linear(2, 3)(randn([4, 2])).shape`;
      expect((await client.execute(cell)).result).to.equal("[ 4, 3 ]");
      expect((await client.execute(`const wrong: number = "a";`)).reply.status).to.equal("error");
    } finally {
      await client.stop();
    }
  });
});
