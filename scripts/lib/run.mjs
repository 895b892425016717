import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { logFile, root, shown } from "./paths.mjs";
import { UserError } from "./userError.mjs";

const networkTrouble =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|NewConnectionError|ConnectTimeoutError|ProxyError|ReadTimeoutError)\b|Temporary failure in name resolution/;
const errorPrefix = /^(npm (error|ERR!)|ERROR:)\s*/;

/** Ends with the exit code (or signal) of a program whose output is the user's, or goes to the file `stdio`. */
export function runShown(command, args, { stdio = "inherit", ...options } = {}) {
  return new Promise((resolve, reject) => {
    spawn(command, args, { cwd: root, ...options, stdio: ["ignore", stdio, stdio] })
      .on("error", reject)
      .on("close", (code, signal) => resolve(code ?? signal));
  });
}

/**
 * Runs a program quietly, with all it says in dist/logs/<log>.log.
 * @throws UserError that says what failed, why as far as the log tells, and where the log is
 */
export async function runLogged(what, command, args, { log, ...options }) {
  const path = logFile(log);
  mkdirSync(dirname(path), { recursive: true });
  const descriptor = openSync(path, "w");
  let code;
  try {
    code = await runShown(command, args, { stdio: descriptor, ...options });
  } catch (error) {
    throw new UserError(`${what} failed: ${command} does not run (${error.code}). Is it on the PATH?`);
  } finally {
    closeSync(descriptor);
  }
  if (code !== 0) throw failure(what, path);
}

function failure(what, path) {
  const text = readFileSync(path, "utf8");
  const trouble = networkTrouble.exec(text);
  const error = new UserError(
    trouble
      ? `${what} failed: no network (${trouble[0]}). Connect to the internet and run this command again. The log is at ${shown(path)}.`
      : `${what} failed: ${reasonIn(text)}. The log is at ${shown(path)}.`,
  );
  return Object.assign(error, { log: path, noNetwork: trouble !== null });
}

/** The first line of a log that names an error, else its last line. */
function reasonIn(text) {
  const lines = text.split(/\r?\n/).filter((line) => line.trim());
  const named = lines.filter((line) => errorPrefix.test(line)).map((line) => line.replace(errorPrefix, ""));
  const reason =
    named.find((line) => line && !line.startsWith("code ")) ??
    lines.find((line) => /\berror\b/i.test(line)) ??
    lines.at(-1) ??
    "it said nothing";
  return reason.trim().replace(/\.$/, "");
}
