/** Wrong dropout. */
import { question } from "../../support/question";

const dropout = (forward: string, backward = "return dy.mul(this.mask!);"): string => `class MyDropout {
  mask: Tensor | null = null;
  constructor(readonly p: number) {}
  forward(x: Tensor, isTraining: boolean): Tensor {
    ${forward}
    return x.mul(this.mask);
  }
  backward(dy: Tensor): Tensor {
    ${backward}
  }
}`;
const rightMask = "this.mask = isTraining ? rand(x.shape).ge(this.p).float().div(1 - this.p) : ones(x.shape);";
export const dropouts = question(
  {
    test: "q5",
    shapes: [
      [
        ["[50, 400]", "[100, 200]"],
        ["[0.2, 0.7]", "[0.3, 0.9]"],
      ],
      [
        ["[50, 400]", "[40, 20, 5, 5]"],
        ["kept.mean(1)", "kept.flatten(1).mean(1)"],
        ["kept.mean(0)", "kept.flatten(1).mean(0)"],
        ["[0.2, 0.7]", "[0.4, 0.1]"],
      ],
    ],
  },
  [
    {
      mistake: "no factor 1/(1-p)",
      hint: /not divided by 1 - p/,
      code: dropout("this.mask = isTraining ? rand(x.shape).ge(this.p).float() : ones(x.shape);"),
    },
    {
      mistake: "p and 1-p are swapped",
      hint: /p and 1 - p are swapped/,
      code: dropout("this.mask = isTraining ? rand(x.shape).lt(this.p).float().div(this.p) : ones(x.shape);"),
    },
    {
      mistake: "the form of the paper: scaled in evaluation, not in training",
      hint: /not divided by 1 - p/,
      code: dropout("this.mask = isTraining ? rand(x.shape).ge(this.p).float() : ones(x.shape).mul(1 - this.p);"),
    },
    {
      mistake: "scaled in training and in evaluation",
      hint: /scaled in evaluation/,
      code: dropout(
        "this.mask = isTraining ? rand(x.shape).ge(this.p).float().div(1 - this.p) : ones(x.shape).mul(1 - this.p);",
      ),
    },
    {
      mistake: "numbers are dropped in evaluation",
      hint: /dropped in evaluation/,
      code: dropout(
        "if (isTraining || !isTraining) this.mask = rand(x.shape).ge(this.p).float().div(1 - this.p);",
      ).replace("x.mul(this.mask)", "x.mul(this.mask!)"),
    },
    {
      mistake: "the backward pass draws another mask",
      hint: /another mask than the forward pass/,
      code: dropout(rightMask, "return dy.mul(rand(dy.shape).ge(this.p).float().div(1 - this.p));"),
    },
    {
      mistake: "one mask for the whole batch",
      hint: /All images of the batch have one mask/,
      code: dropout(
        "this.mask = isTraining ? rand([1, ...x.shape.slice(1)]).ge(this.p).float().div(1 - this.p) : ones(x.shape);",
      ),
    },
    {
      mistake: "one random number for all",
      hint: /One random number is drawn for all of x/,
      code: dropout(
        "this.mask = isTraining ? ones(x.shape).mul(rand([1]).ge(this.p).float().div(1 - this.p)) : ones(x.shape);",
      ),
    },
    {
      mistake: "the engine's dropout makes the mask",
      hint: /The engine's dropout is used/,
      code: dropout("this.mask = F.dropout(ones(x.shape), this.p, isTraining as never);"),
    },
    {
      mistake: "the mask of the first call is kept",
      hint: /Two calls have the same mask/,
      code: dropout(
        `const drawn = this.mask ?? rand(x.shape).ge(this.p).float().div(1 - this.p);
    this.mask = isTraining ? drawn : ones(x.shape);`,
      ),
    },
    {
      mistake: "the gradient has no mask",
      hint: /gradient has no mask/,
      code: dropout(rightMask, "return dy;"),
    },
    {
      mistake: "the gradient lacks 1/(1-p)",
      hint: /mask of the gradient lacks 1\/\(1 - p\)/,
      code: dropout(rightMask, "return dy.mul(this.mask!.gt(0).float());"),
    },
    {
      mistake: "evaluation leaves the mask of training",
      hint: /mask of an earlier forward pass/,
      code: dropout(
        `if (!isTraining) return x;
    this.mask = rand(x.shape).ge(this.p).float().div(1 - this.p);`,
      ),
    },
  ],
);
