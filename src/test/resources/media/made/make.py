"""Writes the pictures of this folder and made.json with their means by Pillow and NumPy: python make.py ../image
Needs Pillow with AVIF, NumPy, and ffmpeg, whose PNG encoder interlaces."""
import json
import subprocess
import sys

import numpy as np
from PIL import Image

cat = Image.open(sys.argv[1] + "/cat.png").convert("RGB").resize((90, 60))
means = {}


def note(name, pixels):
    pixels = np.asarray(pixels, dtype=float)
    means[name] = {
        "width": pixels.shape[1],
        "height": pixels.shape[0],
        "mean_rgb": [round(float(m), 2) for m in pixels.reshape(-1, 3).mean(0)],
    }


def interlaced(source, name, *options):
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", source, *options, "-flags", "+ildct", name], check=True)
    assert open(name, "rb").read()[28] == 1, "not interlaced"


palette = cat.quantize(32)
palette.save("palette.png")
note("palette.png", palette.convert("RGB"))
interlaced("palette.png", "palette-interlaced.png")
note("palette-interlaced.png", palette.convert("RGB"))
cat.save("plain.png")
interlaced("plain.png", "rgb-interlaced.png")
note("rgb-interlaced.png", cat)
ramp = np.linspace(0, 65535, 90 * 60).reshape(60, 90).astype(np.uint16)
Image.fromarray(ramp).save("gray-16bit.png")
note("gray-16bit.png", np.repeat((ramp / 257.0)[:, :, None], 3, 2))
cat.save("still.avif", quality=90)
note("still.avif", Image.open("still.avif").convert("RGB"))
# a frame that is cleared, one over what is there, one with holes
red, green = Image.new("RGBA", (40, 30), (220, 20, 20, 255)), Image.new("RGBA", (40, 30), (20, 220, 20, 255))
holes = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
holes.paste((20, 20, 220, 255), (0, 0, 20, 30))
red.save("moving.gif", save_all=True, append_images=[green, holes], duration=[100, 200, 300], disposal=[1, 1, 1], optimize=False)
moving = Image.open("moving.gif")
for i in range(moving.n_frames):
    moving.seek(i)
    note("moving.gif#%d" % i, moving.convert("RGB"))
sky = "ffmpeg -v error -y -f lavfi -i color=c=0x28a0dc:s=64x48 -frames:v 1 -c:v jpeg2000 -pix_fmt rgb24 sky.jp2"
subprocess.run(sky.split(), check=True)
subprocess.run(["rm", "plain.png"], check=True)
# of one colour, 200, 100, 50; the right half is a quarter there (64 of 255)
half = np.full((36, 64, 4), (200, 100, 50, 255), dtype=np.uint8)
half[:, 32:, 3] = 64
Image.fromarray(half).save("half.png")
loop = ["ffmpeg", "-v", "error", "-y", "-loop", "1", "-r", "10", "-t", "0.5", "-i", "half.png"]
subprocess.run([*loop, "-c:v", "qtrle", "half.mov"], check=True)
for codec in ["libvpx", "libvpx-vp9"]:
    how = ["-pix_fmt", "yuva420p", "-auto-alt-ref", "0", "-crf", "4", "-b:v", "1M"]
    subprocess.run([*loop, "-c:v", codec, *how, "half-%s.webm" % codec], check=True)
json.dump(means, open("made.json", "w"), indent=1)
