"""The page's modules: what `bundle` makes of them, and who may import whom."""

import shutil
import subprocess
from pathlib import Path

import pytest

from pix2pix.page import assets
from pix2pix.page.assets import UI_DIR
from pix2pix.page.bundle import ModuleError, bundle, imports

SCRIPTS = sorted(UI_DIR.glob("*/*.js"))
ENTRIES = [
    UI_DIR / "app/gradio.js",
    UI_DIR / "app/loaderclock.js",
    UI_DIR / "app/site.js",
    UI_DIR / "app/serviceworker.js",
    UI_DIR / "classroom/classroom.js",
    UI_DIR / "engine/worker.js",
]
LAYERS = [
    {"engine"},
    {"common"},
    {"drawing"},
    {"picture"},
    {"missions", "scenes", "friend", "guide", "sound"},
    {"album"},
    {"classroom"},
    {"app"},
]
"""Folders from the ground up: one imports from those below it, never from those beside or above."""


@pytest.fixture
def write(tmp_path):
    def write(**modules: str) -> Path:
        for name, text in modules.items():
            (tmp_path / f"{name}.js").write_text(text)
        return tmp_path / "main.js"

    return write


def test_modules_come_once_after_what_they_import(write):
    entry = write(
        main="import { B } from './b.js';\nimport { A, a } from './a.js';\n\nnew B(A, a);\n",
        b="import { A } from './a.js';\n\nexport class B extends A {}\n",
        a="export class A {}\nexport const a = 1;\n",
        unused="throw new Error();\n",
    )
    assert bundle(entry).splitlines() == [
        "'use strict';",
        "class A {}",
        "const a = 1;",
        "class B extends A {}",
        "new B(A, a);",
    ]


def test_a_long_import_is_one(write):
    entry = write(
        main="import {\n  a,\n  b,\n} from './a.js';\na(b);\n",
        a="export async function a() {}\nexport const b = 1;\n",
    )
    assert bundle(entry).count("import") == 0


@pytest.mark.parametrize(
    ("main", "words"),
    [
        ("import { a as b } from './a.js';\n", "cannot be bundled"),
        ("import a from './a.js';\n", "cannot be bundled"),
        ("import * as a from './a.js';\n", "cannot be bundled"),
        ("import { a } from 'somewhere';\n", "cannot be bundled"),
        ("export default class {}\n", "cannot be bundled"),
        ("export { a };\n", "cannot be bundled"),
        ("const a = await import('./a.js');\n", "cannot be bundled"),
        ("import { a } from './a.js';\nconst a = 2;\n", "both declare 'a'"),
        ("import { b } from './a.js';\n", "asks a.js for b"),
        ("import { hidden } from './a.js';\n", "asks a.js for hidden"),
    ],
)
def test_what_has_no_meaning_in_one_scope_is_refused(write, main, words):
    entry = write(main=main, a="export const a = 1;\nconst hidden = 2;\n")
    with pytest.raises(ModuleError, match=words):
        bundle(entry)


def test_modules_that_import_each_other_are_refused(write):
    entry = write(
        main="import { a } from './a.js';\n",
        a="import { b } from './b.js';\nexport const a = 1;\n",
        b="import { a } from './a.js';\nexport const b = 1;\n",
    )
    with pytest.raises(ModuleError, match=r"a\.js → b\.js → a\.js"):
        bundle(entry)


def test_every_script_is_on_some_page():
    used, queue = set(), [entry.resolve() for entry in ENTRIES]
    while queue:
        path = queue.pop()
        if path not in used:
            used.add(path)
            queue += imports(path)
    assert used == set(SCRIPTS)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_modules_import_from_the_layers_below(path):
    def layer(of: Path) -> int:
        (found,) = (at for at, layer in enumerate(LAYERS) if of.parent.name in layer)
        return found

    for other in imports(path):
        assert other.parent == path.parent or layer(other) < layer(path), other.name


def test_the_engine_is_one_script():
    assert "async function translate(" in bundle(UI_DIR / "engine/translate.js")


@pytest.mark.skipif(not shutil.which("node"), reason="no node")
def test_the_script_of_the_page_can_be_read():
    wrapped = f"(function (element, trigger, props) {{\n{assets.script()}\n}});"
    subprocess.run(["node", "--check", "-"], input=wrapped, text=True, check=True)
