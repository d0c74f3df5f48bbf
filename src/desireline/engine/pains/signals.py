"""The signals of pain, and the words by which a log says what a place is."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from desireline.engine.discovery.lexicon import speaks

Signal: TypeAlias = Literal[
    "exit",
    "loop",
    "wait",
    "detour",
    "switch",
    "repeated",
    "unanswered",
    "error",
    "low_score",
    "negative_words",
    "skipped",
]
SIGNALS: tuple[Signal, ...] = get_args(Signal)
BAD_IN_ITSELF: tuple[Signal, ...] = (
    *("loop", "detour", "switch", "repeated", "unanswered", "error", "low_score"),
    "negative_words",
)
"""What nobody wishes for, even where no outcome tells what it costs."""

TEXTS = (
    *("text", "comment", "message", "body", "feedback", "review", "question", "answer", "reason"),
    *("review_comment_message", "content", "words", "note"),
)
"""Properties in which people speak."""

CUSTOMERS = (
    "person customer* client* user* visitor* buyer* shopper* guest* patient* citizen* contact "
    "consumer* lead subscriber* member applicant* klient* gosc* клиент* покупател* client* "
    "cumparator* "
)
"""Who acts for herself; every other name that is told is somebody of the company."""
MESSAGE_CHANNELS = (
    "mail email e chat call calls phone telephone sms message* messenger whatsapp telegram viber "
    "letter form contact inbox helpdesk ticket* telefon* czat* list почт* телефон* чат* письм* "
    "scrisoare "
)
"""Channels, and types of events, by which one writes or calls and waits for an answer."""
FAILURES = (
    "fail* error* bounce* timeout crash* exception* broken missed undeliver* unreachable overdue "
    "delayed late nieud* blad* opozn* ошибк* неудач* сбой опозд* просроч* esuat* eroare "
    "erori intarzi* "
)
"""Types of events that say that something went wrong on the way."""
PAYMENTS = "payment* card* charge* transaction* platn* kart* оплат* платеж* карт* plata plati card"
"""Beside these words, declining is a failure; else it is a decision."""
NEGATIVE = (
    "bad worse worst terrible awful horrible poor disappoint* angry annoy* frustrat* unhappy slow "
    "late delay* wait* broken broke damaged defect* faulty fail* error* bug* wrong missing lost "
    "never nobody unanswered ignored rude refund* cancel* complain* scam* useless waste* problem* "
    "issue* expensive difficult confus* impossible unclear "
    "zle zly okropn* fataln* rozczarow* zawied* wolno powoln* opozn* czeka* zepsut* uszkodz* wad* "
    "blad* brak* nigdy nikt zgubion* reklamacj* skarg* oszust* problem* drogi drogo trudn* "
    "плох* ужасн* отврат* разочаров* недовол* медлен* долго опозд* задерж* жду ждал* сломан* "
    "поврежд* брак* ошибк* потер* никогда никто жалоб* возврат* обман* проблем* дорого сложно "
    "prost* groaznic* oribil* dezamag* nemultumi* lent* intarzi* astept* stricat* defect* gresit* "
    "eroare lips* pierdut* niciodata nimeni reclamati* inselat* problem* scump* greu dificil* "
)
"""What people say when something hurts, in English, Polish, Russian and Romanian."""


def is_customer(actor: str) -> bool:
    """Whether the name of an actor means the customer; one that is not told counts as her."""
    return not actor or speaks(actor, CUSTOMERS)


def takes_messages(name: str) -> bool:
    """Whether a channel or a type of event is one by which people write or call."""
    return speaks(name, MESSAGE_CHANNELS)


def fails(event: str) -> bool:
    """Whether a type of event says that something failed."""
    refused = speaks(event, "declin* refus* reject*") and speaks(event, PAYMENTS)
    return refused or speaks(event, FAILURES)


def is_negative(text: str) -> bool:
    """Whether somebody says something bad."""
    return speaks(text, NEGATIVE)


def lowest_good(highest: float) -> float:
    """Marks below this are low, by the highest mark that was given.

    Of 0 to 10 those up to 6 (F. F. Reichheld, "The one number you need to grow", Harvard Business
    Review 81, 2003); of five stars one and two; else the lower half.
    """
    if 5 < highest <= 10:
        return 6.5
    return 2.5 if 3 < highest <= 5 else highest / 2
