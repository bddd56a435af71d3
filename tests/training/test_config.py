import shlex
from dataclasses import replace
from pathlib import Path

import pytest

from pix2pix.errors import UserError
from pix2pix.training.checkpoint import save_checkpoint
from pix2pix.training.config import TrainConfig, parse_config

BASE = ["--domain", "shoes", "--data", "shoes.zip", "--out", "runs/shoes", "--minutes", "60"]


def test_the_command_line_is_the_dataclass():
    config = parse_config(
        [
            *BASE,
            "--lambda-l1",
            "50",
            "--gan-mode",
            "lsgan",
            "--no-augment",
            "--flip",
            "--private",
            "--push-to-hub",
            "you/shoes",
        ]
    )
    assert config.lambda_l1 == 50
    assert config.gan_mode == "lsgan"
    assert config.augment is False
    assert config.flip is True
    assert config.private is True
    assert config.epochs is None
    assert parse_config(BASE).batch_size == TrainConfig.batch_size


def test_a_flag_in_an_old_card_means_what_it_is_called_today():
    config = parse_config([*BASE, "--grain", "2"])
    assert config.noise_channels == 2
    assert "--noise-channels 2" in config.command()


def test_an_unknown_option_is_refused_with_a_hint():
    with pytest.raises(UserError, match="no option --lamda-l1; did you mean --lambda-l1"):
        parse_config([*BASE, "--lamda-l1", "5"])
    with pytest.raises(UserError, match="--help"):
        parse_config([*BASE, "--zzz"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--gan-mode", "wgan"], "invalid choice"),
        (["--batch-size", "many"], "invalid int"),
        (["--batch-size", "0"], "--batch-size must be above 0"),
        (["--held-out", "0.6"], "--held-out must be a share from 0 to 0.5"),
        (["--noise-channels", "-1"], "--noise-channels must not be negative"),
        (["--noise-channels", "2", "--generator", "resnet9"], "needs --generator compact"),
        (["--size", "200"], "multiples of 64"),
        (["--generator", "unet256"], "multiples of 256"),
        (["--minutes", "-1"], "--minutes must be above 0"),
        (["--minutes", "0"], "--minutes must be above 0"),
        (["--blend", "shoes"], "name it with --init"),
        (["--private"], "--private needs --push-to-hub"),
        (["--width", "0.5", "--generator", "resnet9"], "--width needs --generator compact or"),
        (["--width", "0.5", "--init", "shoes"], "--width is for new generators"),
        (["--teacher", "shoes", "--task", "pairs"], "--teacher is for sketches"),
        (["--teacher", "shoes", "--objective", "style"], "--teacher is for --objective pix2pix"),
        (["--report-to", "wandbb"], "no tracker 'wandbb'; choose from tensorboard, wandb, "),
        (["--report-to", "tensorboard,none"], "no tracker 'none'; choose from"),
        (["--input-column", "image"], "--input-column is for --dataset"),
        (["--dataset-split", "test"], "--dataset-split is for --dataset"),
        (["--dataset", "a/b", "--dataset-split", "train[5:]"], "not 'train.5:.'"),
        (["--dataset", "a/b", "--input-column", "x", "--target-column", "x"], "must differ"),
        (
            ["--dataset", "a/b", "--task", "colourise", "--input-column", "x"],
            "--task colourise learns from photos alone; omit --input-column",
        ),
        (["--objective", "style"], "give --style PICTURE"),
        (["--style", "x.jpg"], "--style needs --objective style"),
        (["--vgg", "x.pth"], "--vgg is for"),
        (["--objective", "cyclegan", "--vgg", "x.pth"], "--vgg is for"),
        (["--objective", "cyclegan", "--init", "shoes"], "neither --init"),
        (["--objective", "cyclegan", "--recipe", "original"], "omit one of them"),
        (["--objective", "style", "--recipe", "finish"], "finish is for --objective pix2pix only"),
        (["--objective", "cyclegan", "--task", "colourise"], "and its own recipe"),
        (["--task", "colourise", "--recipe", "original"], "and its own recipe"),
        (["--task", "colourise", "--lambda-style", "1"], "draws only their colour"),
        (["--task", "colourise", "--lambda-projected", "1"], "draws only their colour"),
        (["--task", "colourise", "--lambda-lpips", "1"], "draws only their colour"),
        (["--factor", "2"], "are for --task enlarge"),
        (["--generator", "srresnet"], "are for --task enlarge"),
        (["--task", "enlarge", "--factor", "3"], "invalid choice"),
        (["--task", "enlarge", "--generator", "compact"], "needs --factor 2 or 4"),
        (["--task", "enlarge", "--size", "320"], "at most 256"),
        (["--task", "enlarge", "--objective", "style"], "and its own recipe"),
        (["--task", "enlarge", "--recipe", "original"], "and its own recipe"),
        (["--task", "pairs", "--objective", "cyclegan"], "implies --objective pix2pix"),
        (["--task", "pairs", "--recipe", "original"], "omit --objective and --recipe"),
        (["--task", "pairs", "--report"], "omit it or --task pairs"),
    ],
)
def test_bad_values_are_one_sentence(words, message):
    with pytest.raises(UserError, match=message):
        parse_config([*BASE, *words])


def test_a_run_must_know_when_to_stop():
    with pytest.raises(UserError, match="--minutes, --epochs"):
        parse_config(BASE[:-2])
    with pytest.raises(UserError, match="required: --domain"):
        parse_config(BASE[2:])
    assert parse_config([*BASE[:-2], "--report"]).report  # it does not train


def test_a_report_is_no_part_of_the_command_that_trained():
    assert parse_config([*BASE, "--report"]).command() == parse_config(BASE).command()


def test_the_command_can_be_run_again_and_hides_folders(tmp_path):
    config = parse_config([*BASE[:3], "/secret/place/shoes.zip", *BASE[4:], "--no-augment"])
    command = config.command()
    assert "/secret" not in command
    assert command.startswith("python train.py --domain shoes --data shoes.zip")
    words = ["--init", str(tmp_path), "--push-to-hub", "you/x", "--private"]
    shown = parse_config([*BASE, *words]).command()
    assert f" --init {tmp_path.name} " in shown
    assert "you/x" not in shown  # where it is published does not change the result
    assert " --init you/x@v2 " in parse_config([*BASE, "--init", "you/x@v2"]).command()
    again = parse_config(command.split()[2:])
    assert again.augment is False
    assert again.minutes == 60


def test_what_others_see_of_a_run_has_no_folders(tmp_path):
    long = "a " + "very " * 100 + "long story"
    words = ["--data", "/secret/place/shoes.zip", "--init", str(tmp_path), "--data-source", long]
    config = parse_config([*BASE, *words, "--report-to", "wandb"])
    shown = config.shown()
    assert (shown["data"], shown["init"], shown["out"]) == ("shoes.zip", tmp_path.name, "shoes")
    assert (shown["data_source"], shown["minutes"]) == (long, 60)
    assert long in config.command()
    assert "wandb" not in config.command()
    assert config.options()["report_to"] == "wandb"


def test_an_objective_brings_its_options_and_what_is_given_stands():
    words = [*BASE, "--objective", "cyclegan"]
    config = parse_config(words)
    assert (config.generator, config.gan_mode, config.norm) == ("resnet9", "lsgan", "instance")
    assert (config.lambda_cycle, config.lambda_identity, config.batch_size) == (10, 0.5, 1)
    given = parse_config([*words, "--generator", "compact", "--batch-size", "4"])
    assert (given.generator, given.batch_size, given.gan_mode) == ("compact", 4, "lsgan")
    again = parse_config(given.command().split()[2:])
    assert (again.generator, again.batch_size, again.gan_mode) == ("compact", 4, "lsgan")
    style = parse_config([*BASE, "--objective", "style", "--style", "wave.jpg"])
    assert (style.lambda_perceptual, style.lambda_style, style.beta1) == (1, 5, 0.9)
    assert parse_config(BASE).lambda_perceptual == 0


def test_a_task_brings_its_options_and_what_is_given_stands():
    words = [*BASE, "--task", "colourise"]
    config = parse_config(words)
    assert (config.gan_mode, config.discriminators, config.lambda_l1) == ("vanilla", 1, 100)
    given = parse_config([*words, "--lambda-gan", "0", "--lambda-l1", "30"])
    assert (given.lambda_gan, given.lambda_l1, given.lambda_fm) == (0, 30, 0)
    again = parse_config(given.command().split()[2:])
    assert (again.task, again.lambda_l1, again.lambda_gan) == ("colourise", 30, 0)
    words = [*BASE, "--task", "enlarge"]
    config = parse_config(words)
    assert (config.factor, config.generator, config.size) == (4, "srresnet", 128)
    assert (config.discriminators, config.lambda_fm) == (1, 0)
    given = parse_config([*words, "--factor", "2", "--size", "192"])
    again = parse_config(given.command().split()[2:])
    assert (again.factor, again.size, again.generator) == (2, 192, "srresnet")
    assert parse_config(BASE).factor is None
    config = parse_config([*BASE, "--task", "pairs", "--batch-size", "1"])
    assert (config.generator, config.norm, config.gan_mode) == ("unet256", "batch", "vanilla")
    assert (config.lambda_l1, config.lambda_fm, config.augment) == (100, 0, True)
    again = parse_config(config.command().split()[2:])
    assert (again.task, again.batch_size, again.generator) == ("pairs", 1, "unet256")


def begun(out: Path, *words: str) -> TrainConfig:
    """A run of which only the checkpoint is there."""
    config = parse_config([*BASE[:4], "--out", str(out), *(words or BASE[6:])])
    save_checkpoint(out, {"config": config.to_dict()})
    return config


def test_a_run_is_resumed_with_its_own_options(tmp_path):
    words = ["--minutes", "60", "--lambda-l1", "50", "--recipe", "finish", "--init", "shoes"]
    config = begun(
        tmp_path, *words, "--sketches", "quickdraw.zip", "--no-flip", "--batch-size", "4"
    )
    resumed = parse_config(["--out", str(tmp_path), "--resume"])
    assert resumed == replace(config, resume=True)
    changed = parse_config(["--out", str(tmp_path), "--resume", "--epochs", "3", "--data", "x.zip"])
    assert changed == replace(config, resume=True, minutes=None, epochs=3.0, data=Path("x.zip"))


def test_another_domain_or_task_is_not_resumed(tmp_path):
    begun(tmp_path)
    for words, told in (
        (["--domain", "panda"], "of --domain shoes, not panda"),
        (["--task", "pairs"], "of --task sketch, not pairs"),
    ):
        with pytest.raises(UserError, match=told):
            parse_config(["--out", str(tmp_path), "--resume", *words])
    save_checkpoint(tmp_path / "detector", {"step": 3})
    with pytest.raises(UserError, match="of another kind of training"):
        parse_config(["--out", str(tmp_path / "detector"), "--resume"])
    with pytest.raises(UserError, match="start without --resume"):
        parse_config(["--out", str(tmp_path / "none"), "--resume"])


def test_checkpoints_of_earlier_versions_are_resumed(tmp_path):
    saved = begun(tmp_path).to_dict()
    for name in ("noise_channels", "held_out"):
        del saved[name]
    save_checkpoint(tmp_path, {"config": saved | {"grain": 2, "gone": "x"}})
    assert parse_config(["--out", str(tmp_path), "--resume"]).noise_channels == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--lr-generator", "-1"], "--lr-generator must be above 0"),
        (["--lambda-l1", "-1"], "--lambda-l1 must not be negative"),
        (["--ema", "2"], "--ema must be from 0 to 1"),
        (["--lr-discriminator", "nan"], "--lr-discriminator must be a number"),
        (["--workers", "-1"], "--workers must not be negative"),
        (["--licence", "CC-BY-40"], "did you mean cc-by-4"),
        (["--title", "Shoe"], "--title is for a domain of your own"),
        (["--domain", "leaf", "--title-ko", "나뭇잎"], "give --title"),
        (["--domain", "x", "--task", "pairs", "--record", "x.toml"], "that are drawn; omit it"),
    ],
)
def test_wrong_numbers_and_records_are_one_sentence(words, message):
    with pytest.raises(UserError, match=message):
        parse_config([*BASE, *words])


def test_words_with_spaces_stay_together_in_the_command():
    words = ["--domain", "leaf", "--title", "Leaf", "--data-source", "50 leaves of 'ours'"]
    config = parse_config([*BASE, *words])
    assert parse_config(shlex.split(config.command())[2:]) == replace(
        config, data=Path("shoes.zip"), out=Path("shoes")
    )


def test_a_run_of_an_earlier_version_has_the_data_of_its_domain(tmp_path):
    saved = begun(tmp_path).to_dict()
    for name in ("data_source", "licence"):
        del saved[name]
    save_checkpoint(tmp_path, {"config": saved})
    resumed = parse_config(["--out", str(tmp_path), "--resume"])
    assert resumed.data_source.startswith("1,000 pairs of edges2shoes")
    assert resumed.licence == "research and non-commercial use"


def test_a_teacher_brings_losses_and_a_width_of_its_own():
    taught = parse_config([*BASE, "--teacher", "shoes"])
    assert (taught.width, taught.lambda_gan, taught.lambda_projected) == (0.7, 0, 0)
    assert taught.lambda_lpips > 0
    assert "--teacher shoes" in taught.command()
    assert parse_config([*BASE, "--teacher", "shoes", "--init", "a/b"]).width == 1
    assert parse_config([*BASE, "--teacher", "a/b@v2"]).base_model == "a/b"
