/** Pictures that are kept: a painter that changes them must be looked at. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { decodePng } from "../display/support";
import { ROOT } from "./jupyterServer";

const FOLDER = join(ROOT, "test/golden/marks");

/**
 * Compares a static picture, as a bundle carries it, with the file kept under test/golden/marks. PNG files are compared pixel by
 * pixel. A different picture is written beside the kept one as `-changed`: look at both, and run the tests with
 * GOLDEN=write to keep the new ones.
 * @param name  of the file, with folder, without extension
 * @throws Error if they differ
 */
export function compareWithGolden(name: string, bundle: Readonly<Record<string, unknown>>): void {
  const png = bundle["image/png"];
  const [extension, made] =
    typeof png === "string"
      ? [".png", Buffer.from(png, "base64")]
      : [".svg", Buffer.from(`${bundle["image/svg+xml"] as string}\n`)];
  const file = join(FOLDER, name + extension);
  const changed = join(FOLDER, `${name}-changed${extension}`);
  rmSync(changed, { force: true });
  if (process.env.GOLDEN === "write") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, made);
    return;
  }
  const difference = existsSync(file) ? differenceOf(extension, readFileSync(file), made) : "there is none yet";
  if (difference === undefined) return;
  mkdirSync(dirname(changed), { recursive: true });
  writeFileSync(changed, made);
  throw new Error(
    `The picture ${name}${extension} is not the one kept under test/golden/marks: ${difference}. ` +
      `Look at ${name}-changed${extension} beside it; GOLDEN=write npx mocha 'dist/test/marks/*.test.js' keeps the new ones.`,
  );
}

function differenceOf(extension: string, kept: Buffer, made: Buffer): string | undefined {
  if (kept.equals(made)) return undefined;
  if (extension === ".svg") {
    const [a, b] = [kept, made].map((file) => file.toString().split("><"));
    const at = b.findIndex((element, i) => element !== a[i]);
    return `<${b[at]}> was <${a[at]}>`;
  }
  const [a, b] = [decodePng(kept), decodePng(made)];
  if (a.width !== b.width || a.height !== b.height) return `${b.width}x${b.height} was ${a.width}x${a.height}`;
  let count = 0;
  for (let y = 0; y < a.height; y++)
    for (let x = 0; x < a.width; x++) if (a.at(x, y).join() !== b.at(x, y).join()) count++;
  return count > 0 ? `${count} pixels differ` : undefined;
}
