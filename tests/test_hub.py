import pytest

from pix2pix.errors import UserError
from pix2pix.hub import download, is_hub_id


@pytest.mark.parametrize(
    ("source", "expected"),
    [("you/pix2pix-shoes", True), ("shoes", False), ("a/b/c", False), ("/tmp/x", False)],
)
def test_what_looks_like_a_models_id(source, expected):
    assert is_hub_id(source) is expected


def test_a_hub_that_cannot_be_reached_is_one_sentence(monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(UserError, match="could not be fetched") as error:
        download("you/pix2pix-shoes", None, ["config.json"])
    assert error.value.code == "hub_failed"
