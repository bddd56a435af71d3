import pytest
from PIL import Image

from pix2pix.commands.files import list_jobs
from pix2pix.errors import UserError
from tests.clips import write_clip
from tests.toys import house


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """in/b.png, in/a.JPG, in/.c.png, in/notes.txt, in/deep/a.png, in/deep/[x].png."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in/deep").mkdir(parents=True)
    for name in ("b.png", "a.JPG", ".c.png", "notes.txt", "deep/a.png", "deep/[x].png"):
        (tmp_path / "in" / name).write_bytes(b"")
    return tmp_path


def targets(inputs, output, **options):
    return [job.target.as_posix() for job in list_jobs(inputs, output, **options)]


def test_a_folder_means_its_own_pictures_in_order(tree):
    assert targets(["in"], tree / "out") == [f"{tree}/out/a.png", f"{tree}/out/b.png"]


def test_a_glob_is_opened_and_keeps_folders_below_its_first_wildcard(tree):
    names = [f"{tree}/out/{name}" for name in ("a.png", "b.png", "deep/[x].png", "deep/a.png")]
    assert sorted(targets(["in/**"], tree / "out")) == sorted(names)
    assert targets(["in/d*/a.png"], tree / "out") == [f"{tree}/out/deep/a.png"]


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tree):
    assert targets(["in/deep/[x].png"], tree / "out") == [f"{tree}/out/[x].png"]


def test_what_was_made_is_no_input_of_the_next_run(tree):
    (tree / "in/out/more").mkdir(parents=True)
    (tree / "in/out/more/a.png").write_bytes(b"")
    assert len(list_jobs(["in/**"], tree / "in/out")) == 4


def test_videos_and_moving_gifs_become_videos_and_still_ones_pictures(tmp_path):
    write_clip(tmp_path / "clip.mkv")
    still = Image.fromarray(house())
    still.save(tmp_path / "still.gif")
    still.save(tmp_path / "moving.gif", save_all=True, append_images=[Image.fromarray(house(9))])
    made = [job.target.name for job in list_jobs([str(tmp_path)], tmp_path / "out", videos=True)]
    assert made == ["clip.mp4", "moving.mp4", "still.png"]
    made = [job.target.name for job in list_jobs([str(tmp_path)], tmp_path / "out")]
    assert made == ["moving.png", "still.png"]


@pytest.mark.parametrize(
    ("inputs", "output", "message"),
    [
        (["nowhere"], "out", "no file or folder 'nowhere'"),
        (["in/*.tif"], "out", "no file like 'in/"),
        (["in/b.png"], "in", "overwritten"),
        (["in", "in/deep/a.png"], "out", "would both become a.png"),
    ],
)
def test_mistakes_are_told(tree, inputs, output, message):
    with pytest.raises(UserError, match=message):
        list_jobs(inputs, tree / output)
