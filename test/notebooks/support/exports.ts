/** What `npm run lecture` exports: pages and slides, and what they would load. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../../..");

/** Exports a notebook; gives the file's text and what the command said. */
export function exportNotebook(
  path: string,
  kind: "html" | "slides" | "pdf",
  out: string,
): { html: string; said: string } {
  const args = ["scripts/lecture.mjs", path, `--${kind}`, "--out", out];
  const said = execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  return { html: readFileSync(out, "utf8"), said };
}

/** What a script has in it is no mark-up. */
const withoutScripts = (html: string): string =>
  html.replace(/<script\b([^>]*)>[^]*?<\/script>/g, "<script$1></script>");

/** Addresses that a page loads: sources, links of the head, url() and @import of its style sheets; data: is in the page. */
export function loadedBy(html: string): string[] {
  const markup = withoutScripts(html).replace(/"data:[^"]*"/g, '""');
  const styles = [...html.matchAll(/<style[^>]*>([^]*?)<\/style>/g)].map(([, css]) => css).join("\n");
  const patterns: [string, RegExp][] = [
    [markup, /<(?:script|img|iframe|video|audio|source|embed)\b[^>]*?\ssrc=["']([^"']+)/g],
    [markup, /<link\b[^>]*?\shref=["']([^"']+)/g],
    [styles, /url\(["']?((?!data:)[^"')]+)/g],
    [styles, /@import\s+(?:url\()?["']?([^"');]+)/g],
  ];
  return patterns.flatMap(([text, pattern]) => [...text.matchAll(pattern)].map(([, address]) => address));
}

/** Alternative texts of a page's pictures, the empty ones too. */
export const alternativesIn = (html: string): string[] =>
  [...withoutScripts(html).matchAll(/<img\b([^>]*)>/g)].map(
    ([, attributes]) => /\balt=(["'])([^]*?)\1/.exec(attributes)?.[2] ?? "",
  );
