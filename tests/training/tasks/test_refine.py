import json
import shutil

import numpy as np
import pytest

from pix2pix.data.sampler import SampleKey
from pix2pix.data.sketch_pairs import load_pairs
from pix2pix.errors import UserError
from pix2pix.networks.tensors import to_picture
from pix2pix.refiner import Refiner
from pix2pix.training.config import parse_config
from pix2pix.training.objectives import make_objective
from pix2pix.training.tasks import make_task
from pix2pix.training.tasks.refine import RefineDataset, patterned, refine_task
from pix2pix.training.trainer import Trainer
from tests.toys import toy_pair, write_toy_set


def words(data, out, *more):
    return [
        "--task", "refine", "--domain", "crisp", "--data", str(data), "--out", str(out),
        "--size", "64", "--start-size", "64", "--batch-size", "2", "--workers", "0",
        "--epochs", "0.2", *more,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def toys(tmp_path_factory):
    return write_toy_set(tmp_path_factory.mktemp("toys"))


@pytest.fixture(scope="module")
def pairs(toys):
    return load_pairs(toys)


@pytest.mark.slow
def test_a_run_leaves_sheet_metrics_card_and_a_network_that_refines(tmp_path, toys):
    config = parse_config(words(toys, tmp_path, "--lambda-lpips", "0"))
    task = make_task(config)
    Trainer(config, task, make_objective(config, task)).train()
    told = json.loads((tmp_path / "export/config.json").read_text())
    assert (told["task"], told["generator"]) == ("refine", "guided")
    assert told["metrics"].keys() == {"psnr", "ssim", "sharpness"}
    assert "size=512" in (tmp_path / "export/README.md").read_text()
    photo, edges = toy_pair(1)
    rgba = Refiner.from_pretrained(tmp_path / "export").refine(photo, edges, np.repeat(
        np.repeat(edges, 2, axis=0), 2, axis=1
    ))  # fmt: skip
    assert rgba.shape == (512, 512, 4)


def test_a_sample_is_a_piece_with_its_lines(pairs):
    dataset = RefineDataset(pairs[:1], flip=False)
    picture, large = dataset[SampleKey(0, (0, 7), 128)]
    assert (picture.shape, large.shape) == ((7, 64, 64), (3, 128, 128))
    lines = picture[3:].sum(0).numpy()
    change = np.abs(np.diff(to_picture(large).astype(int).sum(2), axis=1)).max(axis=0) > 60
    assert change.any()
    # Where the photo's box begins and ends, there is a line in the same column of the sample.
    for column in np.flatnonzero(change):
        assert lines[:, max(0, column // 2 - 1) : column // 2 + 2].max() > 0


def test_lines_are_on_even_places_of_the_photo(pairs):
    """Else the four channels of the lines would be others than those of a drawing's."""
    photo = pairs[0].photo
    dataset = RefineDataset(pairs[:1], flip=False)
    for number in range(6):
        _, large = dataset[SampleKey(0, (0, number), 128)]
        piece = to_picture(large)
        even = [
            np.array_equal(photo[y : y + 128, x : x + 128], piece)
            for y in range(0, 129, 2)
            for x in range(0, 129, 2)
        ]
        assert any(even)


def test_a_pattern_is_small_and_leaves_paper_alone():
    photo, _ = toy_pair(2)
    small = photo[::2, ::2]
    worse = patterned(small, np.random.default_rng(0))
    paper = small.min(axis=2) == 255
    np.testing.assert_array_equal(worse[paper], small[paper])
    change = np.abs(worse.astype(int) - small)
    assert 0 < change.max() <= 24


def test_without_augmentation_a_sample_is_the_middle(pairs):
    dataset = RefineDataset(pairs[:1], flip=True, augment=False)
    _, large = dataset[SampleKey(0, (0, 1), 128)]
    np.testing.assert_array_equal(to_picture(large), pairs[0].photo[64:192, 64:192])


def test_all_packs_of_a_folder_are_read(tmp_path, toys):
    packs = tmp_path / "packs"
    packs.mkdir()
    for name in ("one", "other"):
        shutil.make_archive(str(packs / name), "zip", toys)
    one = refine_task(parse_config(words(packs / "one.zip", tmp_path / "a")))
    both = refine_task(parse_config(words(packs, tmp_path / "b")))
    assert len(both.dataset) == 2 * len(one.dataset)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--generator", "compact"], "go together"),
        (["--size", "512"], "at most 256 with --task refine"),
        (["--factor", "2"], "are for --task enlarge"),
    ],
)
def test_options_that_do_not_go_together_are_one_sentence(tmp_path, toys, more, sentence):
    with pytest.raises(UserError, match=sentence) as error:
        parse_config(words(toys, tmp_path, *more))
    assert error.value.code == "bad_option"
