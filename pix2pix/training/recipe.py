"""Recipes: the default options of an objective, a task, and pix2pix as published."""

from typing import Any

from pix2pix.domains import get_domain
from pix2pix.errors import UserError

_OWN_CRITIC: dict[str, Any] = {
    "lambda_gan": 1.0,
    "lambda_projected": 0.0,
    "lambda_lpips": 0.0,
    "lambda_colour": 0.0,
    "beta1": 0.5,
    "beta2": 0.999,
    "start_size": 128,
    "grow_at": 0.4,
    "ema": 0.998,
}
"""Options of recipes without the pretrained critic."""
_PUBLISHED: dict[str, Any] = _OWN_CRITIC | {
    "generator": "unet256",
    "start_size": 256,
    "ndf": 64,
    "discriminators": 1,
    "norm": "batch",
    "gan_mode": "vanilla",
    "lambda_l1": 100.0,
    "lambda_fm": 0.0,
    "lr_generator": 2e-4,
    "lr_discriminator": 2e-4,
    "ema": 0.0,
}
_LOSSES = ("ndf", "discriminators", "norm", "gan_mode", "lambda_l1", "lambda_fm",
           "lr_generator", "lr_discriminator")  # fmt: skip


def recipe_options(recipe: str, domain_id: str) -> dict[str, Any]:
    """Defaults of a recipe for sketches, where they differ from `TrainConfig`.

    Finishing uses little L1, which favours plain colours, and instance norm with least squares;
    with spectral norm and the hinge loss, the discriminator learns too slowly (docs/training.md).

    Raises:
        UserError: as `published_options`.
    """
    if recipe == "original":
        return published_options(domain_id)
    if recipe == "finish":
        return _OWN_CRITIC | {
            "start_size": 256,
            "norm": "instance",
            "gan_mode": "lsgan",
            "lambda_l1": 3.0,
            "lambda_fm": 2.0,
        }
    return {}


def published_options(domain_id: str) -> dict[str, Any]:
    """Options of pix2pix as published (Isola et al. 2017, section 6.2), for one domain.

    U-Net-256 at 256 px, one 70x70 PatchGAN with batch norm, the original adversarial loss,
    λ_L1 100, Adam at 2e-4; edge maps and photos unchanged. Batch size and epochs are the domain's
    own.

    Raises:
        UserError: ``unknown_domain``; ``bad_option`` if the service had no such domain.
    """
    published = get_domain(domain_id).published_recipe
    if published is None:
        raise UserError(
            "bad_option",
            f"'{domain_id}' has no original recipe; omit --recipe and say when to stop with "
            "--minutes or --epochs.",
        )
    return _PUBLISHED | {
        "batch_size": published.batch_size,
        "epochs": float(published.epochs),
        "augment": False,
        "flip": False,
    }


def teacher_options(init: str | None) -> dict[str, Any]:
    """Defaults of a run with ``--teacher``, where they differ from `TrainConfig`.

    L1 and LPIPS alone, as a teacher's pictures need no critic (Ren et al. 2021, "Online Multi-
    Granularity Distillation for GAN Compression"); of its own size, on which they depend.

    Args:
        init: the generator that the run starts from; None for the teacher's strongest channels.
    """
    return {
        "width": 1.0 if init else 0.7,
        "start_size": 256,
        "lambda_gan": 0.0,
        "lambda_fm": 0.0,
        "lambda_projected": 0.0,
        "lambda_colour": 0.0,
        "lr_generator": 1e-3,
        "beta1": 0.9,
    }


def objective_options(objective: str) -> dict[str, Any]:
    """Defaults of an objective, where they differ from those of pix2pix.

    CycleGAN is as published (Zhu et al. 2017, section 4 and appendix 7): ResNet-9, one PatchGAN per
    side with instance norm, least squares, Adam at 2e-4, one picture per step. Style transfer has
    the network, rate and batch of Johnson et al. 2016 (section 4.1 and supplement).
    """
    if objective == "cyclegan":
        return _OWN_CRITIC | {
            "batch_size": 1,
            "generator": "resnet9",
            "ndf": 64,
            "discriminators": 1,
            "norm": "instance",
            "gan_mode": "lsgan",
            "lr_generator": 2e-4,
            "lr_discriminator": 2e-4,
        }
    if objective == "style":
        return _OWN_CRITIC | {
            "batch_size": 4,
            "generator": "resnet9",
            "lr_generator": 1e-3,
            "beta1": 0.9,
            "lambda_perceptual": 1.0,
            "lambda_style": 5.0,
            "lambda_tv": 0.1,
        }
    return {}


def task_options(task: str) -> dict[str, Any]:
    """Defaults of a task of pix2pix, where they differ from those of sketches.

    Pairs are trained as published (Isola et al. 2017, section 6.2), but four per step: inference
    uses the running averages of batch norm, to which a batch of one adds little. Colourising has
    the losses published there (section 3.3). Enlarging has a network without normalisation that
    starts from bicubic interpolation, crops of 128 px, and one PatchGAN that sees only the picture
    (Ledig et al. 2017), with instance norm and least squares; with spectral norm and the hinge loss
    it could not separate real from generated in so few steps. Batches are small, since such a
    network learns quickly; at rates of 1e-3 it diverged. Refining has crops of 128 px and L1 alone:
    a network of a few thousand weights has nothing to invent.
    """
    if task == "pairs":
        return _PUBLISHED | {"batch_size": 4}
    if task == "colourise":
        return _OWN_CRITIC | {name: _PUBLISHED[name] for name in _LOSSES}
    if task == "enlarge":
        return _OWN_CRITIC | {
            "batch_size": 4,
            "factor": 4,
            "start_size": 128,
            "size": 128,
            "generator": "srresnet",
            "discriminators": 1,
            "norm": "instance",
            "gan_mode": "lsgan",
            "lambda_l1": 10.0,
            "lambda_fm": 0.0,
            "conditional": False,
            "beta1": 0.9,
        }
    if task == "refine":
        return _OWN_CRITIC | {
            "start_size": 128,
            "size": 128,
            "generator": "guided",
            "lambda_gan": 0.0,
            "lambda_fm": 0.0,
            "lambda_l1": 10.0,
            "lr_generator": 2e-3,
            "beta1": 0.9,
        }
    return {}
