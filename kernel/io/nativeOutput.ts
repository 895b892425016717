/**
 * What is written past process.stdout: by native code to the file descriptors 1 and 2, and by children that inherit them. The
 * descriptors become named pipes, which the I/O thread reads, also while the main thread waits for a child; so no pipe runs full.
 */
import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StreamName } from "../output/streams";
import { log } from "../log";
import { duplicateTerminal, setTerminal } from "./terminal";

const FD: Record<StreamName, number> = { stdout: 1, stderr: 2 };

export interface NativeOutput {
  /** Where the I/O thread reads. */
  readonly read: Record<StreamName, number>;
  /** What a child gets as its stdout and stderr. */
  readonly write: Record<StreamName, number>;
  /** The server's log. */
  readonly terminal: number;
}

/**
 * Redirects the descriptors of this process. Must run before any other thread opens files, because Node cannot duplicate a
 * descriptor to a number: a file that is opened gets the lowest free one.
 * @returns null where there are no named pipes
 */
export function redirectNativeOutput(): NativeOutput | null {
  if (process.platform === "win32") return null;
  // Made now, for what they are: over a pipe Node would switch it to non-blocking, for children as well.
  void process.stdout;
  void process.stderr;
  let folder: string | null = null;
  try {
    folder = mkdtempSync(join(tmpdir(), "receptive-"));
    const path = { stdout: join(folder, "stdout"), stderr: join(folder, "stderr") };
    execFileSync("mkfifo", ["-m", "600", path.stdout, path.stderr], { stdio: "ignore" });
    const openToRead = (name: StreamName): number => openSync(path[name], constants.O_RDONLY | constants.O_NONBLOCK);
    const read = { stdout: openToRead("stdout"), stderr: openToRead("stderr") };
    const openToWrite = (name: StreamName): number => openSync(path[name], constants.O_WRONLY);
    const write = { stdout: openToWrite("stdout"), stderr: openToWrite("stderr") };
    const replace = (name: StreamName): void => {
      closeSync(FD[name]);
      openToWrite(name);
    };
    replace("stdout");
    // Without a second descriptor of the log, native code goes on writing there, and only children come to the notebook.
    const terminal = duplicateTerminal();
    if (terminal !== null) {
      setTerminal(terminal);
      replace("stderr");
    }
    return { read, write, terminal: terminal ?? FD.stderr };
  } catch (error) {
    log(`native output stays where it is: ${String(error)}`);
    return null;
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
}
