/** A web server on this machine that misbehaves as it is told. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the server does with one request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Server {
  url: string;
  /** Path and range of each request so far: "/file bytes=100-". */
  log: string[];
  close(): Promise<void>;
}

/** Answers request n with `answers[n]`, and those after the last with the last. */
export async function serve(...answers: Answer[]): Promise<Server> {
  const log: string[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(log.length, answers.length - 1)];
    log.push([request.url, request.headers.range].filter(Boolean).join(" "));
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    log,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The file, or the range of it that was asked for. */
export const whole =
  (bytes: Uint8Array): Answer =>
  (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    if (start >= bytes.length && start > 0) response.writeHead(416).end();
    else {
      const range = { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
      response.writeHead(start ? 206 : 200, { ...(start && range), "content-length": bytes.length - start });
      response.end(bytes.subarray(start));
    }
  };

/** The whole file, whatever range was asked for. */
export const ignoringRange =
  (bytes: Uint8Array): Answer =>
  (_, response) =>
    response.writeHead(200, { "content-length": bytes.length }).end(bytes);

/** So many bytes of the file, then nothing more, with the connection open. */
export const stalling =
  (bytes: Uint8Array, after: number): Answer =>
  (_, response) => {
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, after));
  };

/** So many bytes of the file, then the connection breaks. */
export const breaking =
  (bytes: Uint8Array, after: number): Answer =>
  (_, response) => {
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, after), () => setTimeout(() => response.destroy(), 20));
  };

export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(code, headers).end();
