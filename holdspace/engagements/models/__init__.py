"""The nouns of working together: engagement, pact, consent, and who and what stands around them."""

from .consent import Consent, NoConsent
from .engagement import (
    Engagement,
    Erased,
    NotACoach,
    NotBetweenThem,
    NotYetAccepted,
    Over,
    TooLate,
    being_coached,
    between,
    coaching_now,
    open_engagement,
    practices_coached_in,
)
from .handover import Handover, Kind, NoSuchCoach, NotAsked, access_handed, others_coaching
from .pact import NotOpen, NotTheText, Pact, Signature, agreed_between
from .sponsor import NoSponsorAgreed, Sponsor
from .template import PactTemplate

__all__ = [
    "Consent",
    "Engagement",
    "Erased",
    "Handover",
    "Kind",
    "NoConsent",
    "NoSponsorAgreed",
    "NoSuchCoach",
    "NotACoach",
    "NotAsked",
    "NotBetweenThem",
    "NotOpen",
    "NotTheText",
    "NotYetAccepted",
    "Over",
    "Pact",
    "PactTemplate",
    "Signature",
    "Sponsor",
    "TooLate",
    "access_handed",
    "agreed_between",
    "being_coached",
    "between",
    "coaching_now",
    "open_engagement",
    "others_coaching",
    "practices_coached_in",
]
