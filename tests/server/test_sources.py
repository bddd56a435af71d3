import pytest

from pix2pix.domains import DOMAINS, RECORD
from pix2pix.errors import UserError
from pix2pix.server.sources import VARIABLE, find_domains, parse_sources
from tests.hub_repos import Repo


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


@pytest.mark.parametrize("word", ["shoes", "=you/x", "shoes=", "runs/none/export"])
def test_another_form_is_one_sentence(word):
    with pytest.raises(UserError, match=f"DOMAIN=SOURCE.*'{word}'") as error:
        parse_sources([word], {})
    assert error.value.code == "bad_option"
    with pytest.raises(UserError):
        parse_sources([], {VARIABLE: word})


def test_what_enlarges_may_be_another_one_too():
    assert parse_sources(["bigger=you/bigger"], {}) == {"bigger": "you/bigger"}


LEAF = 'id = "leaf"\n[title]\nen = "Leaf"\nko = "나뭇잎"\n'


def test_a_source_with_a_record_is_a_domain_of_its_own(tmp_path):
    (tmp_path / RECORD).write_text(LEAF, "utf-8")
    sources = parse_sources([str(tmp_path), f"blatt={tmp_path}"], {})
    assert sources == {"leaf": str(tmp_path), "blatt": str(tmp_path)}
    domains = find_domains(sources)
    assert list(domains) == [*DOMAINS, "leaf", "blatt"]
    assert domains["leaf"].title == domains["blatt"].title == {"en": "Leaf", "ko": "나뭇잎"}
    assert (domains["blatt"].id, domains["blatt"].weights) == ("blatt", tmp_path)


def test_a_record_comes_from_the_hub_too(hub):
    hub.repos["you/leaf"] = Repo()
    hub.repos["you/leaf"].commit("first", {RECORD: LEAF.encode()})
    sources = parse_sources(["you/leaf"], {})
    assert sources == {"leaf": "you/leaf"}
    assert find_domains(sources)["leaf"].title["ko"] == "나뭇잎"


def test_a_domain_that_is_not_there(tmp_path):
    with pytest.raises(UserError, match="no domain called 'hats'"):
        find_domains({"hats": str(tmp_path)})
    with pytest.raises(UserError, match="no domain called 'hats'"):
        find_domains({"hats": "runs/hats/export"})
