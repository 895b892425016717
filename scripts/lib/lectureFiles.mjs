import { existsSync, readdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { inRoot } from "./paths.mjs";
import { UserError } from "./userError.mjs";

/** The stored lectures, NN-name.ipynb. */
export const lectures = inRoot("notebooks", "lectures");

/** Their file names, in order. */
export const lectureNames = () =>
  existsSync(lectures)
    ? readdirSync(lectures)
        .filter((name) => /^\d+-.*\.ipynb$/.test(name))
        .sort()
    : [];

/** @throws UserError that lists the lectures, if there is none of this number */
export function lectureNumbered(number) {
  const all = lectureNames();
  const name = all.find((each) => Number.parseInt(each, 10) === Number(number));
  if (name) return resolve(lectures, name);
  throw new UserError(
    `There is no lecture ${number}. Lectures: ${all.map((each) => each.split("-")[0]).join(", ") || "none yet"}.`,
  );
}

/** The path of a lecture's number, or of any other notebook. */
export function notebookNamed(name) {
  if (!name.endsWith(".ipynb")) return lectureNumbered(name);
  const path = resolve(name);
  if (!existsSync(path)) throw new UserError(`There is no notebook ${path}. Give its path, or a lecture's number.`);
  return path;
}

/** @throws UserError if a folder with data sets is given that is not there */
export function dataFolder(path) {
  if (!path) return undefined;
  const folder = resolve(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new UserError(`The data folder ${folder} does not exist. Give the folder that holds the data sets.`);
}
