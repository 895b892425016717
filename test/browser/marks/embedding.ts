import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import type { EmbeddingMark } from "../../../src/marks";
import { written } from "../../../src/marks/kit/scene";
import { frameOf } from "../../../src/marks/embedding/layout";
import { readEmbedding } from "../../../src/marks/embedding/read";
import { embeddingScene } from "../../../src/marks/embedding/scene";
import { describeEmbedding } from "../../../src/marks/embedding/words";
import { paper } from "../../../src/marks/kit/theme";
import { svgTexts } from "./svg";

/** Compares the words, the paths of the points and their colours with the scene that the picture has at this width. */
export async function expectLikeEmbedding(_page: Page, drawn: Locator, mark: EmbeddingMark): Promise<void> {
  const plot = drawn.locator(".rcp-Embedding-plot");
  await plot.locator("path").first().waitFor({ state: "attached" });
  const embedding = readEmbedding(mark);
  const sight = { zoom: 1 };
  const width = Number(await plot.getAttribute("width"));
  const scene = embeddingScene(embedding, frameOf(embedding, width, sight), sight, paper, () => "");
  const svg = scene.elements.map(written).join("");
  expect(await plot.locator("text").allTextContents()).to.deep.equal(svgTexts(svg));
  const attributes = (name: string): Promise<string[]> =>
    plot
      .locator("path")
      .evaluateAll(
        (paths: { getAttribute(name: string): string }[], asked: string) =>
          paths.map((path) => path.getAttribute(asked)),
        name,
      );
  for (const name of ["d", "fill"]) {
    const kept = [...svg.matchAll(new RegExp(`<path [^>]*\\b${name}="([^"]*)"`, "g"))].map(([, value]) => value);
    expect(await attributes(name)).to.deep.equal(kept);
  }
  expect(await drawn.locator(".rcp-Mark-title").textContent()).to.equal(mark.title ?? "");
  expect(await drawn.locator(".rcp-Mark-subtitle").textContent()).to.equal(describeEmbedding(mark));
}
