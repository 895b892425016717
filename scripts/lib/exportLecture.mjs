import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { findChromium, printToPdf } from "./chromium.mjs";
import { setFormulas } from "./formulas.mjs";
import { inRoot, shown, venvPython } from "./paths.mjs";
import { runLogged } from "./run.mjs";
import { setUp, stepsFor } from "./setup.mjs";

/**
 * Writes a notebook with its stored outputs as one file that loads nothing: a page, slides, or a PDF.
 * @param kind  "html", "slides" or "pdf"
 */
export async function exportLecture(source, kind, out) {
  if (kind === "pdf") findChromium();
  await setUp(stepsFor.exports, { quietIfDone: true });
  const ending = { html: ".html", slides: ".slides.html", pdf: ".pdf" }[kind];
  const target = resolve(out ?? inRoot("test-output", basename(source).replace(/\.ipynb$/, ending)));
  mkdirSync(dirname(target), { recursive: true });
  if (kind === "pdf") {
    const scratch = mkdtempSync(join(tmpdir(), "receptive-print-"));
    try {
      await writePage(source, "page", join(scratch, "page.html"));
      await printToPdf(join(scratch, "page.html"), target);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  } else await writePage(source, kind === "slides" ? "slides" : "page", target);
  console.log(`${kind.padEnd(10)} ${shown(target)} (${Math.ceil(statSync(target).size / 1000)} kB)`);
}

async function writePage(source, kind, target) {
  const script = inRoot("scripts", "lib", "exportNotebook.py");
  const folders = [inRoot("packaging", "nbconvert"), inRoot("node_modules", "reveal.js")];
  await runLogged("nbconvert", venvPython, ["-W", "ignore", script, kind, source, target, ...folders], {
    log: "nbconvert",
  });
  const { html, unset } = setFormulas(readFileSync(target, "utf8"));
  writeFileSync(target, html);
  for (const formula of unset) console.log(`formula    not set: ${formula}`);
}
