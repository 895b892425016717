/** Wrong ways to train with a kernel of one's own. */
import { instead, question } from "../../support/question";

const withMine = (body: string): string =>
  `async function withMine<T>(body: () => Promise<T>): Promise<T> {\n  ${body}\n}`;
const put = `await useKernel("conv2d", "forward", convolution, { when: isMine, race: false });`;

export const replacements = question(
  {
    test: "q6",
    needs: ["mistakes", "q4-answer", "q5-answer", "training"],
    shapes: instead(["steps = 10", "steps = 2", "steps = 4"]),
  },
  [
    {
      mistake: "never taken out",
      code: withMine(`${put} return await body();`),
      hint: /still in place afterwards/,
    },
    {
      mistake: "nothing is awaited",
      code: withMine(`void ${put.replace("await ", "")} try { return body(); } finally { useKernel.reset(); }`),
      hint: /write await before useKernel|await useKernel\(...\) first/,
    },
    {
      mistake: "not taken out after an error",
      code: withMine(`${put} const value = await body(); useKernel.reset(); return value;`),
      hint: /still in place after an error/,
    },
    {
      mistake: "body is not awaited",
      code: withMine(`${put} try { return body(); } finally { useKernel.reset(); }`),
      hint: /taken out before body is done/,
    },
    {
      mistake: "an error is swallowed",
      code: withMine(
        `${put} try { return await body(); } catch (error) { return undefined as T; } finally { useKernel.reset(); }`,
      ),
      hint: /The error of body is lost/,
    },
    {
      mistake: "the sizes are not limited",
      code: withMine(
        `await useKernel("conv2d", "forward", convolution, { race: false }); try { return await body(); } finally { useKernel.reset(); }`,
      ),
      hint: /gives a wrong number as conv2d forward[^]*dilation/,
    },
  ],
);
