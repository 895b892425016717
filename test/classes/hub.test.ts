/** Two users of one JupyterHub at once, each in a JupyterLab of their own: logging in, running, stopping, leaving. */
import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { openPage, outputFile, startBrowser, untilIdle, type WatchedPage } from "../support/browser";
import { pause } from "../support/jupyterServer";
import { BIN, needsClassroom } from "./support/classroom";
import { startHub, type Hub } from "./support/hub";

const USERS = ["alice", "bob"] as const;
/** Servers, pages and kernels of two users share what cores there are. */
const LIMIT = 120_000;

const training = `import { nn, optim, randn, show, zeros } from "receptive";
const net = new nn.Linear(4, 1), optimizer = new optim.SGD(net.parameters(), { lr: 0.01 });
const curve = show.curve({ title: "Training" });
for (let step = 0; step < 100; step++) {
  optimizer.zeroGrad();
  const loss = new nn.MSELoss()(net(randn([8, 4])), zeros([8, 1]));
  loss.backward();
  optimizer.step();
  curve.add({ loss: await loss.item() });
  await new Promise((done) => setTimeout(done, 25));
}
curve.done();`;
/** The last cell of alice does not end by itself. */
const cellsOf = (user: string): string[] => [
  `const me = "${user}", began = Date.now();`,
  training,
  "console.log(JSON.stringify({ me, pid: process.pid, folder: process.cwd(), began, ended: Date.now() }))",
  user === "alice" ? "while (true) {}" : `me + " is done"`,
];

interface Said {
  me: string;
  pid: number;
  folder: string;
  began: number;
  ended: number;
}

describe("JupyterHub", function () {
  this.timeout(3 * LIMIT);
  this.bail(true); // each step stands on the one before
  let hub: Hub;
  let browser: Browser;
  const watched = new Map<string, WatchedPage>();
  const pageOf = (user: string): Page => (watched.get(user) as WatchedPage).page;
  const said = new Map<string, Said>();

  before(async function () {
    needsClassroom(this);
    hub = await startHub(BIN);
    browser = await startBrowser();
    for (const user of USERS) {
      const cells = cellsOf(user).map((source, i) => ({
        ...{ cell_type: "code", id: `cell-${i}`, source, metadata: {}, outputs: [], execution_count: null },
      }));
      const kernelspec = {
        name: "receptive",
        display_name: "TypeScript (Receptive)",
        language: "typescript",
      };
      const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells };
      writeFileSync(join(hub.home(user), "work.ipynb"), JSON.stringify(notebook));
      watched.set(user, await openPage(browser, { height: 1400 }));
    }
  });
  after(async () => {
    await browser?.close();
    await hub?.stop();
  });

  const outputs = (user: string, cell: number) =>
    pageOf(user).locator(".jp-Notebook .jp-CodeCell").nth(cell).locator(".jp-OutputArea-output");

  /** Logs in and waits for the kernel of the user's notebook. */
  async function open(user: string): Promise<void> {
    const page = pageOf(user);
    const notebook = `/user/${user}/lab/tree/work.ipynb`;
    const next = encodeURIComponent(`/hub/spawn/${user}?next=${encodeURIComponent(notebook)}`);
    await page.goto(`${hub.url}/hub/login?next=${next}`);
    await page.locator("#username_input").fill(user);
    await page.locator("#password_input").fill("any");
    await page.locator("#login_submit").click();
    // The hub starts the user's server and then shows the notebook.
    await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor({ timeout: LIMIT });
    await untilIdle(page, LIMIT);
  }

  async function run(user: string): Promise<void> {
    // Not waited for, because alice's last cell has no end.
    await pageOf(user).evaluate("void window.jupyterapp.commands.execute('notebook:run-all-cells')");
    const text = await outputs(user, 2).first().textContent({ timeout: LIMIT });
    said.set(user, JSON.parse(text ?? "") as Said);
  }

  it("lets two users train at the same time, each with a kernel in their own home", async () => {
    try {
      await Promise.all(USERS.map(open));
      await Promise.all(USERS.map(run));
    } catch (error) {
      for (const user of USERS) await pageOf(user).screenshot({ path: outputFile(`hub-${user}.png`) });
      throw new Error(`${String(error)}\n${hub.log().slice(-3000)}`);
    }
    const [alice, bob] = USERS.map((user) => said.get(user)) as [Said, Said];
    for (const user of USERS) {
      expect(said.get(user)).to.deep.include({ me: user, folder: hub.home(user) });
    }
    expect(alice.pid).not.to.equal(bob.pid);
    expect(Math.max(alice.began, bob.began), "both were training at once").to.be.below(
      Math.min(alice.ended, bob.ended),
    );
  });

  it("draws the training curve of each below the hub's address", async () => {
    for (const user of USERS) {
      const line = outputs(user, 1).locator(".js-plotly-plot .scatterlayer path").first();
      await line.waitFor({ state: "attached", timeout: LIMIT });
      await pageOf(user).screenshot({ path: outputFile(`hub-${user}.png`) });
    }
  });

  it("stops the endless loop of one while the other's notebook has ended", async () => {
    await outputs("bob", 3).getByText("bob is done").waitFor({ timeout: LIMIT });
    await pageOf("alice").evaluate("void window.jupyterapp.commands.execute('notebook:interrupt-kernel')");
    const stopped = outputs("alice", 3).getByText("The cell was stopped. Its variables are kept.").first();
    await stopped.waitFor({ timeout: LIMIT });
  });

  it("shows no error on either console and asks no other machine", () => {
    for (const [user, { errors, requests, foreignRequests }] of watched) {
      expect(errors, user).to.deep.equal([]);
      expect(requests.length, user).to.be.greaterThan(20);
      expect(foreignRequests, user).to.deep.equal([]);
    }
  });

  it("leaves no kernel behind when the users' servers stop", async () => {
    for (const user of USERS) {
      const answer = await hub.api("DELETE", `/users/${user}/server`);
      expect(answer.status).to.be.oneOf([202, 204]);
    }
    const isAlive = (pid: number): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    const pids = USERS.map((user) => said.get(user)?.pid ?? 0);
    for (const deadline = Date.now() + 20_000; pids.some(isAlive) && Date.now() < deadline;) await pause(100);
    expect(pids.filter(isAlive)).to.deep.equal([]);
  });
});
