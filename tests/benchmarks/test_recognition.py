import pytest

from benchmarks.recognition import given, table
from pix2pix.errors import UserError


def test_columns_keep_the_rows_that_only_some_have():
    made = table({"shoes": {"named": "0.5", "flicker": "7"}, "sticker": {"flicker": "9"}})
    assert made.splitlines() == [
        "| | shoes | sticker |",
        "| --- | --- | --- |",
        "| named | 0.5 |  |",
        "| flicker | 7 | 9 |",
    ]


def test_several_weights_of_a_domain_are_kept_in_their_order():
    assert given(["car=a", "shoes=b", "car=c=d"]) == {"car": ["a", "c=d"], "shoes": ["b"]}


@pytest.mark.parametrize("item", ["boat=a", "car", "car="])
def test_weights_of_no_domain_are_refused(item):
    with pytest.raises(UserError, match="is not ID=FOLDER"):
        given([item])
