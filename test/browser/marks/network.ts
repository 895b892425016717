/** A network's page against its static picture: the same words, edges, bars, and colours of the maps. */
import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { edgeElements } from "../../../src/marks/network/edges";
import { unitRect } from "../../../src/marks/network/layout";
import type { NetworkMark } from "../../../src/marks/network/payload";
import { carriedPlane } from "../../../src/marks/network/maps";
import { networkOf } from "../../../src/marks/network/network";
import { paintMaps, pictureLayout } from "../../../src/marks/network/paint";
import { wordElements } from "../../../src/marks/network/scene";
import { wordsOf } from "../../../src/marks/kit/scene";
import { paper } from "../../../src/marks/kit/theme";
import { readPng } from "../../support/png";

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...[0, 1, 2].map((channel) => Math.abs(a[channel] - b[channel])));

export async function expectLikeNetwork(_page: Page, drawn: Locator, mark: NetworkMark): Promise<void> {
  const network = networkOf(mark);
  const layout = pictureLayout(network);
  const canvas = drawn.locator(".rcp-Network-canvas");
  await canvas.waitFor();
  const words = await drawn.locator(".rcp-Network-words text").allTextContents();
  expect(words).to.deep.equal(wordsOf(wordElements(network, layout, paper)));
  const edges = edgeElements(network, layout, paper).map(({ attributes }) => attributes["data-edge"]);
  expect(
    await drawn
      .locator(".rcp-Network-back path")
      .evaluateAll((paths) => paths.map((path) => (path as { dataset?: { edge: string } }).dataset?.edge)),
  ).to.deep.equal(edges);

  const data = await canvas.evaluate((node: { toDataURL(): string }) => node.toDataURL());
  const live = readPng(Buffer.from(data.slice(data.indexOf(",") + 1), "base64"));
  const picture = paintMaps(network, layout);
  expect([live.width, live.height]).to.deep.equal([picture.width, picture.height]);
  let compared = 0;
  for (const laid of layout.nodes) {
    if (laid.index === mark.scores) continue;
    for (const unit of laid.units) {
      const rect = unitRect(laid, unit);
      if (!rect || !carriedPlane(network.nodes[laid.index], unit)) continue;
      for (const share of [0.2, 0.5, 0.8]) {
        const [x, y] = [Math.floor(rect.left + share * rect.width), Math.floor(rect.top + share * rect.height)];
        const from = (y * picture.width + x) * 4;
        // The picture has 120 steps of the palette, the page has 256.
        expect(
          distance(live.at(x, y), picture.bytes.subarray(from, from + 3)),
          `node ${laid.index}, unit ${unit}`,
        ).to.be.at.most(8);
        compared++;
      }
    }
  }
  expect(compared).to.be.above(0);
  if (mark.scores !== undefined)
    expect(await drawn.locator(".rcp-Network-words rect[data-class]").count()).to.equal(
      layout.nodes[mark.scores].units.length,
    );
}
