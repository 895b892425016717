import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { type Mark, type Marks, type View } from "../../src/marks";
import type { Asked } from "../../src/marks/kit/asked";
import { askedIn } from "../../src/marks/paint";
import { PICTURE_WIDTH } from "../../src/marks/kit/picture";
import { SCENE_WIDTH } from "../../src/marks/kit/scenePicture";
import { PLOTLY_MIME, RECEPTIVE_MIME } from "../../src/protocol";
import { bundleOf } from "../display/support";
import { wordedAs } from "../support/payloads";
import { markSamples, viewSamples } from "../support/walk";
import { expectLikeChart, expectLikeFigure } from "./marks/chart";
import { expectLikeDiagram } from "./marks/diagram";
import { expectLikeEmbedding } from "./marks/embedding";
import { expectLikeFrames } from "./marks/frames";
import { expectLikeGallery } from "./marks/gallery";
import { expectLikeField } from "./marks/field";
import { expectLikeGrid } from "./marks/grid";
import { expectLikeHistograms } from "./marks/histograms";
import { expectLikeMatrix } from "./marks/matrix";
import { expectLikeQuestion } from "./marks/question";
import { expectLikeSandbox } from "./marks/sandbox";
import { expectLikeSteps } from "./marks/steps";
import { expectLikeTable } from "./marks/table";
import { expectLikeNetwork } from "./marks/network";
import { expectLikeTraining } from "./marks/training";
import { openStage, type Stage } from "./support/stage";

/** Marks whose static picture is not a scene with a margin. */
const ownWidth: readonly string[] = ["grid", "network", "frames"];
const hostile = "<script>window.hit = 1</script><img src=x onerror='window.hit = 1'>";

describe("marks in a page", function () {
  this.timeout(120_000);
  let watched: Stage;

  before(async () => {
    watched = await openStage({ width: 1000, height: 1200 });
  });
  after(() => watched?.close());

  /** Draws in as many pixels as a static picture has, and the paddings of output and figure. */
  const draw = (kind: "view" | "figure", data: unknown, inside = PICTURE_WIDTH): Promise<void> =>
    watched.page.evaluate(`draw(${JSON.stringify(kind)}, ${JSON.stringify(data)}, ${inside + 16 + 6})`);
  const drawView = (view: View): Promise<void> =>
    draw("view", view, view.marks.some(({ mark }) => ownWidth.includes(mark)) ? PICTURE_WIDTH : SCENE_WIDTH);

  for (const { mark, name, view } of markSamples)
    it(`${mark}, ${name}: shows what its picture shows`, async () => {
      const sample = view();
      await drawView(sample);
      await expectLikePicture(watched.page, sample);
    });

  for (const { view, name, make } of viewSamples)
    it(`show.${view}, ${name}: shows what its picture shows`, async () => {
      const bundle = await bundleOf(make());
      if (PLOTLY_MIME in bundle) {
        await draw("figure", bundle[PLOTLY_MIME]);
        return expectLikeFigure(watched.page, bundle["image/svg+xml"] as string | undefined);
      }
      const sent = bundle[RECEPTIVE_MIME] as View;
      await drawView(sent);
      await expectLikePicture(watched.page, sent);
    });

  it("runs no script of a title, a label or a name", async () => {
    const view = wordedAs(hostile);
    const { page } = watched;
    await draw("view", view);
    await page.locator(".js-plotly-plot .lines path").first().waitFor({ state: "attached" });
    expect(await page.locator(".rcp-View-title").textContent()).to.equal(hostile);
    expect(await page.locator(".rcp-Chart > .rcp-Mark-title").textContent()).to.equal(hostile);
    expect(await page.locator(".legendtext").first().textContent()).to.contain("<script>window.hit = 1</script>");
    expect(await page.locator("script, img").count()).to.equal(0);
    expect(await page.evaluate("window.hit")).to.equal(undefined);
  });

  it("did all this without an error on the console", () => expect(watched.errors).to.deep.equal([]));
});

async function expectLikePicture(page: Page, view: View): Promise<void> {
  expect(await page.locator(".rcp-View-title").textContent()).to.equal(view.title);
  expect(await page.locator(".rcp-View-subtitle").textContent()).to.equal(view.subtitle ?? "");
  for (const [i, mark] of view.marks.entries()) {
    const drawn = page.locator(".rcp-View-parts > *").nth(i);
    await (expectLike[mark.mark] as ExpectLike<Mark>)(page, drawn, mark, askedIn(view.marks));
  }
}

/** Compares what a mark's page shows with its static picture. */
type ExpectLike<M> = (page: Page, drawn: Locator, mark: M, asked?: Asked) => Promise<void>;
const expectLike: { [Name in keyof Marks]: ExpectLike<Marks[Name]> } = {
  grid: expectLikeGrid,
  chart: expectLikeChart,
  matrix: expectLikeMatrix,
  steps: expectLikeSteps,
  sandbox: expectLikeSandbox,
  table: expectLikeTable,
  diagram: expectLikeDiagram,
  gallery: expectLikeGallery,
  embedding: expectLikeEmbedding,
  network: expectLikeNetwork,
  field: expectLikeField,
  histograms: expectLikeHistograms,
  training: expectLikeTraining,
  frames: expectLikeFrames,
  question: expectLikeQuestion,
};
