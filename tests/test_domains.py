import pytest

from pix2pix.domains import DOMAINS, get_domain
from pix2pix.errors import UserError


@pytest.mark.parametrize("domain", DOMAINS.values(), ids=DOMAINS.keys())
def test_a_record_is_complete(domain):
    assert get_domain(domain.id) is domain
    assert set(domain.title) == {"en", "ko"}
    assert all(domain.title.values())
    assert domain.data_licence
    assert domain.weights.name == domain.id


def test_an_unknown_domain_names_the_known_ones():
    with pytest.raises(UserError, match="shoes, handbags") as error:
        get_domain("hats")
    assert error.value.code == "unknown_domain"
