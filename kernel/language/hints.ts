/** Lines of IPython that are no TypeScript: what to write instead. */
import type { ErrorReport } from "../output/traceback";

const MAGICS: Record<string, string> = {
  time: "await timeit(() => ...)",
  timeit: "await timeit(() => ...)",
  reset: "reset()",
  who: "variables()",
  whos: "variables()",
  who_ls: "variables()",
  pinfo: 'help("name")',
  cd: 'process.chdir("folder")',
  pwd: "process.cwd()",
  env: "process.env",
  html: 'display.html("<b>text</b>")',
  markdown: 'display.markdown("**text**")',
  latex: 'display.latex("$x$")',
  svg: 'display.svg("<svg>...</svg>")',
};

/** A report if the cell begins with a line of IPython, such as `%timeit`, `!ls` or `name?`; null for all other cells. */
export function hintFor(source: string, cell: string): ErrorReport | null {
  const lines = source.split("\n");
  const at = lines.findIndex((line) => line.trim() !== "" && !/^\s*\/\//.test(line));
  const line = (lines[at] ?? "").trim();
  const advice = adviceFor(line);
  if (advice === null) return null;
  const evalue = `${line} is IPython's way; cells here are TypeScript. ${advice}`;
  const traceback = [
    `\x1b[31mSyntaxError\x1b[39m: ${evalue}\n    at ${cell}:${at + 1}:1\n\x1b[31m>\x1b[39m ${at + 1} | ${line}`,
  ];
  return { ename: "SyntaxError", evalue, traceback };
}

function adviceFor(line: string): string | null {
  const magic = /^%%?([A-Za-z_]\w*)/.exec(line)?.[1];
  if (magic !== undefined) {
    const instead = MAGICS[magic];
    return instead === undefined
      ? `Leave the line out; the README lists what cells can call.`
      : `Write ${instead} instead.`;
  }
  if (/^!\s*(pip|npm|npx|ls|cat|pwd|cd|git|wget|curl|unzip|mkdir)$/.test(line) || isCommand(line)) {
    const command = JSON.stringify(line.slice(1).trim());
    return `Write require("node:child_process").execSync(${command}, { encoding: "utf8" }) instead.`;
  }
  const asked = /^\?{1,2}\s*([\w$.]+)$/.exec(line)?.[1] ?? /^([\w$.]+)\?{1,2}$/.exec(line)?.[1];
  return asked === undefined ? null : `Write help("${asked}") instead.`;
}

/** A word, a space and more words are no expression that begins with "not". */
function isCommand(line: string): boolean {
  return /^!\s*[\w.~/-]+\s+[\w.~/"'-]/.test(line) && !/[()=;&|?]/.test(line) && !/\s(in|instanceof|as)\s/.test(line);
}
