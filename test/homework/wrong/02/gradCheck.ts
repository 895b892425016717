/** Wrong uses of gradCheck. */
import { instead, question } from "../../support/question";

const wrongOnes = (input: string, tolerance = "1e-5"): string =>
  `async function wrongOnes(functions: Activations): Promise<string[]> {
  const x = ${input};
  const wrong: string[] = [];
  for (const [name, f] of Object.entries(functions)) {
    const result = await gradCheck(f, [x]);
    if (result.relError > ${tolerance}) wrong.push(name);
  }
  return wrong;
}`;
export const gradChecks = question(
  {
    test: "q6",
    needs: ["activations"],
    shapes: instead(['["softplus", "tanh", "elu"]', '["tanh", "elu"]', '["elu", "sigmoid", "leakyRelu"]']),
  },
  [
    {
      mistake: "gradCheck without requiresGrad",
      code: wrongOnes("tensor([[-2, -1, 1, 2]], exact)"),
      hint: /Set requiresGrad on what you differentiate by/,
    },
    {
      mistake: "gradCheck with positive numbers alone",
      code: wrongOnes("tensor([[0.5, 1, 2, 3]], { ...exact, requiresGrad: true })"),
      hint: /the input are all of one sign/,
    },
    {
      mistake: "gradCheck without tolerance",
      code: wrongOnes("tensor([[-2, -1, 1, 2]], { ...exact, requiresGrad: true })", "0"),
      hint: /the tolerance is too small/,
    },
    {
      mistake: "gradCheck that is expected to throw",
      code: `async function wrongOnes(functions: Activations): Promise<string[]> {
  const x = tensor([[-2, -1, 1, 2]], { ...exact, requiresGrad: true });
  const wrong: string[] = [];
  for (const [name, f] of Object.entries(functions))
    try {
      await gradCheck(f, [x]);
    } catch {
      wrong.push(name);
    }
  return wrong;
}`,
      hint: /It does not: compare \(await gradCheck\(f, \[x\]\)\)\.relError/,
    },
    {
      mistake: "gradCheck in float32",
      code: wrongOnes("tensor([[-2, -1, 1, 2]], { requiresGrad: true })"),
      hint: /differences need float64/,
    },
  ],
);
