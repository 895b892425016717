/** Chromium without a window, a page that keeps book of its errors and requests, and the steps of a JupyterLab user. */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Locator, type Page } from "playwright-core";
import { pause, ROOT } from "./jupyterServer";
import { readPng, type Picture } from "./png";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** A processor plays the graphics card: slow, but WebGPU and WebGL are there on every machine. */
const softwareGraphics = [
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

/**
 * @param options.graphics  with WebGPU and WebGL, played by software; default false
 * @throws Error that says how to install Chromium if there is none
 */
export async function startBrowser({ graphics = false } = {}): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `browser: no Chromium at ${CHROMIUM}. Install it with: apt-get install chromium (or set CHROMIUM to its path).`,
    );
  }
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--headless",
      "--no-sandbox",
      ...(graphics ? softwareGraphics : ["--disable-gpu"]),
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export interface WatchedPage {
  page: Page;
  /** Console errors and uncaught exceptions so far. */
  errors: string[];
  /** Requests to anything but this machine. */
  foreignRequests: string[];
  /** All requests, to be sure that the two lists above saw anything at all. */
  requests: string[];
}

export interface PageOptions {
  width?: number;
  height?: number;
  deviceScaleFactor?: number;
}

export async function openPage(browser: Browser, options: PageOptions = {}): Promise<WatchedPage> {
  const { width = 1280, height = 900, deviceScaleFactor = 1 } = options;
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor });
  const page = await context.newPage();
  const watched: WatchedPage = { page, errors: [], foreignRequests: [], requests: [] };
  const note = (url: string) => {
    watched.requests.push(url);
    const { protocol, hostname } = new URL(url);
    const local = ["data:", "blob:"].includes(protocol) || hostname === "127.0.0.1";
    if (!local) watched.foreignRequests.push(url);
  };
  page.on("request", (request) => note(request.url()));
  page.on("websocket", (socket) => note(socket.url()));
  page.on("pageerror", (error) => watched.errors.push(String(error.stack ?? error)));
  page.on("console", (message) => {
    if (message.type() === "error") watched.errors.push(`${message.text()} (${message.location().url})`);
  });
  return watched;
}

/** Answers Lab's question for a kernel: none. */
export async function chooseNoKernel(page: Page): Promise<void> {
  const dialog = page.locator(".jp-Dialog");
  await dialog.getByRole("button", { name: "No Kernel" }).click({ timeout: 30_000 });
  await dialog.waitFor({ state: "detached" });
}

/** @throws Error if there is no idle kernel in time */
export async function untilIdle(page: Page, limit: number): Promise<void> {
  const state = `(() => {
    const session = window.jupyterapp?.shell.currentWidget?.sessionContext;
    const kernel = session?.session?.kernel;
    return session?.isReady && kernel?.connectionStatus === "connected" ? kernel.status : "not connected";
  })()`;
  for (const deadline = Date.now() + limit; ; await pause(200)) {
    const status = await page.evaluate<string>(state);
    if (status === "idle") return;
    if (Date.now() > deadline) {
      throw new Error(
        `browser: no idle kernel after ${limit / 1000} s (${status}). Does .venv/bin/jupyter kernelspec list name receptive? If not, run npm run setup.`,
      );
    }
  }
}

export async function changeTheme(page: Page, theme: "JupyterLab Light" | "JupyterLab Dark"): Promise<void> {
  await page.evaluate(`window.jupyterapp.commands.execute("apputils:change-theme", { theme: "${theme}" })`);
  const light = theme === "JupyterLab Light";
  await page.locator(`body[data-jp-theme-light="${light}"]`).waitFor({ state: "attached" });
  // The plugin repaints when the theme's style sheet has come.
  await pause(300);
}

/**
 * What an element looks like on the glass, in device pixels; it is scrolled into sight first. Cut out of a picture of the whole
 * window, because Chromium moves an element to whole device pixels and a picture of the element alone rounds elsewhere.
 */
export async function look(target: Locator): Promise<Picture> {
  await target.scrollIntoViewIfNeeded();
  const window = readPng(await target.page().screenshot({ animations: "disabled" }));
  const box = await target.boundingBox();
  const viewport = target.page().viewportSize();
  if (!box || !viewport) throw new Error("browser: the element to look at is not on the page.");
  const ratio = window.width / viewport.width;
  const [left, top] = [Math.round(box.x * ratio), Math.round(box.y * ratio)];
  return {
    width: Math.round(box.width * ratio),
    height: Math.round(box.height * ratio),
    at: (x, y) => window.at(left + Math.floor(x), top + Math.floor(y)),
  };
}

/** A file in test-output/, for people to look at. */
export function outputFile(name: string): string {
  const folder = join(ROOT, "test-output");
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}
