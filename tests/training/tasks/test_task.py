import pytest
import torch

from pix2pix.data.pictures import Picture
from pix2pix.errors import UserError
from pix2pix.pretrained.export import export, load_generator
from pix2pix.training.checkpoint import save_checkpoint
from pix2pix.training.config import parse_config
from pix2pix.training.tasks.task import load_parents, split
from tests.toys import toy_pair, write_colouriser, write_export


def test_a_set_is_split_and_trained_on_whole_where_nothing_else_is_left():
    pictures = [
        Picture.of(f"{number:04d}", toy_pair(number)[0], held_out=number % 3 == 0)
        for number in range(10)
    ]
    own, shown = split(pictures)
    assert [p.name for p in shown] == ["0000", "0003", "0006", "0009"]
    assert [p for p in pictures if p not in shown] == own
    assert split(shown) == (shown, shown)


def start_from(*words):
    base = ["--domain", "shoes", "--data", "x.zip", "--out", "runs/x", "--minutes", "1"]
    return load_parents(parse_config([*base, *map(str, words)]), "sketch")


def test_a_blend_is_the_mean_of_two_and_descends_from_both(tmp_path):
    first = write_export(tmp_path / "first")
    network, told = load_generator(first)
    mine = {name: value.clone() for name, value in network.state_dict().items()}
    with torch.no_grad():
        for value in network.parameters():
            value += 0.5
    export(network, tmp_path / "second", told | {"domain": "car", "parents": [told]})
    blended, parents = start_from("--init", first, "--blend", tmp_path / "second")
    assert [run["domain"] for run in parents] == [told["domain"], "car"]  # the first but once
    for name, value in blended.named_parameters():
        torch.testing.assert_close(value, mine[name] + 0.25, atol=2e-3, rtol=0)  # half precision


def test_generators_of_other_widths_do_not_blend(tmp_path):
    first, second = write_export(tmp_path / "a"), write_export(tmp_path / "b", base=4)
    with pytest.raises(UserError, match="are built differently") as error:
        start_from("--init", first, "--blend", second)
    assert error.value.code == "bad_option"


def test_what_draws_no_sketches_is_not_blended_in(tmp_path):
    first = write_export(tmp_path / "a")
    second = write_colouriser(tmp_path / "b")
    with pytest.raises(UserError, match="give another one with --blend"):
        start_from("--init", first, "--blend", second)


def test_a_run_that_is_resumed_needs_no_longer_what_it_began_with(tmp_path):
    first = write_export(tmp_path / "first")
    out = tmp_path / "run"
    export(load_generator(first)[0], out / "export", {"parents": [{"domain": "shoes"}]})
    save_checkpoint(out, {"config": {"domain": "shoes", "data": "x.zip", "init": "gone/away",
                                     "minutes": 1.0}})  # fmt: skip
    config = parse_config(["--out", str(out), "--resume"])
    assert config.init == "gone/away"
    generator, parents = load_parents(config, "sketch")
    assert type(generator) is type(load_generator(first)[0])
    assert parents == [{"domain": "shoes"}]
