"""What makes an angel, a king, a cat or a wizard of a figure."""

import numpy as np

from pix2pix.data.quickdraw import draw_polyline
from pix2pix.data.synthetic.brush import Brush, Point, blob, rotation, smooth_path, tube
from pix2pix.data.synthetic.hair import Head
from pix2pix.data.synthetic.outfit import Colour, Outfit
from pix2pix.data.synthetic.pose import Pose

_STEEL = np.array((196, 204, 216), np.float32)
_WOOD = np.array((138, 94, 58), np.float32)


def draw_wings(brush: Brush, pose: Pose, outfit: Outfit) -> None:
    """Round wings, butterfly wings or feathered ones, behind everything else."""
    rng = brush.rng
    kind = rng.choice(("round", "butterfly", "feathers", "lobes"), p=(0.4, 0.2, 0.25, 0.15))
    turn = rotation(pose.lean)
    root = pose.neck + 0.3 * (pose.hip - pose.neck)
    wide, high = rng.uniform(34, 62), rng.uniform(40, 78)
    lift = rng.uniform(-0.2, 0.7)
    for side in (-1, 1):

        def at(x: float, y: float, side: int = side) -> Point:
            return root + turn @ (side * (0.3 * pose.half + x * wide), y * high)

        if kind == "butterfly":
            for y, size in ((-0.38, 0.6), (0.42, 0.46)):
                radii = (size * wide, size * high * 0.85)
                brush.part(blob(rng, at(0.62, y), radii, pose.lean - side * y), outfit.wings)
                spot = (0.4 * radii[0], 0.4 * radii[1])
                drawn = rng.random() < 0.5
                if drawn:
                    brush.part(blob(rng, at(0.66, y), spot), outfit.accent, shadow=False)
        elif kind == "round":
            corners = [at(0, 0.1), at(0.35, -0.5 - lift / 2), at(1.0, -0.55 - 0.4 * lift),
                       at(1.15, 0.0), at(0.7, 0.5), at(0, 0.35)]  # fmt: skip
            line = smooth_path(corners, 50)
            veins = [smooth_path([at(0.1, 0.2), at(0.5, y), at(0.92, y - 0.1 - 0.3 * lift)], 12)
                     for y in (-0.1, 0.18)]  # fmt: skip
            brush.part(line.astype(np.float32), outfit.wings, folds=veins)
        else:
            tips = int(rng.integers(3, 6))
            edge = []
            for i in range(tips):
                share = i / (tips - 1)
                far = at(1.15 - 0.55 * share, -0.5 - 0.3 * lift + 0.95 * share)
                near = at(0.75 - 0.45 * share, -0.3 - 0.2 * lift + 0.85 * share)
                if kind == "lobes":
                    bulge = far + (far - root) * 0.06
                    edge += [far, bulge, far + turn @ (-side * 0.1 * wide, 0.16 * high)]
                else:
                    edge += [far, near]
            corners = [at(0, 0.05), at(0.5, -0.55 - 0.35 * lift), *edge, at(0, 0.4)]
            line = smooth_path(corners, 70) if kind == "lobes" else np.array(corners)
            veins = [
                smooth_path([at(0.15, 0.1), (at(0.4, 0.0) + far) / 2], 8) for far in edge[1::2]
            ]
            brush.part(line.astype(np.float32), outfit.wings, folds=veins[:4])


def draw_halo(brush: Brush, head: Head, outfit: Outfit) -> None:
    """A golden ring above the head, drawn as one ellipse, as two, or as a short line."""
    rng = brush.rng
    centre = head.at(rng.normal(0, 0.05), -rng.uniform(1.3, 1.55))
    wide = head.radii[0] * rng.uniform(0.55, 0.95)
    flat = rng.uniform(0.22, 0.42)
    ring = blob(rng, centre, (wide, wide * flat), head.lean)
    line = np.concatenate([ring, ring[:1]])
    rim, gold, pale = (
        tuple(int(c) for c in colour)
        for colour in (0.86 * outfit.gold, outfit.gold, 0.45 * outfit.gold + 140)
    )
    draw_polyline(brush.scene.picture, line, rim, 7)
    draw_polyline(brush.scene.picture, line, gold, 5)
    shine = line[int(0.52 * len(line)) : int(0.72 * len(line))]
    draw_polyline(brush.scene.picture, shine, pale, 2)
    if rng.random() < 0.3:
        for share in (1 + 2.5 / wide, 1 - 2.5 / wide):
            brush.line((line - centre) * share + centre)
    else:
        brush.outline(ring)


def draw_hat(brush: Brush, head: Head, outfit: Outfit, kind: str) -> None:
    """Headgear.

    Args:
        brush: paints it.
        head: the head below it.
        outfit: colours.
        kind: "crown", "cone", "brim", "cap", "bow" or "ears".
    """
    rng = brush.rng
    if kind == "crown":
        teeth = int(rng.integers(3, 6))
        wide, tall, base = rng.uniform(0.55, 0.85), rng.uniform(0.4, 0.75), rng.uniform(0.68, 0.85)
        xs = np.linspace(-wide, wide, 2 * teeth - 1)
        ys = np.where(np.arange(len(xs)) % 2, base + 0.4 * tall, base + tall)
        top = [head.at(x * 1.1, -y) for x, y in zip(xs, ys, strict=True)]
        shape = np.array([*top, head.at(wide, -base), head.at(-wide, -base)], np.float32)
        brush.part(shape, outfit.gold, gloss=0.6, reach=10)
        if rng.random() < 0.45:
            for x in (-0.5, 0.0, 0.5):
                size = 0.09 * head.radii[0]
                brush.part(
                    blob(rng, head.at(x * wide, -base - 0.18), (size, size)),
                    outfit.accent,
                    gloss=0.7,
                )
    elif kind == "cone":
        wide, tall = rng.uniform(0.6, 0.9), rng.uniform(1.7, 2.2)
        corners = [head.at(-wide, -0.66), head.at(rng.normal(0, 0.15), -tall), head.at(wide, -0.66)]
        brush.part(np.array([*corners, head.at(0, -0.55)], np.float32), outfit.accent, reach=20)
        if rng.random() < 0.4:
            brush.part(blob(rng, corners[1], (6, 6)), outfit.bottom)
    elif kind in ("brim", "cap"):
        wide, tall = rng.uniform(0.72, 0.95), rng.uniform(1.35, 1.75)
        dome = smooth_path(
            [
                head.at(-wide, -0.55),
                head.at(-0.95 * wide, -tall),
                head.at(0.95 * wide, -tall),
                head.at(wide, -0.55),
            ],
            30,
        )
        brush.part(dome.astype(np.float32), outfit.accent, reach=20)
        reach = (-1.45, 1.45) if kind == "brim" else (0.2, 1.6)
        ends = [head.at(reach[0], -0.56), head.at(reach[1], -0.52)]
        brush.part(tube(np.array(ends), 0.1 * head.radii[1]), 0.9 * outfit.accent)
    elif kind == "bow":
        place = head.around(rng.uniform(-0.7, 0.7), 1.02)
        size = rng.uniform(0.28, 0.45) * head.radii[0]
        across = rotation(head.lean) @ (1.0, 0.0)
        up = rotation(head.lean) @ (0.0, 1.0)
        for side in (-1, 1):
            end = place + side * across * size * 1.3
            loop = np.array([place, end - up * size * 0.8, end + up * size * 0.8], np.float32)
            brush.part(loop, outfit.accent, gloss=0.2)
        brush.part(blob(rng, place, (0.35 * size, 0.35 * size)), outfit.accent)


def draw_ears(brush: Brush, head: Head, colour: Colour, kind: str) -> None:
    """Ears behind a head: "cat", "bunny", "bear", or a person's ("person")."""
    rng = brush.rng
    inner = colour * 0.75 + np.array((255, 160, 170), np.float32) * 0.25
    for side in (-1, 1):
        if kind == "cat":
            tip = head.around(side * 0.62, rng.uniform(1.4, 1.6))
            corners = [head.around(side * 0.2, 0.95), tip, head.around(side * 1.02, 0.95)]
            shape = np.array(corners, np.float32)
        elif kind == "bunny":
            radii = (0.2 * head.radii[0], rng.uniform(0.5, 0.75) * head.radii[1])
            shape = blob(rng, head.around(side * 0.38, 1.5), radii, head.lean + side * 0.2)
        elif kind == "bear":
            size = 0.3 * head.radii[0]
            shape = blob(rng, head.around(side * 0.85, 1.05), (size, size))
        else:
            size = 0.17 * head.radii[0]
            shape = blob(rng, head.around(side * 1.6, 1.04), (size, 1.25 * size))
        brush.part(shape, colour)
        if kind != "person":
            middle = shape.mean(axis=0)
            brush.part(((shape - middle) * 0.55 + middle).astype(np.float32), inner,
                       lines=rng.random() < 0.4, shadow=False)  # fmt: skip


def draw_cape(brush: Brush, pose: Pose, outfit: Outfit) -> None:
    """A cape behind the body."""
    rng = brush.rng
    down, wide = rng.uniform(0.9, 1.35), pose.half * rng.uniform(1.5, 2.1)
    right = np.array((-pose.up[1], pose.up[0]))
    shoulder, hem = right * 0.5 * pose.half, pose.neck + down * (pose.hip - pose.neck)
    ends = [pose.neck - shoulder, pose.neck + shoulder, hem + right * wide, hem - right * wide]
    folds = [
        np.stack([pose.neck + share * shoulder, hem + share * right * wide])
        for share in (-0.85, 0.85)
    ]
    brush.part(np.array(ends, np.float32), outfit.accent, folds=folds)


def draw_tail(brush: Brush, pose: Pose, colour: Colour) -> None:
    """A tail, as one line or as two."""
    rng = brush.rng
    side = rng.choice((-1, 1))
    right = side * np.array((-pose.up[1], pose.up[0]))
    root = pose.hip + right * 0.5 * pose.half
    long = rng.uniform(28, 52)
    path = smooth_path(
        [root, root + right * 0.8 * long, root + right * long + pose.up * 0.9 * long,
         root + right * rng.uniform(0.6, 1.6) * long + pose.up * 1.2 * long], 24,
    )  # fmt: skip
    thin = rng.random() < 0.6
    brush.part(tube(path, 5.0 if thin else rng.uniform(5, 9)), colour, lines=not thin)
    if thin:
        brush.line(path)


def draw_item(brush: Brush, hand: Point, outfit: Outfit) -> None:
    """What a hand holds: a wand, a sword, a balloon or a flower."""
    rng = brush.rng
    kind = rng.choice(("wand", "sword", "balloon", "flower"))
    lean = rng.normal(0, 0.35)
    up = rotation(lean) @ (0.0, -1.0)
    across = rotation(lean) @ (1.0, 0.0)
    long = float(np.clip(rng.uniform(34, 64), 20, max(20.0, hand[1] - 24)))
    if kind == "sword":
        base, point = across * 4, up * (long + 4)
        rims = (base, 0.9 * (base + up * long), point, 0.9 * (up * long - base), -base)
        blade = (hand + np.array(rims)).astype(np.float32)
        brush.part(blade, _STEEL, gloss=0.5)
        guard = np.stack([hand - across * 11 + up * 2, hand + across * 11 + up * 2])
        brush.part(tube(guard, 3.2), outfit.gold, lines=False)
        brush.line(guard)
        return
    stick = np.stack([hand - up * 4, hand + up * long])
    stem = {"wand": _WOOD, "balloon": np.array((120, 120, 128), np.float32)}.get(
        str(kind), np.array((96, 160, 74), np.float32)
    )
    brush.part(tube(stick, 1.4 if kind == "balloon" else 2.6), stem, lines=False, shadow=False)
    brush.line(stick)
    top = hand + up * long
    if kind == "wand":
        angles = np.arange(10) * np.pi / 5 + lean
        spikes = np.where(np.arange(10) % 2, 0.45, 1.0) * rng.uniform(10, 15)
        star = top + spikes[:, None] * np.stack([np.sin(angles), -np.cos(angles)], axis=1)
        brush.part(star.astype(np.float32), outfit.gold, gloss=0.5)
    elif kind == "balloon":
        size = rng.uniform(14, 22)
        brush.part(
            blob(rng, top + up * size * 0.9, (0.9 * size, 1.1 * size), lean),
            outfit.accent,
            gloss=0.9,
        )
    else:
        size = rng.uniform(5, 8)
        for angle in np.arange(5) * 0.4 * np.pi:
            petal = top + 1.25 * size * np.array((np.cos(angle), np.sin(angle)))
            brush.part(blob(rng, petal, (size, size)), outfit.accent, shadow=False)
        brush.part(blob(rng, top, (0.8 * size, 0.8 * size)), outfit.gold)
