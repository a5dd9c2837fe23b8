from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from bofen.identity.rules import Role
from bofen.kit.ids import new_id
from bofen.kit.model import Model, one_of


class Person(Model):
    """Whoever came to the shop: buyer, viewer, affiliate."""

    __tablename__ = "identity_person"
    __table_args__ = (
        Index(
            "ix_identity_person_nickname",
            literal_column("lower(nickname)").label("lowered"),
            postgresql_ops={"lowered": "text_pattern_ops"},
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    nickname: Mapped[str]
    created_at: Mapped[datetime]
    avatar_key: Mapped[str | None] = mapped_column(default=None)
    phone_sealed: Mapped[bytes | None] = mapped_column(default=None)
    phone_index: Mapped[bytes | None] = mapped_column(unique=True, default=None)


class WeChatAccount(Model):
    """One person, as one app of WeChat names him."""

    __tablename__ = "identity_wechat"

    appid: Mapped[str] = mapped_column(primary_key=True)
    openid: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("identity_person.id"), index=True)
    unionid: Mapped[str | None] = mapped_column(index=True, default=None)


class Session(Model):
    """A sign-in of a person or of staff. Only the hash of its token is kept."""

    __tablename__ = "identity_session"
    __table_args__ = (
        CheckConstraint("num_nonnulls(person_id, staff_id) = 1", name="one_actor"),
        Index("ix_identity_session_expires_at", "expires_at"),
    )

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("identity_person.id"), index=True, default=None
    )
    staff_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("identity_staff.id"), index=True, default=None
    )
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)


class ProvedPhone(Model):
    """A phone that a person has proved by code; two persons who proved one are one human."""

    __tablename__ = "identity_phone"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("identity_person.id"), primary_key=True)
    phone_index: Mapped[bytes] = mapped_column(primary_key=True)
    phone_sealed: Mapped[bytes]
    proved_at: Mapped[datetime]


class PhoneCode(Model):
    """The newest code sent to a phone; an older one is good no more."""

    __tablename__ = "identity_phone_code"
    __table_args__ = (Index("ix_identity_phone_code_expires_at", "expires_at"),)

    phone_index: Mapped[bytes] = mapped_column(primary_key=True)
    code_hash: Mapped[bytes]
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)


class Staff(Model):
    """Who works here; one who left stays, for the audit names him."""

    __tablename__ = "identity_staff"
    __table_args__ = (CheckConstraint(one_of("role", Role), name="role"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str]
    role: Mapped[str]
    created_at: Mapped[datetime]
    is_active: Mapped[bool] = mapped_column(default=True)
    person_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("identity_person.id"), index=True, default=None
    )
    """Who this is, where somebody has proved or said it: two logins may be one person."""


class StaffPerson(Model):
    """Whom a login was ever proved or said to be, the present one among them."""

    __tablename__ = "identity_staff_person"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey("identity_staff.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("identity_person.id"), primary_key=True, index=True
    )
    at: Mapped[datetime]


class Address(Model):
    """A delivery address: region plain, name, phone and street sealed."""

    __tablename__ = "identity_address"
    __table_args__ = (
        Index(
            "uq_identity_address_default",
            "person_id",
            unique=True,
            postgresql_where=text("is_default"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("identity_person.id"), index=True)
    name_sealed: Mapped[bytes]
    phone_sealed: Mapped[bytes]
    detail_sealed: Mapped[bytes]
    province: Mapped[str]
    city: Mapped[str]
    district: Mapped[str]
    created_at: Mapped[datetime]
    is_default: Mapped[bool] = mapped_column(default=False)


class Audit(Model):
    """What staff did that somebody may ask about later."""

    __tablename__ = "identity_audit"
    __table_args__ = (Index("ix_identity_audit_subject_at", "subject", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("identity_staff.id"), index=True)
    action: Mapped[str]
    subject: Mapped[str]
    facts: Mapped[dict[str, Any]]
    at: Mapped[datetime]
