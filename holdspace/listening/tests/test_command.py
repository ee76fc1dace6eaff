"""The command as a person runs it: a process of its own, real files, real pipes, a real Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from .test_hearing import SCRIPT

HOUSE = str(Path(__file__).parents[3])


def listen(
    *words: str | Path, given: bytes | None = None, where: Path | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """`holdspace listen` with these words."""
    done = subprocess.run(
        [sys.executable, "-m", "holdspace", "listen", *map(str, words)],
        input=given,
        capture_output=True,
        cwd=where or HOUSE,
        env={**os.environ, "PYTHONPATH": HOUSE, **env},
        check=False,
        timeout=60,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three transcripts, one of them in a folder of its own, a hidden file and one that is none."""
    here = tmp_path / "talks"
    (here / "more").mkdir(parents=True)
    (here / ".git").mkdir()
    for name in ("b.txt", "a.txt", "more/c.txt", ".hidden.txt", ".git/d.txt"):
        (here / name).write_text(SCRIPT, encoding="utf-8")
    return here


def objects(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_one_file_is_reported(folder: Path) -> None:
    done = listen(folder / "a.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Coach Ana is the coach, Ben the client." in done.stdout
    assert "\x1b" not in done.stdout


def test_one_file_as_json(folder: Path) -> None:
    done = listen(folder / "a.txt", "--json")
    (one,) = objects(done.stdout)
    assert next(iter(one)) == "file"
    assert one["file"] == str(folder / "a.txt")
    assert one["contract"] == "1.1"
    assert len(one["turns"]) == 6


def test_a_folder_is_walked_in_order_without_hidden_files(folder: Path) -> None:
    done = listen(folder, "--json")
    assert [Path(one["file"]).name for one in objects(done.stdout)] == ["a.txt", "b.txt", "c.txt"]
    assert done.stderr.splitlines() == [
        f"{at} of 3 {folder / name}" for at, name in enumerate(["a.txt", "b.txt", "more/c.txt"], 1)
    ]


def test_a_file_named_twice_is_heard_once(folder: Path) -> None:
    assert len(objects(listen(folder / "a.txt", folder / "a.txt", folder, "--json").stdout)) == 3


def test_standard_input_is_heard() -> None:
    (one,) = objects(listen("-", "--json", given=SCRIPT.encode()).stdout)
    assert one["file"] == "-"
    assert one["coach"] == "Coach Ana"


def test_a_pipe_is_heard(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["sh", "-c", f"cat '{folder / 'a.txt'}' > '{pipe}'"]):
        (one,) = objects(listen(pipe, "--json").stdout)
    assert len(one["turns"]) == 6


def test_the_coach_is_named(folder: Path) -> None:
    (one,) = objects(listen(folder / "a.txt", "--json", "--coach", "ben").stdout)
    assert one["coach"] == "Ben"


def test_the_client_is_named_where_more_speak(tmp_path: Path) -> None:
    place = tmp_path / "three.txt"
    place.write_text(SCRIPT + "Mira: I only listen in.\n", encoding="utf-8")
    (one,) = objects(listen(place, "--json", "--client", "Mira").stdout)
    assert [turn["role"] for turn in one["turns"]] == ["coach", "other"] * 3 + ["client"]
    assert one["asks"] == []


def test_a_bad_file_is_named_and_skipped(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"\x00\x01\x02\x03" * 100)
    done = listen(folder, "--json")
    assert done.returncode == 1
    assert [Path(one["file"]).name for one in objects(done.stdout)] == ["a.txt", "c.txt"]
    (complaint,) = [line for line in done.stderr.splitlines() if " of 3 " not in line]
    assert complaint.startswith(f"{folder / 'b.txt'}: ")


def test_a_bad_line_is_named(folder: Path) -> None:
    bad = folder / "bad.json"
    bad.write_text('{"turns": [\n{"speaker": "Ana",\n"text": }]}')
    done = listen(bad)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{bad}: line 3: ")


@pytest.mark.parametrize("name", ["gone.txt", "gone/gone.txt"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    done = listen(tmp_path / name)
    assert done.returncode == 1
    assert done.stderr == f"{tmp_path / name}: No such file or directory.\n"
    assert done.stdout == ""


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    done = listen(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "no files" in done.stderr


@pytest.mark.parametrize("words", [[], ["--loud", "x"], ["--json", "--text", "x"], ["x", "--coach"], ["x", "--html"]])
def test_a_wrong_line_is_refused(words: list[str]) -> None:
    done = listen(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: holdspace listen" in done.stderr


def test_help_is_no_error() -> None:
    done = listen("--help")
    assert done.returncode == 0
    assert "Exit code" in done.stdout


def test_a_page_for_one_file(folder: Path) -> None:
    done = listen(folder / "a.txt", "--html", "out.html", where=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (folder / "out.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert not list(folder.glob("*.part"))


def test_pages_and_an_index_for_several(folder: Path) -> None:
    done = listen(folder, "--html", folder.parent / "out")
    assert done.returncode == 0
    names = sorted(place.name for place in (folder.parent / "out").iterdir())
    assert names == ["a.txt.html", "b.txt.html", "c.txt.html", "index.html"]


def test_a_page_and_json_together(folder: Path) -> None:
    done = listen(folder / "a.txt", "--json", "--html", folder / "out.html")
    assert len(objects(done.stdout)) == 1
    assert (folder / "out.html").exists()


def test_several_pages_need_a_folder(folder: Path) -> None:
    (folder.parent / "out.html").write_text("mine")
    done = listen(folder, "--html", folder.parent / "out.html")
    assert done.returncode == 2
    assert "need a folder" in done.stderr
    assert (folder.parent / "out.html").read_text() == "mine"


def test_a_page_never_takes_the_place_of_its_transcript(folder: Path) -> None:
    done = listen(folder / "a.txt", "--html", folder / "a.txt")
    assert done.returncode == 2
    assert (folder / "a.txt").read_text(encoding="utf-8") == SCRIPT


def test_a_page_into_no_folder_is_refused_before_the_work(folder: Path) -> None:
    done = listen(folder / "a.txt", "--html", folder / "gone" / "out.html")
    assert done.returncode == 2
    assert "there is no folder" in done.stderr


def test_a_full_disk_is_said_in_a_sentence(folder: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this machine has no /dev/full")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "holdspace", "listen", str(folder / "a.txt"), "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=HOUSE,
        )
    assert done.returncode != 0
    assert f"{folder / 'a.txt'}: what was heard cannot be written: No space left".encode() in done.stderr


def test_pages_that_cannot_be_written_are_said(folder: Path) -> None:
    (folder.parent / "out").mkdir()
    (folder.parent / "out" / "a.txt.html").mkdir()
    done = listen(folder, "--html", folder.parent / "out")
    assert done.returncode == 1
    assert f"{folder / 'a.txt'}: what was heard cannot be written: Is a directory." in done.stderr
    assert (folder.parent / "out" / "c.txt.html").is_file()


def test_words_are_utf8_whatever_the_machine_speaks(tmp_path: Path) -> None:
    place = tmp_path / "ä.txt"
    place.write_text("Coach Zoë: Was möchtest du? 中\nBén: Ich weiß nicht.\n", encoding="utf-8")
    plain = {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = listen(place, "--json", **plain)
    assert done.returncode == 0
    (one,) = objects(done.stdout)
    assert one["coach"] == "Coach Zoë"
    assert "中" in one["turns"][0]["text"]
    assert "Coach Zoë is the coach" in listen(place, **plain).stdout


def test_a_name_that_is_no_text_does_not_stop_it(tmp_path: Path) -> None:
    place = os.path.join(os.fsencode(tmp_path), b"bad\xff.txt")
    with open(place, "wb") as file:
        file.write(SCRIPT.encode())
    done = listen(tmp_path, "--json")
    assert done.returncode == 0
    assert objects(done.stdout)[0]["file"].endswith("bad\udcff.txt")
    assert listen(tmp_path, "--html", tmp_path / "out").returncode == 0


def test_a_reader_that_goes_away_is_no_crash(folder: Path) -> None:
    for at in range(30):
        (folder / f"x{at}.txt").write_text(SCRIPT * 20, encoding="utf-8")
    run = subprocess.Popen(
        [sys.executable, "-m", "holdspace", "listen", str(folder), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=HOUSE,
    )
    assert run.stdout is not None
    assert run.stderr is not None
    run.stdout.readline()
    run.stdout.close()
    complaints = run.stderr.read().decode()
    assert run.wait(60) == 141
    assert "Traceback" not in complaints
    assert "Broken" not in complaints


def heeding_ctrl_c() -> None:
    """What a shell starts in the background it tells to ignore Ctrl-C, and so what that starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_leaves_what_is_finished_whole(folder: Path) -> None:
    for at in range(200):
        (folder / f"x{at:03}.txt").write_text(SCRIPT * 150, encoding="utf-8")
    out, lines = folder.parent / "out", folder.parent / "lines"
    with lines.open("wb") as kept:
        run = subprocess.Popen(
            [sys.executable, "-m", "holdspace", "listen", str(folder), "--json", "--html", str(out)],
            stdout=kept,
            stderr=subprocess.PIPE,
            cwd=HOUSE,
            preexec_fn=heeding_ctrl_c,
        )
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and lines.read_bytes().count(b"\n") < 3:
            time.sleep(0.01)
        run.send_signal(signal.SIGINT)
        _, complaints = run.communicate(timeout=30)
    assert run.returncode == 130
    assert complaints.decode().splitlines()[-1] == "Stopped; what was finished is whole."
    text = lines.read_text(encoding="utf-8")
    assert text.endswith("\n")
    heard = objects(text)
    pages = {place.name for place in out.iterdir()}
    assert 3 <= len(heard) < 203
    assert not any(name.endswith(".part") for name in pages)
    assert pages >= {f"{Path(one['file']).name}.html" for one in heard}
    assert all((out / name).read_text(encoding="utf-8").endswith("</html>\n") for name in pages)
    assert (out / "index.html").read_text(encoding="utf-8").count("<li>") == len(pages) - 1


def test_the_command_needs_no_web_and_no_database(folder: Path) -> None:
    asked = (
        "import sys; sys.argv = ['holdspace', 'listen', sys.argv[1], '--json']; from holdspace.command import main;"
        "assert main() == 0;"
        "assert not {'django', 'sqlite3', 'environs'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked, str(folder / "a.txt")], capture_output=True, cwd=HOUSE)
    assert done.returncode == 0, done.stderr.decode()
