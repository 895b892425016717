/** The browser's build behind a server, and pages that import it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { openPage, type PageOptions, type WatchedPage } from "../../support/browser";
import { ROOT } from "../../support/jupyterServer";

export interface Served {
  url: string;
  close(): void;
}

interface Scripts {
  serveFolder(folder: string, options?: { isolated?: boolean }): Promise<Served>;
  bundleModule(entry: string, output: string): Promise<void>;
}
const script = (name: string): Promise<Scripts> =>
  import(join(ROOT, "scripts", "lib", `${name}.mjs`)) as Promise<Scripts>;

export const BUILD = join(ROOT, "dist", "browser");

/** Serves a folder; `isolated` with the headers that let a page's memory be shared. */
export const serveFolder = async (folder: string, isolated: boolean): Promise<Served> =>
  (await script("staticServer")).serveFolder(folder, { isolated });

/** Serves the browser's build. */
export const serveBuild = (isolated: boolean): Promise<Served> => serveFolder(BUILD, isolated);

/** Serves a bundle of a TypeScript file of the tests, `path` from the root, as `bundle.js`. */
export async function serveBundle(path: string): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), "receptive-"));
  await (await script("browser")).bundleModule(join(ROOT, path), join(folder, "bundle.js"));
  // openBlank asks for it.
  writeFileSync(join(folder, "package.json"), "{}");
  const { url, close } = await (await script("staticServer")).serveFolder(folder);
  return {
    url,
    close() {
      close();
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * A page of the server's own with nothing on it.
 * @param options.existing  a file that the server has, with whose headers the page comes
 */
export async function openBlank(
  browser: Browser,
  { url }: Served,
  { existing = "package.json", ...options }: PageOptions & { existing?: string } = {},
): Promise<WatchedPage> {
  const watched = await openPage(browser, options);
  await watched.page.route("**/blank", (route, request) =>
    route.fetch({ url: new URL(`/${existing}`, request.url()).href }).then((response) =>
      route.fulfill({
        response,
        contentType: "text/html",
        body: "<!doctype html><link rel=icon href=data:,>",
      }),
    ),
  );
  await watched.page.goto(`${url}blank`);
  return watched;
}
