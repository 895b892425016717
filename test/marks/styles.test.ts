import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/jupyterServer";

/** Every style sheet of the extension, whose rules all hold on one page. */
const sheets = ["src/marks", "extension/src", "extension/style"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".css"))
    .map((file) => join(folder, file)),
);
const textOf = (file: string): string => readFileSync(join(ROOT, file), "utf8");

describe("style sheets", () => {
  it("name each class in one place: a second one would change what it does not know", () => {
    const owners = new Map<string, Set<string>>();
    for (const file of sheets)
      for (const [, name] of textOf(file).matchAll(/^\.(rcp-[\w-]+)/gm))
        owners.set(name, (owners.get(name) ?? new Set()).add(file));
    const shared = [...owners].filter(([, files]) => files.size > 1).map(([name, files]) => [name, ...files]);
    expect(shared).to.deep.equal([]);
    expect(owners.size).to.be.above(50);
  });

  it("are all part of the extension's", () => {
    const imported = [...textOf("extension/style/index.css").matchAll(/url\("\.\.\/([^"]+)"\)/g)].map(([, path]) =>
      join("extension/style", "..", path),
    );
    const expected = sheets.filter((file) => file !== "extension/style/index.css");
    expect(imported.map((path) => path.replace(/^extension\/\.\.\//, "")).sort()).to.deep.equal(expected.sort());
  });
});
