import { expect } from "chai";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "../../src/errors";
import { loadSafetensors, saveSafetensors } from "../../src/io";
import * as nn from "../../src/nn";
import { fromArray, tensor, zeros } from "../../src/tensor/create";
import { messageOf } from "../datasets/support";
import { expectClose } from "../support/close";
import { needsPython, python } from "../support/python";

const golden = join(__dirname, "../../../test/golden/safetensors");
const readJson = <T>(name: string): T => JSON.parse(readFileSync(join(golden, name), "utf8")) as T;

/** A file with this header, as text or as an object, and this many zero bytes of data. */
function file(header: unknown, size = 0): Uint8Array {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}
const entry = (dtype: string, shape: unknown, begin: number, end: number) => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

describe("safetensors", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "safetensors-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it("reads every dtype that PyTorch wrote", async () => {
    const state = loadSafetensors(join(golden, "dtypes.safetensors"));
    const expected = readJson<Record<string, { shape: number[]; data: (number | string)[] }>>("dtypes.json");
    expect(Object.keys(state)).to.have.members(Object.keys(expected));
    for (const [name, { shape, data }] of Object.entries(expected)) {
      expect(state[name].shape, name).to.deep.equal(shape);
      const numbers = data.map((value) =>
        value === "inf" ? Infinity : value === "-inf" ? -Infinity : value === "nan" ? NaN : Number(value),
      );
      expect([...(await state[name].data())], name).to.deep.equal(numbers);
    }
    expect(Object.entries(state).map(([name, { dtype, device }]) => `${name} ${dtype} ${device}`)).to.have.members([
      "float32 float32 cpu",
      "float64 float64 reference",
      "float16 float32 cpu",
      "bfloat16 float32 cpu",
      "int32 int32 cpu",
      "int64 int32 cpu",
      "uint8 int32 cpu",
      "int8 int32 cpu",
      "int16 int32 cpu",
      "uint16 int32 cpu",
      "uint32 int32 cpu",
      "uint64 int32 cpu",
      "float8_e4m3 float32 cpu",
      "float8_e5m2 float32 cpu",
      "bool bool cpu",
      "scalar float32 cpu",
      "empty float32 cpu",
    ]);
  });

  it("reads what safetensors itself reads: unaligned tensors, blanks around the header, more fields", async () => {
    const odd = {
      a: { ...entry("U8", [1], 0, 1), note: "more" },
      b: entry("F32", [1], 1, 5),
      __metadata__: null,
    };
    for (const header of [JSON.stringify(odd), ` \n\t${JSON.stringify(odd)}  \n`]) {
      const bytes = file(header, 5);
      bytes[bytes.length - 5] = 7;
      new DataView(bytes.buffer).setFloat32(bytes.length - 4, 2.5, true);
      const { a, b } = loadSafetensors(bytes);
      expect([await a.tolist(), await b.tolist()]).to.deep.equal([[7], [2.5]]);
    }
  });
  it("agrees with safetensors itself on what is a file", async function () {
    this.timeout(60000);
    needsPython(this, "torch", "safetensors");
    const one = entry("F32", [1], 0, 4);
    const files = [
      file({ a: one }, 4),
      file(`  ${JSON.stringify({ a: one })}`, 4),
      file({ a: entry("I8", [3], 0, 3), b: entry("I64", [1], 3, 11) }, 11),
      file({ a: { ...one, more: 1 } }, 4),
      file({ a: one, __metadata__: null }, 4),
      file({ a: one, __metadata__: { a: 1 } }, 4),
      file({ a: one, b: entry("F32", [1], 8, 12) }, 12),
      file({ a: one }, 5),
      file(`\ufeff${JSON.stringify({ a: one })}`, 4),
      file(`${JSON.stringify({ a: one })}\0`, 4),
      file({}, 0),
    ];
    files.forEach((bytes, i) => writeFileSync(join(folder, `${i}`), bytes));
    const program = `
import sys, pathlib
from safetensors.torch import load
def read(path):
    try:
        load(path.read_bytes())
        return "1"
    except Exception:
        return "0"
print("".join(read(pathlib.Path(sys.argv[1], str(i))) for i in range(${files.length})))`;
    const ours = files.map((bytes) => Number(!messageOf(() => loadSafetensors(bytes)).includes("loadSafetensors")));
    expect(ours.join("")).to.equal(python(program, [folder]).trim());
  });

  it("gives a network PyTorch's weights", async () => {
    const net = new nn.Sequential(new nn.Conv2d(1, 2, 3), new nn.ReLU(), new nn.Flatten(), new nn.Linear(8, 3));
    net.loadStateDict(loadSafetensors(join(golden, "net.safetensors")));
    const { input, output } = readJson<{ input: number[]; output: number[] }>("net.json");
    const y = net(fromArray(Float32Array.from(input), [2, 1, 4, 4]));
    expectClose(await y.data(), output, 1e-6, "output"); // sums of 9 and 8 products in float32
  });

  it("brings back what was saved, to the bit, and leaves nothing else in the folder", async () => {
    const path = join(folder, "all.safetensors");
    const tensors = {
      flags: tensor([true, false, true], { dtype: "bool" }),
      wide: tensor([[Math.PI], [-0]], { dtype: "float64", device: "reference" }),
      "conv1.weight": fromArray(Float32Array.of(NaN, 1 / 3, -Infinity), [3, 1]),
      labels: tensor([-7, 9], { dtype: "int32" }),
      __proto__x: zeros([0, 4]),
    };
    await saveSafetensors(path, tensors, { metadata: { epoch: "3" } });
    const back = loadSafetensors(path);
    expect(Object.keys(back)).to.have.members(Object.keys(tensors));
    for (const [name, saved] of Object.entries(tensors)) {
      expect(String(back[name]), name).to.equal(String(saved));
      expect(await back[name].data(), name).to.deep.equal(await saved.data());
    }
    expect(readdirSync(folder)).to.deep.equal(["all.safetensors"]);
    expect(readFileSync(path).includes('"__metadata__":{"epoch":"3"}')).to.equal(true);
    expect(Number(readFileSync(path).readBigUInt64LE(0)) % 8).to.equal(0);
  });

  it("is read by PyTorch, and what PyTorch writes again is read here", async function () {
    this.timeout(120000);
    needsPython(this, "torch", "safetensors");
    const net = new nn.Linear(3, 2);
    const [there, back] = [join(folder, "there.safetensors"), join(folder, "back.safetensors")];
    await saveSafetensors(there, net);
    const program = `
import sys, torch
from safetensors.torch import load_file, save_file
net = torch.nn.Linear(3, 2)
net.load_state_dict(load_file(sys.argv[1]))
save_file(net.state_dict(), sys.argv[2])
print(net(torch.tensor([[1.0, 2.0, 3.0]])).tolist()[0])`;
    const printed = JSON.parse(python(program, [there, back])) as number[];
    expectClose(await net(tensor([[1, 2, 3]])).data(), printed, 1e-6, "output");
    const other = new nn.Linear(3, 2);
    other.loadStateDict(loadSafetensors(back));
    expect(await other.weight.data()).to.deep.equal(await net.weight.data());
  });

  it("says where it could not read or write", async () => {
    const nowhere = join(folder, "no", "a.safetensors");
    expect(() => loadSafetensors(nowhere)).to.throw(DataError, `loadSafetensors: ${nowhere} cannot be read, ENOENT`);
    const error: unknown = await saveSafetensors(nowhere, { a: zeros([1]) }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(DataError);
    expect(String(error)).to.match(
      /saveSafetensors: .*a\.safetensors cannot be written, ENOENT.*may you write to it\?$/,
    );
  });

  describe("refuses", () => {
    const f32 = (begin: number, end: number, shape: unknown = [(end - begin) / 4]) => entry("F32", shape, begin, end);
    const huge = file("{}");
    new DataView(huge.buffer).setBigUint64(0, 100_000_001n, true);
    const longer = file("{}");
    longer[0] = 99;
    const notUtf8 = file("{  }");
    notUtf8[9] = 0xff;
    const cases: [string, Uint8Array, string][] = [
      ["a file too short", Uint8Array.of(1, 2, 3, 4, 5, 6, 7), "the file is too short (expected 8 bytes or more, found 7 bytes)"],
      ["a header over 100 MB", huge, "the header is too large (expected at most 100000000 bytes, found 100000001 bytes)"],
      ["a header longer than the file", longer, "the header is longer than the file (expected a file of 107 bytes or more, found 10 bytes)"],
      ["other bytes", notUtf8, "the header is no text (expected UTF-8, found other bytes)"],
      ["other JSON", file("[1]"), 'the header is no JSON object (expected "{" first, found "[")'],
      ["no JSON", file("{a"), "the header is no JSON (expected a JSON object, found "],
      ["a key twice", file('{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"\\u0061":{}}'), 'the header has a key twice (expected each key once, found "a")'],
      ["a field twice", file('{"a":{"dtype":"F32","dtype":"F32","shape":[0],"data_offsets":[0,0]}}'), 'the header has a key twice (expected each key once, found "dtype")'],
      ["a missing field", file({ a: { dtype: "F32" } }), "tensor a has no shape (expected dtype, shape, data_offsets, found {\"dtype\":\"F32\"})"],
      ["another dtype", file({ a: entry("C64", [1], 0, 8) }, 8), 'tensor a has a dtype that cannot be read (expected F64, I64, U64, F32, I32, U32, F16, BF16, I16, U16, F8_E4M3, F8_E5M2, I8, U8, BOOL, found "C64")'],
      ["a shape of no counts", file({ a: f32(0, 4, [-1]) }, 4), "tensor a has no shape (expected whole numbers >= 0, found [-1])"],
      ["offsets that go back", file({ a: f32(4, 0, [0]) }, 4), "tensor a has no offsets (expected [begin,end] with begin <= end, found [4,0])"],
      ["offsets outside", file({ a: f32(0, 8) }, 4), "tensor a lies outside the file (expected an end of at most 4, found 8)"],
      ["a shape of another size", file({ a: f32(0, 8, [3]) }, 8), "tensor a has a shape that does not fit its bytes (expected 12 bytes for F32 [3], found 8)"],
      ["overlaps", file({ a: f32(0, 8), b: f32(4, 12) }, 12), "tensor b overlaps the one before (expected begin 8, found 4)"],
      ["holes", file({ a: f32(0, 4), b: f32(8, 12) }, 12), "there is a hole before tensor b (expected begin 4, found 8)"],
      ["bytes of no tensor", file({ a: f32(0, 4) }, 8), "the tensors do not fill the file (expected 4 bytes of data, found 8)"],
      ["metadata that are no words", file({ __metadata__: { a: 1 } }), '__metadata__ is not what it should be (expected an object of strings, found {"a":1})'],
    ]; // prettier-ignore
    for (const [what, bytes, words] of cases)
      it(what, () => {
        expect(() => loadSafetensors(bytes)).to.throw(DataError, `loadSafetensors: the array given: ${words}`);
      });
    it("integers beyond int32", () => {
      for (const [dtype, kind] of Object.entries({
        I64: "a 64-bit integer",
        U64: "an unsigned 64-bit integer",
      })) {
        const bytes = file({ a: entry(dtype, [1], 0, 8) }, 8);
        new DataView(bytes.buffer).setBigInt64(bytes.length - 8, 2n ** 31n, true);
        expect(() => loadSafetensors(bytes)).to.throw(
          DataError,
          `loadSafetensors: the array given: tensor a holds 2147483648 at position 0 as ${kind} ` +
            "(expected -2147483648 to 2147483647, because it is read as int32). Save it as float64 instead.",
        );
      }
      const bytes = file({ a: entry("U32", [2], 0, 8) }, 8);
      bytes.fill(255, bytes.length - 4);
      expect(() => loadSafetensors(bytes)).to.throw(
        DataError,
        "tensor a holds 4294967295 at position 1 as an unsigned 32-bit integer (expected ",
      );
    });
    it("a tensor named __metadata__", async () => {
      const error: unknown = await saveSafetensors(join(folder, "a"), { __metadata__: zeros([1]) }).catch(
        (e: unknown) => e,
      );
      expect(String(error)).to.contain("saveSafetensors: a tensor cannot be named __metadata__.");
    });
  });
});

describe("loadStateDict that is not strict", () => {
  it("takes what fits and tells the rest", async () => {
    const net = new nn.Linear(2, 1);
    const bias = await net.bias?.data();
    const state = { weight: tensor([[5, 6]]), extra: zeros([1]) };
    expect(net.loadStateDict(state, { strict: false })).to.deep.equal({
      missingKeys: ["bias"],
      unexpectedKeys: ["extra"],
    });
    expect(await net.weight.tolist()).to.deep.equal([[5, 6]]);
    expect(await net.bias?.data()).to.deep.equal(bias);
    expect(() => net.loadStateDict({ weight: zeros([3]) }, { strict: false })).to.throw("weight has shape [3]");
  });
});
