import { join } from "node:path";
import { readJson } from "./files.mjs";
import { homeworkNames, homeworkNotebook } from "./homeworkFiles.mjs";
import { lectureNames, lectures } from "./lectureFiles.mjs";

/** The page on which JupyterLab opens: what there is, and what each teaches by its first cell. It lies in notebooks/my. */
export function landingPage() {
  const lectureList = lectureNames().map((name) => entry(join(lectures, name), name));
  const homeworkList = homeworkNames("release").map((name) =>
    entry(homeworkNotebook("release", name), `homework/${name}/${name}.ipynb`),
  );
  return [
    "# Receptive",
    "A laboratory for convolutional neural networks. Open a notebook, then _Run > Run All Cells_, or **Shift+Enter** cell by cell.",
    lectureList.length > 0 &&
      "The notebooks here are copies, which are yours to change. **Reset this Notebook to its Stored State** in the command palette " +
        "(Ctrl+Shift+C) brings one back and keeps your version beside it.",
    ...section("Lectures", lectureList),
    ...section("Homework", homeworkList),
    "## Besides",
    "- [Gallery](../gallery.ipynb): every view that `show` has, with the code that makes it.\n" +
      '- A new notebook: _File > New > Notebook_ with the kernel _TypeScript (Receptive)_. `help("nn.Conv2d")` describes a name.',
  ]
    .filter(Boolean)
    .join("\n\n")
    .concat("\n");
}

const section = (title, entries) => (entries.length > 0 ? [`## ${title}`, ...entries] : []);

/** A notebook's title as a link, and below it what its first cell lists or says first. */
function entry(path, link) {
  const [first] = readJson(path).cells ?? [];
  const text = first?.cell_type === "markdown" ? [first.source].flat().join("") : "";
  const title =
    /^# (.+)$/m.exec(text)?.[1] ??
    link
      .split("/")
      .at(-1)
      .replace(/\.ipynb$/, "");
  const items = text.match(/^- .*(?:\n {2,}.*)*/gm) ?? [];
  const paragraph = text.split(/\n\s*\n/).find((each) => each.trim() && !each.startsWith("#"));
  const teaches = items.length > 0 ? items.join("\n") : (paragraph ?? "").trim();
  return `### [${title}](${encodeURI(link)})${teaches ? `\n\n${teaches}` : ""}`;
}
