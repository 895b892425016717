import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "./userError.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];
const elsewhere = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** @throws UserError that says what to install, if there is no browser that prints */
export function findChromium({ CHROMIUM, PATH = "" } = process.env) {
  if (CHROMIUM && !existsSync(CHROMIUM))
    throw new UserError(`CHROMIUM is ${CHROMIUM}, which is not there. Give the path of a Chromium or Chrome.`);
  const onPath = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = CHROMIUM ?? [...onPath, ...elsewhere].find((path) => existsSync(path));
  if (found) return found;
  throw new UserError(
    "A PDF is printed by Chromium, Chrome or Edge, and none is found. Install one (apt-get install chromium), or set CHROMIUM to its path.",
  );
}

/** Prints a page that is a file on paper of A4, with all its folded parts open and the number of each sheet. */
export async function printToPdf(page, pdf) {
  const { chromium } = await import("playwright-core");
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath: findChromium(), args });
  try {
    const tab = await browser.newPage();
    await tab.goto(pathToFileURL(page).href);
    await tab.evaluate(
      "document.fonts.ready.then(() => document.querySelectorAll('details').forEach((d) => (d.open = true)))",
    );
    const number = '<div style="width:100%;text-align:center;font-size:8px"><span class="pageNumber"></span></div>';
    const margin = { top: "14mm", bottom: "16mm", left: "14mm", right: "14mm" };
    await tab.pdf({
      ...{ path: pdf, format: "A4", printBackground: true, scale: 0.85, margin, tagged: true, outline: true },
      ...{ displayHeaderFooter: true, headerTemplate: "<span></span>", footerTemplate: number },
    });
  } finally {
    await browser.close();
  }
}
