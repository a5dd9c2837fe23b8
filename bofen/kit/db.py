"""One way to reach PostgreSQL. Only edges open transactions; nobody commits by hand.

Facts for other domains leave through `Tx.emit`: one job row per subscriber in PgQueuer's table,
written in the same transaction as the change they tell of (docs/decisions/0004-outbox.md).
"""

import json
from asyncio import CancelledError
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import asdict, fields
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar, get_args, get_type_hints
from uuid import UUID

from asyncpg import (
    Connection,
    IntegrityConstraintViolationError,
    InterfaceError,
    LockNotAvailableError,
    PostgresError,
    QueryCanceledError,
)
from pgqueuer import Queries
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from bofen.kit import log
from bofen.kit.errors import TookTooLong, Unavailable

Result = TypeVar("Result")
Row = TypeVar("Row")
_log = log.get(__name__)

ConstraintViolated = IntegrityConstraintViolationError
"""A unique, foreign or check constraint says no to a statement of `Tx.fetch`."""

LockTimedOut = LockNotAvailableError
"""Somebody held a lock for longer than `lock_timeout` lets us wait."""

_RETRIED = frozenset({"40P01", "40001"})  # deadlock detected, serialization failure

STATEMENT_MAX = timedelta(seconds=30)
REPORT_MAX = timedelta(seconds=60)
"""What takes longer is ended by the database: nobody waits for the answer any more."""


def _how(statement_max: timedelta, **more: str) -> dict[str, Any]:
    settings = {
        "timezone": "UTC",
        "application_name": "bofen",
        "statement_timeout": str(int(statement_max.total_seconds() * 1000)),
        **more,
    }
    return {
        # BEGIN and COMMIT are ours (`_begun`): statements go to asyncpg without SQLAlchemy between.
        "isolation_level": "AUTOCOMMIT",
        # `_refuse_closed` knows a dead connection without asking, which would cost a round trip.
        "pool_pre_ping": False,
        # What people typed and what is sealed must not stand in errors, which go to the log.
        "hide_parameters": True,
        "connect_args": {"timeout": 10, "server_settings": settings},
        "max_overflow": 0,
    }


_AWAY = ("08", "57P")  # the connection broke, the server shuts down or starts up
_TRIES = 3
_BATCH = 500
_CANCELLED = "57014"
_How = Mapping[str, Any]
_SNAPSHOT: _How = {"isolation": "repeatable_read", "readonly": True}
_REPORT_MEMORY = "64MB"
_LOCKS_MAX = 40
_REPORT_CONNECTIONS = 2
"""Reports wait for each other, never a buyer for them: they have a pool of their own."""


class Event(Protocol):
    """A frozen dataclass with a `topic`: a fact, in the past tense."""

    topic: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


class Tx(AsyncSession):
    """An open transaction. Holding one is the permission to write.

    One row that guards its own state (`order.become(…)`) is a model, read and written by the ORM.
    Everything else is a statement: `rows` for what is read, `fetch` for what is written.
    See docs/decisions/0012-rows-and-models.md.
    """

    driver: "Connection[Any]"
    """The connection of this transaction, as asyncpg has it."""

    async def rows(self, kind: type[Row], sql: str, *args: Any) -> list[Row]:
        """The rows of a question, each as a `kind`: a dataclass whose fields name the columns.

        Enums are read from their values; jsonb has been decoded by the driver already.
        """
        enums = _enums_of(kind)  # type: ignore[arg-type] # classes do hash
        found = await self.fetch(sql, *args)
        for row in found:
            for name, enum in enums:
                if row[name] is not None:
                    row[name] = enum(row[name])
        return [kind(**row) for row in found]

    async def fetch(self, sql: str, *args: Any) -> list[dict[str, Any]]:
        """Run one statement with `$1` parameters; arrays go in as lists (`$1::uuid[]`).

        jsonb goes in as text (`$1::jsonb`) and comes out decoded. Raises `ConstraintViolated`.
        """
        return [dict(row) for row in await self.driver.fetch(sql, *args)]

    async def changed(self, sql: str, *args: Any) -> int:
        """Run one INSERT, UPDATE or DELETE as `fetch` does: how many rows it touched."""
        status: str = await self.driver.execute(sql, *args)
        return int(status.rpartition(" ")[2])

    async def queue_up(self, *names: str, is_shared: bool = False) -> None:
        """Wait until nobody else is in these queues; until this transaction ends nobody else is.

        Of several names in one order, so that no two wait for each other. Those who are in it
        `is_shared` do not wait for one another.
        """
        lock = "pg_advisory_xact_lock_shared" if is_shared else "pg_advisory_xact_lock"
        for name in sorted(names):
            await self.fetch(f"SELECT {lock}(hashtextextended($1, 0))", name)

    async def copy(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert rows by binary COPY, which costs least of all ways: for what is only inserted.

        Each row has its values in the order of `columns`; jsonb goes in as text.
        """
        await self.driver.copy_records_to_table(table, columns=columns, records=rows)

    async def batches(self, kind: type[Row], sql: str, *args: Any) -> AsyncIterator[list[Row]]:
        """As `rows`, by a cursor of the server: some hundred rows at a time, for what is long."""
        cursor = await self.driver.cursor(sql, *args)
        while found := await cursor.fetch(_BATCH):
            yield [kind(**row) for row in found]

    async def emit(self, *events: Event) -> None:
        """Tell every subscriber of each event, once this transaction has committed."""
        subscribers: Mapping[str, Sequence[str]] = self.info["subscribers"]
        jobs = [(name, e) for e in events for name in subscribers.get(e.topic, ())]
        if jobs:
            payloads: list[bytes | None] = [facts_of(event) for _, event in jobs]
            await Queries(JobDriver(self)).enqueue(  # type: ignore[arg-type]
                [name for name, _ in jobs], payloads, [0] * len(jobs)
            )

    async def enqueue(
        self, job: str, facts: Mapping[str, Any], after: timedelta | None = None
    ) -> None:
        """Have `job` run once this transaction has committed, at the earliest `after` from now."""
        payload = json.dumps(facts, default=str).encode()
        await Queries(JobDriver(self)).enqueue(  # type: ignore[arg-type]
            job, payload, execute_after=after
        )


@cache
def _enums_of(kind: type) -> list[tuple[str, type[Enum]]]:
    """The fields of a dataclass that hold an enum, perhaps or None."""
    hints = get_type_hints(kind)
    return [
        (field.name, part)
        for field in fields(kind)
        for part in (hints[field.name], *get_args(hints[field.name]))
        if isinstance(part, type) and issubclass(part, Enum)
    ]


class JobDriver:
    """What PgQueuer's `Queries` needs of a driver: our own transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        """Within our transaction."""
        return await self._tx.fetch(query, *args)

    async def execute(self, query: str, *args: object) -> str:
        """Within our transaction; PgQueuer does not look at the answer."""
        await self._tx.fetch(query, *args)
        return ""


def facts_of(event: Event) -> bytes:
    """An event as JSON; ids and times become strings."""
    return json.dumps(asdict(event), default=str).encode()


class Database:
    """The merchant's database, and the table of who hears which event."""

    def __init__(
        self,
        url: str,
        subscribers: Mapping[str, Sequence[str]],
        *,
        replica_url: str | None = None,
        connections_max: int = 16,
    ) -> None:
        self.url = url
        how = _how(STATEMENT_MAX)
        self.engine = create_async_engine(url, pool_size=connections_max, **how)
        self.replica = (
            create_async_engine(replica_url, pool_size=connections_max, **how)
            if replica_url
            else self.engine
        )
        self._reports = create_async_engine(
            replica_url or url,
            pool_size=_REPORT_CONNECTIONS,
            pool_timeout=REPORT_MAX.total_seconds(),
            **_how(REPORT_MAX, work_mem=_REPORT_MEMORY),
        )
        # Whoever holds a lock works on another connection: of one pool, all could hold and wait.
        locks = _how(STATEMENT_MAX) | {"pool_size": 2, "max_overflow": _LOCKS_MAX}
        self._locks = create_async_engine(url, **locks)
        for engine in {self.engine, self.replica, self._reports, self._locks}:
            event.listen(engine.sync_engine, "checkout", _refuse_closed)
        made = {"class_": Tx, "expire_on_commit": False, "info": {"subscribers": subscribers}}
        self._session = async_sessionmaker(self.engine, **made)  # type: ignore[call-overload]
        self._reading = async_sessionmaker(self.replica, **made)  # type: ignore[call-overload]
        self._reporting = async_sessionmaker(self._reports, **made)  # type: ignore[call-overload]

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """Commits when the block ends well, rolls back when it does not.

        Raises `Unavailable` when the database cannot be reached, or goes away in the middle.
        """
        async with _begun(self._session, {}) as tx:
            yield tx

    @asynccontextmanager
    async def question(self) -> AsyncIterator[Tx]:
        """For one reading statement, a transaction by itself: BEGIN and COMMIT cost more."""
        async with _begun(self._session, None) as tx:
            yield tx

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Tx]:
        """A read-only snapshot, from the replica where there is one: for lists and reports."""
        async with _begun(self._reading, _SNAPSHOT) as tx:
            yield tx

    @asynccontextmanager
    async def reporting(self) -> AsyncIterator[Tx]:
        """As `reading`, for what adds up much: few at a time, on connections of their own.

        Raises `TookTooLong` after `REPORT_MAX`.
        """
        try:
            async with _begun(self._reporting, _SNAPSHOT) as tx:
                yield tx
        except (DBAPIError, QueryCanceledError) as error:
            if _sqlstate(error) == _CANCELLED:
                raise TookTooLong(int(REPORT_MAX.total_seconds())) from error
            raise

    async def run(self, story: Callable[[Tx], Awaitable[Result]]) -> Result:
        """`story` in a transaction of its own; tried again when the database chose it as victim."""
        for tried in range(1, _TRIES + 1):
            try:
                async with self.transaction() as tx:
                    return await story(tx)
            except (DBAPIError, PostgresError) as error:
                if tried == _TRIES or _sqlstate(error) not in _RETRIED:
                    raise
        raise AssertionError

    @asynccontextmanager
    async def alone(self, name: str) -> AsyncIterator[bool]:
        """Whether nobody else is within `alone(name)` now, on any machine. Nobody waits.

        The lock belongs to a connection of its own and dies with it. Raises `Unavailable`.
        """
        async with _reached(), self._locks.connect() as connection:
            locked = "SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS mine"
            is_alone = bool((await connection.exec_driver_sql(locked, (name,))).scalar())
            try:
                yield is_alone
            finally:
                if is_alone:
                    unlock = "SELECT pg_advisory_unlock(hashtextextended($1, 0))"
                    await connection.exec_driver_sql(unlock, (name,))

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()
        await self._reports.dispose()
        await self._locks.dispose()
        if self.replica is not self.engine:
            await self.replica.dispose()


def driver_url(url: str) -> str:
    """`url` of SQLAlchemy as asyncpg itself reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@asynccontextmanager
async def _begun(sessions: async_sessionmaker[Tx], how: _How | None) -> AsyncIterator[Tx]:
    """What the ORM still holds back is written before the COMMIT. `how` None: there is none.

    A connection on which somebody hung up, or whose transaction came to no end, is cut: left in the
    middle of BEGIN it would hold its locks in the pool, and whoever got it next would work within
    that transaction, which nobody commits.
    """
    async with _reached(), sessions() as tx:
        await _connect(tx)
        has_begun = has_ended = False
        try:
            async with nullcontext() if how is None else tx.driver.transaction(**how):
                has_begun = True
                yield tx
                if tx.new or tx.dirty or tx.deleted:
                    await tx.flush()
            has_ended = True
        except InterfaceError as error:
            if tx.driver.is_closed():
                # SQLAlchemy cuts a connection whose statement was cancelled: that is no refusal.
                if isinstance(error.__context__, CancelledError):
                    raise error.__context__ from None
                _log.warning("database_lost", error=str(error))
                raise Unavailable("database") from error
            raise
        except Exception:
            has_ended = has_begun and not tx.driver.is_in_transaction()
            raise
        finally:
            if not has_ended:
                tx.driver.terminate()


async def _connect(tx: Tx) -> None:
    """Before any word of the story: what fails here is the way to the database."""
    try:
        connection = await tx.connection()
    except (OSError, TimeoutError, PostgresError, SQLAlchemyError) as error:
        _log.warning("database_away", error=str(error))
        raise Unavailable("database") from error
    assert connection.sync_connection is not None
    tx.driver = connection.sync_connection.connection.driver_connection


def _refuse_closed(connection: Any, *_: object) -> None:
    """A connection that was closed or cut is not handed out: the pool makes a new one."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError


@asynccontextmanager
async def _reached() -> AsyncIterator[None]:
    try:
        yield
    except (DBAPIError, PostgresError, ConnectionError) as error:
        is_away = isinstance(error, ConnectionError) or _is_invalidated(error)
        if is_away or _sqlstate(error).startswith(_AWAY):
            _log.warning("database_lost", error=str(getattr(error, "orig", error)))
            raise Unavailable("database") from error
        raise


def _is_invalidated(error: Exception) -> bool:
    return isinstance(error, DBAPIError) and error.connection_invalidated


def _sqlstate(error: Exception) -> str:
    """PostgreSQL's own code of an error, whether SQLAlchemy has wrapped it or not."""
    return str(getattr(getattr(error, "orig", error), "sqlstate", ""))


def plain(value: Any) -> Any:
    """Ids and times as strings, for JSON that leaves Python."""
    return str(value) if isinstance(value, UUID | datetime | date) else value
