import cv2
import numpy as np
import pytest

from pix2pix.data.sketch_pairs import load_pairs
from pix2pix.errors import UserError
from pix2pix.networks.generator import CompactUNet
from pix2pix.training.config import parse_config
from pix2pix.training.tasks.sketch import SketchEvaluator, sketch_task
from tests.toys import HISTORY, METADATA, house, write_toy_set

SMALL = METADATA | {"size": 128}


@pytest.fixture
def pairs(tmp_path):
    return load_pairs(write_toy_set(tmp_path / "toys", 3))


def test_a_milestone_leaves_sheet_metrics_weights_and_card(tmp_path, pairs):
    generator = CompactUNet((8, 16, 24), base=4).train()
    evaluator = SketchEvaluator(tmp_path, pairs, [house()] * 9, SMALL, "Shoe")
    metrics = evaluator.run(generator, 12, 3.25, HISTORY)
    assert generator.training
    assert 0 < metrics["l1"] < 1
    assert -1 <= metrics["ssim"] < 1
    sheet = cv2.imread(str(tmp_path / "sheets/000012.png"))
    assert sheet.shape == (8 * 132 + 4, 8 * 132 + 4, 3)  # 3 rows of pairs, 5 of 8 sketches
    names = {p.name for p in (tmp_path / "export").iterdir()}
    assert names == {"config.json", "model.safetensors", "README.md", "sheet.png"}
    assert "3.2 minutes, 12 steps" in (tmp_path / "export/README.md").read_text()


def test_photos_that_are_all_cut_out_badly_are_one_sentence(tmp_path):
    data = write_toy_set(tmp_path / "boxes", 3)  # straight along the frame, as no panda is
    words = ["--domain", "panda", "--data", data, "--out", tmp_path / "run", "--minutes", 1]
    with pytest.raises(UserError, match="is cut out cleanly enough for 'panda'") as error:
        sketch_task(parse_config([str(word) for word in words]))
    assert error.value.code == "bad_data"


def test_nothing_held_out_and_no_sketches_still_exports(tmp_path):
    evaluator = SketchEvaluator(tmp_path, [], [], SMALL)
    assert evaluator.run(CompactUNet((8, 16), base=4), 1, 0.1, HISTORY) == {}
    assert not (tmp_path / "sheets").exists()
    assert (tmp_path / "export/model.safetensors").is_file()


def test_a_dab_shows_on_its_row(tmp_path):
    evaluator = SketchEvaluator(tmp_path, [], [house()], SMALL)
    rows = evaluator._sketch_rows(CompactUNet((8, 16), base=4).eval())
    assert [len(row) for row in rows] == [1] * 5
    assert any(not np.array_equal(rows[3][0], row[0]) for row in rows[4:])


def test_where_parts_have_colours_the_sheet_shows_pairs_in_those_of_their_photos(tmp_path, pairs):
    generator = CompactUNet((8, 16), base=4).eval()
    plain = SketchEvaluator(tmp_path, pairs, [], SMALL)
    looks = {"places": [(0.5, 0.3), (0.5, 0.7)], "looks": [["#ff0000", "#0000ff"]]}
    parted = SketchEvaluator(tmp_path, pairs, [], SMALL | looks)
    (maps, unhinted, photos), figures = plain.evaluate(generator)
    (same_maps, hinted, same_photos), same_figures = parted.evaluate(generator)
    np.testing.assert_array_equal(maps, same_maps)
    np.testing.assert_array_equal(photos, same_photos)
    assert figures == same_figures  # measured without hints
    assert not np.array_equal(hinted, unhinted)
