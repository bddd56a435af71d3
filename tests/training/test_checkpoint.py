import pytest
import torch

from pix2pix.errors import UserError
from pix2pix.training.checkpoint import CHECKPOINT, load_checkpoint, save_checkpoint


def test_what_was_saved_is_loaded(tmp_path):
    save_checkpoint(tmp_path / "run", {"step": 3, "weights": {"a": torch.arange(4.0)}})
    state = load_checkpoint(tmp_path / "run")
    assert state["step"] == 3
    assert torch.equal(state["weights"]["a"], torch.arange(4.0))
    assert [p.name for p in (tmp_path / "run").iterdir()] == [CHECKPOINT]


def test_missing_and_damaged_checkpoints_are_one_sentence(tmp_path):
    with pytest.raises(UserError, match="without --resume"):
        load_checkpoint(tmp_path)
    (tmp_path / CHECKPOINT).write_bytes(b"PK\x03\x04 damaged")
    with pytest.raises(UserError, match="cannot be read"):
        load_checkpoint(tmp_path)
