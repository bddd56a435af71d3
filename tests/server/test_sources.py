import pytest

from pix2pix.errors import UserError
from pix2pix.server.sources import VARIABLE, parse_sources


def test_the_command_line_goes_before_the_environment():
    env = {VARIABLE: "shoes=you/x@v2, panda=runs/panda\ncar=you/car"}
    words = ["panda=a b/c=d", "shoes=first", "shoes=you/y", "colour=runs/colour/export"]
    assert parse_sources(words, env) == {
        "shoes": "you/y",
        "panda": "a b/c=d",
        "car": "you/car",
        "colour": "runs/colour/export",
    }
    assert parse_sources([], {}) == {}


@pytest.mark.parametrize("word", ["shoes", "=you/x", "shoes=", "you/x@v2"])
def test_another_form_is_one_sentence(word):
    with pytest.raises(UserError, match=f"DOMAIN=SOURCE.*'{word}'") as error:
        parse_sources([word], {})
    assert error.value.code == "bad_option"
    with pytest.raises(UserError):
        parse_sources([], {VARIABLE: word})


def test_what_enlarges_may_be_another_one_too():
    assert parse_sources(["bigger=you/bigger"], {}) == {"bigger": "you/bigger"}


def test_a_domain_that_is_not_there():
    with pytest.raises(UserError, match="no domain called 'hats'"):
        parse_sources(["hats=you/x"], {})
