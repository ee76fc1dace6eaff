"""The nouns of working together: engagement, pact, consent, and who and what stands around them."""

from .consent import Consent, NoConsent
from .engagement import (
    Engagement,
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
from .pact import NotOpen, NotTheText, Pact, Signature
from .sponsor import NoSponsorAgreed, Sponsor
from .template import PactTemplate

__all__ = [
    "Consent",
    "Engagement",
    "NoConsent",
    "NoSponsorAgreed",
    "NotACoach",
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
    "being_coached",
    "between",
    "coaching_now",
    "open_engagement",
    "practices_coached_in",
]
