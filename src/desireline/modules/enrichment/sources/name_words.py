"""Words in names of persons: titles, particles of surnames, and endings by which surnames show."""

from __future__ import annotations

import re

TITLES = frozenset(
    "mr mrs ms miss mx sir lady dr prof professor doctor rev fr capt herr frau hr fr"
    " dipl-ing dipl-kfm ing mag univ-prof pan pani mgr inż lic hab lek med ks płk señor"
    " señora señorita sr sra srta doña dña domnul doamna domnișoara dl dna dra av господин"
    " госпожа г-н г-жа гн гжа доктор профессор проф акад д-р".split()
)
SUFFIXES = frozenset(
    "jr sr ii iii iv v phd md dds jd mba cpa esq obe mbe cbe msc bsc ma mphil ret dsc hab"
    " mult мл ст".split()
)
LINKS = frozenset("y e i und - – —".split())
"""Between two surnames that are one: `Ortega y Gasset`."""
PARTICLES = frozenset(
    "von vom van der den dem zu zum zur auf am an im und de del de' la las los lo el da das"
    " do dos di du des della delle dalla degli dei le les ten ter te op 't af av bin ibn ben"
    " al el- al- abu st san santa mac фон де ван дер ла".split()
)
SURNAMES = frozenset(
    "garcía garcia gómez gomez díaz diaz ruiz torres flores rivera vargas castillo moreno"
    " romero navarro serrano molina ortega delgado castro ortiz marín marin iglesias medina"
    " cruz mendoza reyes morales guerrero silva rojas herrera aguilar vega ramos santos"
    " lorca márquez marquez pardo prieto vidal blanco suárez suarez bravo campos cano soto"
    " arias rubio sanz mora luna fuentes cabrera carrasco caballero nieto pascual lozano"
    " crespo peña rey gallego".split()
)
"""Spanish surnames that end like other words; those in -ez are known by that."""

_SPANISH = re.compile(r"\w{2,}[eé]z", re.IGNORECASE)
_PATRONYMIC = re.compile(
    r"[а-яё]{2,}(?:ович|евич|ьич|кич|мич|ьмич|овна|евна|ична|инична)", re.IGNORECASE
)
_PATRONYMIC_LATIN = re.compile(r"[a-z]{2,}(?:[oey]vich|[oey]vna|ichna)", re.IGNORECASE)
_SURNAME = re.compile(
    r"\w{2,}(?:ski|ska|cki|cka|dzki|dzka|wicz|czyk|czak|owa"
    r"|escu|eanu|oiu|ețu"
    r"|sky|skaya|enko|chuk|ova|eva|shvili"
    r"|[оеё]ва?|[^аеиоуыэюя][иы]на?|ский|ская|цкий|цкая|ской|енко|чук|дзе|швили|янц)",
    re.IGNORECASE,
)
_GIVEN = frozenset(
    "марина ирина полина арина карина алина галина нина екатерина кристина валентина"
    " ангелина регина василина константин валентин мартин августин вениамин бенедиктин лев"
    " яков marina eva ewa irina".split()
)
"""Given names that end like surnames."""


def bare(word: str) -> str:
    """A word as the lists above have it: small letters, no points."""
    return word.casefold().replace(".", "").strip(",;")


def is_patronymic(word: str, *, latin: bool) -> bool:
    """Whether it is a Russian father's name: `Петрович`; with `latin` also `Petrovich`."""
    return bool(_PATRONYMIC.fullmatch(word) or (latin and _PATRONYMIC_LATIN.fullmatch(word)))


def is_surname(word: str) -> bool:
    """Whether its ending shows a surname, as many Polish, Romanian and Russian ones do."""
    parts = re.split(r"[-–]", word)
    return any(_SURNAME.fullmatch(part) and bare(part) not in _GIVEN for part in parts)


def is_spanish_surname(word: str) -> bool:
    """Whether it is a Spanish surname, of which a person has two."""
    return bare(word) in SURNAMES or _SPANISH.fullmatch(word) is not None
