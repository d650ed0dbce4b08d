"""Files are read in a program of its own, which can harm nothing and hold nobody up."""

import os
import signal
from datetime import date, datetime
from time import monotonic, sleep

import pytest

from clusters.excel import apart, child
from clusters.excel.errors import FileCorrupt, ReadingTookTooLong
from clusters.excel.reading import read_sheets
from tests.clusters.excel import files
from tests.clusters.excel.files import ROWS


def test_a_reader_that_takes_too_long_is_stopped():
    with pytest.raises(ReadingTookTooLong):
        read_sheets(files.workbook(ROWS), timeout_s=0.001)


def spy(monkeypatch, tmp_path, code):
    """A program in place of the child, and a room of its own for it."""
    path = tmp_path / "spy.py"
    path.write_text(
        "import os, pickle, socket, sys, time\n"
        "door = socket.socket(fileno=0)\n"
        "line = socket.socket(fileno=socket.recv_fds(door, 1, 1)[1][0])\n"
        "sent = line.makefile('rb').read()\n" + code
    )
    monkeypatch.setattr(child, "__file__", str(path))
    room = apart.Room()
    monkeypatch.setattr(apart, "_room", room)
    return room


def test_the_child_answers_only_with_cells(monkeypatch, tmp_path):
    room = spy(
        monkeypatch,
        tmp_path,
        "class Evil:\n"
        "    def __reduce__(self): return (os.getenv, ('HOME',))\n"
        "line.sendall(pickle.dumps(('ok', Evil())))\n",
    )
    with pytest.raises(FileCorrupt):
        read_sheets(files.workbook(ROWS))
    room.close()


def test_the_child_knows_no_secrets(monkeypatch, tmp_path):
    monkeypatch.setenv("NIK_KEY", "secret")
    told = "line.sendall(pickle.dumps((','.join(os.environ), None)))\n"
    room = spy(monkeypatch, tmp_path, told)
    names, _ = apart.parse(b"x", max_rows=1, memory=2**30, seconds=5)
    room.close()
    assert "NIK_KEY" not in names


def test_a_child_that_hangs_does_not_hold_us(monkeypatch, tmp_path):
    monkeypatch.setattr(apart, "GRACE_S", 0.1)
    room = spy(monkeypatch, tmp_path, "door.recv(1)\n")
    with pytest.raises(ReadingTookTooLong):
        read_sheets(files.workbook(ROWS), timeout_s=0.1)
    room.close()


def test_a_child_that_crashes(monkeypatch, tmp_path):
    room = spy(monkeypatch, tmp_path, "line.sendall(b'thread panicked'); os.abort()\n")
    with pytest.raises(FileCorrupt):
        read_sheets(files.workbook(ROWS))
    room.close()


def test_a_room_that_was_killed_is_opened_again(monkeypatch):
    room = apart.Room()
    monkeypatch.setattr(apart, "_room", room)
    assert read_sheets(files.workbook(ROWS))
    first = room._process
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert read_sheets(files.workbook(ROWS))
    assert room._process.pid != first.pid
    room.close()


def test_a_room_ends_with_the_process_that_opened_it():
    reading, writing = os.pipe()
    if (pid := os.fork()) == 0:
        room = apart.Room()
        room.line().close()
        os.write(writing, str(room._process.pid).encode())
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    left = int(os.read(reading, 20))
    end = monotonic() + 10
    while monotonic() < end and is_running(left):
        sleep(0.02)
    assert not is_running(left)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_equal_texts_and_days_are_one_object_and_no_cell_changes_its_kind():
    rows = [[text, 1.0, 1, True, "", date(2025, 3, 1)] for text in (["ya", "tidak"][0], "ya")]
    rows += [["1", 1, 1.0, False, "".join(["y", "a"]), datetime(2025, 3, 1)]]  # noqa: DTZ001 a cell's
    found = child.once(rows)
    assert found == rows
    assert [list(map(type, row)) for row in found] == [list(map(type, row)) for row in rows]
    assert found[0][0] is found[1][0] is found[2][4]
    assert found[0][5] is found[1][5]
