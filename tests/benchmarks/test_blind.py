import numpy as np

from benchmarks.blind import blind_sheet


def test_the_key_says_on_which_side_the_new_pictures_lie():
    drawings = [np.full((192, 192), 255, np.uint8)] * 6
    old, new = ([np.full((192, 192, 3), value, np.uint8)] * 6 for value in (50, 200))
    picture, key = blind_sheet(drawings, old, new, seed=3)
    rows, columns = np.arange(6) // 3, np.arange(6) % 3
    right = picture[100 + 196 * rows, 196 * (3 * columns + 2) + 100, 0]
    assert [key[str(number)] for number in range(1, 7)] == [
        "right" if value == 200 else "left" for value in right
    ]
    assert sorted(key.values()) == ["left"] * 3 + ["right"] * 3
    assert blind_sheet(drawings, old, new, seed=4)[1] != key
