/**
 * A checkpoint is a safetensors file. Its tensors are named by where they stand ("optimizer.state.0.exp_avg"), and one
 * word of its metadata is the object that was saved, as JSON, with `{"$tensor": name}` where a tensor stood. What JSON
 * does not have is `{"$number": "Infinity"}`; a key of the object's own that begins with $ has another $ before it.
 */
export const TREE = "receptive.checkpoint";

/** The same as `{"$number": text}`. */
export const SPECIAL_NUMBERS: Readonly<Record<string, number>> = { Infinity, "-Infinity": -Infinity, NaN };
