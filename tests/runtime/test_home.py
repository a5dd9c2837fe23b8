from pathlib import Path

import pytest

from bofen.runtime.errors import CannotStart
from bofen.runtime.home import VERSION, Home


def test_one_home_has_one_master(tmp_path: Path) -> None:
    first = Home(tmp_path)
    first.open()

    with pytest.raises(CannotStart, match="in use"):
        Home(tmp_path).open()

    first.close()
    second = Home(tmp_path)
    second.open()
    second.close()


def test_a_home_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "version").write_text(f"{VERSION + 1}\n")
    before = sorted(path.name for path in tmp_path.iterdir())

    with pytest.raises(CannotStart, match="newer Bofen"):
        Home(tmp_path).open()

    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    home = Home(tmp_path)

    assert home.secret("master_key") == home.secret("master_key")
    assert (tmp_path / "secrets" / "master_key").stat().st_mode & 0o077 == 0


def test_a_home_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(CannotStart, match="cannot be made"):
        Home(tmp_path / "file" / "home").open()
