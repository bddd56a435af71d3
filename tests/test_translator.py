import itertools

import numpy as np
import pytest
import torch
from PIL import Image

from harness.photos import SHOE, paper_photo
from pix2pix import Translator
from pix2pix.domains import DOMAINS
from pix2pix.edges.detector import EdgeDetector
from pix2pix.edges.paper import paper_edges
from pix2pix.edges.photo import photo_edges
from pix2pix.errors import UserError
from pix2pix.networks.generator import CompactUNet
from pix2pix.pretrained.export import CONFIG, WEIGHTS, export
from tests.toys import house, toy_pair

PALETTE = ["#c03020", "#2050c0", "#20a040", "#e0c030"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights")
    metadata = {"domain": "shoes", "size": 256, "palette": PALETTE}
    export(CompactUNet((8, 16, 24), base=8), path, metadata)
    return path


@pytest.fixture(scope="module")
def translator(folder):
    return Translator.from_pretrained(folder)


def red_dab(size: int = 256) -> np.ndarray:
    hints = np.zeros((size, size, 4), np.uint8)
    k = size // 16
    hints[10 * k : 11 * k, 5 * k : 6 * k] = (255, 0, 0, 255)
    return hints


def test_a_drawing_gives_edges_and_picture(translator):
    translation = translator.translate(house())
    assert translation.edges.shape == (256, 256)
    assert translation.edges.dtype == np.uint8
    assert set(np.unique(translation.edges)) == {0, 255}
    assert translation.picture.shape == (256, 256, 3)
    assert translation.picture.dtype == np.uint8


def test_a_drawing_keeps_its_colour_while_it_grows_and_seeds_vary(translator):
    def colour(drawing: np.ndarray, seed: int | None) -> np.ndarray:
        # Far from all lines the picture depends on the palette's colour alone.
        return translator.translate(drawing, seed=seed).picture[2:8, 2:8].mean((0, 1))

    less = house()
    less[150:] = 255
    np.testing.assert_allclose(colour(less, 5), colour(house(), 5), atol=3)
    colours = {tuple(colour(house(), seed).round()) for seed in [None, *range(8)]}
    assert len(colours) == len(PALETTE) + 1
    assert len(colours) == len({tuple(colour(house(), -seed).round()) for seed in range(8)}) + 1


def test_a_dab_takes_the_place_of_the_palette(translator):
    a = translator.translate(house(), red_dab(), seed=1)
    b = translator.translate(house(), Image.fromarray(red_dab(1024)), seed=2)
    plain = translator.translate(house(), seed=1)
    np.testing.assert_array_equal(a.picture, b.picture)
    np.testing.assert_array_equal(a.edges, plain.edges)
    assert (a.picture != plain.picture).any()
    nothing = np.zeros((256, 256, 4), np.uint8)
    np.testing.assert_array_equal(
        translator.translate(house(), nothing, seed=1).picture, plain.picture
    )


def test_hints_lie_in_the_frame_of_the_drawing(translator):
    wide = np.full((128, 256), 255, np.uint8)
    wide[20:100, 60:200:30] = 0
    hints = np.zeros((128, 256, 4), np.uint8)
    hints[60:70, 100:110] = (0, 0, 255, 255)
    square = np.full((256, 256), 255, np.uint8)
    square[64:192] = wide
    square_hints = np.zeros((256, 256, 4), np.uint8)
    square_hints[64:192] = hints
    np.testing.assert_array_equal(
        translator.translate(wide, hints).picture,
        translator.translate(square, square_hints).picture,
    )


def test_crayons_alone_are_a_drawing(translator):
    paper = np.full((256, 256), 255, np.uint8)
    dab = red_dab()
    translation = translator.translate(paper, dab)
    ys, xs = np.nonzero(translation.edges == 0)
    coloured_ys, coloured_xs = np.nonzero(dab[..., 3])
    for drawn, coloured in ((ys, coloured_ys), (xs, coloured_xs)):
        assert abs(int(drawn.min()) - int(coloured.min())) <= 1
        assert abs(int(drawn.max()) - int(coloured.max())) <= 1
    assert translation.picture.min() < 255
    wide = translator.translate(paper[:128], np.ascontiguousarray(dab[64:192]))
    np.testing.assert_array_equal(wide.edges, translation.edges)


def test_chalk_on_a_board(translator):
    chalk = translator.translate(255 - house(), polarity="light-on-dark")
    np.testing.assert_array_equal(chalk.picture, translator.translate(house()).picture)


def test_nothing_drawn_is_said_kindly(translator):
    with pytest.raises(UserError, match="draw a line") as error:
        translator.translate(np.full((256, 256), 255, np.uint8))
    assert error.value.code == "empty_drawing"


@pytest.mark.parametrize(
    "hints", [np.zeros((8, 8, 3), np.uint8), np.zeros((8, 8, 4)), np.zeros((0, 0, 4), np.uint8)]
)
def test_bad_hints_are_refused(translator, hints):
    with pytest.raises(UserError, match="RGBA"):
        translator.translate(house(), hints)


def test_unknown_sources_missing_and_damaged_weights(folder, tmp_path):
    def code(source) -> str:
        with pytest.raises(UserError) as error:
            Translator.from_pretrained(source)
        return error.value.code

    assert code("hats") == "unknown_domain"
    assert code(tmp_path) == "missing_weights"
    (tmp_path / CONFIG).write_bytes((folder / CONFIG).read_bytes())
    assert code(tmp_path) == "missing_weights"
    whole = (folder / WEIGHTS).read_bytes()
    (tmp_path / WEIGHTS).write_bytes(whole[: len(whole) // 2])
    assert code(tmp_path) == "damaged_weights"
    export(CompactUNet((8, 16), base=8), tmp_path, {"size": 256})
    (tmp_path / CONFIG).write_bytes((folder / CONFIG).read_bytes())
    assert code(tmp_path) == "damaged_weights"
    (tmp_path / CONFIG).write_text("{")
    assert code(tmp_path) == "damaged_weights"
    (tmp_path / CONFIG).write_text('{"generator": "stylegan", "size": 256}')
    assert code(tmp_path) == "other_architecture"
    export(CompactUNet((8, 16), base=8), tmp_path, {"palette": ["red"], "size": 256})
    assert code(tmp_path) == "damaged_weights"


@pytest.mark.parametrize("domain", DOMAINS)
def test_shipped_weights_draw_inside_the_outline_and_obey_a_dab(domain):
    translator = Translator.from_pretrained(domain)
    outline = np.full((256, 256), 255, np.uint8)
    outline[90:200, 50:210] = 0
    outline[93:197, 53:207] = 255
    hints = np.zeros((256, 256, 4), np.uint8)
    hints[140:155, 120:140] = (215, 40, 40, 255)
    picture = translator.translate(outline, hints).picture.astype(int)
    inside, outside = picture[110:180, 70:190], picture[:60]
    assert outside.min() > 235  # clean paper
    assert np.median(inside[..., 0] - inside[..., 1:].max(axis=2)) > 60  # red all over
    hints[140:155, 120:140] = (40, 70, 215, 255)
    inside = translator.translate(outline, hints).picture.astype(int)[110:180, 70:190]
    assert np.median(inside[..., 2] - inside[..., :2].max(axis=2)) > 60
    assert len(translator.palette) >= 6
    for key in ("data_licence", "history", "commit", "hardware", "metrics"):
        assert translator.config[key]
    runs = [*translator.config.get("parents", []), translator.config]
    for key in ("steps", "minutes"):  # a blend takes none itself
        assert sum(run[key] for run in runs) > 0
    for name in ("README.md", "sheet.png"):
        assert (DOMAINS[domain].weights / name).is_file()
    assert (DOMAINS[domain].weights / WEIGHTS).stat().st_size < 16 * 2**20


def test_strength_says_how_far_a_hint_is_followed(translator):
    open_colour = translator.translate(house(), seed=None).picture
    pictures = [translator.translate(house(), red_dab(), strength=s).picture for s in (0, 0.5, 1)]
    np.testing.assert_array_equal(pictures[0], open_colour)
    gaps = [np.abs(p.astype(int) - open_colour).mean() for p in pictures]
    assert gaps[0] < gaps[1] < gaps[2]


def test_a_domain_says_how_strictly_hints_are_followed(translator):
    def drawn(maker: Translator, **options: float) -> np.ndarray:
        return maker.translate(house(), red_dab(), **options).picture

    flat = Translator(translator._network, translator.config | {"hint_strength": 1.0})
    np.testing.assert_array_equal(drawn(flat), drawn(flat, strength=1.0))
    assert (drawn(translator) != drawn(flat)).any()  # told less, it shades more
    np.testing.assert_array_equal(drawn(flat, strength=0), drawn(translator, strength=0))


def test_a_photo_goes_through_the_detector_first(translator):
    photo, _ = toy_pair(1)
    made = translator.translate(photo, kind="photo")
    np.testing.assert_array_equal(made.edges, photo_edges(photo, EdgeDetector.from_pretrained()))
    again = translator.translate(Image.fromarray(made.edges))
    # An edge map is left as it is by what strokes go through, but for lines that nearly touch.
    assert (made.edges == again.edges).mean() > 0.995


def test_a_photo_of_paper_is_read_as_a_drawing(translator):
    photo = paper_photo(SHOE)
    made = translator.translate(photo, kind="paper")
    np.testing.assert_array_equal(made.edges, paper_edges(photo))
    assert made.picture.shape == (256, 256, 3)


@pytest.mark.parametrize("kind", ["photo", "paper"])
def test_a_photo_of_nothing_says_what_to_do(translator, kind):
    with pytest.raises(UserError, match="more light") as error:
        translator.translate(np.full((200, 300, 3), 128, np.uint8), kind=kind)
    assert error.value.code == "no_lines"


def test_seeds_in_turn_take_different_colours(translator):
    pictures = [translator.translate(house(), seed=seed).picture for seed in range(2)]
    assert not np.array_equal(*pictures)


def test_the_next_seed_takes_a_colour_that_is_visibly_another(translator):
    palette = ["#e01010", "#d81818", "#e02010", "#1010e0", "#1818d8", "#e0e010", "#d8d818"]
    made = Translator(translator._network, translator.config | {"palette": palette})
    hints = [made._hint_plane(house(), None, seed, accent=False)[0][:3, 0, 0] for seed in range(3)]
    for first, second in itertools.combinations(hints, 2):
        assert np.abs(first - second).max() > 1  # of 2: red, blue and yellow
    everything = {
        tuple(made._hint_plane(house(), None, s, accent=False)[0][:3, 0, 0]) for s in range(7)
    }
    assert len(everything) == 7


def test_an_accent_adds_a_colour_to_a_dab(translator):
    alone = translator.translate(house(), red_dab(), seed=0).picture
    with_accent = [translator.translate(house(), red_dab(), seed=s, accent=True) for s in (0, 1)]
    assert not np.array_equal(alone, with_accent[0].picture)
    assert not np.array_equal(with_accent[0].picture, with_accent[1].picture)


def test_an_untinted_domain_takes_a_palette_colour_only_as_an_accent(translator):
    untinted = Translator(translator._network, translator.config | {"tinted": False})
    own = untinted.translate(house(), seed=None).picture
    assert np.array_equal(untinted.translate(house(), seed=1).picture, own)
    tinted = translator.translate(house(), seed=1).picture
    assert np.array_equal(untinted.translate(house(), seed=1, accent=True).picture, tinted)


def test_a_look_colours_part_by_part_and_a_dab_rules_its_part(translator):
    looks = [["#e6b48c", "#1e3cc8"], ["#503c28", "#c83c1e"]]
    places = [[0.5, 0.1], [0.5, 0.9]]
    made = Translator(translator._network, translator.config | {"looks": looks, "places": places})
    first, second = (made.translate(house(), seed=seed).picture for seed in (0, 1))
    assert not np.array_equal(first, second)
    assert np.array_equal(made.translate(house(), seed=2).picture, first)
    dabbed = made.translate(house(), red_dab(), seed=0).picture
    assert not np.array_equal(dabbed, first)
    assert not np.array_equal(dabbed, made.translate(house(), red_dab(), seed=None).picture)
