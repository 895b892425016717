/** What `pip install` of the wheel into an empty environment gives: kernel, engine, extension, command. */
import { expect } from "chai";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT, startJupyter } from "../support/jupyterServer";
import { BIN, needsClassroom } from "./support/classroom";

const execute = promisify(execFile);
const ENVIRONMENT = join(BIN, "..");

describe("the wheel in an empty environment", function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), "receptive-wheel-"));
  before(function () {
    needsClassroom(this);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** A program of the environment, as someone who has activated it runs it. @returns what it printed */
  async function run(program: string, ...args: string[]): Promise<string> {
    const env = { ...process.env, PATH: `${BIN}:${process.env.PATH}`, NO_COLOR: "1" };
    const { stdout, stderr } = await execute(join(BIN, program), args, {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    return stdout + stderr;
  }

  it("has a kernelspec that names no folder", async () => {
    const { kernelspecs } = JSON.parse(await run("jupyter", "kernelspec", "list", "--json", "--log-level=ERROR")) as {
      kernelspecs: Record<string, { resource_dir: string; spec: object } | undefined>;
    };
    const { resource_dir, spec } = kernelspecs.receptive ?? {};
    expect(resource_dir).to.equal(join(ENVIRONMENT, "share/jupyter/kernels/receptive"));
    expect(spec).to.deep.include({
      argv: ["python", "{resource_dir}/launch.py", "{connection_file}"],
      display_name: "TypeScript (Receptive)",
      language: "typescript",
      interrupt_mode: "message",
    });
  });

  it("has the extension, enabled, and says who installed it", async () => {
    const listed = (await run("jupyter", "labextension", "list")).replace(/\x1b\[\d+m/g, "");
    expect(listed).to.match(/^ *@receptive\/jupyterlab v0\.1\.0 enabled OK \(python, receptive\)$/m);
  });

  it("runs cells from its own files in a folder that knows nothing of npm", async () => {
    const cells = [
      "1 + 1",
      'import { nn, randn } from "receptive";\nnew nn.Linear(2, 3)(randn([4, 2])).shape',
      "process.argv[1]",
      'const wrong: number = "a";',
    ].map((source, i) => ({
      ...{ cell_type: "code", id: `cell-${i}`, source, metadata: {}, outputs: [], execution_count: null },
    }));
    const kernelspec = { name: "receptive", display_name: "TypeScript (Receptive)", language: "typescript" };
    const [source, result] = [join(folder, "work.ipynb"), join(folder, "done.ipynb")];
    writeFileSync(source, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells }));
    // A module of the user's that must not be taken for ours.
    writeFileSync(join(folder, "receptive.py"), "raise SystemExit('the wrong module')");

    const failed = await run("python", join(ROOT, "scripts/lib/executeNotebook.py"), source, result).catch(
      (error: { code: number }) => error.code,
    );
    expect(failed, "the last cell has a type error").to.equal(2);
    const done = JSON.parse(readFileSync(result, "utf8")) as {
      cells: { outputs: { data?: { "text/plain": string[] }; ename?: string }[] }[];
    };
    const results = done.cells.map(({ outputs: [output] }) => output?.data?.["text/plain"].join("") ?? output?.ename);
    expect(results[0]).to.equal("2");
    expect(results[1]).to.equal("[ 4, 3 ]");
    expect(results[2]).to.match(/dist\/class\/lib\/[^/]+\/site-packages\/receptive\/package\/dist\/kernel\/main\.js'$/);
    expect(results[3]).to.equal("TypeScriptError");
  });

  it("writes papermill's parameters in TypeScript, and reads those of a cell", async () => {
    const cell = (id: string, source: string, tags: string[] = []) => ({
      ...{ cell_type: "code", id, source, metadata: { tags }, outputs: [], execution_count: null },
    });
    const kernelspec = { name: "receptive", display_name: "TypeScript (Receptive)", language: "typescript" };
    const cells = [
      cell("a", 'let lr: number = 0.1; // step length\nlet name = "x";\nlet rows = [1];', ["parameters"]),
      cell("b", "console.log(JSON.stringify([lr, name, rows]), -lowest)"),
    ];
    const [source, result] = [join(folder, "parameters.ipynb"), join(folder, "parameters-done.ipynb")];
    writeFileSync(source, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells }));
    // Found by an entry point, which must not lead into the folder of the user.
    writeFileSync(join(folder, "receptive.py"), "raise SystemExit('the wrong module')");
    const about = await run("python", "-m", "papermill", "--help-notebook", source);
    expect(about).to.match(/lr: number \(default 0\.1\)\s+step length/);
    const given = `{ lr: 0.5, name: 'é😀"\\', rows: [1.5, null, true, { a b: c }], lowest: -3 }`;
    await run("python", "-m", "papermill", source, result, "-y", given, "--no-progress-bar");
    const done = JSON.parse(readFileSync(result, "utf8")) as { cells: { outputs: { text: string[] }[] }[] };
    expect(done.cells.at(-1)?.outputs[0]?.text.join("")).to.equal(`[0.5,"é😀\\"\\\\",[1.5,null,true,{"a b":"c"}]] 3\n`);
    const code = `from papermill.translators import translate_parameters as t
print(t("receptive", "typescript", {"a": float("-inf"), "b": float("nan"), "c": {}}, "Parameters"))`;
    expect(await run("python", "-c", code)).to.contain("let a = -Infinity;\nlet b = NaN;\nlet c = {};\n");
  });

  it("has the command, which finds everything", async () => {
    const report = (await run("receptive", "doctor")).trim().split("\n");
    expect(report.map((line) => line.slice(0, 13).trim())).to.deep.equal(
      ["ok Node", "ok Kernel", "ok Python", "ok JupyterLab", "ok Kernelspec", "ok Extension", "ok GPU"].concat(
        "Everything is",
      ),
    );
  });

  it("is all that jupyter lab needs to serve kernel and extension", async () => {
    const server = await startJupyter({ bin: BIN });
    try {
      const page = await (await fetch(`${server.url}/lab`)).text();
      const config = JSON.parse(/<script id="jupyter-config-data"[^>]*>([^]*?)<\/script>/.exec(page)?.[1] ?? "") as {
        federated_extensions: { name: string; load: string }[];
      };
      const ours = config.federated_extensions.find(({ name }) => name === "@receptive/jupyterlab");
      const entry = await fetch(`${server.url}/lab/extensions/@receptive/jupyterlab/${ours?.load}`);
      expect(entry.status).to.equal(200);
      const specs = (await (await fetch(`${server.url}/api/kernelspecs`)).json()) as { kernelspecs: object };
      expect(specs.kernelspecs).to.have.property("receptive");
    } finally {
      await server.stop();
    }
  });
});
