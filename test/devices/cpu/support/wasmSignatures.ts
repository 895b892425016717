/** The signatures of a WebAssembly module's exported functions, read from its bytes: JavaScript is not told them. */

export interface Signature {
  params: string[];
  /** "void", or the one result's type. */
  result: string;
}

const valueTypes: Readonly<Record<number, string>> = {
  0x7f: "i32",
  0x7e: "i64",
  0x7d: "f32",
  0x7c: "f64",
  0x7b: "v128",
};
const [TYPES, IMPORTS, FUNCTIONS, EXPORTS] = [1, 2, 3, 7];
const FUNCTION = 0;

/** Reads numbers in LEB128, names and lists, one after the other. */
class Reader {
  private at: number;
  constructor(
    private readonly bytes: Uint8Array,
    at: number,
  ) {
    this.at = at;
  }
  byte(): number {
    return this.bytes[this.at++];
  }
  unsigned(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }
  name(): string {
    const length = this.unsigned();
    return new TextDecoder().decode(this.bytes.subarray(this.at, (this.at += length)));
  }
  list<T>(read: () => T): T[] {
    return Array.from({ length: this.unsigned() }, read);
  }
  /** The sections that begin here, by their numbers. */
  sections(): Map<number, Reader> {
    const found = new Map<number, Reader>();
    while (this.at < this.bytes.length) {
      const id = this.byte();
      const length = this.unsigned();
      found.set(id, new Reader(this.bytes, this.at));
      this.at += length;
    }
    return found;
  }
}

function typeOf(reader: Reader): Signature {
  if (reader.byte() !== 0x60) throw new Error("wasm: a type is no function.");
  const valueType = (): string => valueTypes[reader.byte()] ?? "unknown";
  const params = reader.list(valueType);
  const [result = "void", second] = reader.list(valueType);
  if (second) throw new Error("wasm: a function has two results.");
  return { params, result };
}

/** @throws Error if the module imports functions, whose indices would come first */
export function signaturesOf(bytes: Uint8Array): Map<string, Signature> {
  const sections = new Reader(bytes, 8).sections();
  const section = (id: number): Reader => {
    const found = sections.get(id);
    if (!found) throw new Error(`wasm: there is no section ${id}.`);
    return found;
  };
  const types = ((reader) => reader.list(() => typeOf(reader)))(section(TYPES));
  const imports = section(IMPORTS);
  if (imports.unsigned() !== 1 || imports.name() !== "env" || imports.name() !== "memory")
    throw new Error("wasm: the module imports other things than its memory.");
  const functions = ((reader) => reader.list(() => reader.unsigned()))(section(FUNCTIONS));
  const exported = ((reader) =>
    reader.list(() => ({ name: reader.name(), kind: reader.byte(), index: reader.unsigned() })))(section(EXPORTS));
  return new Map(
    exported.flatMap(({ name, kind, index }) => (kind === FUNCTION ? [[name, types[functions[index]]] as const] : [])),
  );
}
