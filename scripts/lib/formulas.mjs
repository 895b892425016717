import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/**
 * Sets the formulas of a page that exportNotebook.py has written, with style sheet and fonts inside the page.
 * @returns `html`, and `unset`: formulas that KaTeX does not know, which stay as they were typed
 */
export function setFormulas(html) {
  const katex = require("katex");
  const unset = [];
  let count = 0;
  const set = html.replace(/<span class="formula( display)?">([^<]*)<\/span>/g, (_, display, escaped) => {
    const tex = unescaped(escaped);
    count++;
    try {
      return katex.renderToString(tex, { displayMode: display !== undefined, strict: "ignore" });
    } catch (error) {
      unset.push(`${tex.trim()}: ${error.message}`);
      return `<code>${escaped}</code>`;
    }
  });
  const withStyle = count === 0 ? set : set.replace("</head>", () => `<style>${style()}</style>\n</head>`);
  return { html: withStyle, unset };
}

const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** KaTeX's style sheet, which takes each font from itself. */
function style() {
  const file = require.resolve("katex/dist/katex.min.css");
  return readFileSync(file, "utf8").replace(/src:url\(([^)]+\.woff2)\)[^;}]*/g, (_, font) => {
    const bytes = readFileSync(join(dirname(file), font)).toString("base64");
    return `src:url(data:font/woff2;base64,${bytes}) format("woff2")`;
  });
}
