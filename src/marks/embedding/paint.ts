/** An embedding as SVG, for programs that do not know our MIME type. */
import { scenePicture, SCENE_WIDTH } from "../kit/scenePicture";
import type { Svg } from "../kit/svg";
import { paper } from "../kit/theme";
import { tileUrl } from "../kit/tilePicture";
import { frameOf } from "./layout";
import type { EmbeddingMark } from "./payload";
import { readEmbedding } from "./read";
import { embeddingScene } from "./scene";
import { describeEmbedding } from "./words";

/** Title, points and legend. */
export function paintEmbedding(mark: EmbeddingMark): Svg {
  const embedding = readEmbedding(mark);
  const sight = { zoom: 1 };
  const frame = frameOf(embedding, SCENE_WIDTH, sight);
  const scene = embeddingScene(embedding, frame, sight, paper, tileUrl);
  const { title } = mark;
  return scenePicture({ title, subtitle: describeEmbedding(mark) }, scene, title || describeEmbedding(mark));
}
