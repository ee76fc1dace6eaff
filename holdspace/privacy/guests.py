"""Tables that parts of others bring into the house."""

from . import periods
from .holdings import Fate, Holding

EMPTY = "The framework brings it; the house leaves it empty."
STANDS = "as long as the house stands"


def _part(label: str, title: str, why: str, fields: str) -> Holding:
    """A table of the framework with nothing about anyone in it."""
    return Holding(
        label,
        title=title,
        whose="nobody",
        why=why,
        kept=STANDS,
        fate=Fate.NOBODYS,
        left=fields,
        why_left="It holds nothing about anyone.",
        anew=fields,
    )


GUESTS: tuple[Holding, ...] = (
    Holding(
        "account.EmailAddress",
        title="Addresses",
        whose="the person",
        why="To know that an address was proved before anything is sent to it.",
        kept="as long as the person's account",
        fate=Fate.GONE,
        given="id email verified primary",
        left="user",
        why_left="It is the person's own row.",
        person="user",
    ),
    Holding(
        "account.EmailConfirmation",
        title="Proofs of an address under way",
        whose="the person",
        why="The house sends signed links instead and leaves this empty.",
        kept="as long as the person's account",
        fate=Fate.GONE,
        left="id email_address created sent key",
        why_left="It is empty.",
        person="email_address__user",
    ),
    Holding(
        "mfa.Authenticator",
        title="Second steps of signing in",
        whose="the person",
        why="To ask for something only that person has: an app with codes, a passkey, or a recovery code.",
        kept="until the person takes it away, at most as long as the account",
        fate=Fate.GONE,
        given="id type created_at last_used_at",
        left="user data",
        why_left="What is kept of it is sealed, or of use only together with the device that stays with its owner.",
        person="user",
        anew="data",
    ),
    _part(
        "socialaccount.SocialApp", "Other services", EMPTY, "id provider provider_id name client_id secret key settings"
    ),
    Holding(
        "socialaccount.SocialAccount",
        title="Signing in by the practice's own service",
        whose="the person",
        why="To know somebody again who signs in by a service that the host named.",
        kept="until the person does without it, at most as long as the account",
        fate=Fate.GONE,
        given="id provider last_login date_joined",
        left="user uid extra_data",
        why_left="A digest of who they are at that service, of use there alone; nothing else is taken from it.",
        person="user",
    ),
    Holding(
        "socialaccount.SocialToken",
        title="Keys to other services",
        whose="the person",
        why="The house keeps none and leaves this empty.",
        kept="never",
        fate=Fate.GONE,
        left="id app account token token_secret expires_at",
        why_left="It is empty.",
        person="account__user",
    ),
    Holding(
        "usersessions.UserSession",
        title="Where somebody is signed in",
        whose="the person",
        why="So that everyone can see the browsers they are signed in with, and sign them out.",
        kept=f"until signed out, at most {periods.SESSION} days after the last sign-in; ended ones go at the next one",
        fate=Fate.GONE,
        given="id created_at ip last_seen_at user_agent",
        left="user session_key data",
        why_left="It is the person's own row, and the key of a session would let whoever holds it in.",
        person="user",
        anew="session_key data",
    ),
    Holding(
        "sessions.Session",
        title="Browsers signed in",
        whose="the person",
        why="So that nobody has to sign in on every page.",
        kept=f"{periods.SESSION} days after the last sign-in; expired ones go every night",
        fate=Fate.GONE,
        left="session_key session_data expire_date",
        why_left="It holds nothing but who is signed in, and would let whoever holds it in.",
        anew="session_key session_data expire_date",
    ),
    Holding(
        "cache",
        title="Limits and other passing things",
        whose="whoever knocked",
        why="To count wrong passwords, under a digest of the address.",
        kept="minutes; at most a day",
        fate=Fate.STAYS,
        erased="A digest and a time run out by themselves within a day.",
        left="cache_key value expires",
        why_left="Nobody can tell from it who it was.",
    ),
    _part("auth.Permission", "Permissions", EMPTY, "id name content_type codename"),
    _part("auth.Group", "Groups", EMPTY, "id name"),
    _part("contenttypes.ContentType", "Kinds of row", "The framework's own list of kinds.", "id app_label model"),
    _part("django_migrations", "Changes of the tables", "To know which changes were made.", "id app name applied"),
)
