import pytest

from pix2pix.domains import DOMAINS, get_domain
from pix2pix.errors import UserError
from pix2pix.imaging.hints import parse_colour


@pytest.mark.parametrize("domain", DOMAINS.values(), ids=DOMAINS.keys())
def test_a_record_is_complete(domain):
    assert get_domain(domain.id) is domain
    assert set(domain.title) == {"en", "ko"}
    assert all(domain.title.values())
    assert domain.data_licence
    assert domain.weights.name == domain.id
    assert 0.5 <= domain.frame <= 1


def test_the_six_domains_of_the_service_have_its_recipes():
    with_recipe = {name for name, domain in DOMAINS.items() if domain.published_recipe}
    assert with_recipe == {"cartoon", "panda", "car", "handbags", "shoes", "character"}
    shoes = DOMAINS["shoes"].published_recipe
    assert (shoes.pictures, shoes.batch_size, shoes.epochs) == (49_825, 4, 25)


def test_an_unknown_domain_names_the_known_ones():
    with pytest.raises(UserError, match="handbags, shoes") as error:
        get_domain("hats")
    assert error.value.code == "unknown_domain"


def test_looks_have_a_colour_for_each_place():
    for domain in DOMAINS.values():
        for look in domain.looks:
            assert len([parse_colour(colour) for colour in look]) == len(domain.places)
        assert len(set(domain.looks)) == len(domain.looks)
