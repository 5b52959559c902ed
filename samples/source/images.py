"""Pictures without any library: a seal, a signature, and the page of a scanner."""
import math
import random
import struct
import zlib


def png(width, height, palette, alpha, pixels):
    """A palette PNG; `pixels` holds one index per point, `alpha` one opacity per palette entry."""
    def chunk(kind, data):
        body = kind + data
        return struct.pack('>I', len(data)) + body + struct.pack('>I', zlib.crc32(body))
    raw = b''.join(b'\0' + bytes(pixels[y * width:(y + 1) * width]) for y in range(height))
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 3, 0, 0, 0))
            + chunk(b'PLTE', b''.join(bytes(c) for c in palette)) + chunk(b'tRNS', bytes(alpha))
            + chunk(b'IDAT', zlib.compress(raw, 9)) + chunk(b'IEND', b''))


def star(radius, x, y):
    """Whether the point lies inside a five-pointed star round the origin."""
    angle = (math.atan2(x, -y) + 2 * math.pi) % (2 * math.pi / 5)
    angle = min(angle, 2 * math.pi / 5 - angle)
    tip, dent = (radius, 0.0), (radius * 0.382, math.pi / 5)
    x1, y1 = tip[0], 0.0
    x2, y2 = dent[0] * math.cos(dent[1]), dent[0] * math.sin(dent[1])
    r = math.hypot(x, y)
    px, py = r * math.cos(angle), r * math.sin(angle)
    return (x2 - x1) * (py - y1) - (y2 - y1) * (px - x1) > 0


def seal(size=150):
    """A plain red ring with a star: no real office's seal."""
    half, pixels = size / 2, []
    for y in range(size):
        for x in range(size):
            dx, dy = x - half + .5, y - half + .5
            r = math.hypot(dx, dy) / half
            ring = .93 < r < 1 or .87 < r < .9 or .56 < r < .59
            ticks = .66 < r < .80 and int((math.atan2(dy, dx) + math.pi) * 9) % 2 == 0
            pixels.append(1 if ring or ticks or star(half * .5, dx, dy) else 0)
    return png(size, size, [(255, 255, 255), (212, 24, 30)], [0, 215], pixels)


def signature(seed, width=220, height=90):
    """A hand's stroke in blue ink."""
    rand, pixels = random.Random(seed), bytearray(width * height)
    points = [(width * (.08 + .84 * n / 8) + rand.uniform(-12, 12),
               height * (.5 + (.36 if n % 2 else -.36) * rand.uniform(.4, 1))) for n in range(9)]
    for n in range(len(points) - 1):
        (x0, y0), (x1, y1) = points[n], points[n + 1]
        bend = rand.uniform(-22, 22)
        for step in range(121):
            t = step / 120
            x = x0 + (x1 - x0) * t + bend * math.sin(math.pi * t)
            y = y0 + (y1 - y0) * t - bend * .6 * math.sin(math.pi * t)
            for dx in (0, 1):
                for dy in (0, 1):
                    if 0 <= int(x) + dx < width and 0 <= int(y) + dy < height:
                        pixels[(int(y) + dy) * width + int(x) + dx] = 1
    return png(width, height, [(255, 255, 255), (20, 50, 160)], [0, 235], pixels)


def read_ppm(data):
    """(width, height, bytes per point, points) of a binary PGM or PPM."""
    head, rest, fields = 0, data, []
    while len(fields) < 4:
        word, rest = rest.split(None, 1) if len(fields) < 3 else (rest[:rest.index(b'\n')], rest[rest.index(b'\n') + 1:])
        fields.append(word)
    width, height = int(fields[1]), int(fields[2])
    depth = 3 if fields[0] == b'P6' else 1
    return width, height, depth, data[len(data) - width * height * depth:]


def scan(data, degrees, seed, paper=246, noise=7):
    """What a flatbed scanner makes of a page: a little askew, greyish paper, grain."""
    width, height, depth, points = read_ppm(data)
    rand = random.Random(seed)
    grain = bytes(rand.randrange(256) for _ in range(65521))
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    out, cx, cy, n = bytearray(), width / 2, height / 2, 0
    for y in range(height):
        for x in range(width):
            u, v = int(cx + (x - cx) * c - (y - cy) * s), int(cy + (x - cx) * s + (y - cy) * c)
            inside = 0 <= u < width and 0 <= v < height
            dark = grain[n % 65521] * noise // 256
            n += 1
            at = (v * width + u) * depth
            for k in range(depth):
                value = points[at + k] if inside else 255
                out.append(max(0, min(255, value * paper // 255 - dark + 3)))
    return b'P%d\n%d %d\n255\n' % (6 if depth == 3 else 5, width, height) + bytes(out)


def image_pdf(jpeg, width, height):
    """A PDF of one A4 page that is nothing but the picture (no text layer)."""
    content = b'q 595.28 0 0 841.89 0 0 cm /Im0 Do Q'
    objects = [
        b'<</Type/Catalog/Pages 2 0 R>>', b'<</Type/Pages/Kids[3 0 R]/Count 1>>',
        b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.28 841.89]/Contents 4 0 R/Resources<</XObject<</Im0 5 0 R>>>>>>',
        b'<</Length %d>>stream\n%s\nendstream' % (len(content), content),
        b'<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode'
        b'/Length %d>>stream\n%s\nendstream' % (width, height, len(jpeg), jpeg),
        b'<</Producer(Scanner)>>']
    out, offsets = b'%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b'%d 0 obj\n%s\nendobj\n' % (n, body)
    table = b''.join(b'%010d 00000 n \n' % o for o in offsets)
    return out + b'xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n' % (
        len(objects) + 1, table, len(objects) + 1, len(out))
