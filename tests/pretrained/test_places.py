import pytest

from pix2pix.errors import UserError
from pix2pix.pretrained.load import find
from pix2pix.pretrained.places import check_place
from tests.toys import write_export


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return write_export(tmp_path / "runs/shoes/export")


def test_a_folder_with_weights_or_a_model_of_the_hub_pass(run):
    for source in (run, "runs/shoes/export", "you/pix2pix-shoes@v2", "shoes"):
        check_place(source)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("runs/shoes", "did you mean 'runs/shoes/export'?"),
        ("runs/shoos", "did you mean 'runs/shoes'?"),
        ("runs/shoes/exprt", "did you mean 'runs/shoes/export'?"),
        ("runs/panda", "There is no folder 'runs/panda'; check its name."),
    ],
)
def test_a_mistyped_folder_is_not_asked_of_the_hub(run, hub, source, told):
    for ask in (check_place, find):
        with pytest.raises(UserError) as error:
            ask(source)
        assert told in error.value.message
        assert error.value.code == "missing_weights"
    assert not hub.asked(".")
