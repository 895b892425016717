/** Asks for `view` and `facts` as the inspector does, and reads the answers. */
import { F, nn, type Tensor } from "../../src";
import { checkView } from "../../src/marks/check";
import type { ChartMark, GridMark, View } from "../../src/marks";
import {
  INSPECTION,
  type Inspectable,
  type InspectHandler,
  type ObjectFacts,
  type TensorStatistics,
} from "../../src/protocol";
import { readAnswer } from "../../extension/src/kernel/answers";

export interface Content {
  view: View;
  statistics?: TensorStatistics;
  input?: number[];
  parameters?: string;
}
export interface Answer {
  content: Content;
  shares: Float32Array | undefined;
}
export type Asked = ReadonlyMap<string, InspectHandler>;

export const idOf = (object: unknown): string => (object as Inspectable)[INSPECTION]()?.id ?? "none";

/** Asks as the extension does: JSON and bytes both ways, checked as it checks them. */
export async function view(
  asked: Asked,
  object: unknown,
  question: object = {},
  floats: Float32Array[] = [],
): Promise<Answer> {
  const buffers = floats.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
  const answer = await asked.get(idOf(object))?.({ ask: "view", ...question }, { cancelled: false, buffers });
  const read = readAnswer(
    "view",
    JSON.parse(JSON.stringify(answer?.content)),
    (answer?.buffers ?? []) as Float32Array[],
  );
  if (!read) throw new Error("the answer is not readable");
  const checked = checkView(read.content.view);
  if (typeof checked === "string") throw new Error(checked);
  return { content: { ...read.content, view: checked }, shares: read.floats[0] };
}

export async function facts(asked: Asked, object: unknown): Promise<ObjectFacts> {
  const answer = await asked.get(idOf(object))?.({ ask: "facts" }, { cancelled: false, buffers: [] });
  const read = readAnswer("facts", JSON.parse(JSON.stringify(answer?.content)), []);
  if (!read) throw new Error("the answer is not readable");
  return read.content;
}

export const gridsOf = ({ view: { marks } }: Content): GridMark[] => marks.filter((mark) => mark.mark === "grid");
export const chartOf = ({ view: { marks } }: Content): ChartMark =>
  marks.find((mark) => mark.mark === "chart") as ChartMark;
/** The float32 that a grid carries. */
export const carried = ({ pixels }: GridMark): number[] => {
  const bytes = Buffer.from(pixels.values ?? "", "base64");
  return [...new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))];
};
export async function message(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "",
    (error: Error) => error.message,
  );
}

export class Net extends nn.Module {
  conv = new nn.Conv2d(1, 4, 3);
  fc = new nn.Linear(4 * 6 * 6, 3);
  forward(x: Tensor): Tensor {
    return this.fc(F.relu(this.conv(x)).flatten(1));
  }
}
