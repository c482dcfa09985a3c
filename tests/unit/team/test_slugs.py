import pytest

from houston.team.clients import SLUG
from houston.team.slugs import free_slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Acme Outdoor", "acme-outdoor"),
        ("  Zürich <Möbel> AG! ", "zurich-mobel-ag"),
        ("東京", "client"),
        ("---", "client"),
        ("x" * 100, "x" * 63),
        ("a" * 62 + " b", "a" * 62),
    ],
)
def test_a_slug_is_made_from_the_name(name: str, slug: str) -> None:
    assert free_slug(name, ()) == slug
    assert SLUG.fullmatch(slug)


def test_a_slug_that_is_taken_gets_a_number_and_still_fits() -> None:
    assert free_slug("Acme", {"acme", "acme-2"}) == "acme-3"
    long = "x" * 63
    assert free_slug(long, {long}) == "x" * 61 + "-2"
