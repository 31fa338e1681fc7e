"""What comes from outside is read within bounds: nothing can fill a memory or a day, or lead away."""

from __future__ import annotations

import os
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from advisor.errors import InputError
from advisor.records import read
from advisor.records.limits import MAX_CELL_LINES, MAX_UNCLOSED
from advisor.records.table import Table
from command_line import CommandLine
from records_fixtures import CONNECTIONS, folder_of, sample_export, table, zip_of

ROW = ("Ana", "Souza", "", "", "", "", "08 Feb 2026")


def codes(path: Path) -> list[str]:
    """The codes with which `path` is refused."""
    with pytest.raises(InputError) as caught:
        read([path])
    assert all(each.hint for each in caught.value.complaints)
    return [each.code for each in caught.value.complaints]


def archive(path: Path, *members: tuple[zipfile.ZipInfo | str, bytes], **settings: int) -> Path:
    """An archive with members as they are given."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two members of one name are what some tests are about
        with zipfile.ZipFile(path, "w", **settings) as made:  # type: ignore[arg-type]  # the stubs want literals
            for name, content in members:
                made.writestr(name, content)
    return path


@pytest.fixture
def connections() -> bytes:
    """A small file."""
    return table(CONNECTIONS, [ROW])


@pytest.mark.parametrize(
    "name",
    ["../Connections.csv", "/Connections.csv", "a/../../Connections.csv", "C:/Connections.csv", "a\nb.csv"],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, connections: bytes, name: str) -> None:
    """Nothing is unpacked, and an archive that tries is not trusted in anything else."""
    made = archive(tmp_path / "a.zip", ("Connections.csv", connections), (zipfile.ZipInfo(name), connections))
    assert codes(made) == ["unsafe-archive"]


def test_links_in_an_archive_are_refused(tmp_path: Path, connections: bytes) -> None:
    """A link leads to whatever its maker wants read."""
    link = zipfile.ZipInfo("Invitations.csv")
    link.external_attr = 0o120777 << 16
    made = archive(tmp_path / "a.zip", ("Connections.csv", connections), (link, b"/etc/passwd"))
    assert codes(made) == ["unsafe-archive"]


def test_two_files_of_one_name_are_refused(tmp_path: Path, connections: bytes) -> None:
    """Nobody could tell which of them is meant."""
    made = archive(tmp_path / "a.zip", ("Connections.csv", connections), ("Connections.csv", connections))
    assert codes(made) == ["unsafe-archive"]


def test_encrypted_files_are_refused(tmp_path: Path, connections: bytes) -> None:
    """The platform encrypts nothing."""
    made = archive(tmp_path / "a.zip", ("Connections.csv", connections))
    content = bytearray(made.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    made.write_bytes(content)
    assert codes(made) == ["unsafe-archive"]


def test_unusual_packing_is_refused(tmp_path: Path, connections: bytes) -> None:
    """Other methods pack an endless file into a few bytes."""
    made = archive(tmp_path / "a.zip", ("Connections.csv", connections), compression=zipfile.ZIP_LZMA)
    assert codes(made) == ["unsafe-archive"]


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(-1, id="cut off"),
        pytest.param(b"PK", id="nothing but its sign"),
        pytest.param(b"", id="empty"),
        pytest.param(b"plain text, whatever its name says", id="no archive"),
    ],
)
def test_what_is_no_whole_archive_is_refused(tmp_path: Path, broken: bytes | int) -> None:
    """Half of an archive is not read by half."""
    made = zip_of(tmp_path, sample_export(), "a.zip")
    made.write_bytes(made.read_bytes()[:broken] if isinstance(broken, int) else broken)
    assert codes(made) == ["bad-archive"]


def test_a_wrong_check_sum_is_seen(tmp_path: Path) -> None:
    """A file that is not what it was when it was packed is not read."""
    made = archive(tmp_path / "a.zip", ("Connections.csv", table(CONNECTIONS, [ROW])))
    content = made.read_bytes()
    made.write_bytes(content.replace(b"Souza", b"Sousa"))
    assert codes(made) == ["bad-archive"]


def test_every_byte_of_an_archive_may_be_wrong(tmp_path: Path) -> None:
    """Whatever stands in the place of a byte, the archive is read or refused, and nothing else happens."""
    made = archive(
        tmp_path / "a.zip", ("Connections.csv", table(CONNECTIONS, [ROW])), compression=zipfile.ZIP_DEFLATED
    )
    content = made.read_bytes()
    outcomes = set()
    for place in range(len(content)):
        made.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        try:
            read([made])
            outcomes.add("read")
        except InputError as error:
            outcomes |= {each.code for each in error.complaints}
    assert {"read", "bad-archive"} <= outcomes


def test_archives_in_archives_are_not_opened(tmp_path: Path, connections: bytes) -> None:
    """They are listed as not used."""
    inner = archive(tmp_path / "inner.zip", ("Invitations.csv", b"x")).read_bytes()
    made = archive(tmp_path / "a.zip", ("Connections.csv", connections), ("more.zip", inner))
    reading = read([made])
    assert reading.records.files == {"connections"}
    assert any("not opened" in each.unused for each in reading.files)


def test_a_bomb_is_stopped_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an archive says of its own size is not believed: bytes are counted as they come."""
    monkeypatch.setattr("advisor.records.streams.RATIO_FROM", 10_000)
    bomb = table(CONNECTIONS, []) + b" " * 3_000_000
    made = archive(tmp_path / "a.zip", ("Connections.csv", bomb), compression=zipfile.ZIP_DEFLATED)
    assert codes(made) == ["too-much-data"]


@pytest.mark.parametrize("limit", ["MAX_FILE", "MAX_ALL"])
def test_sizes_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """One file, and all files together."""
    folder = folder_of(tmp_path, sample_export())
    read([folder])
    monkeypatch.setattr(f"advisor.records.streams.{limit}", 500)
    assert "too-much-data" in codes(folder)


def test_rows_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More rows than anybody can have connections."""
    monkeypatch.setattr("advisor.records.files.MAX_ROWS", 2)
    path = tmp_path / "Connections.csv"
    path.write_bytes(table(CONNECTIONS, [ROW, ROW]))
    read([path])
    path.write_bytes(table(CONNECTIONS, [ROW, ROW, ROW]))
    assert codes(path) == ["too-much-data"]


def test_an_endless_line_costs_its_row_only(tmp_path: Path) -> None:
    """The rows around it are read, and it is never held whole."""
    path = tmp_path / "Connections.csv"
    path.write_bytes(table(CONNECTIONS, [ROW]) + b"x" * 5_000_000 + b"\nBo,Li,,,,,09 Feb 2026\n")
    reading = read([path])
    assert [each.name for each in reading.records.connections] == ["Ana Souza", "Bo Li"]
    assert [(each.line, each.code) for each in reading.doubts] == [(3, "damaged-row")]
    path.write_bytes(b"x" * 5_000_000)
    assert codes(path) == ["unknown-columns"]


def test_a_quotation_mark_swallows_nothing(tmp_path: Path) -> None:
    """However many rows follow one that nobody closed."""
    rows = b"".join(b'Bo,"Li %d",,,,,09 Feb 2026\n' % number for number in range(5_000))
    path = tmp_path / "Connections.csv"
    path.write_bytes(table(CONNECTIONS, [ROW]) + b'Cy,"Ox,,,,,10 Feb 2026\n' + rows)
    reading = read([path])
    assert len(reading.records.connections) == 5_001
    assert [(each.line, each.code) for each in reading.doubts] == [(3, "damaged-row")]


def test_folders_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    """Folders that are links are not followed; deep ones are not looked into for ever."""
    folder = folder_of(tmp_path, sample_export())
    (folder / "again").symlink_to(folder)
    assert "connections" in read([folder]).records.files


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home folder is no export."""
    monkeypatch.setattr("advisor.records.places.MAX_ENTRIES", 3)
    assert codes(folder_of(tmp_path, sample_export())) == ["too-much-data"]
    monkeypatch.setattr("advisor.records.archives.MAX_ENTRIES", 3)
    assert codes(zip_of(tmp_path, sample_export())) == ["too-much-data"]
    monkeypatch.setattr("advisor.records.archives.MAX_INDEX", 100)
    assert codes(zip_of(tmp_path, sample_export())) == ["too-much-data"]


def test_pipes_and_devices_are_not_read(tmp_path: Path, connections: bytes) -> None:
    """Neither named nor found in a folder: nobody waits for ever."""
    pipe = tmp_path / "Connections.csv"
    os.mkfifo(pipe)
    assert codes(pipe) == ["not-a-file"]
    assert codes(Path("/dev/zero")) == ["not-a-file"]
    assert codes(tmp_path) == ["no-records"]
    pipe.unlink()
    pipe.symlink_to("/dev/zero")
    assert codes(tmp_path) == ["no-records"]


def test_an_archive_that_grows_behind_its_index_is_refused(tmp_path: Path) -> None:
    """The list of files is looked at before it is read whole."""
    made = zip_of(tmp_path, sample_export())
    content = bytearray(made.read_bytes())
    struct.pack_into("<I", content, content.rindex(b"PK\x05\x06") + 12, 0xFFFFFFF0)
    made.write_bytes(content)
    assert codes(made) == ["too-much-data"]


def test_the_size_that_the_library_believes_is_looked_at(tmp_path: Path) -> None:
    """Large archives say the size of their index twice, and the first may be small and wrong."""
    made = zip_of(tmp_path, sample_export())
    content = made.read_bytes()
    end = content.rindex(b"PK\x05\x06")
    index, begins = struct.unpack_from("<II", content, end + 12)
    for size, code in ((index, ""), (2**40, "too-much-data")):
        large = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 8, 8, size, begins)
        pointer = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
        made.write_bytes(content[:end] + large + pointer + content[end:])
        assert codes(made) == [code] if code else read([made]).records.connections


def test_a_file_without_a_name_is_refused(tmp_path: Path, connections: bytes) -> None:
    """The library itself stumbles over it."""
    made = archive(tmp_path / "a.zip", ("Connections.csv", connections), ("x", b""))
    made.write_bytes(made.read_bytes().replace(b"x", b"\0"))  # a name ends at the first NUL
    assert codes(made) == ["unsafe-archive"]


def test_quotation_marks_that_never_close_cost_no_more_than_their_lines(tmp_path: Path) -> None:
    """Each line closes one and opens another, so that every row would go on as far as a cell may."""
    lines = 20_000
    path = tmp_path / "Connections.csv"
    path.write_bytes(table(CONNECTIONS, [ROW]) + b'a",b,"c\n' * lines + b"Bo,Ek,,,,,08 Feb 2026\n")
    asked = 0
    real = Table._next

    def counted(table: Table) -> str:
        nonlocal asked
        asked += 1
        return real(table)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Table, "_next", counted)
        found = read([path])
    assert [each.name for each in found.records.connections] == ["Ana Souza", "Bo Ek"]
    assert asked < (MAX_UNCLOSED + 2) * MAX_CELL_LINES + lines


def test_all_complaints_are_told_at_once(tmp_path: Path, cli: CommandLine) -> None:
    """About every path that was named, and with the exit code of bad input."""
    (tmp_path / "a.zip").write_bytes(b"")
    told = cli("import", tmp_path / "a.zip", tmp_path / "nothing.csv")
    assert told.code == 2
    assert sorted(told.codes) == ["bad-archive", "no-such-file"]
    assert told.out == ""
