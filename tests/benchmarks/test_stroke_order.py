import numpy as np

from benchmarks.stroke_order import measure, on_outline, row


def ring(radius: float, turn: int = 1) -> np.ndarray:
    """A closed stroke around (100, 100), clockwise as one sees it, y pointing down."""
    angle = np.linspace(0, 2 * np.pi * turn, 60)
    return (100 + radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)).astype(np.float32)


def bar(x: float, to: float, y: float = 100) -> np.ndarray:
    return np.array([[x, y], [to, y]], np.float32)


def test_what_lines_enclose_is_not_of_the_outline():
    assert on_outline([ring(90), bar(60, 80), ring(20)]) == [True, False, False]


def test_a_drawing_from_outline_to_detail():
    order = measure([ring(90), bar(120, 140), bar(80, 60), bar(55, 45)])
    assert order.outline == order.outline_first == order.widest_first == 1
    assert order.outline_chance == order.widest_chance == 0.25
    assert (order.x, order.y) == (1, np.float32(0.5))
    assert order.clockwise == 1
    assert order.nearest == 1
    np.testing.assert_allclose(order.nearest_chance, (1 / 3 + 1 / 2) / 2)
    np.testing.assert_allclose(order.rightward, 1 / 3)
    assert order.downward is None


def test_a_drawing_from_detail_to_outline():
    order = measure([bar(60, 80), bar(140, 120), ring(90, turn=-1)])
    assert order.outline_first == order.widest_first == order.clockwise == 0


def test_drawings_of_one_stroke_say_nothing_of_the_order():
    orders = [measure([ring(90)]), measure([ring(90), bar(60, 80)])]
    assert orders[0].outline_first is orders[0].nearest is None
    cells = row("all", orders).split(" | ")
    assert cells[1] == "2"
    assert cells[4] == "1.00 (0.50)"
