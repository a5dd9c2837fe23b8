from dataclasses import dataclass

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class WrongCode(Refusal):
    """The phone code is wrong, expired, or was tried too often."""

    code = "wrong_code"
    status = 401


@dataclass(eq=False)
class WrongPassword(Refusal):
    """Login or password is wrong; we do not say which."""

    code = "wrong_password"
    status = 401


@dataclass(eq=False)
class StaffInactive(Refusal):
    """The login was deactivated: said only to whoever knows its password, or was signed in."""

    code = "staff_inactive"
    status = 401


@dataclass(eq=False)
class SessionExpired(Refusal):
    """A member of staff has been signed in for as long as that lasts."""

    code = "session_expired"
    status = 401


@dataclass(eq=False)
class AccessChanged(Refusal):
    """The role or the password is another since this member of staff signed in."""

    code = "access_changed"
    status = 401


@dataclass(eq=False)
class OldPasswordWrong(Refusal):
    """Whoever sits at this desk does not know the password of the person who signed in here."""

    code = "old_password_wrong"
    status = 409


@dataclass(eq=False)
class PasswordGuessable(Refusal):
    """Too common, too plain, or the login itself."""

    code = "password_guessable"
    status = 422


@dataclass(eq=False)
class WeChatTaken(Refusal):
    """The WeChat account has bought or recommended here before, as somebody else."""

    code = "wechat_taken"


@dataclass(eq=False)
class WeChatLinked(Refusal):
    """The person pays with another WeChat account already."""

    code = "wechat_linked"


@dataclass(eq=False)
class StateMismatch(Refusal):
    """The browser that came back from WeChat is not the one that left."""

    code = "sign_in_state_mismatch"
    status = 401


@dataclass(eq=False)
class NicknameRefused(Refusal):
    """Empty, too long, or of characters that cannot be shown."""

    code = "nickname_refused"
    status = 422


@dataclass(eq=False)
class TooManyAddresses(Refusal):
    """A person keeps no more than `limit` addresses: remove one first."""

    code = "too_many_addresses"
    limit: int


@dataclass(eq=False)
class LoginTaken(Refusal):
    """Another member of staff signs in by this name, perhaps one who left."""

    code = "login_taken"


@dataclass(eq=False)
class LastOwner(Refusal):
    """A shop without an owner could never be given one again."""

    code = "last_owner"
