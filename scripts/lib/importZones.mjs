/**
 * An ESLint rule: imports go one way, from a layer to its own and to those above it in the list. `import type` may go
 * anywhere inside src, because it leaves no trace at run time. See "Shape" in the design: this list is its enforcement.
 */
import { dirname, posix, relative, resolve } from "node:path";
import { root } from "./paths.mjs";

/** Paths below src, without `.ts`: a folder stands for all in it, and the longest entry that fits counts. */
export const layers = [
  [
    "protocol",
    "marks",
    "errors",
    "arguments",
    "absentOptions",
    "options",
    "notebook",
    "eventLoop",
    "ambient",
    "once",
    "fileKind",
    "optionalPackage",
    "optionalPackage.browser",
    "text",
    "indexed",
    "tensor/shape",
  ],
  ["devices"],
  ["autograd", "ops"],
  ["tensor"],
  ["nn", "optim", "data", "io", "kernelSource"],
  ["models", "datasets", "features", "train", "interpret", "summary", "graph", "compare"],
  ["display", "check"],
  ["index"],
];
/** A device's own files: the rest of src/ knows devices by the contract of src/devices/device.ts. */
const inside = /^src\/devices\/(cpu|gpu)\//;
/** Files that are a device's part of an op or an optimizer, and those that the package is about kernels for. */
const insiders = [/^src\/devices(\/|$)/, /\/(cpu|gpu)(\/|$)/, /^src\/kernelSource\//, /^src\/index$/];
/** What other folders may import of src; the benchmarks take the package as its users do. */
const doors = {
  kernel: ["src/protocol", "src/text"],
  extension: ["src/protocol", "src/marks"],
  bench: ["src/index"],
  cli: ["kernel"],
};
/** Marks are read by the engine and by the extension, so they stand alone. */
const standsAlone = { folder: "src/marks", mayImport: ["src/protocol", "src/text"] };
/** What they share with the tests: the lecture's network, and how to speak to a kernel and to JupyterLab. */
const shared = [
  "test/support/lectureNet",
  "test/kernel/support/",
  "test/support/browser",
  "test/support/jupyterServer",
  "test/support/labNotebook",
];

const entries = layers
  .flatMap((names, level) => names.map((name) => ({ path: `src/${name}`, level })))
  .sort((a, b) => b.path.length - a.path.length);
const layerOf = (file) => entries.find(({ path }) => file === path || file.startsWith(`${path}/`));
const topOf = (file) => file.split("/")[0];
const isIn = (folder, file) => file === folder || file.startsWith(`${folder}/`);
/** x.page.ts is compiled for a page, which has the DOM. */
const isOfPage = (file) => file.endsWith(".page") || topOf(file) === "extension";

/** Why `from` may not import `to`, both relative to the root and without extension; undefined if it may. */
function objection(from, to, isType) {
  const [here, there] = [topOf(from), topOf(to)];
  if (isOfPage(to) && !isOfPage(from))
    return `${to} is compiled for pages alone: only *.page.ts and extension/ may import it.`;
  if (here !== "src") {
    const isShared = here === "bench" && shared.some((path) => to.startsWith(path));
    const isInside = there === here || doors[here].some((door) => isIn(door, to));
    return isInside || isShared
      ? undefined
      : `${here}/ may import only itself and ${doors[here].join(" and ")}, not ${to}.`;
  }
  if (there !== "src") return `src/ may not import ${there}/.`;
  const { folder, mayImport } = standsAlone;
  if (isIn(folder, from) && ![folder, ...mayImport].some((each) => isIn(each, to)))
    return `${folder} may import only itself and ${mayImport.join(" and ")}, not ${to}.`;
  const [own, other] = [layerOf(from), layerOf(to)];
  const lost = own ? (other ? undefined : to) : from;
  if (lost) return `${lost} is in no layer. Add it to scripts/lib/importZones.mjs.`;
  if (!isType && inside.test(to) && !insiders.some((path) => path.test(from)))
    return `${from} may not import ${to}: only a device's own files do, such as ops/<op>/cpu.ts. Use the contract of src/devices/device.ts.`;
  if (isType || own.level >= other.level) return undefined;
  return `${own.path} may not import ${other.path}: imports go one way (only "import type" may go back).`;
}

const onlyTypes = ({ importKind, exportKind, specifiers }) =>
  importKind === "type" ||
  exportKind === "type" ||
  (specifiers?.length > 0 && specifiers.every((each) => (each.importKind ?? each.exportKind) === "type"));

/** The path from the root with `/`, and without the extension or a final `/index` below a folder. */
function nameOf(path) {
  const name = relative(root, path)
    .split("\\")
    .join(posix.sep)
    .replace(/\.(ts|js)$/, "");
  return name === "src/index" ? name : name.replace(/\/index$/, "");
}

export const importZones = {
  meta: { type: "problem", schema: [], messages: { zone: "{{why}}" } },
  create(context) {
    const from = nameOf(context.filename);
    const check = (node) => {
      const specifier = node.source?.value;
      if (typeof specifier !== "string" || !specifier.startsWith(".")) return;
      let to = nameOf(resolve(dirname(context.filename), specifier));
      if (to === "src") to = "src/index";
      const why = objection(from, to, onlyTypes(node));
      if (why) context.report({ node, messageId: "zone", data: { why } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
