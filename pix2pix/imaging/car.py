"""What a car of few lines gets: whole wheels, windows, and paint without a white cloud."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pix2pix.imaging.glare import limit_glare
from pix2pix.imaging.glass import make_glass
from pix2pix.imaging.tyres import dabbed_looks, draw_wheels
from pix2pix.imaging.wheel import Wheel
from pix2pix.imaging.wheels import find_wheels
from pix2pix.imaging.windows import complete_windows


class Car(NamedTuple):
    """The parts of a drawn car.

    Attributes:
        wheels: as from `pix2pix.imaging.wheels.find_wheels`.
        panes: as from `pix2pix.imaging.windows.complete_windows`.
        drawn: uint8 (S, S), the edge map as it was drawn.
        edge_map: uint8 (S, S), with the lines of windows that were not drawn.
    """

    wheels: Sequence[Wheel]
    panes: Sequence[NDArray[np.bool_]]
    drawn: NDArray[np.uint8]
    edge_map: NDArray[np.uint8]


def find_car(edge_map: NDArray[np.uint8], dabbed: NDArray[np.bool_]) -> Car:
    """Finds the parts of a car.

    Args:
        edge_map: uint8 (S, S), 0 on lines.
        dabbed: bool (S, S), where a person dabbed.
    """
    wheels = find_wheels(edge_map)
    panes, completed = complete_windows(edge_map, wheels, dabbed)
    return Car(wheels, panes, edge_map, completed)


def finish_car(
    picture: NDArray[np.uint8], car: Car, plane: NDArray[np.float32], dabbed: NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """Lays glass and wheels over a picture that was painted from `car.edge_map`.

    Args:
        picture: uint8 (S, S, 3) RGB, its background white and its paint as `plane` says.
        car: its parts.
        plane: float32 (4, S, S) as from `pix2pix.imaging.hints.spread_hints`.
        dabbed: bool (S, S), where a person dabbed.

    Returns:
        uint8 (S, S, 3) RGB.
    """
    picture = limit_glare(picture, car.drawn, plane, car.panes)
    picture = make_glass(picture, car.drawn, plane, dabbed, car.panes)
    looks = dabbed_looks(car.wheels, plane, dabbed)
    return draw_wheels(picture, len(picture), car.wheels, looks)
