import pytest

from pix2pix.domains import DOMAINS
from pix2pix.errors import UserError
from pix2pix.training.config import parse_config
from pix2pix.training.recipe import published_options

BASE = ["--data", "set.zip", "--out", "runs/x", "--recipe", "original"]


@pytest.mark.parametrize("domain", [name for name, d in DOMAINS.items() if d.published_recipe])
def test_the_original_recipe_is_the_domains_own(domain):
    config = parse_config(["--domain", domain, *BASE])
    published = DOMAINS[domain].published_recipe
    assert (config.batch_size, config.epochs) == (published.batch_size, published.epochs)
    assert (config.generator, config.norm, config.gan_mode) == ("unet256", "batch", "vanilla")
    assert (config.lambda_l1, config.lr_generator, config.augment) == (100, 2e-4, False)
    assert "--recipe original" in config.command()


def test_what_is_given_stands_against_the_recipe():
    config = parse_config(["--domain", "panda", *BASE, "--epochs", "2", "--batch-size", "8"])
    assert (config.batch_size, config.epochs) == (8, 2)


def test_finishing_asks_for_texture_from_a_trained_generator():
    words = ["--domain", "shoes", *BASE[:-1], "finish", "--minutes", "9"]
    config = parse_config([*words, "--init", "shoes", "--lambda-l1", "5"])
    assert (config.norm, config.gan_mode) == ("instance", "lsgan")
    assert (config.lambda_l1, config.lambda_fm, config.start_size) == (5, 2, 256)
    command = config.command()
    assert "--recipe finish" in command
    assert "--lambda-l1 5" in command
    assert "--gan-mode lsgan" in command
    assert parse_config([*words, "--init", "shoes"]).lambda_l1 == 3
    with pytest.raises(UserError, match="name it with --init"):
        parse_config(words)


def test_a_domain_of_our_own_has_no_original_recipe():
    with pytest.raises(UserError, match="omit --recipe") as error:
        published_options("sticker")
    assert error.value.code == "bad_option"
