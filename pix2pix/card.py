"""The model cards that stand beside the weights."""

from typing import Any

import yaml

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

Rows: held-out edge maps, what is generated from them, the photos; then people's drawings
(Quick, Draw!, CC BY 4.0), without a hint, with a colour of the domain's palette, and with one dab
of red and of blue.

## Training

- Data: {data}; {training_pairs} pairs, {held_out_pairs} more held out by name{imagined}.
- Licence of the data: {data_licence}. The weights are shared under the same terms{inherited}.
- Time: {minutes:.1f} minutes, {steps} steps, on {hardware}.
- Commands, the step from which each ran, and the commit of the code:

  ```sh
{commands}
  ```

## Figures

On the {held_out_pairs} held-out pairs, generated from their edge maps without colour hints:

| measure | value |
| --- | --- |
| L1 (0 to 1) | {l1:.3f} |
| SSIM | {ssim:.3f} |
| Sliced Wasserstein distance to the photos (subject patches, x1000) | {swd:.0f} |

## Limits

It knows one kind of thing, seen from where its photos were taken, on white. Without a hint it
prefers the commonest colours of its data; give it a dab of colour.
"""


def model_card(config: dict[str, Any], title: str) -> str:
    """Writes the card of an exported generator.

    Args:
        config: what `export` puts into ``config.json``, with metrics; its ``parents`` are the
            configurations of the runs that this one went on from.
        title: the domain's English name.

    Returns:
        Markdown, with the front matter that the Hugging Face Hub reads.
    """
    metrics = {"l1": float("nan"), "ssim": float("nan"), "swd": float("nan")} | config["metrics"]
    runs = [*config.get("parents", []), config]
    others = {run["domain"]: run for run in runs if run["domain"] != config["domain"]}
    inherited = "".join(
        f", and under those of the {name} that it went on from ({run['data_licence']})"
        for name, run in others.items()
    )
    front = _front_matter(
        "image-to-image",
        "other" if others else config.get("licence_id", "other"),
        ["pix2pix", "image-to-image", "sketch-to-image"],
    )
    count = config.get("imagined_pairs", 0)
    values = {
        "title": title,
        "source": config["domain"],
        "inherited": inherited,
        "imagined": f"; {count} more composed as people draw it, see docs/data.md" if count else "",
        "minutes": sum(run["minutes"] for run in runs),
        "steps": sum(run["steps"] for run in runs),
        "commands": "\n".join(
            f"  # from step {part['from_step']}, {part['commit']}\n  {part['command']}"
            for run in runs
            for part in run["history"]
        ),
    }
    body = _BODY.format_map({**config, **metrics, **values})
    return f"---\n{yaml.safe_dump(front, sort_keys=False)}---\n\n{body}"


def _front_matter(pipeline_tag: str, licence: str, tags: list[str]) -> dict[str, Any]:
    front: dict[str, Any] = {
        "library_name": "i-canvas",
        "pipeline_tag": pipeline_tag,
        "license": licence,
        "license_name": "research-non-commercial",
        "tags": tags,
    }
    if licence != "other":
        del front["license_name"]
    return front


_DETECTOR = """\
# Edge detector of i-Canvas

A compact holistically-nested edge detector (Xie & Tu 2015) of {parameters:,} parameters: a photo
in, for each pixel how likely it lies on an edge. What comes after it makes thin lines for the
generators, see docs/edges.md; docs/results.md has its figures and the command that measures them.

```python
import numpy as np
from PIL import Image
from pix2pix.edges.detector import EdgeDetector
from pix2pix.edges.photo import photo_edges

detector = EdgeDetector.from_pretrained()
Image.fromarray(photo_edges(np.asarray(Image.open("photo.jpg").convert("RGB")), detector))
```

## Training

- Data: {data}.
- Licence of the data: {data_licence}. The weights are shared under the same terms.
- Time: {minutes:.1f} minutes, {steps} steps, on {hardware}.
- Command, at commit {commit}:

  ```sh
  {command}
  ```

## Limits

It learned from natural photos and from catalogue photos on white, upright or turned. Very large
photos are reduced first; texture finer than a few pixels is ignored on purpose.
"""


def detector_card(config: dict[str, Any], parameters: int) -> str:
    """Writes the card of an exported edge detector.

    Args:
        config: what `export_detector` puts into ``config.json``.
        parameters: of the network.

    Returns:
        Markdown, with the front matter that the Hugging Face Hub reads.
    """
    front = _front_matter("image-segmentation", "other", ["edge-detection", "hed"])
    body = _DETECTOR.format_map(config | {"parameters": parameters})
    return f"---\n{yaml.safe_dump(front, sort_keys=False)}---\n\n{body}"
