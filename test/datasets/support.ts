/** Tiny files in the published formats, and the real ones where this machine has them. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const shared = process.env.RECEPTIVE_DATA ?? resolve(__dirname, "../../../../shared/data");

/** The folder of real data, or null where it has none of this name. */
export const realData = (name: string): string | null => (existsSync(join(shared, name)) ? shared : null);

export interface Folder {
  path: string;
  write(name: string, bytes: Uint8Array): string;
  remove(): void;
}

/** An empty folder for one test. */
export function makeFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), "receptive-data-"));
  return {
    path,
    write(name, bytes) {
      const file = join(path, name);
      mkdirSync(join(file, ".."), { recursive: true });
      writeFileSync(file, bytes);
      return file;
    },
    remove: () => rmSync(path, { recursive: true }),
  };
}

/** An IDX file of unsigned bytes. */
export function idx(shape: readonly number[], bytes: ArrayLike<number>, type = 8): Uint8Array {
  const file = Buffer.alloc(4 + 4 * shape.length + bytes.length);
  file[2] = type;
  file[3] = shape.length;
  shape.forEach((length, d) => file.writeUInt32BE(length, 4 + 4 * d));
  file.set(Uint8Array.from(bytes), 4 + 4 * shape.length);
  return file;
}

/** CIFAR-10 records with these labels; byte p of record i is (i + p) % 256. */
export function cifar(labels: readonly number[]): Uint8Array {
  return Uint8Array.from(
    labels.flatMap((label, i) => [label, ...Array.from({ length: 3072 }, (_, p) => (i + p) % 256)]),
  );
}

/** The message of the error that `run` throws, or "nothing was thrown". */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
}
