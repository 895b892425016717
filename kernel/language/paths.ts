/** Paths as TypeScript writes them: with `/` on every system. */

/** The path of `relative` below a folder, without `.` and `..` in it. */
export function joinPaths(folder: string, ...relative: string[]): string {
  const [root = ""] = /^(?:[A-Za-z]:)?\/*/.exec(slashed(folder)) ?? [];
  const parts: string[] = [];
  for (const part of slashed([folder.slice(root.length), ...relative].join("/")).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return root + parts.join("/");
}

/** The way from one folder to a path: `../b/c`. */
export function relativePath(from: string, to: string): string {
  const [here, there] = [from, to].map((path) => joinPaths(path, ".").split("/").filter(Boolean)) as [
    string[],
    string[],
  ];
  const same = here.findIndex((part, i) => part !== there[i]);
  const shared = same < 0 ? here.length : same;
  return [...here.slice(shared).map(() => ".."), ...there.slice(shared)].join("/");
}

/** The folder that a path lies in; `/` for what lies at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), path.startsWith("/") ? 1 : 0));
}

const slashed = (path: string): string => path.replaceAll("\\", "/");
