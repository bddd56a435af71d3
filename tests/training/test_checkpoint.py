import resource
import zipfile

import pytest
import torch

from pix2pix.errors import UserError
from pix2pix.training.checkpoint import load_checkpoint, save_checkpoint
from pix2pix.training.existing import CHECKPOINT, refuse_existing


@pytest.fixture
def state():
    return {"step": 3, "weights": {"a": torch.arange(4000.0)}}


def test_what_was_saved_is_loaded(tmp_path, state):
    save_checkpoint(tmp_path / "run", state)
    loaded = load_checkpoint(tmp_path / "run")
    assert loaded["step"] == 3
    assert torch.equal(loaded["weights"]["a"], torch.arange(4000.0))
    assert [p.name for p in (tmp_path / "run").iterdir()] == [CHECKPOINT]


def test_a_checkpoint_of_an_earlier_version_is_loaded(tmp_path, state):
    torch.save(state, tmp_path / CHECKPOINT)
    assert load_checkpoint(tmp_path)["step"] == 3


def test_missing_and_damaged_checkpoints_are_one_sentence(tmp_path, state):
    with pytest.raises(UserError, match="without --resume"):
        load_checkpoint(tmp_path)
    (tmp_path / CHECKPOINT).write_bytes(b"PK\x03\x04 damaged")
    with pytest.raises(UserError, match="is damaged"):
        load_checkpoint(tmp_path)
    save_checkpoint(tmp_path, state)
    whole = (tmp_path / CHECKPOINT).read_bytes()
    (tmp_path / CHECKPOINT).write_bytes(whole[:-100])
    with pytest.raises(UserError, match="is damaged"):
        load_checkpoint(tmp_path)


def test_a_flipped_byte_is_told_in_every_part(tmp_path, state):
    save_checkpoint(tmp_path, state)
    whole = (tmp_path / CHECKPOINT).read_bytes()
    with zipfile.ZipFile(tmp_path / CHECKPOINT) as archive:
        parts = [info for info in archive.infolist() if info.file_size]
    for info in parts:
        with zipfile.ZipFile(tmp_path / CHECKPOINT) as archive, archive.open(info) as part:
            at = part._orig_compress_start
        flipped = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        (tmp_path / CHECKPOINT).write_bytes(flipped)
        with pytest.raises(UserError, match="is damaged"):
            load_checkpoint(tmp_path)
        (tmp_path / CHECKPOINT).write_bytes(whole)
    assert load_checkpoint(tmp_path)["step"] == 3


def test_weights_that_are_no_numbers_are_neither_kept_nor_loaded(tmp_path, state):
    save_checkpoint(tmp_path, state)
    broken = state | {"opt": {"state": [{"m": torch.tensor([1, float("nan")])}]}}
    with pytest.raises(UserError, match="has diverged"):
        save_checkpoint(tmp_path, broken)
    assert load_checkpoint(tmp_path)["step"] == 3
    torch.save(broken, tmp_path / CHECKPOINT)
    with pytest.raises(UserError, match="is damaged"):
        load_checkpoint(tmp_path)


def test_a_full_disk_is_told_truly_and_keeps_the_checkpoint_before(tmp_path, state):
    save_checkpoint(tmp_path, state)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
    try:
        with pytest.raises(UserError, match=r"Cannot write .* \(File too large\)"):
            save_checkpoint(tmp_path, state | {"step": 4})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert load_checkpoint(tmp_path)["step"] == 3
    assert [p.name for p in tmp_path.iterdir()] == [CHECKPOINT]


@pytest.mark.parametrize("name", [CHECKPOINT, "export/AtoB/config.json", "best/config.json"])
def test_no_run_starts_where_another_one_has_left_something(tmp_path, name):
    refuse_existing(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(UserError, match=r"continue it with --resume, or choose another --out"):
        refuse_existing(tmp_path)
