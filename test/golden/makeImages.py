"""Small image files of many kinds and what PIL makes of them with convert("RGB") and convert("L"); see README.md in this folder.

    pip install pillow numpy; python test/golden/makeImages.py
"""

import json
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms

HERE = pathlib.Path(__file__).parent / "images"
W, H = 11, 7
numbers = np.random.default_rng(1)
base = np.add.outer(np.arange(H) * 17, np.arange(W) * 11)[..., None] + np.array([0, 60, 120]) + numbers.integers(0, 20, (H, W, 3))
RGB = Image.fromarray(np.clip(base, 0, 255).astype("u1"))
GREY = RGB.convert("L")
ALPHA = Image.fromarray(numbers.integers(0, 256, (H, W), dtype="u1"))
CMYK = np.asarray(RGB.convert("CMYK")).copy()
CMYK[..., 3] = numbers.integers(0, 200, (H, W))
CMYK = Image.fromarray(CMYK, "CMYK")
PALETTE = RGB.quantize(16)


def with_alpha(image):
    image = image.copy()
    image.putalpha(ALPHA)
    return image


def save(name, image, **options):
    image.save(HERE / name, **options)


def png16(values, colour):
    """A PNG of 16 bits a channel, which PIL does not write."""
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in values)
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    header = struct.pack(">IIBBBBB", values.shape[1], values.shape[0], 16, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def bmp(bits, rows, palette=b"", compression=0, masks=b"", height=H):
    start = 54 + len(masks) + len(palette)
    header = struct.pack("<IHHI", start + len(rows), 0, 0, start)
    info = struct.pack("<IiiHHIIiiII", 40, W, height, 1, bits, compression, len(rows), 0, 0, len(palette) // 4, 0)
    return b"BM" + header + info + masks + palette + rows


def bitmaps():
    rgb, grey = np.asarray(RGB).astype(int), np.asarray(GREY)
    save("rgb.bmp", RGB), save("grey.bmp", GREY), save("palette.bmp", PALETTE), save("one.bmp", RGB.convert("1"))
    save("rgba.bmp", with_alpha(RGB))
    up = lambda rows: b"".join(row + b"\0" * (-len(row) % 4) for row in reversed(rows))
    four = [bytes((a << 4) | b for a, b in zip([*row, 0][::2], [*row, 0][1::2])) for row in grey >> 4]
    colours = b"".join(bytes([i * 16, i * 15, i * 14, 0]) for i in range(16))
    yield "four.bmp", bmp(4, up(four), colours)
    yield "downwards.bmp", bmp(4, b"".join(row + b"\0" * (-len(row) % 4) for row in four), colours, height=-H)
    r, g, b = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    words = lambda values, kind: up([row.astype(kind).tobytes() for row in values])
    yield "555.bmp", bmp(16, words(r >> 3 << 10 | g >> 3 << 5 | b >> 3, "<u2"))
    yield "565.bmp", bmp(16, words(r >> 3 << 11 | g >> 2 << 5 | b >> 3, "<u2"), compression=3, masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F))
    yield "fields.bmp", bmp(32, words(r << 16 | g << 8 | b, "<u4"), compression=3, masks=struct.pack("<III", 0xFF0000, 0xFF00, 0xFF))
    runs = b"".join(bytes([3, row[0], 0, 5, *row[3:8], 0, 1, row[8], 2, row[9], 0, 0]) for row in grey[::-1].tolist())
    yield "runs.bmp", bmp(8, runs + b"\0\1", b"".join(bytes([i, 255 - i, i // 2, 0]) for i in range(256)), compression=1)


def netpbm():
    save("rgb.ppm", RGB), save("grey.pgm", GREY)
    yield "words.ppm", b"P3\n# a comment\n2 1\n255\n255 0 9  1 2 3\n"
    yield "words.pgm", b"P2 3 1 100 50 100 7"
    yield "hundred.pgm", b"P5 3 1 100\n" + bytes([50, 100, 7])
    yield "thousand.ppm", b"P6 1 1 1000\n" + struct.pack(">HHH", 500, 1000, 3)


def pngs():
    save("rgb.png", RGB), save("grey.png", GREY), save("one.png", RGB.convert("1")), save("palette.png", PALETTE)
    save("rgba.png", with_alpha(RGB)), save("grey-alpha.png", with_alpha(GREY))
    save("palette-transparent.png", PALETTE, transparency=3), save("palette-alpha.png", PALETTE, transparency=bytes(range(0, 256, 16)))
    save("grey-transparent.png", GREY, transparency=int(np.asarray(GREY)[3, 3]))
    save("rgb-transparent.png", RGB, transparency=tuple(int(v) for v in np.asarray(RGB)[3, 3]))
    yield "rgb-16.png", png16(numbers.integers(0, 65536, (H, W, 3)), 2)
    yield "rgba-16.png", png16(numbers.integers(0, 65536, (H, W, 4)), 6)
    yield "grey-alpha-16.png", png16(numbers.integers(0, 65536, (H, W, 2)), 4)


def jpegs():
    save("rgb.jpg", RGB, quality=90), save("full.jpeg", RGB, quality=90, subsampling=0), save("grey.jpg", GREY), save("progressive.jpg", RGB, progressive=True)
    save("green-cmyk.jpg", Image.new("CMYK", (8, 8), (255, 0, 255, 0)), quality=100)
    save("cmyk.jpg", CMYK, quality=95)
    adobe = (HERE / "cmyk.jpg").read_bytes()
    at = adobe.index(b"Adobe")
    # The same numbers read as YCCK, and without the marker that says they are inverted.
    yield "ycck.jpg", adobe[: at + 11] + bytes([2]) + adobe[at + 12 :]
    yield "cmyk-unmarked.jpg", adobe[: at - 4] + adobe[at - 2 + int.from_bytes(adobe[at - 2 : at], "big") :]
    yield "noise-behind.jpg", (HERE / "rgb.jpg").read_bytes()[:-2] + b"\x11\x12\x13\xff\xd9"


def others():
    save("rgb.tif", RGB), save("lzw.tiff", RGB, compression="tiff_lzw"), save("grey.tif", GREY), save("one.tif", RGB.convert("1"))
    save("palette.tif", PALETTE), save("rgba.tif", with_alpha(RGB)), save("cmyk.tif", CMYK), save("jpeg.tif", RGB, compression="jpeg")
    save("rgb.webp", RGB, quality=70), save("lossless.webp", with_alpha(RGB), lossless=True), save("palette.gif", PALETTE)
    frames = [Image.new("RGB", (5, 4), colour) for colour in ("red", "blue")]
    for name in ("frames.gif", "frames.webp", "frames.tif"):
        save(name, frames[0], save_all=True, append_images=frames[1:], **({"lossless": True} if name.endswith("webp") else {}))
    turned = Image.Exif()
    turned[0x112] = 6
    for name in ("turned.jpg", "turned.png", "turned.webp", "turned.tif"):
        save(name, RGB, exif=turned)
    # A profile whose red and green are exchanged, so that nobody applies it unseen.
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {bytes(profile[o : o + 4]): o for o in range(132, 132 + 12 * int.from_bytes(profile[128:132], "big"), 12)}
    red, green = tags[b"rXYZ"], tags[b"gXYZ"]
    profile[red + 4 : red + 12], profile[green + 4 : green + 12] = profile[green + 4 : green + 12], profile[red + 4 : red + 12]
    for name in ("profile.jpg", "profile.png", "profile.webp", "profile.tif"):
        save(name, RGB, icc_profile=bytes(profile))
    return ()


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for write in (bitmaps, netpbm, pngs, jpegs, others):
        for name, content in write():
            (HERE / name).write_bytes(content)
    found = {}
    for path in sorted(HERE.iterdir()):
        if path.suffix == ".json":
            continue
        with Image.open(path) as image:
            rgb, grey = np.asarray(image.convert("RGB")), np.asarray(image.convert("L"))
            found[path.name] = {"size": [rgb.shape[0], rgb.shape[1]], "rgb": rgb.tobytes().hex(), "grey": grey.tobytes().hex()}
    text = "{\n" + ",\n".join(f"{json.dumps(name)}:{json.dumps(row, separators=(',', ':'))}" for name, row in found.items()) + "\n}\n"
    (HERE / "pil.json").write_text(text)
    print(len(found), "images,", sum(path.stat().st_size for path in HERE.iterdir()), "bytes")
