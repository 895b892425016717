/** A real JupyterHub with its proxy on free ports; anyone may log in, and each user has a home of their own in a scratch folder. */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, pause, ROOT } from "../../support/jupyterServer";

const PROXY = join(ROOT, "node_modules/configurable-http-proxy/bin/configurable-http-proxy");

export interface Hub {
  /** Without a slash at the end. */
  url: string;
  /** The user's home, which is made if it is not there. */
  home(user: string): string;
  /** A request to the hub's API in the name of an administrator. */
  api(method: string, path: string): Promise<Response>;
  /** Everything hub, proxy and servers said, for messages of failing tests. */
  log(): string;
  stop(): Promise<void>;
}

/** @param bin  the folder of the environment's programs */
export async function startHub(bin: string): Promise<Hub> {
  const folder = mkdtempSync(join(tmpdir(), "receptive-hub-"));
  const token = randomUUID();
  const ports = { hub: await freePort(), api: await freePort(), proxy: await freePort() };
  writeFileSync(join(folder, "jupyterhub_config.py"), configuration(folder, bin, token, ports));

  const hub = spawn(join(bin, "jupyterhub"), ["--config=jupyterhub_config.py"], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: `${bin}:${process.env.PATH}`,
      CONFIGPROXY_AUTH_TOKEN: randomUUID(),
      JUPYTER_CONFIG_DIR: join(folder, "config"),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [hub.stdout, hub.stderr]) stream.on("data", (data) => (log += String(data)));
  const ended = new Promise<void>((resolve) => hub.once("exit", () => resolve()));
  const killNow = (): unknown => hub.kill("SIGKILL");
  process.once("exit", killNow);

  const url = `http://127.0.0.1:${ports.proxy}`;
  const api = (method: string, path: string): Promise<Response> =>
    fetch(`${url}/hub/api${path}`, { method, headers: { Authorization: `token ${token}` } });
  const stop = async (): Promise<void> => {
    process.off("exit", killNow);
    if (hub.exitCode === null && hub.signalCode === null) {
      // It ends its users' servers and its proxy before it goes.
      hub.kill("SIGTERM");
      const late = setTimeout(killNow, 20_000);
      await ended;
      clearTimeout(late);
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const home = (user: string): string => {
    const path = join(folder, "home", user);
    mkdirSync(path, { recursive: true });
    return path;
  };

  for (const deadline = Date.now() + 60_000; ; await pause(100)) {
    const answer = await api("GET", "/users").catch(() => null);
    if (answer?.ok) return { url, home, api, log: () => log, stop };
    if (hub.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`hub: JupyterHub did not start. Its log:\n${log}`);
    }
  }
}

interface Ports {
  hub: number;
  api: number;
  proxy: number;
}

function configuration(folder: string, bin: string, token: string, ports: Ports): string {
  const text = JSON.stringify;
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  return `c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:${ports.proxy}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:${ports.hub}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:${ports.api}"
c.ConfigurableHTTPProxy.command = [${text(process.execPath)}, ${text(PROXY)}]
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = ${text(join(folder, "home", "{username}"))}
c.Spawner.cmd = [${text(join(bin, "jupyterhub-singleuser"))}]
c.Spawner.start_timeout = c.Spawner.http_timeout = 180
c.Spawner.args = ${text([...asRoot, "--LabApp.expose_app_in_browser=True", "--MappingKernelManager.kernel_info_timeout=180"])}
c.JupyterHub.services = [{"name": "test", "api_token": ${text(token)}}]
c.JupyterHub.load_roles = [{"name": "test", "services": ["test"], "scopes": ["admin:users", "admin:servers"]}]
`;
}
