import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

interface Options {
  folder: string;
  version: string;
  isDry?: boolean;
  build?: () => Promise<string[]>;
  print?: (line: string) => void;
  today?: string;
}
// eslint-disable-next-line @typescript-eslint/no-require-imports -- an ES module, which tsc would not let through as an import
const { release } = require(resolve(__dirname, "../../../scripts/lib/release.mjs")) as {
  release(options: Options): Promise<void>;
};

const manifest = (name: string) =>
  `{\n  "name": "${name}",\n  "version": "0.1.0",\n  "dependencies": { "version": "^1.0.0" }\n}\n`;
const changelog = "# Changelog\n\n## Unreleased\n\n- Something new.\n\n## 0.1.0 - 2026-11-21\n\n- The first.\n";
const lock = {
  version: "0.1.0",
  packages: {
    "": { version: "0.1.0" },
    kernel: { version: "0.1.0" },
    extension: { version: "0.1.0" },
    a: { version: "0.1.0" },
  },
};

describe("npm run release", () => {
  let folder: string;
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: "pipe" }).trim();
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const version = (name: string): string => (JSON.parse(read(name)) as { version: string }).version;
  const lines: string[] = [];
  const run = (options: Partial<Options> = {}): Promise<void> =>
    release({
      folder,
      version: "0.2.0",
      build: async () => ["a.whl"],
      print: (line) => lines.push(line),
      today: "2026-12-01",
      ...options,
    });
  const messageOf = (promise: Promise<void>): Promise<string> =>
    promise.then(
      () => "no error",
      (error: Error) => error.message,
    );

  beforeEach(() => {
    lines.length = 0;
    folder = mkdtempSync(join(tmpdir(), "receptive-release-"));
    for (const name of ["", "kernel/", "extension/"]) write(`${name}package.json`, manifest(name));
    write("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
    write("CHANGELOG.md", changelog);
    git("init", "--quiet", "--initial-branch", "main");
    git("config", "user.name", "Test");
    git("config", "user.email", "test@example.org");
    git("add", ".");
    git("commit", "--quiet", "--message", "First");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("writes versions and date, builds, commits and tags", async () => {
    let built = "";
    await run({ build: async () => [(built = version("kernel/package.json"))] });
    expect(built).to.equal("0.2.0");
    for (const name of ["package.json", "kernel/package.json", "extension/package.json", "package-lock.json"])
      expect(version(name), name).to.equal("0.2.0");
    expect(read("package.json")).to.equal(manifest("").replace("0.1.0", "0.2.0"));
    const { packages } = JSON.parse(read("package-lock.json")) as typeof lock;
    expect(packages).to.deep.equal({
      "": { version: "0.2.0" },
      kernel: { version: "0.2.0" },
      extension: { version: "0.2.0" },
      a: { version: "0.1.0" },
    });
    expect(read("CHANGELOG.md")).to.equal(
      changelog.replace("## Unreleased\n", "## Unreleased\n\n## 0.2.0 - 2026-12-01\n"),
    );
    expect(git("status", "--porcelain")).to.equal("");
    expect(git("log", "-1", "--format=%s")).to.equal("Release 0.2.0");
    expect(git("describe", "--exact-match")).to.equal("v0.2.0");
    expect(lines).to.deep.equal([
      "built 0.2.0",
      "committed and tagged v0.2.0. Next: git push --follow-tags; npm publish the .tgz files; twine upload the wheel",
    ]);
  });

  it("only says what it would do, in a dry run", async () => {
    await run({ isDry: true });
    expect(lines[0]).to.equal(
      "would write 0.2.0 (now 0.1.0) into package.json, kernel/package.json, extension/package.json, package-lock.json, CHANGELOG.md",
    );
    expect(git("status", "--porcelain") + git("tag")).to.equal("");
  });

  it("leaves nothing behind if the build fails", async () => {
    expect(await messageOf(run({ build: () => Promise.reject(new Error("no wheel")) }))).to.equal("no wheel");
    expect(git("status", "--porcelain") + git("tag")).to.equal("");
    expect(git("log", "-1", "--format=%s")).to.equal("First");
  });

  for (const [wanted, message] of [
    ["0.1.0", "release: 0.1.0 is not newer than 0.1.0. Choose a larger one."],
    ["0.0.9", "release: 0.0.9 is not newer than 0.1.0. Choose a larger one."],
    [
      "next",
      "release: next is no version (three numbers, or 0.2.0-rc.1). For example: npm run release -- 0.2.0 [--dry-run]",
    ],
  ]) {
    it(`refuses the version ${wanted}`, async () => {
      expect(await messageOf(run({ version: wanted }))).to.equal(message);
    });
  }
  it("takes a release candidate, and the release after it", async () => {
    await run({ version: "0.2.0-rc.1" });
    write("CHANGELOG.md", read("CHANGELOG.md").replace("## Unreleased\n", "## Unreleased\n\n- More.\n"));
    git("commit", "--all", "--quiet", "--message", "More");
    await run({ version: "0.2.0" });
    expect(git("tag").split("\n")).to.deep.equal(["v0.2.0", "v0.2.0-rc.1"]);
  });

  it("refuses uncommitted changes, a tag that is there, and a changelog without news", async () => {
    write("new.txt", "");
    expect(await messageOf(run())).to.equal("release: there are uncommitted changes. Commit or stash them.");
    rmSync(join(folder, "new.txt"));
    git("tag", "v0.2.0");
    expect(await messageOf(run())).to.equal("release: the tag v0.2.0 is there already. Choose another version.");
    git("tag", "--delete", "v0.2.0");
    write("CHANGELOG.md", changelog.replace("- Something new.\n\n", ""));
    git("commit", "--all", "--quiet", "--message", "No news");
    expect(await messageOf(run())).to.equal(
      "release: CHANGELOG.md has nothing under Unreleased. Write what a user will notice.",
    );
  });
});
