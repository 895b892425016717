/** Files in a page: bytes come from the caller, and what is written becomes a download. */
import { checkSource } from "../arguments";
import { DataError } from "../errors";
import type { Source } from "./files";

interface Link {
  href: string;
  download: string;
  click(): void;
}
const page = globalThis as { document?: { createElement(tag: "a"): Link } };

/** The bytes given. @throws DataError for a path, which a page cannot read; `caller` begins the message */
export function readSource(caller: string, pathOrBytes: string | Uint8Array): Source {
  checkSource(caller, pathOrBytes);
  if (typeof pathOrBytes !== "string") return { bytes: pathOrBytes, name: "the array given", folder: null };
  throw new DataError(
    `${caller}: a page in a browser cannot open ${pathOrBytes}. ` +
      `Give its bytes: new Uint8Array(await (await fetch(${JSON.stringify(pathOrBytes)})).arrayBuffer()).`,
  );
}

/** Lets the browser save the parts as one file, in the folder that it keeps for downloads. */
export function writeAtomic(caller: string, path: string, parts: readonly Uint8Array[]): void {
  if (!page.document)
    throw new DataError(`${caller}: ${path} cannot be saved from a worker. Save it from the page itself.`);
  const url = URL.createObjectURL(new Blob([...parts], { type: "application/octet-stream" }));
  const link = page.document.createElement("a");
  link.href = url;
  link.download = path.split(/[\\/]/).at(-1)!;
  link.click();
  // The browser has the bytes when the click has been handled, which is later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Downloads have no folders; file names are what remains of a path. */
export const makeFolder = (_caller: string, _folder: string): void => {};
export const pathIn = (_folder: string, name: string): string => name;
