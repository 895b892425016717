import { expect } from "chai";
import { createHmac } from "node:crypto";
import { toJson } from "../../kernel/json";
import { copyBytes, makeHeader, type Message } from "../../kernel/message";
import { decode, encode, sign, WireError } from "../../kernel/io/wire";

const KEY = "a0436f6c-1916-498b-8eb9-e81ab9368e84";

function sample(): Message {
  return {
    identities: [Buffer.from([0, 1, 2])],
    header: makeHeader("comm_msg", "session-1"),
    parent: {},
    metadata: { a: "ü" },
    content: { data: [1, 2] },
    buffers: [new Uint8Array([1, 2, 3]), new Uint8Array(0)],
  };
}

describe("kernel: wire", () => {
  it("reads back what it writes, buffers and identities included", () => {
    const message = sample();
    const back = decode(encode(message, KEY), KEY);
    expect(back.header).to.deep.equal(message.header);
    expect(back.content).to.deep.equal(message.content);
    expect(back.metadata).to.deep.equal({ a: "ü" });
    expect(back.identities.map((frame) => [...frame])).to.deep.equal([[0, 1, 2]]);
    expect(back.buffers.map((frame) => [...frame])).to.deep.equal([[1, 2, 3], []]);
  });

  it("signs the four JSON frames and not the buffers, as jupyter_client does", () => {
    const frames = encode(sample(), KEY);
    const json = frames.slice(3, 7);
    const expected = createHmac("sha256", KEY).update(Buffer.concat(json)).digest("hex");
    expect(Buffer.from(frames[2] ?? []).toString()).to.equal(expected);
    // python3 -c "import hmac;print(hmac.new(b'k', b'{}{}', 'sha256').hexdigest())"
    expect(sign("k", [Buffer.from("{}"), Buffer.from("{}")])).to.equal(
      createHmac("sha256", "k").update("{}{}").digest("hex"),
    );
    expect(sign("", json)).to.equal("");
  });

  it("refuses a wrong signature, a missing delimiter, missing frames and what is not JSON", () => {
    const good = encode(sample(), KEY);
    const changed = [...good];
    changed[6] = Buffer.from('{"data":[1,3]}');
    expect(() => decode(changed, KEY)).to.throw(WireError, "wrong signature");
    expect(() => decode(good, "other key")).to.throw(WireError, "wrong signature");
    const unsigned = [...good];
    unsigned[2] = Buffer.alloc(0);
    expect(() => decode(unsigned, KEY)).to.throw(WireError, "wrong signature");
    expect(() => decode([Buffer.from("x")], KEY)).to.throw(WireError, "no delimiter");
    expect(() => decode([], KEY)).to.throw(WireError, "no delimiter");
    expect(() => decode(good.slice(0, 5), KEY)).to.throw(WireError, "JSON frames");
    const noJson = [Buffer.from("<IDS|MSG>"), Buffer.from(""), ...Array.from({ length: 4 }, () => Buffer.from("{"))];
    expect(() => decode(noJson, "")).to.throw(WireError, "not JSON");
    const noHeader = [Buffer.from("<IDS|MSG>"), Buffer.from(""), ...Array.from({ length: 4 }, () => Buffer.from("{}"))];
    expect(() => decode(noHeader, "")).to.throw(WireError, "msg_type");
  });

  it("writes typed arrays as arrays and bigints as text", () => {
    expect(toJson({ a: new Float32Array([0.5, 2]), b: 10n })).to.equal('{"a":[0.5,2],"b":"10"}');
  });

  it("writes no half of a character, which Jupyter could not save", () => {
    const [high, low] = ["\ud83d", "\ude00"];
    const written = toJson({ [high]: `${low}x${high}`, whole: high + low, letters: "\\ud83d", both: `\\${high}` });
    expect(JSON.parse(written)).to.deep.equal({
      ...{ "\ufffd": "\ufffdx\ufffd", whole: "😀", letters: "\\ud83d", both: "\\\ufffd" },
    });
    expect(toJson(undefined)).to.equal(undefined);
  });

  it("copies bytes that share no memory, whatever the view", () => {
    const floats = new Float32Array([1, 2, 3]).subarray(1);
    const copy = copyBytes(floats);
    expect(copy.byteLength).to.equal(8);
    expect([...new Float32Array(copy.buffer)]).to.deep.equal([2, 3]);
    floats[0] = 9;
    expect(new Float32Array(copy.buffer)[0]).to.equal(2);
  });
});
