"""Poses: where a child puts the head, the body and the limbs of a figure."""

from dataclasses import dataclass, replace

import numpy as np

from pix2pix.data.synthetic.brush import Point, rotation

_ARMS = {  # degrees from hanging down outwards, of upper arm and forearm
    "rest": (30, 25), "wide": (85, 85), "up": (140, 150), "hail": (65, 140), "akimbo": (50, -45),
    "slant": (55, 55),
}  # fmt: skip
_LEGS = {  # degrees from straight down outwards, of thigh and shin
    "stand": (8, 8), "apart": (25, 25), "straddle": (45, 40), "squat": (65, -10),
    "lotus": (80, -75), "split": (82, 85),
}  # fmt: skip

_ARM_CHANCES = (0.2, 0.24, 0.17, 0.14, 0.08, 0.17)
_LEG_CHANCES = (0.48, 0.26, 0.08, 0.06, 0.07, 0.05)


@dataclass(frozen=True)
class Pose:
    """The joints of a figure, float (2,) px each.

    Attributes:
        head: centre of the head.
        radius: of the head, px.
        neck: where the body begins.
        hip: where it ends.
        half: half the body's width, px.
        arms: shoulder, elbow and hand, of the left and the right arm in the picture.
        legs: hip, knee and foot.
    """

    head: Point
    radius: float
    neck: Point
    hip: Point
    half: float
    arms: list[list[Point]]
    legs: list[list[Point]]

    @property
    def up(self) -> Point:
        """The direction from hip to neck, a unit vector."""
        way = self.neck - self.hip
        return way / max(float(np.hypot(*way)), 1e-6)

    @property
    def lean(self) -> float:
        """How far the figure leans to the right, in radians."""
        return float(np.arctan2(self.up[0], -self.up[1]))

    @classmethod
    def sample(
        cls, rng: np.random.Generator, *, tadpole: bool = False, stick: bool = False
    ) -> "Pose":
        """A pose that fills the frame.

        Args:
            rng: source of all randomness.
            tadpole: whether limbs grow out of the head.
            stick: whether the body is one line.
        """
        radius = rng.uniform(50, 80) if tadpole else rng.uniform(22, 52)
        long = 0.0 if tadpole else rng.uniform(40, 100)
        half = 0.7 * radius if tadpole else rng.uniform(16, 48)
        lean = np.deg2rad(_lean(rng))
        turn = rotation(lean)
        neck = np.zeros(2)
        hip = neck + turn @ (rng.normal(0, 3), long)
        head = neck - turn @ (rng.normal(0, 0.12 * radius), radius * rng.uniform(0.86, 1.02))
        arm, leg = rng.uniform(38, 78), rng.uniform(34, 88)
        if tadpole:
            head = neck
        arms, legs = [], []
        pose_of_arms, pose_of_legs = _arms(rng, stick), rng.choice(list(_LEGS), p=_LEG_CHANCES)
        for side in (-1, 1):
            if rng.random() < 0.25:
                pose_of_arms = _arms(rng, stick)
            if rng.random() < 0.12:
                pose_of_legs = rng.choice(list(_LEGS))
            at = turn @ (side * (0.0 if stick else 0.72 * half), rng.uniform(0.1, 0.3) * long)
            hips = turn @ (side * (1.5 if stick else 0.5 * half), -4.0)
            shoulder, root = neck + at, hip + hips
            if tadpole:
                shoulder = head + radius * np.array((side * 0.96, rng.uniform(-0.05, 0.3)))
                root = head + radius * np.array((side * rng.uniform(0.25, 0.5), 0.86))
            arms.append(_limb(rng, shoulder, _ARMS[pose_of_arms], arm, side, turn))
            legs.append(_limb(rng, root, _LEGS[pose_of_legs], leg, side, turn))
        return cls(head, radius, neck, hip, half, arms, legs)

    def fitted(self, low: tuple[float, float], high: tuple[float, float]) -> "Pose":
        """The same pose within a rectangle, as large as possible.

        Args:
            low: its upper left corner.
            high: its lower right corner.
        """
        points = [self.head - self.radius, self.head + self.radius, self.neck, self.hip]
        points += [self.neck + np.array((s * self.half, 0)) for s in (-1, 1)]
        points += [self.hip + np.array((s * self.half, 0)) for s in (-1, 1)]
        points += [p for limb in (*self.arms, *self.legs) for p in limb]
        least, most = np.min(points, axis=0), np.max(points, axis=0)
        room = np.subtract(high, low)
        scale = float(min(room / np.maximum(most - least, 1)))
        shift = (np.add(low, high) - scale * (least + most)) / 2

        def move(point: Point) -> Point:
            return scale * point + shift

        return replace(
            self,
            head=move(self.head),
            radius=scale * self.radius,
            neck=move(self.neck),
            hip=move(self.hip),
            half=scale * self.half,
            arms=[[move(p) for p in limb] for limb in self.arms],
            legs=[[move(p) for p in limb] for limb in self.legs],
        )


def _lean(rng: np.random.Generator) -> float:
    """Degrees: most stand, some lean, a few lie."""
    kind = rng.random()
    if kind < 0.05:
        return float(rng.choice((-1, 1)) * rng.uniform(60, 95))
    return float(rng.normal(0, 16 if kind < 0.2 else 4))


def _arms(rng: np.random.Generator, stick: bool) -> str:
    """A pose of an arm; a stick has no hip to put a hand on."""
    pose = str(rng.choice(list(_ARMS), p=_ARM_CHANCES))
    return "slant" if stick and pose == "akimbo" else pose


def _limb(
    rng: np.random.Generator,
    root: Point,
    angles: tuple[float, float],
    long: float,
    side: int,
    turn: Point,
) -> list[Point]:
    joints = [root]
    for angle in angles:
        swing = np.deg2rad(angle + rng.normal(0, 7))
        way = turn @ (side * np.sin(swing), np.cos(swing))
        joints.append(joints[-1] + way * long * rng.uniform(0.42, 0.58))
    return joints
