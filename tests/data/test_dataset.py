import cv2
import numpy as np
import pytest
import torch

from pix2pix.data.dataset import SketchDataset, plain_sample
from pix2pix.data.sampler import SampleKey
from pix2pix.data.sketch_pairs import Pair, load_pairs
from tests.toys import write_toy_set


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    return load_pairs(write_toy_set(tmp_path_factory.mktemp("toys"), 6))


@pytest.mark.parametrize("size", [128, 256])
def test_a_sample_has_the_contracts_shapes_and_ranges(pairs, size):
    dataset = SketchDataset(pairs, flip=True)
    for number in range(12):
        x, y, weights = dataset[SampleKey(number % 6, (0, number), size)]
        assert x.shape == (5, size, size)
        assert y.shape == (3, size, size)
        assert x.dtype == y.dtype == torch.float32
        assert set(x[0].unique().tolist()) <= {0.0, 1.0}
        strengths = x[4].unique()  # one for all, and none where no dab reaches
        assert len(strengths) == 1
        assert strengths[0] == 0 or 0.5 <= strengths[0] <= 1
        assert weights.tolist() in ([1, 1, 1], [0, 0, 1])
        assert (x[1:4].abs() <= x[4]).all()
        assert y.abs().max() <= 1


def test_what_is_not_drawn_yet_is_white(pairs):
    def samples(unfinished: float) -> list[tuple[torch.Tensor, ...]]:
        dataset = SketchDataset(pairs, flip=True, unfinished=unfinished)
        return [dataset[SampleKey(number % 6, (4, number), 64)] for number in range(40)]

    inks, paints = [], []
    for unfinished in (0.0, 1.0):
        made = samples(unfinished)
        inks.append(np.mean([float(x[0].mean()) for x, *_ in made]))
        paints.append(
            np.mean([float((y.min(dim=0).values < 0.85).float().mean()) for _, y, _ in made])
        )
    assert inks[1] < 0.8 * inks[0]
    assert paints[1] < 0.8 * paints[0]


def test_a_key_says_everything(pairs):
    dataset = SketchDataset(pairs, flip=True)
    first = dataset[SampleKey(2, (0, 7), 128)]
    again = SketchDataset(pairs, flip=True)[SampleKey(2, (0, 7), 128)]
    other = dataset[SampleKey(2, (0, 8), 128)]
    for a, b in zip(first, again, strict=True):
        assert torch.equal(a, b)
    assert not torch.equal(first[1], other[1])


def test_lines_move_with_the_picture(pairs):
    """The toy's outline is the border of its coloured box, wherever both were moved."""
    dataset = SketchDataset(pairs, flip=True)
    distances = []
    for number in range(40):
        x, y, _ = dataset[SampleKey(number % 6, (1, number), 256)]
        box = (y.min(dim=0).values < 0.85).numpy().astype(np.uint8)
        rim = box - cv2.erode(box, np.ones((3, 3), np.uint8), borderValue=0)
        ys, xs = np.nonzero(x[0].numpy())
        if len(ys) == 0 or not rim.any():
            continue
        distance = cv2.distanceTransform(1 - rim, cv2.DIST_L2, 5)[ys, xs]
        distances.append(np.percentile(distance, 40))  # inner lines lie elsewhere
    assert len(distances) > 35
    assert np.median(distances) < 3


def test_place_and_size_vary(pairs):
    dataset = SketchDataset(pairs, flip=True)
    widths, centres = [], []
    for number in range(40):
        _, y, _ = dataset[SampleKey(0, (2, number), 128)]
        columns = np.nonzero((y.min(dim=0).values < 0.85).numpy().any(axis=0))[0]
        widths.append(np.ptp(columns))
        centres.append(columns.mean())
    assert max(widths) / min(widths) > 1.6
    assert np.std(centres) > 8


def test_a_third_has_no_hint_and_some_have_several_colours(pairs):
    dataset = SketchDataset(pairs, flip=False)
    counts = []
    for number in range(120):
        plane = dataset[SampleKey(number % 6, (3, number), 64)][0][1:]
        colours = plane.flatten(1).unique(dim=1).shape[1]
        counts.append(colours if plane[3].any() else 0)
    assert 25 <= counts.count(0) <= 55
    assert counts.count(1) >= 40
    assert sum(c > 1 for c in counts) >= 15


def test_without_augmentation_samples_are_the_pairs(pairs):
    dataset = SketchDataset(pairs, flip=True, augment=False)
    x, y, weights = dataset[SampleKey(4, (0, 0), 256)]
    plain_x, plain_y = plain_sample(pairs[4], 256)
    assert torch.equal(x, plain_x)
    assert torch.equal(y, plain_y)
    assert not x[1:].any()
    assert weights.tolist() == [1, 1, 1]


def test_only_whole_photos_in_colours_of_their_own_are_shown_as_real(pairs):
    def weights(number: int, **options: object) -> list[float]:
        dataset = SketchDataset(pairs, flip=True, **options)
        return dataset[SampleKey(5, (6, number), 64)][2].tolist()

    assert {tuple(weights(n, unfinished=0.0)) for n in range(10)} == {(1, 1, 1)}
    real, judged, faith = weights(0, unfinished=0.0, photos=5)  # the sixth is synthetic
    assert (real, judged) == (0, 1)
    assert 0 < faith < 1
    assert weights(0, unfinished=0.0, photos=5, trusted=True) == [1, 1, 1]
    dyed = [weights(n, unfinished=0.0, tinted=False) for n in range(30)]
    assert {tuple(w) for w in dyed} == {(0, 0, 1), (1, 1, 1)}  # pink pandas
    begun = [weights(n, unfinished=1.0) for n in range(10)]
    assert [0, 0, 1] in begun


def test_where_parts_have_looks_most_samples_are_hinted(pairs):
    def hinted(**options: bool) -> int:
        dataset = SketchDataset(pairs, flip=True, **options)
        return sum(bool(dataset[SampleKey(n % 6, (3, n), 64)][0][4].any()) for n in range(120))

    assert hinted(looks=True) >= 93 > hinted()


def test_a_painted_things_hint_is_its_paint():
    """Of a car that shows more black than red, red is the colour that one asks for."""
    photo, edges = np.full((2, 256, 256, 3), 255, np.uint8)
    photo[80:180, 40:216] = (15, 15, 15)
    photo[80:110, 40:216] = (200, 30, 40)
    cv2.rectangle(edges, (40, 80), (215, 179), (0, 0, 0))
    pair = Pair("car", photo, edges[..., 0].copy())

    def dark_hints(*, painted: bool) -> float:
        dataset = SketchDataset([pair], flip=True, keeps_black=True, painted=painted)
        planes = [dataset[SampleKey(0, (0, number), 64)][0][1:] for number in range(60)]
        whole = [
            p[:3, 0, 0] / p[3, 0, 0] for p in planes if p[3].all() and (p.std((1, 2)) == 0).all()
        ]
        return float(np.mean([colour.max() < -0.7 for colour in whole]))

    assert dark_hints(painted=False) > 0.5
    assert dark_hints(painted=True) < 0.2


@pytest.mark.parametrize("size", [128, 256])
def test_small_features_survive_every_pen(size):
    photo = np.full((256, 256, 3), 255, np.uint8)
    edges = np.full((256, 256), 255, np.uint8)
    cv2.circle(photo, (128, 128), 90, (240, 200, 170), -1)
    cv2.circle(edges, (128, 128), 90, 0, 1)
    for x in (100, 116, 140, 156):
        cv2.circle(photo, (x, 110), 6, (60, 40, 30), -1)
        cv2.circle(edges, (x, 110), 5, 0, 1)
    dataset = SketchDataset(
        [Pair("face", photo, edges)], flip=True, looks=True, photos=0, unfinished=0.0
    )
    seen = []
    for number in range(30):
        x, *_ = dataset[SampleKey(0, (7, number), size)]
        parts, _ = cv2.connectedComponents((x[0].numpy() > 0).astype(np.uint8))
        seen.append(parts - 2)  # besides paper and outline
    assert np.mean(seen) > 3.5
