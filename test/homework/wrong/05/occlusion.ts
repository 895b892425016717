/** Wrong occlusion maps. */
import { instead, question } from "../../support/question";

/** The map, whose parts are right unless said otherwise. */
const occlusionOf = ({
  round = "Math.ceil",
  fresh = "const covered = Float32Array.from(pixels);",
  scored = "net(images).select(1, target)",
  made = "whole.sub(score(fromArray(Float32Array.from(covered), x.shape)))",
}): string => `async function occlusion(net: nn.Module, x: Tensor, target: number, window: number): Promise<Tensor> {
  const [N, C, H, W] = x.shape;
  const [P, Q] = [${round}(H / window), ${round}(W / window)];
  const score = (images: Tensor) => noGrad(() => ${scored});
  const whole = score(x);
  const pixels = Float32Array.from(await x.data());
  const falls: Tensor[] = [];
  for (let a = 0; a < P; a++)
    for (let b = 0; b < Q; b++) {
      ${fresh}
      for (let n = 0; n < N * C; n++)
        for (let i = a * window; i < Math.min(H, (a + 1) * window); i++)
          for (let j = b * window; j < Math.min(W, (b + 1) * window); j++) covered[(n * H + i) * W + j] = 0;
      falls.push(${made});
    }
  return Tensor.stack(falls, 1).reshape(N, 1, P, Q);
}`;

export const occlusions = question(
  {
    test: "q5b",
    shapes: instead(["compare([2, 3, 7, 8], 2, 3)", "compare([1, 2, 6, 5], 0, 4)", "compare([3, 3, 9, 5], 1, 2)"]),
  },
  [
    {
      mistake: "the covered image's score is given",
      hint: /score of the covered image/,
      code: occlusionOf({ made: "score(fromArray(Float32Array.from(covered), x.shape))" }),
    },
    {
      mistake: "the sign is wrong",
      hint: /sign is wrong/,
      code: occlusionOf({ made: "score(fromArray(Float32Array.from(covered), x.shape)).sub(whole)" }),
    },
    {
      mistake: "squares are not cut at the right border",
      hint: /not cut at the right border/,
      code: occlusionOf({}).replace("Math.min(W, (b + 1) * window)", "(b + 1) * window"),
    },
    {
      mistake: "squares are not cut at all",
      hint: /not cut at the right border/,
      code: occlusionOf({})
        .replace("Math.min(W, (b + 1) * window)", "(b + 1) * window")
        .replace("Math.min(H, (a + 1) * window)", "(a + 1) * window"),
    },
    { mistake: "squares stay covered", hint: /stay covered/, code: occlusionOf({ fresh: "const covered = pixels;" }) },
    {
      mistake: "squares at the border are left out",
      hint: /cut at the border are missing/,
      code: occlusionOf({ round: "Math.floor" }),
    },
    {
      mistake: "the probability falls instead of the score",
      hint: /behind softmax/,
      code: occlusionOf({ scored: "F.softmax(net(images), 1).select(1, target)" }),
    },
  ],
);
