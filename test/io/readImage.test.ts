import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readImage, type ImageReadMode } from "../../src/io";
import type { Tensor } from "../../src/tensor/tensor";
import { makeFolder } from "../datasets/support";

const folder = join(__dirname, "../../../test/golden/images");
const pil = JSON.parse(readFileSync(join(folder, "pil.json"), "utf8")) as Record<
  string,
  { size: [number, number]; rgb: string; grey: string }
>;
/** The numbers of an image as bytes, the channels of a pixel side by side. */
async function bytesOf(image: Tensor): Promise<number[]> {
  const [C, H, W] = image.shape;
  const numbers = await image.data();
  return Array.from({ length: C * H * W }, (_, i) => numbers[(i % C) * H * W + Math.floor(i / C)] * 255);
}
const message = async (run: Promise<unknown>): Promise<string> => run.then(String, (error: Error) => error.message);

describe("io.readImage", () => {
  for (const [name, { size, rgb, grey }] of Object.entries(pil))
    it(`${name}: PIL's pixels`, async () => {
      for (const [mode, channels, hex] of [
        ["RGB", 3, rgb],
        ["GRAY", 1, grey],
      ] as const) {
        const image = await readImage(join(folder, name), { mode });
        expect(image.shape, mode).to.deep.equal([channels, ...size]);
        const wanted = [...Buffer.from(hex, "hex")];
        // PIL rounds 16 bits down to 8, which stay exact here: [v, v + 1) of 256 is v to v + 1 of 255.
        const wide = name.includes("-16.");
        (await bytesOf(image)).forEach((value, i) =>
          expect(value, `${mode} number ${i}`).to.be.closeTo(wanted[i], wide ? 1 : 1e-4),
        );
      }
    });

  it("keeps the file's own channels and depth unless told otherwise, as torchvision", async () => {
    const channels = async (name: string, mode?: ImageReadMode) =>
      (await readImage(join(folder, name), mode && { mode })).shape[0];
    for (const [name, count] of Object.entries({
      "grey.png": 1,
      "one.png": 1,
      "grey.jpg": 1,
      "words.pgm": 1,
      "grey-alpha.png": 2,
      "rgb.jpg": 3,
      "palette.png": 3,
      "cmyk.jpg": 3,
      "rgb.bmp": 3,
      "rgba.png": 4,
      "lossless.webp": 4,
    }))
      expect(await channels(name), name).to.equal(count);
    for (const [mode, count] of [
      ["GRAY", 1],
      ["GRAY_ALPHA", 2],
      ["RGB", 3],
      ["RGB_ALPHA", 4],
    ] as const)
      for (const name of ["grey.png", "grey-alpha.png", "rgb.png", "rgba.png"])
        expect(await channels(name, mode), `${name} ${mode}`).to.equal(count);
    const alpha = (await readImage(join(folder, "rgb.png"), { mode: "RGB_ALPHA" })).slice(0, 3);
    expect(await alpha.min().item()).to.equal(1);
    const [, a] = await (await readImage(join(folder, "grey-alpha.png"))).mean([1, 2]).data();
    const [, , , b] = await (await readImage(join(folder, "rgba.png"))).mean([1, 2]).data();
    expect(a).to.equal(b);
  });
  it("reads 16 bits exactly", async () => {
    const image = await readImage(Buffer.from("P5 2 1 65535\n\x75\x30\xff\xff", "latin1"));
    expect(await image.data()).to.deep.equal(Float32Array.of(30000 / 65535, 1));
  });
  it("takes bytes, and names what it cannot read", async () => {
    const bytes = readFileSync(join(folder, "rgb.png"));
    expect((await readImage(bytes)).shape).to.deep.equal([3, 7, 11]);
    const temporary = makeFolder();
    const path = temporary.write("a.png", bytes.subarray(0, 200));
    expect(await message(readImage(path))).to.match(
      /^readImage: .*a\.png cannot be read as an image, .* Replace or remove the file\.$/,
    );
    const page = temporary.write("b.jpg", Buffer.from("<!doctype html><html>"));
    expect(await message(readImage(page))).to.match(
      /^readImage: .*b\.jpg is an HTML page, not an image \(21 bytes\)\./,
    );
    const short = temporary.write("c.ppm", Buffer.from("P6 2 2 255\nabc"));
    expect(await message(readImage(short))).to.match(
      /c\.ppm cannot be read as an image, it ends early \(3 of 12 bytes of pixels\)\./,
    );
    const half = temporary.write("d.bmp", readFileSync(join(folder, "rgb.bmp")).subarray(0, 100));
    expect(await message(readImage(half))).to.match(
      /d\.bmp cannot be read as an image, it ends early \(100 of \d+ bytes\)/,
    );
    expect(await message(readImage(join(temporary.path, "none.png")))).to.match(
      /^readImage: .*none\.png cannot be read, ENOENT.*Check the path; it is relative to /,
    );
    temporary.remove();
    expect(await message(readImage(bytes, { mode: "rgb" as "RGB" }))).to.equal(
      'readImage: there is no mode "rgb". Use UNCHANGED, GRAY, GRAY_ALPHA, RGB, RGB_ALPHA.',
    );
    expect(await message(readImage(bytes, "RGB" as never))).to.match(/options come as one object, got "RGB"/);
  });
});
