import { expect } from "chai";
import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../../..");

/** Where the machine's own Python is meant: it makes the project's environment, or belongs to whom `receptive` is installed for. */
const allowed = [
  "scripts/lib/python.mjs",
  "cli/python.ts",
  // Stand-ins for it, and the name of a kernel.
  "test/install/support.ts",
  "test/scripts/sandbox.ts",
  "test/classes/support/course.ts",
  "test/scripts/python.test.ts",
];

describe("the machine's own Python", () => {
  it("is used by nothing but what makes the project's environment: a package installed there by hand would hide a missing one", () => {
    const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "*.ts", "*.mjs", "*.cjs", ".ci"], {
      cwd: root,
      encoding: "utf8",
    });
    const found = files
      .split("\n")
      .filter((file) => file && !allowed.includes(file))
      .filter((file) =>
        /(spawn|exec|runLogged|runShown)\w*\(\s*(["'`][^"'`]*["'`],\s*)?["'`]python3?["'`]/.test(
          readFileSync(join(root, file), "utf8"),
        ),
      );
    expect(found).to.deep.equal([]);
  });
});
