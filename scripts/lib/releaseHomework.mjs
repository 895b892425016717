import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { classroomPython } from "./classroom.mjs";
import { course, homeworkNotebook } from "./homeworkFiles.mjs";
import { runLogged } from "./run.mjs";

/**
 * Writes a homework's student version, as `nbgrader generate_assignment` makes it: without solutions and hidden tests.
 * nbgrader works on a copy of the course, because it keeps a database there.
 * @param root  of the course that the student version is written into; default the project's own
 */
export async function releaseHomework(name, root = course) {
  const scratch = mkdtempSync(join(tmpdir(), "receptive-release-"));
  try {
    cpSync(join(course, "nbgrader_config.py"), join(scratch, "nbgrader_config.py"));
    cpSync(join(course, "source", name), join(scratch, "source", name), { recursive: true });
    const program = "from nbgrader.apps.nbgraderapp import main; main()";
    await runLogged("nbgrader generate_assignment", classroomPython, ["-c", program, "generate_assignment", name], {
      log: `release-${name}`,
      cwd: scratch,
      // nbgrader runs alembic, which lies beside its Python.
      env: { ...process.env, PATH: `${dirname(classroomPython)}${delimiter}${process.env.PATH}` },
    });
    rmSync(join(root, "release", name), { recursive: true, force: true });
    cpSync(join(scratch, "release", name), join(root, "release", name), { recursive: true });
  } finally {
    rmSync(scratch, { recursive: true });
  }
  return homeworkNotebook("release", name, root);
}
