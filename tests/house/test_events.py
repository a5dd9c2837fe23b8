"""Every fact that a domain tells is heard by somebody, or it is said why by nobody."""

import inspect
from importlib import import_module
from pkgutil import walk_packages

import bofen
from bofen.worker.jobs import JOBS
from bofen.worker.subscriptions import SUBSCRIBERS, UNHEARD


def topics() -> set[str]:
    return {
        found.topic
        for module in walk_packages(bofen.__path__, "bofen.")
        if module.name.endswith(".events")
        for _, found in inspect.getmembers(import_module(module.name), inspect.isclass)
        if hasattr(found, "topic")
    }


def test_every_event_has_a_listener_or_a_reason() -> None:
    assert topics() == SUBSCRIBERS.keys() | UNHEARD.keys()
    assert SUBSCRIBERS.keys() & UNHEARD.keys() == set()


def test_every_listener_is_a_job_that_runs() -> None:
    heard = {job for jobs in SUBSCRIBERS.values() for job in jobs}

    assert heard - JOBS.keys() == set()
