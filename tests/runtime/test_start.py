"""What a person reads who starts a role on the wrong ground: one sentence, and what to do."""

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bofen.runtime import doctor
from bofen.runtime.home import Home
from bofen.runtime.migrate import upgrade
from tests.runtime.apart import Apart, servers

OTHER_KEY = base64.b64encode(b"k" * 16 + bytes(range(16))).decode()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def ground() -> AsyncIterator[Apart]:
    async with servers() as made:
        yield made


async def _refused(apart: Apart, *arguments: str, **extra: str) -> str:
    code, said = await apart.command(*arguments, **extra)
    assert code == 1, said
    assert "Traceback" not in said
    return said


def _secrets_in(apart: Apart) -> None:
    for name in ("master_key", "media_secret"):
        Home(apart.home).secret(name)


async def _sql(apart: Apart, statement: str) -> None:
    db = apart.db()
    async with db.transaction() as tx:
        await tx.fetch(statement)
    await db.close()


async def test_roles_start_on_their_own_schema_and_key_only() -> None:
    """From an empty database to one of the future, as one installation lives it."""
    async with servers() as ground:
        _secrets_in(ground)
        assert "Run `bofen migrate` first" in await _refused(ground, "worker")
        assert (await ground.command("migrate"))[0] == 0

        other = await _refused(ground, "web", BOFEN_MASTER_KEY=OTHER_KEY)
        assert "not the one this database was sealed with" in other
        assert OTHER_KEY not in other

        await _sql(ground, "UPDATE alembic_version SET version_num = '9999'")
        said = await _refused(ground, "migrate")
        assert "newer Bofen" in said
        assert "9999" in said


async def test_the_doctor_tries_what_it_says(
    ground: Apart, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _secrets_in(ground)
    await asyncio.to_thread(upgrade, ground.postgres.url())
    for extra, said in (
        ({}, "✓ the database answers, is of this version and knows the master key"),
        ({}, "✓ Redis answers"),
        ({}, "✓ files are written and read"),
        ({}, "✗ workers: none lives"),
        ({"BOFEN_REDIS_URL": "redis://127.0.0.1:9/0"}, "✗ Redis cannot be used"),
        ({"BOFEN_STORAGE_URL": "s3://shop?endpoint=http://127.0.0.1:9"}, "✗ The storage cannot"),
        ({"BOFEN_DATABASE_URL": "postgresql://b@127.0.0.1:9/b"}, "✗ The database does not answer"),
        ({"BOFEN_WECHAT_PAY_PRIVATE_KEY": "no key"}, "✗ The keys of WeChat Pay cannot be read"),
        ({"BOFEN_WECHAT_PAY_V3_KEY": "k" * 31}, "✗ The keys of WeChat Pay cannot be read"),
        ({"BOFEN_MASTER_KEY": OTHER_KEY}, "✗ The master key"),
        ({"BOFEN_MASTER_KEY": "!" * 44}, "✗ BOFEN_MASTER_KEY is not base64"),
        ({"BOFEN_MASTER_KEY": "a-few"}, "✗ The settings do not fit: BOFEN_MASTER_KEY"),
    ):
        with monkeypatch.context() as patch:
            for name, value in (ground.environment | extra).items():
                patch.setenv(name, value)
            assert await doctor.examine() == 1
        assert said in (told := capsys.readouterr().out), told


async def test_a_role_alone_makes_no_secret_of_its_own(ground: Apart, tmp_path: Path) -> None:
    said = await _refused(ground, "rooms", BOFEN_HOME=str(tmp_path / "nowhere"))

    assert "BOFEN_MASTER_KEY is not set" in said
    assert not (tmp_path / "nowhere" / "secrets").exists()
