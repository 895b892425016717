import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { resolve } from "node:path";
import { inRoot, root, venvPython } from "./paths.mjs";
import { UserError, runCommand } from "./userError.mjs";
import { setUp, stepsFor } from "./setup.mjs";

/** `npm start -- [flags of jupyter lab]`: sets up what is missing, then serves notebooks/ until Ctrl-C. */
export const main = (flags) =>
  runCommand(async () => {
    const port = portIn(flags);
    if (port !== undefined) await checkFree(port);
    await setUp(stepsFor.lab);
    console.log("Starting JupyterLab on notebooks/. Ctrl-C stops it.");
    return serve(flags, port);
  });

function portIn(flags) {
  const text = flags.join(" ");
  const [, port] = /(?:^| )(?:--port|--ServerApp\.port)(?:=| )(\d+)/.exec(text) ?? [];
  return port && Number(port);
}

async function checkFree(port) {
  // A server on all interfaces does not hinder one on the loopback everywhere, hence both are tried.
  for (const host of ["127.0.0.1", undefined]) {
    const code = await new Promise((settle) => {
      const server = createServer()
        .on("error", (error) => settle(error.code))
        .listen({ port, host }, () => server.close(() => settle(undefined)));
    });
    if (code === "EADDRINUSE") {
      throw new UserError(
        `Port ${port} is in use. Stop what uses it, or choose another: npm start -- --port ${port + 1}.`,
      );
    }
  }
}

const landing = "--LabApp.default_url=/lab/tree/my/index.md";

/** Ends with JupyterLab's exit code. Signals to this process stop the server, which then shuts its kernels down. */
function serve(flags, port) {
  const own = [
    "--ServerApp.answer_yes=True",
    "--log-level=WARN",
    `--ServerApp.root_dir=${inRoot("notebooks")}`,
    landing,
  ];
  if (process.getuid?.() === 0) own.push("--allow-root");
  // Jupyter would quietly take another port if this one were taken since it was checked.
  if (port !== undefined) own.push("--ServerApp.port_retries=0");

  const { RECEPTIVE_DATA } = process.env;
  const env = RECEPTIVE_DATA ? { ...process.env, RECEPTIVE_DATA: resolve(RECEPTIVE_DATA) } : process.env;
  const server = spawn(venvPython, ["-m", "jupyterlab", ...own, ...flags], {
    cwd: root,
    env,
    stdio: ["ignore", "inherit", "inherit"],
  });
  // Windows hands Ctrl-C to the server itself, and has no signal that lets it clean up.
  const stop = () => process.platform !== "win32" && server.kill("SIGTERM");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  whenNpmIsGone(stop);
  return new Promise((settle, reject) => {
    server.on("error", reject).on("close", (code) => settle(code ?? 1));
  });
}

/** npm's shell keeps a signal to itself when someone stops `npm start`; the server must not outlive it. */
function whenNpmIsGone(stop) {
  const parent = process.ppid;
  const startedByNpm = process.env.npm_lifecycle_event !== undefined;
  if (startedByNpm) setInterval(() => process.ppid !== parent && stop(), 1000).unref();
}
