import type { Tensor } from "../../../tensor/tensor";
import { getDevice } from "../../../devices/device";
import type { Storage } from "../../../devices/storage";
import { sameShape } from "../../../tensor/shape";
import type { AttributeProto, NodeProto } from "../proto";

/** Numbers of AttributeProto's types. */
const FLOAT = 1;
const INT = 2;
const STRING = 3;
const INTS = 7;

/** A whole number, a list of whole numbers, words, or { float } for a number that is one even if it is whole. */
export type AttributeValue = number | readonly number[] | string | { float: number };

function attribute(name: string, value: AttributeValue): AttributeProto {
  if (typeof value === "number") return { name, type: INT, i: value };
  if (typeof value === "string") return { name, type: STRING, s: new TextEncoder().encode(value) };
  return "float" in value ? { name, type: FLOAT, f: value.float } : { name, type: INTS, ints: [...value] };
}

/** Collects nodes and constants, and knows what each tensor is called in the file. */
export class Emitter {
  readonly nodes: NodeProto[] = [];
  readonly floats = new Map<string, Tensor>();
  readonly wholes = new Map<string, readonly number[]>();
  readonly lacking = new Map<string, number>();
  /** Whether some node holds only for the sample's number of images. */
  fixedBatch = false;
  private readonly named = new Map<Tensor, string>();
  private readonly byStorage = new Map<Storage, { shape: readonly number[]; name: string }[]>();

  /** @param known names of parameters and buffers */
  constructor(private readonly known: ReadonlyMap<Storage, string>) {}

  /** What `tensor` is called; one that no op made is a constant of the file. */
  nameOf(tensor: Tensor): string {
    const own = this.named.get(tensor);
    if (own !== undefined) return own;
    // The same numbers in the same shape under another name, as detach() gives.
    const twin = this.byStorage.get(tensor.storage)?.find(({ shape }) => sameShape(shape, tensor.shape));
    const name = twin?.name ?? this.known.get(tensor.storage) ?? `constant_${this.floats.size}`;
    if (!twin) this.floats.set(name, tensor);
    this.bind(tensor, name);
    return name;
  }
  bind(tensor: Tensor, name: string): void {
    this.named.set(tensor, name);
    const twins = this.byStorage.get(tensor.storage) ?? [];
    this.byStorage.set(tensor.storage, [...twins, { shape: tensor.shape, name }]);
  }
  /** Whole numbers as an int64 input. */
  ints(values: readonly number[]): string {
    const name = `shape_${this.wholes.size}`;
    this.wholes.set(name, values);
    return name;
  }
  /** One number like the numbers of `tensor`. */
  scalar(tensor: Tensor, value: number): string {
    const like = tensor.dtype === "float64" ? Float64Array.of(value) : Float32Array.of(value);
    return this.nameOf(tensor.sibling(getDevice(tensor.device).upload(like), [], tensor.dtype));
  }
  /** A node that makes `output`. */
  add(opType: string, inputs: string[], output: Tensor, attributes: Record<string, AttributeValue> = {}): void {
    this.bind(output, this.between(opType, inputs, attributes));
  }
  /** A node between others, and what its result is called. */
  between(opType: string, inputs: string[], attributes: Record<string, AttributeValue> = {}): string {
    const name = `${opType}_${this.nodes.length}`;
    this.nodes.push({
      opType,
      name,
      input: inputs,
      output: [name],
      attribute: Object.entries(attributes).map(([key, value]) => attribute(key, value)),
    });
    return name;
  }
  lack(what: string): void {
    this.lacking.set(what, (this.lacking.get(what) ?? 0) + 1);
  }
}
