from pix2pix.data.images import held_out
from pix2pix.data.pictures import Picture
from pix2pix.training.tasks.task import split
from tests.toys import toy_pair


def test_a_set_is_split_by_name_and_trained_on_whole_where_nothing_else_is_left():
    pictures = [Picture.of(f"{number:04d}", toy_pair(number)[0]) for number in range(40)]
    own, shown = split(pictures)
    assert [p.name for p in shown] == [p.name for p in pictures if held_out(p.name)]
    assert 0 < len(shown) < 10
    assert [p for p in pictures if p not in shown] == own
    assert split(shown) == (shown, shown)
