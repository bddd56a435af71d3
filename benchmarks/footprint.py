"""Cost of the domains: files, loading time and memory.

python -m benchmarks.footprint
"""

import statistics
import time
from pathlib import Path

from benchmarks.speed import drawing
from pix2pix import Translator
from pix2pix.domains import DEFAULT_DOMAIN, DOMAINS, WEIGHTS_DIR
from pix2pix.pretrained.export import WEIGHTS


def resident() -> float:
    """Memory of this process in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def main() -> None:
    """Loads the domains one after the other; each draws once and stays loaded."""
    canvas = drawing()
    # The first domain also loads libraries and their caches, so it is loaded twice.
    kept = [Translator.from_pretrained(DEFAULT_DOMAIN)]
    kept[0].translate(canvas)
    print("| domain | file | loaded in | memory |\n| --- | --- | --- | --- |")
    costs = []
    for domain in DOMAINS:
        before, start = resident(), time.perf_counter()
        translator = Translator.from_pretrained(domain)
        seconds = time.perf_counter() - start
        translator.translate(canvas)
        kept.append(translator)
        costs.append(resident() - before)
        size = (DOMAINS[domain].weights / WEIGHTS).stat().st_size / 1e6
        print(f"| {domain} | {size:.1f} MB | {seconds:.2f} s | {costs[-1]:.0f} MB |")
    total = sum(path.stat().st_size for path in WEIGHTS_DIR.rglob("*") if path.is_file()) / 1e6
    print(f"\nAll of weights/: {total:.0f} MB. Memory a domain, median: "
          f"{statistics.median(costs):.0f} MB.")  # fmt: skip


if __name__ == "__main__":
    main()
