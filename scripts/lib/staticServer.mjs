import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
};
/** With these a page may share memory with workers. */
const isolation = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/**
 * Serves the files of a folder to this machine alone; fulfils when it listens, with its address and `close`.
 * @param options.port      default 0: any that is free
 * @param options.isolated  sends the headers of cross-origin isolation; default true
 */
export function serveFolder(folder, { port = 0, isolated = true } = {}) {
  const server = createServer((request, response) => {
    const file = fileFor(folder, request.url);
    const headers = { "cache-control": "no-cache", ...(isolated ? isolation : {}) };
    if (!file || !["GET", "HEAD"].includes(request.method)) {
      response.writeHead(404, { ...headers, "content-type": "text/plain" }).end("There is no such file.\n");
      return;
    }
    const type = types[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { ...headers, "content-type": type });
    if (request.method === "HEAD") response.end();
    else createReadStream(file).pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const close = () => {
        server.closeAllConnections();
        server.close();
      };
      resolve({ url: `http://127.0.0.1:${server.address().port}/`, close });
    });
  });
}

/** The file that an address means; undefined if there is none in the folder. */
function fileFor(folder, address) {
  let path;
  try {
    path = decodeURIComponent(new URL(address, "http://localhost").pathname);
  } catch {
    return undefined;
  }
  const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
  // No path leads out of the folder, however it is written.
  if (path.includes("\0") || !file.startsWith(folder + sep)) return undefined;
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}
