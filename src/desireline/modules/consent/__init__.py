"""Consent: who agreed to what, in which words, and the one answer to "may we?"."""

from __future__ import annotations

from desireline.modules.consent.events import LEDGER
from desireline.modules.consent.routes import routes
from desireline.modules.consent.service import Consents
from desireline.modules.consent.tables import (
    consent,
    consent_purpose,
    consent_state,
    consent_text,
)
from desireline.modules.module import Module

consent_module = Module(
    name="consent",
    tables=(consent, consent_text, consent_purpose, consent_state),
    routes=routes,
    service=Consents,
    reactions=(LEDGER,),
)
"""Entered, asked for, confirmed, withdrawn."""
