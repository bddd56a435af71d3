import numpy as np

from pix2pix.imaging.car import find_car, finish_car
from tests.imaging.test_glass import plane, tinge
from tests.imaging.test_wheels import PLACES, rings
from tests.imaging.test_wheels import body as outline

RED = (217, 58, 50)
NOWHERE = np.zeros((256, 256), bool)


def test_a_car_of_three_lines_has_wheels_windows_and_paint():
    edges = rings(outline(top=70))
    car = find_car(edges, NOWHERE)
    assert len(car.wheels) == 2
    assert car.drawn is edges
    assert (car.edge_map < edges).any()
    picture = np.full((256, 256, 3), 255, np.uint8)
    picture[70:161, 30:227] = RED
    picture[125:140, 110:150] = 255
    made = finish_car(picture, car, plane(RED), NOWHERE)
    for pane in car.panes:
        rows, columns = (int(places.mean()) for places in np.nonzero(pane))
        assert tinge(made[rows, columns]) < 50
    assert tinge(made[132, 130]) > 60  # the cloud
    for x, y in PLACES:
        assert made[y + 20, x].max() < 80  # tyres


def test_a_dab_colours_where_a_window_would_be():
    edges = outline(top=70)
    pane = find_car(edges, NOWHERE).panes[0]
    rows, columns = (int(places.mean()) for places in np.nonzero(pane))
    dabbed = NOWHERE.copy()
    dabbed[rows - 4 : rows + 5, columns - 4 : columns + 5] = True
    car = find_car(edges, dabbed)
    picture = np.full((256, 256, 3), 255, np.uint8)
    picture[70:161, 30:227] = RED
    assert (finish_car(picture, car, plane(RED), dabbed)[rows, columns] == RED).all()
