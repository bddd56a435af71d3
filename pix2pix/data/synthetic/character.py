"""Game characters: figures as children draw them, each with a charming picture."""

from collections.abc import Sequence

import cv2
import numpy as np

from pix2pix.data.sketch_pairs import Pair
from pix2pix.data.synthetic.brush import Brush, along, blob, joined, smooth_path, tube
from pix2pix.data.synthetic.clothes import Body, draw_body
from pix2pix.data.synthetic.extras import (
    draw_cape,
    draw_ears,
    draw_halo,
    draw_hat,
    draw_item,
    draw_tail,
    draw_wings,
)
from pix2pix.data.synthetic.features import add_face
from pix2pix.data.synthetic.hair import Head, draw_back_hair, draw_hair, sample_style
from pix2pix.data.synthetic.limbs import STICK, Habit, draw_arm, draw_leg
from pix2pix.data.synthetic.outfit import Outfit
from pix2pix.data.synthetic.pose import Pose

_SKIN_AT, _HAIR_AT = (128, 112), (128, 16)  # x, y px: where Kenney's characters show them
_KINDS = {"closed": 0.46, "stick": 0.26, "tadpole": 0.12, "outline": 0.08, "head": 0.08}
_FACED = 0.75  # share of heads with a face
_FRAME = (16, 240)  # px
_TRIES = 12


def synthesise_characters(
    pairs: Sequence[Pair], count: int, rng: np.random.Generator
) -> list[Pair]:
    """Composes figures: of closed parts, of sticks, tadpoles, in one outline, or heads alone.

    The lines are those that a child draws, and the picture is what the child means: where there is
    one line, there is a limb in a sleeve, with a hand; a head has skin and, if it was drawn, hair.

    Args:
        pairs: characters of the pack, which lend skin and hair to some figures.
        count: how many to compose.
        rng: source of all randomness.
    """
    made = []
    for i in range(count):
        photo = pairs[int(rng.integers(len(pairs)))].photo
        skin, hair = (photo[y, x].astype(np.float32) for x, y in (_SKIN_AT, _HAIR_AT))
        for _ in range(_TRIES):
            kind = str(rng.choice(list(_KINDS), p=list(_KINDS.values())))
            brush = Brush(rng)
            _Figure(brush, Outfit.sample(rng, skin, hair), kind).draw()
            if not brush.leaves_the_frame:
                break
        made.append(brush.scene.pair(f"synthetic-{i:05d}"))
    return made


class _Figure:
    """One figure on its way from back to front."""

    def __init__(self, brush: Brush, outfit: Outfit, kind: str) -> None:
        self.brush, self.rng, self.outfit, self.kind = brush, brush.rng, outfit, kind
        rng = self.rng
        angel = kind in ("closed", "stick") and rng.random() < 0.22
        self.winged = angel or (kind == "tadpole" and rng.random() < 0.06)
        self.halo = rng.random() < (0.7 if angel else 0.03)
        self.style = sample_style(rng)
        hats = ("crown", "cone", "brim", "cap", "bow")
        self.hat = str(rng.choice(hats)) if not self.halo and rng.random() < 0.2 else ""
        pose = Pose.sample(rng, tadpole=kind == "tadpole", stick=kind == "stick")
        self.pose = pose.fitted(*self._room(pose))
        radius = self.pose.radius
        if kind == "head":
            centre = rng.uniform(118, 138, 2)
            self.head = Head.sample(rng, centre, rng.uniform(48, 78), rng.normal(0, 0.08))
        else:
            lean = self.pose.lean if kind != "tadpole" else 0.0
            self.head = Head.sample(rng, self.pose.head, radius, lean + rng.normal(0, 0.06))

    def draw(self) -> None:
        """Paints and draws everything."""
        rng, brush = self.rng, self.brush
        if self.winged:
            draw_wings(brush, self.pose, self.outfit)
        elif self.kind == "closed" and rng.random() < 0.07:
            draw_cape(brush, self.pose, self.outfit)
        if self.kind in ("closed", "stick") and rng.random() < 0.05:
            draw_tail(brush, self.pose, self.outfit.hair)
        draw_back_hair(brush, self.head, self.style, self.outfit)
        if self.kind == "closed":
            self._closed()
        elif self.kind == "stick":
            self._stick()
        elif self.kind == "tadpole":
            self._limbs(thin_arms=True, thin_legs=rng.random() < 0.75, bare_arms=True)
        elif self.kind == "outline":
            self._one_outline()
        self._head()

    def _room(self, pose: Pose) -> tuple[tuple[float, float], tuple[float, float]]:
        """The part of the frame that is left for the joints, as wings and hats need some, too."""
        low, high = _FRAME
        aside = 62.0 if self.winged else 16.0
        tall = self.halo or self.hat or self.style in ("strands", "spikes", "curls")
        top = low + (34.0 if tall else 14.0)
        if self.rng.random() < 0.3:  # small ones
            aside += self.rng.uniform(0, 30)
        return (low + aside, top), (high - aside, high - 10.0)

    def _closed(self) -> None:
        rng, brush = self.rng, self.brush
        body = Body.sample(rng, self.pose)
        thin = rng.random() < 0.45
        behind = rng.random() < 0.4
        unfinished = rng.random()
        arms, legs = unfinished > 0.06, not 0.06 < unfinished < (0.26 if body.is_dress else 0.1)
        thin_legs = thin if rng.random() < 0.8 else not thin
        if rng.random() < 0.12:
            self._neck()
        if legs:
            self._legs(thin=thin_legs, bare=body.is_dress)
        if arms and behind:
            self._arms(thin=thin, bare=rng.random() < 0.4)
        draw_body(brush, body, self.outfit)
        if arms and not behind:
            self._arms(thin=thin, bare=rng.random() < 0.4)

    def _stick(self) -> None:
        rng, brush, pose = self.rng, self.brush, self.pose
        skirt = rng.random() < 0.18
        bend = np.array((rng.normal(0, 3), 0))
        spine = smooth_path([pose.neck, (pose.neck + pose.hip) / 2 + bend, pose.hip])
        if rng.random() > 0.06:
            self._legs(thin=True, bare=skirt)
        wide = np.array((0.95, 1.4, 1.3, 1.2)) * STICK
        folds = [along(spine, np.array((s, s + 0.07))) + np.array((o, 0.0))
                 for s, o in ((0.55, 4.0), (0.66, -4.0))]  # fmt: skip
        brush.part(tube(spine, wide), self.outfit.top, lines=False, folds=folds)
        if skirt:
            right = np.array((-pose.up[1], pose.up[0])) * rng.uniform(20, 34)
            waist = pose.neck + (pose.hip - pose.neck) * rng.uniform(0.3, 0.6)
            hem = pose.hip - pose.up * rng.uniform(2, 12)
            brush.line(spine)
            corners = [waist + 0.1 * right, hem + right, hem - right, waist - 0.1 * right]
            middle = (waist + hem) / 2
            pleats = [np.stack([middle + s * 0.35 * right, hem + s * 0.6 * right + pose.up * 2])
                      for s in (-1.0, 0.1, 1.0)]  # fmt: skip
            brush.part(np.array(corners, np.float32), self.outfit.bottom, folds=pleats)
        else:
            brush.line(spine)
        if rng.random() > 0.06:
            self._arms(thin=True, bare=rng.random() < 0.25)

    def _one_outline(self) -> None:
        """A gingerbread man: body and limbs within one line."""
        rng, brush, pose = self.rng, self.brush, self.pose
        body = Body.sample(rng, pose)
        arm, leg = rng.uniform(8, 14), rng.uniform(10, 16)
        # Limbs begin within the body, or those of a narrow one would not touch it.
        chest, lap = (pose.neck + share * (pose.hip - pose.neck) for share in (0.25, 0.9))
        arms = [smooth_path([chest, *limb]) for limb in pose.arms]
        legs = [smooth_path([lap, *limb]) for limb in pose.legs]
        tubes = [(path, arm) for path in arms] + [(path, leg) for path in legs]
        torso = body.shape()
        shape = joined(tubes, [torso])
        brush.part(shape, self.outfit.top, folds=[] if body.is_dress else body.folds(), reach=20)
        for path in arms:
            if cv2.pointPolygonTest(torso, path[-1].tolist(), False) > 0:
                continue
            brush.part(blob(rng, path[-1], (arm - 1, arm - 1)), self.outfit.skin, lines=False)
        for path in legs:
            foot = tube(along(path, np.array((0.93, 1.0))), leg - 0.8)
            brush.part(foot, self.outfit.shoes, lines=False, gloss=0.4)
        brush.outline(shape)

    def _limbs(self, *, thin_arms: bool, thin_legs: bool, bare_arms: bool) -> None:
        unfinished = self.rng.random()
        if unfinished > 0.05:
            self._legs(thin=thin_legs, bare=False)
        if unfinished < 0.8:
            self._arms(thin=thin_arms, bare=bare_arms)

    def _arms(self, *, thin: bool, bare: bool) -> None:
        habit = Habit.arms(self.rng, thin=thin)
        sleeve = self.outfit.skin if bare else self.outfit.top
        for joints in self.pose.arms:
            if self.rng.random() < 0.04:
                continue
            if self.rng.random() < 0.05:
                draw_item(self.brush, joints[-1], self.outfit)
            draw_arm(self.brush, joints, habit, sleeve, self.outfit.skin)

    def _legs(self, *, thin: bool, bare: bool) -> None:
        habit = Habit.legs(self.rng, thin=thin)
        skin, shoes = self.outfit.skin, self.outfit.shoes
        trouser = skin if bare else self.outfit.bottom
        alike = self.rng.choice((-1, 1)) if self.rng.random() < 0.15 else 0  # walking
        for side, joints in zip((-1, 1), self.pose.legs, strict=True):
            draw_leg(self.brush, joints, habit, trouser, skin, shoes, side=int(alike or side))

    def _neck(self) -> None:
        half = 0.28 * self.pose.radius
        path = np.stack([self.pose.head, self.pose.neck - self.pose.up * 2])
        self.brush.part(tube(path, half), self.outfit.skin)

    def _head(self) -> None:
        rng, brush, head, outfit = self.rng, self.brush, self.head, self.outfit
        ears = rng.random()
        if ears < 0.12 and self.style not in ("long", "curls"):
            draw_ears(brush, head, outfit.skin, "person")
        elif ears < 0.18 and not self.hat:
            animal = str(rng.choice(("cat", "bunny", "bear")))
            draw_ears(brush, head, outfit.hair if self.style != "none" else outfit.skin, animal)
        brush.part(head.shape, outfit.skin, reach=34)
        hair_first = rng.random() < 0.5
        if hair_first:
            draw_hair(brush, head, self.style, outfit)
        if rng.random() < _FACED:
            centre = (float(head.centre[0]), float(head.centre[1]))
            turn = float(np.rad2deg(head.lean))
            add_face(
                rng,
                brush.scene,
                centre,
                head.radii,
                outfit.skin,
                turn=turn,
                brows=0.75 * outfit.hair,
            )
        if not hair_first:
            draw_hair(brush, head, self.style, outfit)
        if self.halo:
            draw_halo(brush, head, outfit)
        elif self.hat:
            draw_hat(brush, head, outfit, self.hat)
