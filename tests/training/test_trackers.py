import numpy as np
import pytest
from accelerate.tracking import LOGGER_TYPE_TO_CLASS, GeneralTracker

from pix2pix.errors import UserError
from pix2pix.training.trackers import TRACKERS, check_trackers, track_sheet, track_values


class Notebook(GeneralTracker):
    """A tracker that keeps what it is told."""

    requires_logging_directory = False

    def __init__(self, name: str):
        self.name = name
        self.notes = []
        super().__init__()

    @property
    def tracker(self):
        return self.notes

    def log(self, values, step=None, **kwargs):
        self.notes.append((step, values))

    def log_images(self, values, step=None, **kwargs):
        self.notes.append((step, {name: np.shape(pictures) for name, pictures in values.items()}))


def test_the_trackers_are_those_of_accelerate():
    assert TRACKERS.keys() == LOGGER_TYPE_TO_CLASS.keys()


def test_a_missing_library_is_asked_for_by_name():
    check_trackers(None)
    check_trackers("none")
    check_trackers("tensorboard")
    with pytest.raises(UserError, match=r"--report-to dvclive needs .* pip install 'dvclive'"):
        check_trackers("tensorboard, dvclive")


def test_all_trackers_are_told_values_and_those_that_show_pictures_a_sheet():
    both = [Notebook("wandb"), Notebook("mlflow")]
    track_values(both, {"loss/l1": 0.5}, 1)
    track_values(both, {}, 2)
    track_sheet(both, np.zeros((64, 128, 3), np.uint8), 3)
    assert both[1].notes == [(1, {"loss/l1": 0.5})]
    assert both[0].notes == [*both[1].notes, (3, {"sheet": (1, 64, 128, 3)})]
