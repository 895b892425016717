import { expect } from "chai";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { download, type DownloadOptions, type DownloadProgress } from "../../src/datasets/onDisk/download";
import { DataError } from "../../src/errors";
import { breaking, ignoringRange, serve, stalling, status, whole, type Answer, type Server } from "./server";
import { makeFolder, type Folder } from "./support";

const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) >> 3);
const sha256 = createHash("sha256").update(bytes).digest("hex");

describe("downloads", () => {
  let folder: Folder;
  let server: Server | undefined;
  beforeEach(() => (folder = makeFolder()));
  afterEach(async () => {
    await server?.close();
    server = undefined;
    folder.remove();
  });

  const path = () => join(folder.path, "deep/file.bin");
  async function get(answers: Answer[], options: DownloadOptions = {}): Promise<string> {
    server = await serve(...answers);
    const remote = {
      caller: "MNIST: file.bin",
      file: "file.bin",
      url: `${server.url}/file.bin`,
      path: path(),
      sha256,
    };
    const quick = { stallSeconds: 10, onProgress: () => undefined, ...options };
    return download(remote, quick).then(
      () => "done",
      (error: Error) => {
        expect(error).to.be.instanceOf(DataError);
        return error.message.replaceAll(server?.url ?? "", "URL").replaceAll(path(), "PATH");
      },
    );
  }
  const expectWhole = () => {
    expect(readFileSync(path()).equals(bytes)).to.equal(true);
    expect(readdirSync(join(folder.path, "deep"))).to.deep.equal(["file.bin"]);
  };

  it("arrive whole, under their name alone", async () => {
    expect(await get([whole(bytes)])).to.equal("done");
    expectWhole();
  });

  it("follow redirects", async () => {
    const answers = [status(302, { location: "/elsewhere" }), whole(bytes)];
    expect(await get(answers)).to.equal("done");
    expect(server?.log).to.deep.equal(["/file.bin", "/elsewhere"]);
    expectWhole();
  });

  it("go on where a connection stalled", async () => {
    expect(await get([stalling(bytes, 30_000), whole(bytes)], { stallSeconds: 1 })).to.equal("done");
    expect(server?.log).to.deep.equal(["/file.bin", "/file.bin bytes=30000-"]);
    expectWhole();
  });

  it("go on where a connection broke, however often up to `retries`", async () => {
    const answers = [breaking(bytes, 40_000), status(503), whole(bytes)];
    expect(await get(answers, { retries: 2 })).to.equal("done");
    expect(server?.log).to.deep.equal(["/file.bin", "/file.bin bytes=40000-", "/file.bin bytes=40000-"]);
    expectWhole();
  });

  it("go on with what an earlier call left", async () => {
    folder.write("deep/file.bin.part", bytes.subarray(0, 70_000));
    expect(await get([whole(bytes)])).to.equal("done");
    expect(server?.log).to.deep.equal(["/file.bin bytes=70000-"]);
    expectWhole();
  });

  it("begin anew when the server ignores the range", async () => {
    folder.write("deep/file.bin.part", bytes.subarray(0, 70_000));
    expect(await get([ignoringRange(bytes)])).to.equal("done");
    expectWhole();
  });

  it("need no byte more when the earlier part was whole, and begin anew when it was too long or spoilt", async () => {
    folder.write("deep/file.bin.part", bytes);
    expect(await get([whole(bytes)])).to.equal("done");
    expectWhole();
    await server?.close();
    for (const spoilt of [new Uint8Array(200_000), new Uint8Array(50_000).fill(3)]) {
      writeFileSync(`${path()}.part`, spoilt);
      expect(await get([whole(bytes)])).to.equal("done");
      expect(server?.log).to.have.length(2);
      expectWhole();
      await server?.close();
    }
  });

  it("say that the bytes are not the published ones, and leave nothing behind", async () => {
    const wrong = new Uint8Array(1000).fill(7);
    const found = createHash("sha256").update(wrong).digest("hex");
    expect(await get([whole(wrong)])).to.equal(
      `MNIST: file.bin could not be fetched from URL/file.bin: it is not the published file (expected SHA-256 ${sha256}, ` +
        `found ${found}). Try again later, or put the file at PATH yourself.`,
    );
    expect(server?.log).to.have.length(1);
    expect(readdirSync(join(folder.path, "deep"))).to.deep.equal([]);
  });

  it("say what the server answered, without asking again for what is not there", async () => {
    expect(await get([status(404)])).to.equal(
      "MNIST: file.bin could not be fetched from URL/file.bin: the server answered 404 Not Found. " +
        "Try again later, or put the file at PATH yourself.",
    );
    expect(server?.log).to.have.length(1);
  });

  it("give up after the retries, and keep what has come", async () => {
    expect(await get([stalling(bytes, 500)], { retries: 1, stallSeconds: 1.5 })).to.equal(
      "MNIST: file.bin could not be fetched from URL/file.bin: no byte came for 1.5 seconds. " +
        "Try again later, it goes on where it stopped, or put the file at PATH yourself.",
    );
    expect(server?.log).to.deep.equal(["/file.bin", "/file.bin bytes=500-"]);
    expect(existsSync(path())).to.equal(false);
  });

  it("say when there is no server", async () => {
    server = await serve(status(200));
    const url = `${server.url}/file.bin`;
    await server.close();
    const remote = { caller: "MNIST: file.bin", file: "file.bin", url, path: path(), sha256 };
    const message = await download(remote, { retries: 0 }).then(String, (error: Error) => error.message);
    expect(message).to.match(/^MNIST: file\.bin could not be fetched from .*: fetch failed \(.*ECONNREFUSED/);
  });

  it("say when the folder cannot be written", async () => {
    folder.write("deep", new Uint8Array(1));
    expect(await get([whole(bytes)])).to.match(/EEXIST|ENOTDIR/);
  });

  it("report their progress, seldom and at the end", async () => {
    const progress: DownloadProgress[] = [];
    const slow: Answer = (_, response) => {
      response.writeHead(200, { "content-length": bytes.length });
      let sent = 0;
      const more = () => {
        response.write(bytes.subarray(sent, (sent += 2000)));
        if (sent < bytes.length) setTimeout(more, 8);
        else response.end();
      };
      more();
    };
    const start = performance.now();
    await get([slow], { onProgress: (report) => progress.push(report) });
    expect(progress.length).to.be.within(2, 3 + (performance.now() - start) / 250);
    expect(progress.at(-1)).to.deep.equal({ file: "file.bin", received: bytes.length, total: bytes.length });
  });

  it("write one line on stdout by default, and nothing on stderr", async () => {
    const written: string[] = [];
    const { stdout, stderr } = process;
    const earlier = [stdout.write, stderr.write] as const;
    stdout.write = (text: string | Uint8Array) => written.push(`out ${String(text)}`) > 0;
    stderr.write = (text: string | Uint8Array) => written.push(`err ${String(text)}`) > 0;
    try {
      await get([whole(bytes)], { onProgress: undefined });
    } finally {
      [stdout.write, stderr.write] = earlier;
    }
    expect(written.at(-1)).to.equal("out \rfile.bin: 100 % of 0.1 MB\n");
    expect(written.filter((text) => text.startsWith("err"))).to.deep.equal([]);
  });
});
