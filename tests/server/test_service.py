import numpy as np
import pytest
import skimage.data

from harness.photos import SHOE, paper_photo, photo_file, photo_url
from harness.sheet import png_url, read_png
from pix2pix.edges.normalise import limit_side
from pix2pix.errors import UserError
from pix2pix.page.protocol import MAX_SEED
from pix2pix.server.service import DrawingService
from tests.toys import write_colouriser, write_enlarger, write_export

LINES = np.full((256, 256), 255, np.uint8)
LINES[80:180, 60:62] = LINES[80:180, 200:202] = LINES[80:82, 60:200] = LINES[178:180, 60:202] = 0
DRAWING = png_url(LINES)
PAPER = photo_url(photo_file(paper_photo(SHOE)))


@pytest.fixture(scope="module")
def service():
    return DrawingService()


def test_draws_picture_and_edges(service):
    picture, edges = service.draw("shoes", DRAWING)
    assert read_png(picture).shape == (512, 512, 3)
    assert read_png(edges).shape == (256, 256)
    assert set(np.unique(read_png(edges))) == {0, 255}


def test_the_generators_own_size_is_there_for_those_who_ask(service):
    picture, edges = service.draw("shoes", DRAWING, size=256)
    assert read_png(picture).shape == (256, 256, 3)
    assert edges == service.draw("shoes", DRAWING)[1]
    assert read_png(service.variants("shoes", DRAWING, size=256)[0]).shape == (256, 256, 3)
    for size in (300, True, "512", None):
        with pytest.raises(UserError, match="256 or 512 pixels a side") as error:
            service.draw("shoes", DRAWING, size=size)
        assert error.value.code == "bad_request"


def test_seed_picks_the_colour(service):
    pictures = {service.draw("shoes", DRAWING, seed=seed)[0] for seed in range(12)}
    assert len(pictures) > 2
    assert service.draw("shoes", DRAWING, seed=5) == service.draw("shoes", DRAWING, seed=5)


def test_variants_are_the_next_four_seeds(service):
    pictures = service.variants("shoes", DRAWING, seed=MAX_SEED - 1)
    assert len(set(pictures)) == 4
    seeds = (MAX_SEED - 1, MAX_SEED, 0, 1)
    assert pictures == [service.draw("shoes", DRAWING, seed=s, accent=True)[0] for s in seeds]


def test_variants_keep_the_dabs(service):
    hints = np.zeros((256, 256, 4), np.uint8)
    hints[90:110, 70:90] = (30, 160, 60, 255)
    plain = read_png(service.draw("shoes", DRAWING, png_url(hints))[0]).astype(float)
    pictures = service.variants("shoes", DRAWING, png_url(hints))
    assert len(set(pictures)) == 4
    for picture in pictures:
        away = np.abs(read_png(picture) - plain)
        assert away[184:216, 144:176].mean() < away[300:340, 340:380].mean() / 2


@pytest.mark.parametrize(
    ("domain", "drawing", "hints", "seed", "code"),
    [
        ("teapots", DRAWING, "", 0, "unknown_domain"),
        (None, DRAWING, "", 0, "bad_request"),
        ("shoes", DRAWING, "", -1, "bad_request"),
        ("shoes", DRAWING, "", MAX_SEED + 1, "bad_request"),
        ("shoes", DRAWING, "", "7", "bad_request"),
        ("shoes", "nonsense", "", 0, "bad_image"),
        ("shoes", DRAWING, "nonsense", 0, "bad_image"),
        ("shoes", png_url(np.full((256, 256), 255, np.uint8)), "", 0, "empty_drawing"),
    ],
)
def test_refuses_with_a_code(service, domain, drawing, hints, seed, code):
    with pytest.raises(UserError) as error:
        service.draw(domain, drawing, hints, seed)
    assert error.value.code == code


def test_weights_of_ones_own_are_drawn_with(service, hub, tmp_path):
    hub.add("you/pix2pix-shoes", write_export(tmp_path / "own"))
    shipped = service.draw("shoes", DRAWING)
    for source in (str(tmp_path / "own"), "you/pix2pix-shoes@main"):
        assert DrawingService({"shoes": source}).draw("shoes", DRAWING) != shipped


def test_a_source_that_fails_is_told_and_the_shipped_weights_draw(service, hub, capsys):
    own = DrawingService({"shoes": "you/nothing"})
    assert own.draw("shoes", DRAWING) == service.draw("shoes", DRAWING)
    said = capsys.readouterr().err
    assert said.startswith("'you/nothing' is neither a folder here nor a model on the Hub")
    assert said.endswith("Using the shipped weights of 'shoes'.\n")
    assert said.count("\n") == 1
    assert own.answer({"kind": "draw", "id": 1, "domain": "shoes", "drawing": DRAWING})["picture"]
    assert capsys.readouterr().err == ""  # once


def test_without_shipped_weights_drawing_says_why(hub, tmp_path, monkeypatch):
    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path)
    with pytest.raises(UserError, match="'shoes' lacks") as error:
        DrawingService().draw("shoes", DRAWING)
    assert error.value.code == "missing_weights"
    with pytest.raises(
        UserError, match=r"'you/nothing' is neither a folder.* 'shoes' lacks"
    ) as error:
        DrawingService({"shoes": "you/nothing"}).draw("shoes", DRAWING)
    assert error.value.code == "missing_weights"  # what the page has a sentence for


@pytest.mark.parametrize(
    "request_",
    [None, "text", [], {}, {"id": 3, "kind": []}, {"id": 3, "kind": "draw", "domain": {}}],
)
def test_answers_whatever_is_asked(service, request_):
    answer = service.answer(request_)
    assert set(answer) == {"id", "error"}
    assert answer["error"]["message"]


def test_answer_is_what_draw_returns(service):
    request = {"kind": "draw", "domain": "shoes", "drawing": DRAWING, "hints": "", "seed": 4}
    answer = service.answer({"id": 7, **request})
    picture, edges = service.draw("shoes", DRAWING, seed=4)
    assert answer == {"id": 7, "picture": picture, "edges": edges}


def test_sticker_is_the_picture_without_its_ground(service):
    answer = service.answer({"id": 7, "domain": "shoes", "drawing": DRAWING, "kind": "sticker"})
    assert answer == {"id": 7, "sticker": service.sticker("shoes", DRAWING)}
    rgba, picture = read_png(answer["sticker"]), read_png(service.draw("shoes", DRAWING)[0])
    assert rgba.shape == (512, 512, 4)
    assert (rgba[200:320, 160:360, 3] == 255).all()
    assert (rgba[200:320, 160:360, :3] == picture[200:320, 160:360]).all()
    assert (rgba[:120, :, 3] == 0).all()
    answer = service.answer({"id": 8, "domain": "shoes", "drawing": "", "kind": "sticker"})
    assert answer["error"]["code"] == "bad_image"


def test_answer_is_what_variants_returns(service):
    request = {"domain": "shoes", "drawing": DRAWING, "hints": "", "seed": 4, "kind": "variants"}
    answer = service.answer({"id": 7, **request})
    assert answer == {"id": 7, "variants": service.variants("shoes", DRAWING, seed=4)}
    answer = service.answer({"id": 8, **request, "seed": "4"})
    assert answer["error"]["code"] == "bad_request"


@pytest.mark.parametrize("accent", [None, 1, "yes"])
def test_accent_is_true_or_false(service, accent):
    with pytest.raises(UserError) as error:
        service.draw("shoes", DRAWING, accent=accent)
    assert error.value.code == "bad_request"


def test_brings_a_paper_drawing_as_strokes(service):
    strokes = service.bring("paper", PAPER)
    assert all(len(stroke) >= 2 and len(point) == 2 for stroke in strokes for point in stroke)
    points = np.concatenate([np.array(stroke) for stroke in strokes])
    assert points.min() >= 0
    assert points.max() <= 1
    # The sole is one long level line, and nothing of sheet, shadow or grain has become one.
    steps = np.concatenate([np.diff(np.array(stroke), axis=0) for stroke in strokes])
    length = np.hypot(*steps.T).sum()
    drawn = sum(np.hypot(*np.diff(np.array(line), axis=0).T).sum() for line in SHOE)
    height, width = np.ptp(points, axis=0)[::-1]
    assert height / width == pytest.approx(0.46 / 0.77, rel=0.12)
    assert length / width == pytest.approx(drawn / 0.77, rel=0.15)


@pytest.mark.parametrize(
    ("kind", "picture", "code"),
    [
        ("teapot", PAPER, "bad_request"),
        (None, PAPER, "bad_request"),
        (["paper"], PAPER, "bad_request"),
        ("paper", "nonsense", "bad_image"),
        ("paper", None, "bad_image"),
        ("paper", photo_url(b"\x00\x00\x00\x18ftypheic"), "heic"),
        ("paper", photo_url(photo_file(paper_photo([]))), "no_lines"),
    ],
)
def test_refuses_to_bring_with_a_code(service, kind, picture, code):
    with pytest.raises(UserError) as error:
        service.bring(kind, picture)
    assert error.value.code == code


def test_answer_carries_strokes(service):
    answer = service.answer({"kind": "bring", "id": 8, "source": "paper", "picture": PAPER})
    assert answer == {"id": 8, "strokes": service.bring("paper", PAPER)}
    answer = service.answer({"kind": "bring", "id": 9, "source": {}, "picture": 3})
    assert answer["error"]["code"] == "bad_request"


@pytest.fixture
def painter(tmp_path):
    """A service with a colouriser that learned nothing."""
    return DrawingService({"colour": str(write_colouriser(tmp_path / "colour"))})


GRAY = photo_url(photo_file(paper_photo(SHOE, 120, 90).mean(axis=2).astype(np.uint8), "png"), "png")


def test_answer_carries_a_coloured_photo_and_the_gray_one(painter):
    answer = painter.answer({"id": 5, "kind": "colourise", "picture": GRAY})
    coloured, gray = (read_png(answer[name]) for name in ("picture", "gray"))
    assert answer.keys() == {"id", "picture", "gray"}
    assert coloured.shape == (90, 120, 3)
    np.testing.assert_array_equal(gray, np.dstack([read_png(GRAY)] * 3))
    assert np.ptp(coloured.astype(int), axis=2).max() > 5
    assert painter.colourise(GRAY) == (answer["picture"], answer["gray"])


def test_refuses_to_colour_with_a_code(painter, tmp_path, monkeypatch):
    for picture, code in (("nonsense", "bad_image"), (3, "bad_request"),
                          (photo_url(b"\x00\x00\x00\x18ftypheic"), "heic")):  # fmt: skip
        answer = painter.answer({"id": 6, "kind": "colourise", "picture": picture})
        assert answer["error"]["code"] == code
    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path / "empty")
    with pytest.raises(UserError) as error:
        DrawingService().colourise(GRAY)
    assert error.value.code == "missing_weights"


def test_enlarges_with_the_weights_it_was_told_and_loads_them_once(tmp_path):
    own = DrawingService({"bigger": str(write_enlarger(tmp_path, 2))})
    small = png_url(LINES[:100, :120])
    large = own.enlarge(small)
    assert read_png(large).shape == (200, 240, 3)
    (tmp_path / "model.safetensors").unlink()  # so that nothing can be loaded any more
    assert own.answer({"kind": "enlarge", "id": 3, "picture": small}) == {
        "id": 3,
        "enlarged": large,
    }


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        ("nonsense", "bad_image"),
        (None, "bad_request"),
        (png_url(np.zeros((8, 513), np.uint8)), "image_too_large"),
    ],
)
def test_refuses_to_enlarge_with_a_code(service, picture, code):
    assert service.answer({"kind": "enlarge", "id": 4, "picture": picture})["error"]["code"] == code


def test_no_larger_than_is_wanted(tmp_path):
    own = DrawingService({"bigger": str(write_enlarger(tmp_path, 2))})
    small = png_url(LINES[:100, :120])
    assert read_png(own.enlarge(small, 120)).shape == (100, 120, 3)
    for most in (0, 2049, "100", True):
        with pytest.raises(UserError, match="longest side: 1 to 2048 pixels"):
            own.enlarge(small, most)


def test_without_weights_nothing_becomes_bigger(tmp_path, monkeypatch):
    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path)
    answer = DrawingService().answer({"kind": "enlarge", "id": 5, "picture": DRAWING})
    assert answer["error"]["code"] == "missing_weights"


@pytest.mark.faces
def test_faces_are_hidden_before_anything_else():
    service = DrawingService()
    photo = png_url(limit_side(skimage.data.astronaut(), 320))
    request = {"id": 1, "kind": "bring", "source": "photo", "picture": photo}
    plain = service.answer(request)
    hidden = service.answer(request | {"hide_faces": True})
    assert "hidden" not in plain
    assert hidden["hidden"] == 1
    assert hidden["strokes"] != plain["strokes"]
    request = {"id": 2, "kind": "colourise", "picture": photo}
    plain = service.answer(request)
    hidden = service.answer(request | {"hide_faces": True})
    assert hidden["hidden"] == 1
    changed = np.abs(read_png(hidden["gray"]).astype(int) - read_png(plain["gray"]))
    assert changed[50:104, 120:160].mean() > 10
    assert changed[220:].max() == 0
