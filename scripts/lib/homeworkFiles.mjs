import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "./paths.mjs";
import { UserError } from "./userError.mjs";

/** The course of nbgrader: source/NN-name/NN-name.ipynb is what a teacher writes, release/NN-name/NN-name.ipynb what students get. */
export const course = inRoot("notebooks", "homework");

/** The path of a homework's notebook. @param version "source" or "release" */
export const homeworkNotebook = (version, name, root = course) => join(root, version, name, `${name}.ipynb`);

/** NN-name of each homework, in order. */
export const homeworkNames = (version) =>
  existsSync(join(course, version))
    ? readdirSync(join(course, version))
        .filter((name) => /^\d+-/.test(name) && existsSync(homeworkNotebook(version, name)))
        .sort()
    : [];

/** @throws UserError that lists the homework, if there is none of this number */
export function homeworkNumbered(number) {
  const all = homeworkNames("source");
  const name = all.find((each) => Number.parseInt(each, 10) === Number(number));
  if (name) return name;
  throw new UserError(
    `There is no homework ${number}. Homework: ${all.map((each) => each.split("-")[0]).join(", ") || "none yet"}.`,
  );
}
