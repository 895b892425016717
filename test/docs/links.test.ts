import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = join(__dirname, "../../..");
const elsewhere = new Set([
  "node_modules",
  "dist",
  ".git",
  ".venv",
  "coverage",
  "test-output",
  "labextension",
  "lib",
  ".ipynb_checkpoints",
]);
/** What `npm start` makes and git ignores. */
const made = "notebooks/my/";

function documents(folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return elsewhere.has(entry.name) ? [] : documents(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** The name by which GitHub and JupyterLab reach a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

const anchorsOf = (text: string): string[] => [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading));

/** What the links and pictures of a document lead to, without those in code. */
function targets(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target]) => target);
}

describe("documents", () => {
  const found = documents();
  it("are found", () =>
    expect(found).to.include.members(["README.md", "CONTRIBUTING.md", join("docs", "architecture.md")]));

  for (const path of found)
    it(`${path} has no link that leads nowhere`, () => {
      const text = readFileSync(join(root, path), "utf8");
      const lost = targets(text).filter((target) => {
        if (/^[a-z]+:/.test(target)) return false;
        const [file, anchor] = target.split("#");
        const to = file === "" ? path : join(dirname(path), file);
        if (!existsSync(join(root, to))) return true;
        return anchor !== undefined && !anchorsOf(readFileSync(join(root, to), "utf8")).includes(anchor);
      });
      expect(lost).to.deep.equal([]);
    });

  /** Files that the text names in code, such as `src/ambient.ts`. */
  it("name files that are there", () => {
    const texts = ["CONTRIBUTING.md", "README.md", ...found.filter((path) => dirname(path) === "docs")];
    const lost = texts.flatMap((path) =>
      [
        ...readFileSync(join(root, path), "utf8").matchAll(
          /`((?:src|kernel|cli|extension|test|scripts|bench|notebooks|packaging)\/[\w./-]*)`/g,
        ),
      ]
        .map(([, name]) => name)
        .filter((name) => name !== made && !existsSync(join(root, name)))
        .map((name) => `${path}: ${name}`),
    );
    expect(lost).to.deep.equal([]);
  });
});
