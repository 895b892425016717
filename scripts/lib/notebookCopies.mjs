import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { readJson } from "./files.mjs";
import { homeworkNames, homeworkNotebook } from "./homeworkFiles.mjs";
import { landingPage } from "./landing.mjs";
import { lectureNames, lectures } from "./lectureFiles.mjs";
import { inRoot, shown } from "./paths.mjs";

/** Where lectures and homework are opened, run and changed, so that the stored ones stay as they are; git ignores it. */
export const copies = inRoot("notebooks", "my");
const stamps = join(copies, ".copies.json");
/** What lies beside the copies: the page on which JupyterLab opens, and sizes for slides of jupyterlab-rise. */
const beside = [
  { path: join(copies, "index.md"), text: landingPage },
  { path: join(copies, "rise.css"), text: () => riseSizes },
];
const riseSizes = `/* jupyterlab-rise reads this: letters that can be read from the last row. */
:root {
  --jp-content-font-size1: 24px;
  --jp-code-font-size: 20px;
  --jp-ui-font-size1: 20px;
}
.reveal .jp-OutputArea-output pre,
.reveal .jp-RenderedHTMLCommon table {
  font-size: 20px;
}
`;

/** The stored notebook of each copy, by the copy's path in its folder. */
const storedNotebooks = () =>
  new Map([
    ...lectureNames().map((name) => [name, join(lectures, name)]),
    ...homeworkNames("release").map((name) => [`homework/${name}/${name}.ipynb`, homeworkNotebook("release", name)]),
  ]);

/** A copy knows where its stored state is: JupyterLab's command "Reset this Notebook" looks there. */
function freshCopy(name) {
  const path = storedNotebooks().get(name);
  const notebook = readJson(path);
  const stored = relative(dirname(join(copies, name)), path).replaceAll(sep, "/");
  return `${JSON.stringify({ ...notebook, metadata: { ...notebook.metadata, receptive: { stored } } }, null, 1)}\n`;
}

const hash = (text) => createHash("sha256").update(text).digest("hex");
const stampsOf = () => (existsSync(stamps) ? readJson(stamps) : {});

/** Whether somebody has saved the copy since it was made. */
const isChanged = (name) => hash(readFileSync(join(copies, name), "utf8")) !== stampsOf()[name];

/** A copy that is not there, or is of an older state of the notebook and unchanged. What somebody has saved is never overwritten. */
const isStale = (name) =>
  !existsSync(join(copies, name)) || (!isChanged(name) && hash(freshCopy(name)) !== stampsOf()[name]);

function writeCopy(name) {
  const text = freshCopy(name);
  mkdirSync(dirname(join(copies, name)), { recursive: true });
  writeFileSync(join(copies, name), text);
  writeFileSync(stamps, `${JSON.stringify({ ...stampsOf(), [name]: hash(text) }, null, 1)}\n`);
}

/** The step of `npm start` that makes missing copies, and the page on which JupyterLab opens. */
export const notebookCopies = {
  name: "lectures and homework",
  what: "copies and a page that lists them, in notebooks/my",
  isDone: () =>
    ![...storedNotebooks().keys()].some(isStale) &&
    beside.every(({ path, text }) => existsSync(path) && readFileSync(path, "utf8") === text()),
  run() {
    for (const name of [...storedNotebooks().keys()].filter(isStale)) writeCopy(name);
    mkdirSync(copies, { recursive: true });
    for (const { path, text } of beside) writeFileSync(path, text());
  },
};

/** Brings a copy back to the stored state; what somebody has saved in it is kept beside it. */
export function resetCopy(name) {
  const copy = join(copies, name);
  if (existsSync(copy) && isChanged(name)) {
    const kept = keptName(name);
    renameSync(copy, join(copies, kept));
    console.log(`kept       ${shown(join(copies, kept))}`);
  }
  writeCopy(name);
  console.log(`reset      ${shown(copy)} is as it is stored. If it is open: File > Reload Notebook from Disk.`);
}

/** "03-name 2026-11-29 09.14.05.ipynb", in local time. */
function keptName(name, now = new Date()) {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
  return name.replace(/\.ipynb$/, ` ${local.slice(0, 10)} ${local.slice(11, 19).replaceAll(":", ".")}.ipynb`);
}
