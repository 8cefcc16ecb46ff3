"""Writes the pictures of this folder and expected.json: what Pillow and NumPy make of them.

Made with Pillow 9.4.0 (libjpeg-turbo 2.1.5), NumPy 1.24.2.
"""
import base64
import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, __version__, features

HERE = Path(__file__).parent
WIDTH, HEIGHT = 19, 13


def picture():
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    rgb = np.stack([x * 13 + y * 3, x * y * 2, 255 - x * 5 + y * 4], -1) % 256
    return Image.fromarray(rgb.astype(np.uint8))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows, depth, colour_type, interlaced=False, palette=b""):
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, colour_type, 0, 0, int(interlaced))
    return b"".join([
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", header),
        chunk(b"PLTE", palette) if palette else b"",
        chunk(b"IDAT", zlib.compress(rows, 9)),
        chunk(b"IEND", b""),
    ])


def interlaced(pixels):
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    rows = b""
    for x, y, step_x, step_y in passes:
        for row in pixels[y::step_y, x::step_x]:
            rows += b"\0" + row.tobytes()
    return png(rows, 8, 2, interlaced=True)


def write_pictures():
    rgb = picture()
    for name, options in {
        "444": dict(subsampling=0),
        "422_progressive": dict(subsampling=1, progressive=True),
        "420": dict(subsampling=2),
    }.items():
        rgb.save(HERE / f"{name}.jpg", quality=85, optimize=True, **options)
    rgb.convert("L").save(HERE / "grey.jpg", quality=85, optimize=True)
    rgb.convert("CMYK").save(HERE / "cmyk.jpg", quality=30, optimize=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    rgb.save(HERE / "exif_rotated.jpg", quality=60, optimize=True, exif=exif)

    for bits in (1, 2, 4, 8):
        rgb.quantize(2 ** min(bits, 5)).save(HERE / f"palette_{bits}.png", bits=bits, optimize=True)
    rgb.convert("1").save(HERE / "grey_1.png", optimize=True)
    pixels = np.asarray(rgb)
    packed = b""
    for row in np.asarray(rgb.convert("L")) // 64:
        four = np.append(row, 0).reshape(-1, 4)
        packed += b"\0" + (four @ [64, 16, 4, 1]).astype(np.uint8).tobytes()
    (HERE / "grey_2.png").write_bytes(png(packed, 2, 0))
    (HERE / "interlaced.png").write_bytes(interlaced(pixels))
    plain = b"".join(b"\0" + row.tobytes() for row in pixels)
    (HERE / "rgb_with_palette.png").write_bytes(png(plain, 8, 2, palette=bytes(range(30))))
    rgb.convert("RGBA").rotate(30).save(HERE / "rgba.png", optimize=True)
    rgb.convert("LA").save(HERE / "grey_alpha.png", optimize=True)


def text(image):
    return base64.b64encode(image.tobytes()).decode()


def expected():
    files = sorted(HERE.glob("*.jpg")) + sorted(HERE.glob("*.png"))
    decoded = {f.name: text(Image.open(f).convert("RGB")) for f in files if f.name != "cmyk.jpg"}
    resized = []
    for mode in ("RGB", "L"):
        source = picture().convert(mode)
        for size in [(9, 6), (7, 20), (19, 5), (1, 1), (33, 13)]:
            pixels = text(source.resize(size, Image.BILINEAR))
            resized.append(dict(mode=mode, width=size[0], height=size[1], pixels=pixels))
    source = picture()
    # shortSide 10 makes 14 x 10; round((14 - 7) / 2) = 4 and round((10 - 7) / 2) = 2, ties to even.
    crop = source.resize((14, 10), Image.BILINEAR).crop((4, 2, 11, 9))
    levels = np.arange(256, dtype=np.float32) / np.float32(255)
    normalised = (levels - np.float32(0.485)) / np.float32(0.229)
    return dict(
        made_with=dict(Pillow=__version__, libjpeg_turbo=features.version("libjpeg_turbo"), numpy=np.__version__),
        width=WIDTH,
        height=HEIGHT,
        decoded=decoded,
        sources=dict(RGB=text(source), L=text(source.convert("L"))),
        resized=resized,
        cropped=dict(short_side=10, crop=7, pixels=text(crop)),
        normalised=dict(mean=0.485, std=0.229, float32=base64.b64encode(normalised.astype("<f4").tobytes()).decode()),
    )


write_pictures()
(HERE / "expected.json").write_text(json.dumps(expected(), indent=2) + "\n")
