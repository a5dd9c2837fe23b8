"""A buyer's delivery addresses, shown to him unmasked."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.identity import addresses
from bofen.kit import clock
from bofen.web.deps import CurrentBuyer, Svc
from bofen.web.shapes import Body, Line, Listed, Phone, Shape

router = APIRouter(prefix="/addresses", tags=["addresses"])


Short = Annotated[Line, Field(min_length=1, max_length=40)]


class AddressIn(Body):
    """An address as its owner writes it."""

    name: Short
    phone: Phone
    province: Short
    city: Short
    district: Annotated[Line, Field(max_length=40)] = ""
    """Empty in cities that have none: 东莞, 中山, 儋州, 嘉峪关."""
    detail: Annotated[Line, Field(min_length=1, max_length=120)]
    is_default: bool = False

    def address(self) -> addresses.Address:
        """The same for identity, without the wish to be the default."""
        return addresses.Address(**self.model_dump(exclude={"is_default"}))


class AddressOut(Shape):
    """One's own address, in full."""

    id: UUID
    name: str
    phone: str
    province: str
    city: str
    district: str
    detail: str
    is_default: bool


def _shown(kept: addresses.KeptAddress) -> AddressOut:
    return AddressOut(id=kept.id, is_default=kept.is_default, **vars(kept.address))


@router.get("")
async def my_addresses(buyer: CurrentBuyer, svc: Svc) -> Listed[AddressOut]:
    """The default first, then the newest."""
    async with svc.db.transaction() as tx:
        kept = await addresses.all_of(tx, svc.vault, buyer.id)
    return Listed(items=[_shown(each) for each in kept])


@router.post("", status_code=201)
async def add_address(asked: AddressIn, buyer: CurrentBuyer, svc: Svc) -> AddressOut:
    """A new address; the first is the default."""
    async with svc.db.transaction() as tx:
        address_id = await addresses.add(
            tx,
            svc.vault,
            buyer.id,
            asked.address(),
            clock.now(),
            is_default=asked.is_default,
        )
        kept = await addresses.all_of(tx, svc.vault, buyer.id)
    return next(_shown(each) for each in kept if each.id == address_id)


@router.put("/{address_id}")
async def change_address(
    address_id: UUID, asked: AddressIn, buyer: CurrentBuyer, svc: Svc
) -> AddressOut:
    """The whole address as it shall be."""
    async with svc.db.transaction() as tx:
        await addresses.change(
            tx, svc.vault, buyer.id, address_id, asked.address(), is_default=asked.is_default
        )
        kept = await addresses.all_of(tx, svc.vault, buyer.id)
    return next(_shown(each) for each in kept if each.id == address_id)


@router.delete("/{address_id}", status_code=204)
async def remove_address(address_id: UUID, buyer: CurrentBuyer, svc: Svc) -> None:
    """Orders keep the copy that they were placed with."""
    async with svc.db.transaction() as tx:
        await addresses.remove(tx, buyer.id, address_id)
