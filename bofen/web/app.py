"""The HTTP edge: one application for each audience, one way to refuse, and the clients' files."""

from pathlib import Path

from fastapi import APIRouter, FastAPI

from bofen.flows.services import Services
from bofen.web import answers, files, sockets
from bofen.web.actors import Actors
from bofen.web.affiliate import application, links, money
from bofen.web.affiliate import orders as affiliate_orders
from bofen.web.buyer import (
    addresses,
    after_sales,
    cart,
    categories,
    hall,
    me,
    orders,
    products,
    profile,
    quotes,
    replays,
    rooms,
    sessions,
    shares,
    shop,
    tracking,
)
from bofen.web.buyer.doors import doors_of
from bofen.web.callbacks import couriers, streams, wechat_pay
from bofen.web.crowd import Crowd
from bofen.web.edge import Edge
from bofen.web.host import control
from bofen.web.host import sessions as host_sessions
from bofen.web.merchant import (
    affiliates,
    bulk_changes,
    jobs,
    overview,
    pictures,
    plan,
    product_versions,
    refunds,
    reports,
    settings,
    shipments,
    staff,
    staff_persons,
    stock,
    stock_journal,
    stock_takes,
    turnover,
    withdrawals,
)
from bofen.web.merchant import after_sales as merchant_after_sales
from bofen.web.merchant import categories as merchant_categories
from bofen.web.merchant import orders as merchant_orders
from bofen.web.merchant import products as merchant_products
from bofen.web.merchant import rooms as merchant_rooms
from bofen.web.merchant import sessions as merchant_sessions
from bofen.web.pages import Pages

AUDIENCES: dict[str, list[APIRouter]] = {
    "buyer": [
        sessions.router,
        me.router,
        profile.router,
        addresses.router,
        categories.router,
        products.router,
        cart.router,
        quotes.router,
        orders.router,
        tracking.router,
        after_sales.router,
        rooms.router,
        replays.router,
        hall.router,
        shares.router,
        shop.router,
    ],
    "affiliate": [application.router, links.router, money.router, affiliate_orders.router],
    "host": [host_sessions.router, control.router],
    "merchant": [
        merchant_sessions.router,
        staff_persons.router,
        staff.router,
        merchant_categories.router,
        merchant_products.router,
        product_versions.router,
        bulk_changes.router,
        pictures.router,
        stock.router,
        stock_journal.router,
        stock_takes.router,
        turnover.router,
        refunds.router,
        shipments.router,
        merchant_orders.router,
        merchant_after_sales.router,
        affiliates.router,
        plan.router,
        withdrawals.router,
        reports.router,
        overview.router,
        settings.router,
        jobs.router,
        merchant_rooms.router,
    ],
    "callbacks": [wechat_pay.router, couriers.router, streams.router],
}

SOCKETS: dict[str, APIRouter] = {"buyer": sockets.rooms, "host": sockets.rooms}
"""What is sent to clients without a request, as OpenAPI has it: under `webhooks`."""


STAFF_ONLY = frozenset({"host", "merchant", "callbacks"})
"""Whose documents a production shows nobody: they say what there is to attack."""


def audience_app(name: str, *, has_document: bool = True) -> FastAPI:
    """The API of one audience, with its own OpenAPI document."""
    app = FastAPI(
        title=f"Bofen {name} API",
        version="1",
        docs_url="/docs" if has_document else None,
        redoc_url=None,
        openapi_url="/openapi.json" if has_document else None,
        redirect_slashes=False,  # it would send people to whatever Host the request named
        responses=answers.REFUSED,
        webhooks=SOCKETS.get(name),
        generate_unique_id_function=lambda route: (
            f"{route.name}_{route.tags[0]}" if route.tags else route.name
        ),
    )
    answers.install(app)
    for router in AUDIENCES[name]:
        app.include_router(router)
    return app


def create_app(
    services: Services, shop: Path | None = None, console: Path | None = None
) -> FastAPI:
    """Everything that answers HTTP: five audiences, files, and both clients from their folders."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    known, placing = Actors(services), orders.placing_of(services)
    taking_money = wechat_pay.taking_money_of(services)
    app.add_middleware(Edge, settings=services.settings)
    answers.install(app)
    app.state.services, app.state.actors = services, known
    pages, speech = Pages(services), rooms.Speech(services)
    app.state.crowd = Crowd(doors_of(known, pages, placing, speech), services.settings)
    for name in AUDIENCES:
        is_shown = not (services.settings.production and name in STAFF_ONLY)
        part = audience_app(name, has_document=is_shown)
        part.state.services, part.state.actors, part.state.placing = services, known, placing
        part.state.pages, part.state.speech = pages, speech
        part.state.taking_money = taking_money
        app.mount(f"/api/{name}", part)
    app.include_router(files.router)
    files.mount_clients(app, services.settings, shop, console)
    return app
