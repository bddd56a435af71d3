"""Image sets in the formats of the ``datasets`` library."""

from pathlib import Path

from PIL import Image

from tests.toys import toy_pair


def write_parquet(
    folder: Path,
    count: int,
    name: str = "train.parquet",
    columns: tuple[str, str] = ("conditioning_image", "image"),
) -> Path:
    """Writes toy pairs as a Parquet file with the columns of edges and of photos."""
    import datasets

    pairs = [toy_pair(number) for number in range(count)]
    values = {
        columns[0]: [Image.fromarray(edges) for _, edges in pairs],
        columns[1]: [Image.fromarray(photo) for photo, _ in pairs],
    }
    features = datasets.Features({column: datasets.Image() for column in columns})
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    datasets.Dataset.from_dict(values, features).to_parquet(folder / name)
    return folder


def write_folder(folder: Path, count: int) -> Path:
    """Writes photos of toys into train/, and one more into validation/."""
    for number in range(count + 1):
        part = "train" if number < count else "validation"
        (folder / part).mkdir(parents=True, exist_ok=True)
        photo, _ = toy_pair(number)
        Image.fromarray(photo).save(folder / f"{part}/{number:04}.png")
    return folder
