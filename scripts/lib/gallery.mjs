import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { inRoot, root, shown, venvPython } from "./paths.mjs";
import { readJson } from "./files.mjs";
import { setUp, stepsFor } from "./setup.mjs";
import { UserError, runCommand } from "./userError.mjs";

const usage = "npm run gallery [-- --sources | --out FILE]";
const notebook = inRoot("notebooks", "gallery.ipynb");
const views = inRoot("src", "display", "show");

/** What the examples of doc comments may take for granted; the same as in test/docs/examples.test.ts, and trained a little. */
const preparation = `import { DataLoader, datasets, F, fit, manualSeed, nn, optim, show, transforms, type Tensor } from "receptive";

manualSeed(0);
const data = datasets.shapes({ count: 2000 });
const [images, labels] = await data.batch([0, 1, 2, 3]);

class Net extends nn.Module {
  conv1 = new nn.Conv2d(3, 6, 5);
  pool = new nn.MaxPool2d(2, 2);
  conv2 = new nn.Conv2d(6, 16, 5);
  fc1 = new nn.Linear(16 * 5 * 5, 120);
  fc2 = new nn.Linear(120, 84);
  fc3 = new nn.Linear(84, 10);
  forward(x: Tensor): Tensor {
    x = this.pool(F.relu(this.conv1(x)));
    x = this.pool(F.relu(this.conv2(x)));
    x = x.flatten(1);
    return this.fc3(F.relu(this.fc2(F.relu(this.fc1(x)))));
  }
}
const net = new Net();
const history = await fit(net, new DataLoader(data, { batchSize: 20, shuffle: true }), {
  optimizer: new optim.Adam(net.parameters()),
  criterion: new nn.CrossEntropyLoss(),
  epochs: 10,
});
console.log("loss", history.epochs[9].loss.toFixed(3));`;

/** The names that `show` exports, with the files that they come from. */
function exported() {
  const index = readFileSync(`${views}/index.ts`, "utf8");
  return [...index.matchAll(/export \{\s*(\w+)[^}]*\} from "(.+)";/g)].map(([, name, file]) => ({ name, file }));
}

/** A view's own words: the doc comment of its function up to the first tag, and its examples. */
function wordsOf({ name, file }) {
  const text = readFileSync(`${views}/${file}.ts`, "utf8");
  const end = text.search(new RegExp(`^export (async )?function ${name}\\b`, "m"));
  const comment = end < 0 ? "" : text.slice(text.lastIndexOf("/**", end), end);
  const [words, ...tags] = comment.replace(/^\/\*\*|^ *\*\/\s*$|^ *\* ?/gm, "").split(/^@/m);
  const examples = tags.filter((tag) => tag.startsWith("example")).map((tag) => tag.slice("example".length).trim());
  if (examples.length === 0) throw new UserError(`show.${name} has no @example in src/display/show/${file}.ts.`);
  return { words: words.trim().replace(/\n/g, " "), examples };
}

const cell = (type, id, source) => ({
  cell_type: type,
  id,
  metadata: {},
  ...(type === "code" ? { execution_count: null, outputs: [] } : {}),
  source: source.split(/(?<=\n)/),
});

/** One section a view, written from the doc comments. */
export function galleryCells() {
  const sections = exported().flatMap((view) => {
    const { words, examples } = wordsOf(view);
    return [
      cell("markdown", `${view.name}-words`, `## show.${view.name}\n\n${words}`),
      ...examples.map((code, i) => cell("code", `${view.name}-${i}`, code)),
    ];
  });
  return [
    cell(
      "markdown",
      "title",
      "# Gallery\n\nEvery view that `show` has, on a small network. `npm run gallery` writes this notebook from the examples of the views.",
    ),
    cell("code", "preparation", preparation),
    ...sections,
  ];
}

function write(file) {
  const { metadata } = readJson(inRoot("notebooks", "lectures", "01-convolutional-neural-network.ipynb"));
  const content = { cells: galleryCells(), metadata, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`);
}

/** Writes the gallery and runs it; with `--sources` only says what would be in it. */
export const main = (flags) =>
  runCommand(async () => {
    const [flag, file, ...rest] = flags;
    if (flag === "--sources" && file === undefined) return console.log(JSON.stringify(galleryCells()));
    if (rest.length > 0 || (flag !== undefined && (flag !== "--out" || !file))) throw new UserError(`Usage: ${usage}`);
    const target = file ?? notebook;
    await setUp(stepsFor.notebooks, { quietIfDone: true });
    write(target);
    const script = inRoot("scripts", "lib", "executeNotebook.py");
    const { status } = spawnSync(venvPython, ["-W", "ignore", script, target, target], { cwd: root, stdio: "inherit" });
    if (status !== 0) throw new UserError(`A cell of ${shown(target)} failed. Open it to see which.`);
    console.log(`gallery  ${shown(target)}`);
  });
