/** Tensors that lie in another file than the model; `external.browser.ts` stands for this in a page. */
import { closeSync, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { isAbsolute, join, relative, sep } from "node:path";
import { DataError } from "../../errors";
import type { Source } from "../files";
import type { TensorProto } from "./proto";

/** The bytes of a tensor in a file beside the model; never of a file elsewhere, wherever a link may lead. */
export function readExternal(source: Source, proto: TensorProto, what: string): Uint8Array {
  const entries = new Map((proto.externalData ?? []).map(({ key, value }) => [key, value]));
  const location = entries.get("location") ?? "";
  if (source.folder === null)
    throw new DataError(`${what} lies in another file, ${location}. Give the model's path instead of its bytes.`);
  const refuse = (): never => {
    throw new DataError(
      `${what} lies at ${location} (expected a file in the model's folder ${source.folder ?? ""}). ` +
        `Put it beside the model.`,
    );
  };
  if (!location || isAbsolute(location) || /(^|[\\/])\.\.([\\/]|$)/.test(location) || /^[A-Za-z]:|\0/.test(location))
    refuse();
  let path: string;
  try {
    path = realpathSync(join(source.folder, location));
  } catch (error) {
    throw new DataError(`${what} cannot be read, ${(error as Error).message}. Put the file beside the model.`);
  }
  const inside = relative(realpathSync(source.folder), path);
  if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) refuse();

  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const offset = Number(entries.get("offset") ?? 0);
    const length = Number(entries.get("length") ?? size - offset);
    if (![offset, length].every((n) => Number.isSafeInteger(n) && n >= 0) || offset + length > size)
      throw new DataError(
        `${what} has ${length} bytes from ${offset} in ${location} (expected an end of at most ${size}). Get the file again.`,
      );
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const count = readSync(file, bytes, done, length - done, offset + done);
      if (count === 0) throw new DataError(`${what}: ${location} ended while it was read. Get the file again.`);
      done += count;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}
