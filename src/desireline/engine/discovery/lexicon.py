"""Words that speak for a stage: they name stages and break ties, and never overrule the data.

Stems in English, Polish, Russian and Romanian, without diacritics; `*` stands for any ending. A
name that speaks for several stages speaks for the latest: `offer_paid` is about paying.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

STAGES = ("Awareness", "Consideration", "Purchase", "Retention", "Advocacy")
"""The default five, in order."""

AWARENESS = (
    "ad ads advert advertisement banner campaign impression landing visit visited session "
    "homepage search searched seo reklam* kampani* odwiedz* wizyt* wejsc* реклам* визит* посещ* "
    "поиск* reclam* vizit* campani* cautar* "
)
"""Somebody comes."""
CONSIDERATION = (
    "view* browse* click* product* catalog* category wishlist compare* cart basket quote* offer* "
    "trial* demo* signup register* subscribe* lead* newsletter add added produkt* koszyk* przegl* "
    "porown* ofert* rejestr* zapis* просмотр* корзин* товар* катал* сравн* регистр* заявк* "
    "produs* cosul vizualiz* compar* inregistr* "
)
"""Somebody looks, compares, asks, fills the basket."""
PURCHASE = (
    "checkout purchase* order* buy* bought pay paid payment* invoice* shipping ship shipped "
    "shipment* deliver* dispatch* contract* sign signed won convert* transaction* zamow* zamaw* "
    "zakup* kup* platn* zaplac* oplac* faktur* wysyl* wysl* dostaw* dostarcz* заказ* покупк* куп* "
    "оплат* платеж* счет* достав* отправ* договор* comand* cumpar* plata plati platit* factur* "
    "livr* expediat* "
)
"""Somebody orders, pays and gets it."""
RETENTION = (
    "support* service* ticket* complain* refund* return* claim* renew* upgrade* cancel* churn* "
    "unsubscribe* repeat* reorder* loyalty points login logged warranty helpdesk wsparc* pomoc* "
    "zgloszen* reklamacj* zwrot* odnow* anul* rezygn* lojaln* поддерж* обращен* жалоб* возврат* "
    "продлен* отмен* лояльн* suport* asisten* plange* retur* ramburs* reinnoi* anul* fidel* "
)
"""Somebody uses it, needs help, comes again."""
ADVOCACY = (
    "review* refer* recommend* share* shared rating* rated rate nps survey* testimonial* advocat* "
    "invite* feedback poleca* polec* opini* ocen* recenz* ankiet* отзыв* оценк* рекоменд* пригла* "
    "опрос* recenzi* recomand* opini* evalu* sondaj* invit* "
)
"""Somebody speaks of it."""
WORDS = (AWARENESS, CONSIDERATION, PURCHASE, RETENTION, ADVOCACY)
"""Stems for each of the five stages; `*` stands for any ending."""

REACHED = (
    "purchase* order* bought pay paid payment* won convert* approv* accept* activat* "
    "deliver* complet* resolv* closed close releas* discharg* sign signed fulfil* success* "
    "zamow* zakup* zaplac* oplac* dostarcz* zatwierdz* zakoncz* rozwiaz* "
    "заказ* покупк* оплат* доставл* одобр* заверш* реш* выпис* "
    "comand* cumpar* plata platit* livrat* aprob* finaliz* rezolv* externare externat*"
)
"""Stems of events in which somebody reaches what he came for."""

MISSED = (
    "cancel* declin* reject* refus* lost fail* abandon* refund* return* churn* unsubscribe* "
    "expire* withdraw* complain* error* anul* odrzuc* odmow* rezygn* zwrot* отмен* отказ* отклон* "
    "возврат* respin* refuz* renunt* retur* credit collection penalty dispute*"
)
"""Stems of events that speak against it."""


def words(name: str) -> tuple[str, ...]:
    """The words of an event type's name: lower case, no diacritics, camel case split."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    plain = unicodedata.normalize("NFKD", split.casefold().replace("ł", "l"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return tuple(re.findall(r"[^\W_]+", plain))


def stage_of(name: str) -> int | None:
    """The number of the (latest) default stage that a name speaks for; None if it is silent."""
    found = [s for s, stems in enumerate(WORDS) if speaks(name, stems)]
    return max(found) if found else None


def rises(before: int | None, after: int | None) -> int:
    """1 where names go on to a later stage, -1 where they stay or fall back, 0 if one is silent."""
    if before is None or after is None:
        return 0
    return 1 if after > before else -1


def reaches(name: str) -> bool:
    """Whether a name speaks of a goal that is reached, and of nothing that went wrong."""
    return speaks(name, REACHED) and not speaks(name, MISSED)


def misses(name: str) -> bool:
    """Whether a name speaks of a goal that is missed."""
    return speaks(name, MISSED)


def speaks(name: str, stems: str) -> bool:
    """Whether a word of the text has one of the stems; `*` stands for any ending."""
    pattern = _pattern(stems)
    return any(pattern.fullmatch(word) for word in words(name))


@lru_cache(maxsize=32)
def _pattern(stems: str) -> re.Pattern[str]:
    plain = (
        "".join(words(stem)) + (r"\w*" if stem.endswith("*") else "") for stem in stems.split()
    )
    return re.compile("|".join(plain))
