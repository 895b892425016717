import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { installKernelspec } from "../../cli/kernelspec";

const ROOT = resolve(__dirname, "../../..");
const PYTHON = join(ROOT, ".venv", process.platform === "win32" ? "Scripts/python.exe" : "bin/python");

/** Runs a Python program that finds only our kernelspec. */
function python(args: string[], folder: string): { output: string; status: number | null } {
  expect(existsSync(PYTHON), `${PYTHON} is missing. Run npm run setup.`).to.equal(true);
  const env = { ...process.env, JUPYTER_PATH: join(folder, "share", "jupyter") };
  const { status, stdout, stderr } = spawnSync(PYTHON, args, {
    cwd: folder,
    env,
    encoding: "utf8",
    timeout: 80_000,
  });
  return { status, output: `${stdout}${stderr}` };
}

describe("kernel: conformance", function () {
  this.timeout(90_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "receptive-spec-"));
    installKernelspec(folder);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("passes jupyter_kernel_test", () => {
    const { output, status } = python([join(ROOT, "test", "kernel", "test_conformance.py")], folder);
    expect(output, output).to.match(/Ran \d+ tests/);
    const passed = [...output.matchAll(/^test_\w+ .*\.\.\. ok$/gm)].length;
    expect(status, output).to.equal(0);
    expect(passed, output).to.equal(12);
    expect(output).to.not.contain("skipped");
  });

  it("runs a notebook through nbclient, errors allowed, without skipping a cell", () => {
    const program = `
import nbformat
from nbclient import NotebookClient
cells = ["const a = 1; a", "console.log('x'); throw new Error('boom')", "a + 1", "await new Promise(r => setTimeout(r, 20)); 'ok'"]
book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in cells])
NotebookClient(book, kernel_name="receptive", allow_errors=True, timeout=30).execute()
nbformat.validate(book)
for cell in book.cells:
    print(cell.execution_count, [(o.output_type, o.get("text") or o.get("evalue") or o["data"]["text/plain"]) for o in cell.outputs])
print(book.metadata.language_info.name)
`;
    const { output, status } = python(["-c", program], folder);
    expect(status, output).to.equal(0);
    expect(output.trim().split("\n").slice(-5)).to.deep.equal([
      "1 [('execute_result', '1')]",
      "2 [('stream', 'x\\n'), ('error', 'boom')]",
      "3 [('execute_result', '2')]",
      `4 [('execute_result', "'ok'")]`,
      "typescript",
    ]);
  });
});
