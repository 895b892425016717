import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nn, optim } from "../../src";

/** The rows of docs/pytorch.md under a heading, up to the next one. */
function rowsUnder(heading: string): string[][] {
  const text = readFileSync(join(__dirname, "../../../docs/pytorch.md"), "utf8");
  const [, section] = text.split(`\n## ${heading}\n`);
  return section
    .split(/\n#/)[0]
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2)
    .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "").trim()));
}

/** The classes that a cell names: `MaxPool1d`, `2d` are two. */
function classesIn(cell: string): string[] {
  let last = "";
  return [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, word]) => {
    if (/^\dd$/.test(word)) return [last.replace(/\dd$/, word)];
    last = word;
    return /^[A-Z]\w+$/.test(word) ? [word] : [];
  });
}

const isClass = (value: unknown): boolean => typeof value === "function" && /^class /.test(String(value));

describe("docs/pytorch.md", () => {
  for (const [heading, namespaces] of [
    ["nn and F", [nn]],
    ["optim", [optim, optim.lrScheduler]],
  ] as const)
    describe(heading, () => {
      const rows = rowsUnder(heading);
      const here = rows
        .filter(([topic]) => topic !== "absent")
        .flatMap(([topic, names]) => [...classesIn(topic), ...classesIn(names)]);
      const owned = namespaces.flatMap((space) => Object.entries(space as Record<string, unknown>));
      it("names what there is", () => {
        const classes = owned.filter(([, value]) => isClass(value)).map(([name]) => name);
        // What the others are made of.
        const bases = ["Buffer", "Module", "Optimizer", "LRScheduler"];
        expect(classes.filter((name) => !bases.includes(name) && !here.includes(name))).to.deep.equal([]);
      });
      it("and nothing that there is not", () => {
        const names = new Set(owned.map(([name]) => name));
        expect(here.filter((name) => !names.has(name))).to.deep.equal([]);
        const absent = rows.flatMap(([topic, list, differs = ""]) => [
          ...(topic === "absent" ? classesIn(list) : []),
          ...[...differs.matchAll(/(?:no|absent:) ((?:`\w+`(?:, )?)+)/g)].flatMap(([, some]) => classesIn(some)),
        ]);
        expect(absent.filter((name) => names.has(name))).to.deep.equal([]);
      });
    });
});
