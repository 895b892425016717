/** The command `receptive`; kernel/receptive.mjs calls it once Node is new enough. */
import { packageVersion } from "../kernel/packages";
import { doctor } from "./doctor";
import { homework } from "./homework";
import { install, INSTALL_USAGE } from "./install";
import { UserError } from "./userError";

const USAGE = `Usage:
  ${INSTALL_USAGE}
      kernel and JupyterLab extension for this user (the default), for the environment of the Python on the PATH,
      or below DIR
  receptive homework assign | grade ...
      student versions, and the points of a class; receptive homework --help tells more
  receptive doctor
      what is found here, and what to do about the rest
  receptive --version`;

/** Runs a command; its result becomes the exit code, and what the user can put right is one line on stderr. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    process.exitCode = await run(args);
  } catch (error) {
    process.exitCode = 1;
    console.error(error instanceof UserError ? error.message : error);
  }
}

async function run([command, ...rest]: readonly string[]): Promise<number> {
  const print = (line: string): void => console.log(line);
  switch (command) {
    case "install":
      install(rest, print);
      return 0;
    case "doctor":
      if (rest.length > 0) throw new UserError("receptive doctor: takes no options. Usage: receptive doctor");
      return (await doctor(print)) ? 0 : 1;
    case "homework":
      return homework(rest);
    case "--version":
      print(packageVersion);
      return 0;
    case undefined:
    case "--help":
      print(USAGE);
      return 0;
    default:
      throw new UserError(
        `receptive: there is no command ${command}. Commands: install, doctor, homework. For example: receptive install --user`,
      );
  }
}
