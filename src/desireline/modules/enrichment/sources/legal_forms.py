"""Legal forms of firms, as they stand in names: by country, spelled in full and short.

A form with a capital letter is only known in that spelling, others in any: `SIA` is a Latvian form,
Sia a singer. Short ones with points need their points; of longer ones points and spaces may be
missing. Left out are endings that are words or names as well ("Private", "Company", "Spa").
Sources: the laws of the forms, and ISO 20275 (Entity Legal Forms).
"""

from __future__ import annotations

SHARED = ""
"""The country of forms that several countries have."""

FORMS: dict[str, tuple[str, ...]] = {
    SHARED: (
        "gmbh", "g.m.b.h.", "AG", "A.G.", "aktiengesellschaft", "KG", "gmbh & cie. kg", "OG",
        "ltd", "ltd.", "limited", "plc", "p.l.c.", "public limited company", "llp", "l.l.p.",
        "llc", "l.l.c.", "limited liability company", "inc", "inc.", "incorporated", "corp",
        "corp.", "corporation", "lllp", "co., inc.", "& co., inc.", "co., ltd.", "co.,ltd.",
        "& co. ltd.", "S.A.", "s.a.", "SA", "s.r.l.", "srl", "S.E.", "SE", "s.n.c.", "s.a.s.",
        "SAS", "sarl", "s.a.r.l.", "s.à r.l.", "s.c.a.", "s.c.s.", "B.V.", "AB", "Ab", "s.r.o.",
        "a.s.", "spol. s r.o.", "v.o.s.", "k.s.", "d.o.o.", "d.d.", "a.d.", "ltda", "ltda.",
        "АД", "а.д.", "ООД", "e.v.", "s.c.",
    ),
    "PL": (
        "spółka z ograniczoną odpowiedzialnością spółka komandytowa", "sp. z o.o. sp. k.",
        "spółka z ograniczoną odpowiedzialnością", "spółka z o.o.", "sp. z o.o.", "sp. z.o.o.",
        "spółka akcyjna", "prosta spółka akcyjna", "p.s.a.", "spółka komandytowo-akcyjna",
        "spółka komandytowa", "sp. k.", "s.k.a.", "spółka jawna", "sp. j.", "spółka cywilna",
        "sp. p.", "spółka partnerska",
    ),
    "DE": (
        "gesellschaft mit beschränkter haftung", "gmbh & co. kg", "gmbh & co. kgaa", "ggmbh",
        "ug (haftungsbeschränkt)", "UG", "ag & co. kg", "kgaa", "ohg", "GbR", "partg mbb",
        "e.k.", "eG", "& co. kg",
    ),
    "AT": ("ges.m.b.h.", "gesmbh", "e.u."),
    "CH": ("gmbh (schweiz)", "ag (schweiz)", "sagl"),
    "RO": (
        "societate cu răspundere limitată", "societate pe acțiuni", "s.r.l.-d.", "srl-d",
        "p.f.a.", "PFA",
    ),
    "ES": (
        "sociedad limitada", "sociedad anónima", "s.l.u.", "SLU", "S.L.", "s.l.", "SL",
        "s.l.l.", "s.l.n.e.", "s.a.u.", "SAU", "s. coop.",
    ),
    "FR": ("société anonyme", "sasu", "eurl"),
    "IT": ("s.p.a.", "s.a.p.a.", "società per azioni", "società a responsabilità limitata"),
    "PT": ("lda.", "lda", "unipessoal lda"),
    "GB": ("limited liability partnership", "private limited company", "c.i.c."),
    "IE": ("designated activity company", "d.a.c.", "teoranta"),
    "US": ("pllc", "p.l.l.c."),
    "CA": ("ltée",),
    "AU": ("pty. ltd.", "pty limited", "proprietary limited"),
    "NL": ("besloten vennootschap", "v.o.f.", "n.v.", "NV", "BV"),
    "BE": ("bvba", "sprl", "b.v.b.a.", "s.p.r.l.", "vzw", "asbl"),
    "CZ": ("společnost s ručením omezeným", "akciová společnost"),
    "SK": ("spoločnosť s ručením obmedzeným", "akciová spoločnosť"),
    "HU": ("kft.", "kft", "zrt.", "zrt", "nyrt.", "nyrt"),
    "SE": ("aktiebolag", "handelsbolag"),
    "FI": ("OY", "Oy", "oyj", "oy ab", "osakeyhtiö"),
    "DK": ("a/s", "aps", "i/s", "p/s", "anpartsselskab"),
    "NO": ("ASA", "aksjeselskap"),
    "EE": ("OÜ", "osaühing"),
    "LV": ("SIA",),
    "LT": ("UAB",),
    "HR": ("j.d.o.o.",),
    "TR": ("a.ş.", "ltd. şti.", "limited şirketi", "anonim şirketi"),
    "JP": ("k.k.", "kabushiki kaisha"),
    "IN": ("pvt. ltd.", "private limited"),
    "SG": ("pte. ltd.", "pte limited"),
    "MY": ("sdn. bhd.", "berhad"),
    "BR": ("eireli",),
    "MX": ("s.a. de c.v.", "sa de cv", "s. de r.l. de c.v.", "s. de r.l.", "s.a.p.i. de c.v."),
    "RU": (
        "общество с ограниченной ответственностью", "публичное акционерное общество",
        "непубличное акционерное общество", "закрытое акционерное общество",
        "открытое акционерное общество", "акционерное общество", "ооо", "ПАО", "ОАО", "ЗАО",
        "АО", "НАО", "ИП", "АНО", "индивидуальный предприниматель", "OOO", "OAO", "ZAO", "PAO",
    ),
    "UA": (
        "товариство з обмеженою відповідальністю", "приватне акціонерне товариство", "ТОВ",
        "ПрАТ", "ПАТ", "ФОП", "ТзОВ",
    ),
    "BY": ("ОДО", "ЧУП", "унитарное предприятие"),
    "BG": ("ЕООД", "ЕАД", "EOOD", "OOD", "EAD"),
    "RS": ("д.о.о.",),
    "GR": ("α.ε.", "ε.π.ε.", "ι.κ.ε."),
}  # fmt: skip
"""By country; forms that stand at the end of a name."""

LEADING: dict[str, tuple[str, ...]] = {
    "RU": FORMS["RU"],
    "UA": FORMS["UA"],
    "BY": FORMS["BY"],
    "BG": ("ЕТ",),
    "RO": ("S.C.", "SC", "P.F.A.", "PFA"),
    "FI": ("OY", "Oy"),
    "LV": ("SIA",),
    "LT": ("UAB",),
    "EE": ("OÜ",),
}
"""Forms that stand before the name."""
