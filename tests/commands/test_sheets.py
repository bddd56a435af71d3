import numpy as np
from PIL import Image

from pix2pix.commands.files import Job
from pix2pix.commands.parallel import write_result
from pix2pix.commands.sheets import ContactSheets
from pix2pix.errors import UserError


def test_a_sheet_is_written_once_and_again_when_it_is_lost_or_a_picture_changes(tmp_path):
    jobs = [Job(tmp_path / f"in/{name}", tmp_path / f"{name}.png") for name in "abc"]
    asked = []

    def again(job: Job) -> list[np.ndarray]:
        asked.append(job)
        return [np.zeros((4, 8), np.uint8), np.zeros((8, 8, 3), np.uint8)]

    sheets = ContactSheets(tmp_path, again)
    for job in jobs[:2]:  # the last one failed
        write_result(job.target, np.zeros((8, 8, 3), np.uint8), "key")
        sheets.add(job, [np.zeros((4, 8), np.uint8), np.zeros((8, 8, 3), np.uint8)])
    sheets.write(0, jobs)
    path = tmp_path / "sheets/0001.png"
    shown = np.asarray(Image.open(path))
    assert shown.shape == (136, 4 * 132 + 4, 3)
    assert shown[4, 4].tolist() == [255] * 3  # a wide picture on a white square
    assert shown[68, 4].tolist() == [0] * 3
    before = path.stat().st_ino
    sheets.write(0, jobs)
    assert path.stat().st_ino == before
    assert asked == []
    path.unlink()
    sheets.write(0, jobs)
    np.testing.assert_array_equal(np.asarray(Image.open(path)), shown)
    assert asked == jobs[:2]
    write_result(jobs[0].target, np.zeros((8, 8, 3), np.uint8), "another")
    before = path.stat().st_ino
    sheets.write(0, jobs)
    assert path.stat().st_ino != before


def test_a_source_that_was_damaged_since_is_left_out_of_the_sheet(tmp_path):
    jobs = [Job(tmp_path / f"in/{name}", tmp_path / f"{name}.png") for name in "ab"]

    def again(job: Job) -> list[np.ndarray]:
        if job is jobs[0]:
            raise UserError("bad_image", "This picture is damaged or not complete.")
        return [np.zeros((8, 8, 3), np.uint8)] * 2

    sheets = ContactSheets(tmp_path, again)
    for job in jobs:
        write_result(job.target, np.zeros((8, 8, 3), np.uint8), "key")
    sheets.write(0, jobs[:1])
    assert not (tmp_path / "sheets").exists()
    sheets.write(0, jobs)
    assert np.asarray(Image.open(tmp_path / "sheets/0001.png")).shape == (136, 2 * 132 + 4, 3)
