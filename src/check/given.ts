/** The inputs of what is tested, as they were before: hints are found from them, and none may be changed. */
import { isTensor, show } from "../arguments";
import { copyOf, read, type Numbers, type Read } from "./numbers";

/** By name. Hints know `x`, `w` (or `weight`), `bias`, `stride`, `padding`, `kernelSize`. */
export type Inputs = Readonly<Record<string, Numbers | null>>;

export class Given {
  private readonly before: Inputs;

  /** @throws TypeError unless it is an object */
  constructor(private readonly inputs: Inputs) {
    if (typeof inputs !== "object" || inputs === null || isTensor(inputs) || Array.isArray(inputs))
      throw new TypeError(`given: takes inputs by name, got ${show(inputs)}. Write given({ x, w }).`);
    this.before = Object.fromEntries(
      Object.entries(inputs).map(([name, input]) => [name, input === null ? null : copyOf(input)]),
    );
  }

  /** The numbers that the inputs had. */
  async numbers(): Promise<Record<string, Read>> {
    const found: Record<string, Read> = {};
    for (const [name, input] of Object.entries(this.before))
      if (input !== null) found[name] = await read("given", name, input);
    return found;
  }

  /** The name of an input whose numbers or shape are not as before; null if all are. */
  async changed(): Promise<string | null> {
    for (const [name, before] of Object.entries(await this.numbers())) {
      const now = await read("given", name, this.inputs[name]!);
      const isSame =
        String(now.shape) === String(before.shape) && before.values.every((v, i) => Object.is(v, now.values[i]));
      if (!isSame) return name;
    }
    return null;
  }
}
