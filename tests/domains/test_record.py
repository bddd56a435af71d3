import pytest

from pix2pix.domains import DOMAINS, RECORD, get_domain, known_domains, own_domains
from pix2pix.domains.licences import check_licence, licence_id
from pix2pix.domains.record import make_record, read_domain, write_record
from pix2pix.errors import UserError
from tests.toys import write_colouriser, write_export

LEAF = {
    "id": "leaf",
    "title": {"en": "Leaf", "ko": "나뭇잎"},
    "licence": "CC-BY-SA-4.0",
    "painted": True,
    "places": [(0.5, 0.25)],
    "icon": ["M1 1L47 47Z"],
    "starters": [{"name": {"en": "Leaf 1"}, "strokes": ["M.1 .1L.9 .9"]}],
}


@pytest.fixture
def weights(tmp_path, monkeypatch):
    monkeypatch.setattr("pix2pix.domains.WEIGHTS_DIR", tmp_path)
    return tmp_path


def test_what_is_written_is_read(tmp_path):
    domain = make_record(LEAF).domain(tmp_path / "leaf")
    assert domain.licence_id == "cc-by-sa-4.0"
    write_record(tmp_path / "leaf", domain)
    assert read_domain(tmp_path / "leaf") == domain


def test_each_folder_with_a_generator_for_drawings_is_a_domain(weights):
    write_record(weights / "leaf", make_record(LEAF).domain())
    write_export(weights / "old_tree")  # of an earlier version, without a record
    write_colouriser(weights / "tints")
    (weights / "notes").mkdir()
    assert list(own_domains()) == ["leaf", "old_tree"]
    assert list(known_domains()) == [*DOMAINS, "leaf", "old_tree"]
    assert get_domain("old_tree").title == {"en": "Old tree"}
    assert get_domain("leaf").weights == weights / "leaf"


def test_a_folder_that_was_renamed_is_a_domain_of_that_name(weights):
    write_record(weights / "blatt", make_record(LEAF).domain())
    assert get_domain("blatt").id == "blatt"


def test_a_damaged_record_is_told_and_hides_no_other(weights):
    write_record(weights / "leaf", make_record(LEAF).domain())
    (weights / "bad").mkdir()
    (weights / "bad" / RECORD).write_text("title = 3")
    told = []
    assert list(own_domains(told.append)) == ["leaf"]
    assert len(told) == 1
    with pytest.raises(UserError, match=r"bad/domain\.toml': title") as error:
        get_domain("bad")
    assert error.value.message == told[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": {"ko": "나뭇잎"}}, "needs an English one"),
        ({"title": {"en": " "}}, "title.en"),
        ({"id": "a leaf"}, "more than letters, digits"),
        ({"id": "shoes"}, "'shoes' is taken"),
        ({"frame": 3}, "frame: "),
        ({"icon": ['M0 0"/><script>']}, "icon.0"),
        ({"colour": "red"}, "colour: extra"),
    ],
)
def test_a_mistake_is_one_sentence_that_names_the_field(change, message):
    with pytest.raises(UserError, match=message) as error:
        make_record(LEAF | change)
    assert error.value.code == "bad_record"
    assert "\n" not in error.value.message


def test_what_is_not_toml_is_said(tmp_path):
    (tmp_path / RECORD).write_text("title: leaf")
    with pytest.raises(UserError, match="is not TOML"):
        read_domain(tmp_path, "leaf")


def test_licences_have_the_ids_of_the_hub_or_are_words():
    assert licence_id("MIT") == "mit"
    assert licence_id("ODbL-1.0") == "odbl"
    assert licence_id("our own terms") == "other"
    check_licence("research and non-commercial use")
    check_licence("CC0-1.0")
    with pytest.raises(UserError, match=r"did you mean cc-by-4\.0"):
        check_licence("CC-BY-40")
