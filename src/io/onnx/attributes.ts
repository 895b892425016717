/** The attributes of a node, by name, with defaults. */
import type { Tensor } from "../../tensor/tensor";
import type { AttributeProto, GraphProto, TensorProto } from "./proto";

/** What an attribute holds, by its type's number; a file that leaves the type out says it by the field it fills. */
export class Attributes {
  private readonly named: Map<string, AttributeProto>;

  constructor(
    protos: readonly AttributeProto[],
    private readonly readTensor: (proto: TensorProto) => Tensor,
  ) {
    this.named = new Map(protos.map((proto) => [proto.name, proto]));
  }
  has(name: string): boolean {
    return this.named.has(name);
  }
  int(name: string, otherwise: number): number {
    const proto = this.named.get(name);
    return proto ? (proto.i ?? 0) : otherwise;
  }
  float(name: string, otherwise: number): number {
    const proto = this.named.get(name);
    return proto ? (proto.f ?? 0) : otherwise;
  }
  text(name: string, otherwise: string): string {
    const proto = this.named.get(name);
    return proto ? new TextDecoder().decode(proto.s) : otherwise;
  }
  ints(name: string): number[] | undefined {
    const proto = this.named.get(name);
    return proto && (proto.ints ?? []);
  }
  floats(name: string): number[] | undefined {
    const proto = this.named.get(name);
    return proto && (proto.floats ?? []);
  }
  tensor(name: string): Tensor | undefined {
    const proto = this.named.get(name)?.t;
    return proto && this.readTensor(proto);
  }
  /** The graphs among them, by attribute: what an If runs. */
  graphs(): [attribute: string, graph: GraphProto][] {
    return [...this.named.values()].flatMap(({ name, g }): [string, GraphProto][] => (g ? [[name, g]] : []));
  }
  /** "kernel_shape=[3,3], strides=[2,2]" */
  toString(): string {
    return [...this.named.values()]
      .filter(({ g }) => !g)
      .map(({ name, i, f, s, ints, floats, t }) => {
        const value = ints ?? floats ?? (s && new TextDecoder().decode(s)) ?? (t ? "tensor" : (f ?? i ?? 0));
        return `${name}=${JSON.stringify(value)}`;
      })
      .join(", ");
  }
}
