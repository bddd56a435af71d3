"""Model cards beside the weights; ``python -m pix2pix.pretrained.card FOLDER`` rewrites one."""

import re
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from huggingface_hub import EvalResult, ModelCardData

from pix2pix.domains import DOMAINS, RECORD, TOOLS
from pix2pix.domains.licences import OTHER, UNKNOWN, licence_name
from pix2pix.domains.record import read_domain
from pix2pix.errors import UserError
from pix2pix.pretrained.hub_ids import LIBRARY
from pix2pix.utils.atomic import write_atomically

CARD = "README.md"
SHEET = "sheet.png"
HERE = "."
"""What the example of a card loads: the folder that the card lies in."""

_METRICS = {
    "l1": "L1 (0 to 1)",
    "ssim": "SSIM",
    "swd": "Sliced Wasserstein distance to the photos (subject patches, x1000)",
}
_BODY = """\
# {title}: sketch to picture

A pix2pix generator (Isola et al. 2017) of i-Canvas: an edge map of one-pixel lines and colour
hints in, a {size}x{size} picture out. It was trained to draw from what people sketch, not only
from clean edge maps.

```python
from PIL import Image
from pix2pix import Translator

translation = Translator.from_pretrained("{source}").translate(Image.open("drawing.png"))
Image.fromarray(translation.picture).save("picture.png")
```

![Sample sheet](sheet.png)

Rows: held-out edge maps, what is generated from them{looks}, the
photos; then people's drawings (Quick, Draw!, CC BY 4.0), without a hint, in the domain's colours,
and with one dab of red and of blue.

## Training

- Data: {data}; {training_pairs} pairs, {held_out_pairs} more held out by name{synthetic}.
- {terms}
{base}- Time: {minutes:.1f} minutes, {steps} steps, on {hardware}.
- Commands, the step from which each ran, and the commit of the code:

  ```sh
{commands}
  ```

## Figures

On the {held_out_pairs} held-out pairs, generated from their edge maps without colour hints:

| measure | value |
| --- | --- |
| {l1_name} | {l1:.3f} |
| {ssim_name} | {ssim:.3f} |
| {swd_name} | {swd:.0f} |

## Limits

It knows one kind of thing, seen from where its photos were taken, on white. Without a hint it
prefers the commonest colours of its data; give it a dab of colour.
"""

_PICTURES = """\
# {title}: {takes} to {gives}

A generator of i-Canvas: {does}. Trained by the objective `{objective}`, see docs/objectives.md. It
is none of those that drawings go through.

```python
{example}
```
{command}"""

_PICTURES_TRAINING = """
## Training

- Data: {data}; {training_pictures} pictures, {held_out_pictures} more held out by name.{terms}
{base}- Time: {minutes:.1f} minutes, {steps} steps, on {hardware}.
- Commands, the step from which each ran, and the commit of the code:

  ```sh
{commands}
  ```
{figures}"""

_EXAMPLE = """\
from PIL import Image
from pix2pix import Repainter

repainter = Repainter.from_pretrained("{source}")  # {where}
Image.fromarray(repainter.repaint(Image.open("photo.jpg"))).save("picture.png")"""

_COMMAND = """
Or `python -m pix2pix run {source} photo.jpg -o pictures`, also for folders.
"""

_COLOUR_EXAMPLE = """\
from PIL import Image
from pix2pix import Colouriser

colouriser = Colouriser.from_pretrained("{source}")  # {where}
Image.fromarray(colouriser.colourise(Image.open("gray.jpg"))).save("coloured.png")"""


_ENLARGE = """\
# {title}: pictures {factor} times as wide and high

A network of i-Canvas that enlarges pictures of any size: residual blocks without normalisation and
sub-pixel convolutions, added to bicubic interpolation. It learned from pieces of {size} px of
photos, see docs/objectives.md.

```python
from PIL import Image
from pix2pix.enlarger import Enlarger

enlarger = Enlarger.from_pretrained("{source}")  # {where}
Image.fromarray(enlarger.enlarge(Image.open("picture.png"))).save("large.png")
```

Or `python -m pix2pix enlarge picture.png -o large --weights {source}`.
"""


_REFINE = """\
# {title}: drawn pictures twice as wide and high

A network of i-Canvas that refines what its generators draw: three convolutions that see the picture
and, at the large size, the lines of the drawing. It learned from pieces of {size} px of photos, see
docs/objectives.md.

```python
from PIL import Image
from pix2pix import Translator

shoe = Translator.from_pretrained("shoes").translate(Image.open("drawing.png"), size=512)
Image.fromarray(shoe.cutout).save("shoe.png")  # its silhouette, refined along the lines
```

Other weights: `Refiner.from_pretrained("FOLDER")`, or the model's id on the Hub.
"""


def model_card(config: dict[str, Any], title: str, source: str = HERE) -> str:
    """Writes the card of an exported generator.

    Args:
        config: the ``config.json`` of `export`, with metrics; its ``parents`` are the
            configurations of the runs that this one started from.
        title: the domain's English name.
        source: what the card's example loads; by default the folder that the card lies in.

    Returns:
        Markdown, with the front matter that the Hugging Face Hub reads.
    """
    if config.get("task", "sketch") != "sketch":
        return _pictures_card(config, title, source)
    metrics = dict.fromkeys(_METRICS, float("nan")) | config["metrics"]
    runs = [*config.get("parents", []), config]
    dataset, results = config.get("dataset_id"), _results(config)
    front = front_matter(
        "image-to-image",
        runs,
        ["pix2pix", "image-to-image", "sketch-to-image"],
        datasets=[dataset] if dataset else None,
        base_model=config.get("base_model"),
        metrics=list(config["metrics"]) or None,
        model_name=f"pix2pix-{config['domain']}" if results else None,
        eval_results=results or None,
    )
    count = config.get("synthetic_pairs", 0)
    values = {
        "title": title,
        "source": source,
        "terms": _terms(runs),
        "base": _base(config),
        "looks": " in the colours that the photos' parts have" if config.get("looks") else "",
        "synthetic": f"; {count} more composed as people draw it, see docs/data.md"
        if count
        else "",
        "minutes": sum(run["minutes"] for run in runs),
        "steps": sum(run["steps"] for run in runs),
        "commands": _commands(runs),
    }
    names = {f"{key}_name": name for key, name in _METRICS.items()}
    body = _BODY.format_map({**config, **metrics, **names, **values})
    return f"{front}\n\n{body}"


def _pictures_card(config: dict[str, Any], title: str, source: str) -> str:
    runs = [*config.get("parents", []), config]
    figures = "".join(f"- `{name}`: {value:.3f}\n" for name, value in config["metrics"].items())
    colours = config["task"] == "colourise"
    loads = {"source": source, "where": _where(source)}
    terms = " Their terms\n  hold for the weights too."
    if "licence_id" in config:
        terms = f"\n- {_terms(runs)}"
    values = loads | {
        "terms": terms,
        "base": _base(config),
        "title": title,
        "does": "lightness of a picture of any size in, its colours out"
        if colours
        else f"a {config['size']}x{config['size']} picture in, another one out",
        "example": (_COLOUR_EXAMPLE if colours else _EXAMPLE).format_map(loads),
        "command": "" if colours else _COMMAND.format_map(loads),
        "minutes": sum(run["minutes"] for run in runs),
        "steps": sum(run["steps"] for run in runs),
        "commands": _commands(runs),
        "figures": f"\n## Figures\n\nOn the held-out pictures:\n\n{figures}" if figures else "",
    }
    body = {"enlarge": _ENLARGE, "refine": _REFINE}.get(config["task"])
    tags = ["super-resolution"] if body else []
    dataset = config.get("dataset_id")
    front = front_matter(
        "image-to-image",
        runs,
        ["image-to-image", config["objective"], *tags],
        datasets=[dataset] if dataset else None,
        base_model=config.get("base_model"),
    )
    body = (body or _PICTURES) + _PICTURES_TRAINING
    return f"{front}\n\n{body.format_map(config | values)}"


def _terms(runs: Sequence[dict[str, Any]]) -> str:
    """The licence of a run's data, and of those that it went on from."""
    config = runs[-1]
    words = config["data_licence"]
    others = {
        run["domain"]: run.get("data_licence", words)
        for run in runs
        if run["domain"] != config["domain"] or run.get("data_licence", words) != words
    }
    inherited = "".join(
        f", and under those of the {name} that it went on from ({terms})"
        for name, terms in others.items()
    )
    if words == UNKNOWN:
        shared = ", and under those" + inherited.partition(", and under those")[2]
        return (
            "Licence of the data: not told. Whoever shares the weights should know it"
            f"{shared if others else ''}."
        )
    return f"Licence of the data: {words}. The weights are shared under the same terms{inherited}."


def _base(config: dict[str, Any]) -> str:
    base = config.get("base_model")
    told = f"- Went on from [{base}](https://huggingface.co/{base}).\n" if base else ""
    if "teacher" in config:
        told += (
            f"- Learned from the pictures of the generator `{config['teacher']}` instead of photos,"
            f"\n  with {config['width']:.0%} of its channels (docs/training.md, Distilling).\n"
        )
    return told


def _where(source: str) -> str:
    return "this folder, or the model's id on the Hub" if source == HERE else "or any other folder"


def _licence(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The licence that weights have for the Hub: one that all data share, or a name for a mix."""
    last = runs[-1]
    ids, words = [], []
    for run in runs:
        own = last if run["domain"] == last["domain"] else {}
        ids.append(run.get("licence_id") or own.get("licence_id") or OTHER)
        words.append(run.get("data_licence") or own.get("data_licence") or "non-commercial")
    if len(set(ids)) == 1 and ids[0] != OTHER:
        return {"license": ids[0]}
    if any("research" in each or "non-commercial" in each for each in words):
        return {"license": OTHER, "license_name": "research-non-commercial"}
    return {"license": OTHER, "license_name": licence_name(" and ".join(dict.fromkeys(words)))}


def _commands(runs: Sequence[dict[str, Any]]) -> str:
    return "\n".join(
        f"  # from step {part['from_step']}, {part['commit']}\n  {part['command']}"
        for run in runs
        for part in run["history"]
    )


def for_hub(card: str, hub_id: str) -> str:
    """Changes a card's example to load the published model."""
    return re.sub(r'(from_pretrained|load_pretrained)\("[^"\n]*"\)', rf'\1("{hub_id}")', card)


def _results(config: dict[str, Any]) -> list[EvalResult]:
    """The metrics in the form that the Hub shows beside a model."""
    return [
        EvalResult(
            task_type="image-to-image",
            dataset_type=config.get("dataset_id") or config["domain"],
            dataset_name=config["data"],
            dataset_split=f"{config['held_out_pairs']} pairs held out by name",
            metric_type=key,
            metric_name=_METRICS[key],
            metric_value=round(value, 4),
        )
        for key, value in config["metrics"].items()
        if key in _METRICS
    ]


def front_matter(
    pipeline_tag: str,
    runs: Sequence[dict[str, Any]],
    tags: list[str],
    **more: Any,  # noqa: ANN401 - what `ModelCardData` takes
) -> str:
    """The front matter of a card, which the Hugging Face Hub reads.

    Args:
        pipeline_tag: what the Hub calls the task.
        runs: the runs that the weights come from, whose licences count.
        tags: the Hub's tags.
        **more: as for `ModelCardData`.
    """
    data = ModelCardData(
        library_name=LIBRARY, pipeline_tag=pipeline_tag, tags=tags, **_licence(runs), **more
    )
    return f"---\n{data}\n---"


def _card_of(config: dict[str, Any], folder: Path) -> str:
    name = config["domain"]
    domain = DOMAINS.get(name)
    known = {"dataset_id": domain.dataset_id} if domain else {}
    title = domain.title["en"] if domain else name
    if (folder / RECORD).is_file():
        title = read_domain(folder).title["en"]
    shipped = folder.name == name and (name in DOMAINS or name in TOOLS)
    return model_card(known | config, title, name if shipped else HERE)


def main(folders: Sequence[str]) -> None:
    """Rewrites the card of each exported folder from its ``config.json``.

    Raises:
        UserError: ``bad_option`` or ``missing_weights``.
    """
    from pix2pix.pretrained.detector_card import detector_card
    from pix2pix.pretrained.export import CONFIG, load_detector, read_config

    if not folders:
        raise UserError(
            "bad_option", "Name the folders: python -m pix2pix.pretrained.card FOLDER …"
        )
    for folder in map(Path, folders):
        try:
            config = read_config(folder)
        except (OSError, ValueError) as error:
            raise UserError(
                "missing_weights", f"'{folder}' has no readable {CONFIG}; train it again."
            ) from error
        if "detector" in config:
            network, _ = load_detector(folder)
            card = detector_card(config, sum(p.numel() for p in network.parameters()))
        else:
            card = _card_of(config, folder)
        write_atomically(folder / CARD, partial(Path.write_text, data=card, encoding="utf-8"))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except UserError as error:
        sys.exit(error.message)
