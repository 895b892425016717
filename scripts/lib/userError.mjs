/** What the user can put right: its message is one line that says what is wrong and the next step. */
export class UserError extends Error {}

/** Runs a command's body and makes its result the exit code; a {@link UserError} is printed as its one line. */
export async function runCommand(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    console.error(error instanceof UserError ? error.message : error);
  }
}
