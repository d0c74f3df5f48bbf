"""What columns are usually called, by what they are for, in the languages that files come in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import combining, normalize

SPELLINGS: Mapping[str, tuple[str, ...]] = {
    "user_id": ("user_id",),
    "email": ("email", "e_mail", "mail", "email_address", "adres_email", "adresa_email", "почта"),
    "phone": ("phone", "phone_number", "mobile", "tel", "telefon", "телефон"),
    "anonymous_id": ("anonymous_id",),
}
"""Kinds of identifiers, and what a column of them may be called."""
ABROAD: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "case": (
        (
            *("id_klienta", "klient_id", "nr_klienta", "numer_klienta", "id_użytkownika"),
            *("id_клиента", "ид_клиента", "код_клиента", "номер_клиента", "id_пользователя"),
            *("id_client", "cod_client", "număr_client", "id_utilizator"),
            *("kunden_id", "kunden_nr", "kundennummer", "kundennr", "benutzer_id"),
        ),
        (
            *("klient", "użytkownik", "kontrahent", "nabywca", "osoba", "pacjent"),
            *("клиент", "пользователь", "покупатель", "контрагент", "пациент"),
            *("utilizator", "cumpărător", "persoană", "persoana", "pacient"),
            *("kunde", "kundin", "benutzer", "nutzer", "patient"),
        ),
    ),
    "event": (
        (
            *("zdarzenie", "nazwa_zdarzenia", "czynność", "aktywność", "akcja"),
            *("событие", "название_события", "действие", "активность", "операция"),
            *("eveniment", "nume_eveniment", "acțiune", "activitate"),
            *("ereignis", "aktion", "aktivität", "vorgang"),
        ),
        ("typ_zdarzenia", "тип_события", "tip_eveniment", "ereignistyp"),
    ),
    "time": (
        (
            *("czas", "czas_zdarzenia", "data_i_czas", "data_czas", "data_i_godzina", "kiedy"),
            *("время", "время_события", "дата_и_время", "дата_время", "когда"),
            *("timp", "data_și_ora", "data_ora", "moment"),
            *("zeitstempel", "zeitpunkt", "zeit", "datum_uhrzeit", "wann"),
        ),
        (
            *("data", "data_zdarzenia", "data_utworzenia", "data_zamówienia"),
            *("дата", "дата_события", "дата_создания", "дата_заказа"),
            *("dată", "data_evenimentului", "data_creării", "data_comenzii"),
            *("datum", "erstellt_am", "bestelldatum"),
        ),
    ),
    "value": (
        (
            *("kwota", "wartość", "cena", "suma", "сумма", "стоимость", "цена"),
            *("valoare", "preț", "sumă", "betrag", "wert", "summe", "preis", "umsatz"),
        ),
    ),
}
"""Usual names in Polish, Russian, Romanian and German; those in English come first."""
USUAL: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "case": (
        ("case:concept:name",),
        ("case_id", "caseid", "case"),
        ("person", "person_id", "journey_id", "journey", "trace_id", "trace"),
        (
            *("user_id", "userid", "user", "customer_id", "customerid", "customer"),
            *("client_id", "clientid", "client", "contact_id", "member_id", "patient_id"),
            *("subscriber_id", "profile_id", "visitor_id", "visitorid"),
        ),
        ("distinct_id", "user_pseudo_id", "anonymous_id", "account_id", "device_id"),
        *ABROAD["case"],
        SPELLINGS["email"],
        SPELLINGS["phone"],
        (
            *("session_id", "session", "order_id", "ticket_id", "incident_id", "lead_id"),
            *("application_id", "user_session"),
        ),
        ("number", "id"),
    ),
    "event": (
        ("concept:name",),
        ("activity", "event", "activity_name", "event_name", "activity_id"),
        ("event_type", "action", "event_action", "touchpoint"),
        *ABROAD["event"],
        ("type", "status", "state", "step", "task", "operation", "name"),
        ("rodzaj", "typ", "etap", "тип", "вид", "статус", "этап", "tip", "etapa", "stare", "art"),
    ),
    "time": (
        ("time:timestamp",),
        ("timestamp", "time", "event_time", "datetime", "date_time", "event_timestamp"),
        ("ts", "occurred_at", "at", "date", "created_at", "event_date", "time_stamp", "when"),
        ("complete_timestamp", "end_timestamp", "end_time", "completed_at"),
        ("start_timestamp", "start_time", "started_at", "updated_at", "ts_ms"),
        *ABROAD["time"],
    ),
    "channel": (
        ("channel",),
        ("channel_name", "event_channel"),
        ("case:channel", "case_channel"),
        ("kanał", "канал", "canal", "kanal"),
    ),
    "actor": (("actor",), ("actor_type", "actor_kind")),
    "value": (
        ("value",),
        ("event_value", "amount", "revenue", "price", "order_value", "payment_value", "total"),
        *ABROAD["value"],
    ),
    "currency": (("currency", "currency_code", "waluta", "валюта", "moneda", "valuta", "wahrung"),),
    "direction": (("direction",),),
}
"""Usual names by role, in tiers: the first tier that a file has decides."""


def kind_of(column: str) -> str:
    """The kind of identifiers that a column is called after; empty where its name tells none."""
    name = spelled(column)
    return next((kind for kind, names in SPELLINGS.items() if name in names), "")


def spelled(name: str) -> str:
    """A name in one spelling: `Case ID`, `caseId`, `CASE_ID` are `case_id`; accents are dropped."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    plain = normalize("NFKD", apart.replace("ł", "l").replace("Ł", "L"))
    letters = "".join(sign for sign in plain if not combining(sign))
    return re.sub(r"[\s\-.]+", "_", letters).rstrip("_").lower()
