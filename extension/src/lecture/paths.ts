/** Where a lecture's stored state is, and where the present one is kept. No DOM here. */

/** What is looked at of a notebook's document, in JupyterLab a `NotebookPanel`. */
export interface LectureDocument {
  context: {
    path: string;
    model: { toJSON(): NotebookJson; fromJSON(content: NotebookJson): void };
    save(): Promise<void>;
  };
}

export interface NotebookJson {
  metadata: { receptive?: { stored?: unknown }; [key: string]: unknown };
  [key: string]: unknown;
}

/** The path of the stored state, as seen from the notebook; undefined for what is no copy of a lecture, or no notebook. */
export function storedOf(document: Partial<LectureDocument>): string | undefined {
  const { path, model } = document.context ?? {};
  if (!path?.endsWith(".ipynb") || !model) return undefined;
  const stored = model.toJSON().metadata.receptive?.stored;
  return typeof stored === "string" ? stored : undefined;
}

/** The path that is `relative` to the folder of `path`. */
export function pathBeside(path: string, relative: string): string {
  const parts = path.split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** "my/03-name 2026-11-29 09.14.05.ipynb", in local time. */
export function keptPath(path: string, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(".");
  return path.replace(/\.ipynb$/, ` ${date} ${time}.ipynb`);
}
