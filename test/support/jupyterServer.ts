/** A real JupyterLab on a free port, with a home of its own: tests never touch anyone's settings, workspaces or kernels. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The checkout; tests run as dist/test/support/*.js. */
export const ROOT = resolve(__dirname, "../../..");
const OWN_BIN = join(ROOT, ".venv/bin");
const EXTENSION = "share/jupyter/labextensions/@receptive/jupyterlab/package.json";

export interface JupyterServer {
  /** Without a slash at the end. */
  url: string;
  /** The folder that Lab shows. */
  folder: string;
  /** Everything the server said, for messages of failing tests. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * A running server whose Lab has loaded our extension.
 * @param options.app  JupyterLab, or Notebook 7; default JupyterLab
 * @param options.bin  the programs of the environment that has JupyterLab; default .venv/bin
 * @throws Error that names the step which is missing
 */
export async function startJupyter({
  environment = process.env,
  bin = OWN_BIN,
  app = "lab",
}: { environment?: NodeJS.ProcessEnv; bin?: string; app?: "lab" | "notebook" } = {}): Promise<JupyterServer> {
  if (!existsSync(join(bin, `jupyter-${app}`))) {
    throw new Error(`jupyterServer: no jupyter-${app} in ${bin}. Run npm run setup first.`);
  }
  const extension = join(bin, "..", EXTENSION);
  if (!existsSync(extension)) {
    throw new Error(`jupyterServer: the extension is not installed (${extension}). Run npm run setup first.`);
  }
  const home = mkdtempSync(join(tmpdir(), "receptive-lab-"));
  const folder = join(home, "notebooks");
  mkdirSync(folder);
  const settings = join(home, "settings");
  writeSettings(settings, "@jupyterlab/apputils-extension/notification", {
    fetchNews: "false",
    checkForUpdates: false,
    doNotDisturbMode: true,
  });

  const port = await freePort();
  const options = [
    "--no-browser",
    "--expose-app-in-browser",
    "--ServerApp.ip=127.0.0.1",
    `--ServerApp.port=${port}`,
    "--ServerApp.port_retries=0",
    `--ServerApp.root_dir=${folder}`,
    "--IdentityProvider.token=",
    "--ServerApp.password=",
    // Jupyter refuses to run as root unless told so; only build machines run tests as root.
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
  ];
  const server = spawn(join(bin, `jupyter-${app}`), options, {
    cwd: folder,
    env: {
      ...environment,
      JUPYTER_CONFIG_DIR: join(home, "config"),
      JUPYTER_DATA_DIR: join(home, "data"),
      JUPYTER_RUNTIME_DIR: join(home, "runtime"),
      JUPYTERLAB_SETTINGS_DIR: settings,
      JUPYTERLAB_WORKSPACES_DIR: join(home, "workspaces"),
      IPYTHONDIR: join(home, "ipython"),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text: string) => (log += text));
  }
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const killNow = () => server.kill("SIGKILL");
  process.once("exit", killNow);

  const stop = async () => {
    process.off("exit", killNow);
    if (server.exitCode === null && server.signalCode === null) {
      // Jupyter ends its kernels before it goes; give it the time.
      server.kill("SIGTERM");
      const late = setTimeout(killNow, 10_000);
      await ended;
      clearTimeout(late);
    }
    rmSync(home, { recursive: true, force: true });
  };

  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 60_000; ; await pause(100)) {
    if (await answers(`${url}/api/status`)) return { url, folder, log: () => log, stop };
    if (server.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`jupyterServer: JupyterLab did not start. Its log:\n${log}`);
    }
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function writeSettings(folder: string, plugin: string, settings: Record<string, unknown>): void {
  const file = join(folder, `${plugin}.jupyterlab-settings`);
  mkdirSync(resolve(file, ".."), { recursive: true });
  writeFileSync(file, JSON.stringify(settings));
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
