"""A small object-centric log, written by hand: orders of two customers, their items, a parcel."""

from __future__ import annotations

import copy
import json
import sqlite3
from pathlib import Path
from typing import Any

LOG: dict[str, Any] = {
    "eventTypes": [
        {"name": "place order", "attributes": [{"name": "total", "type": "float"}]},
        {"name": "pick item", "attributes": [{"name": "picker", "type": "string"}]},
        {
            "name": "send parcel",
            "attributes": [
                {"name": "express", "type": "boolean"},
                {"name": "promised", "type": "time"},
                {"name": "stops", "type": "integer"},
            ],
        },
        {"name": "stock counted", "attributes": []},
        {"name": "never happened", "attributes": [{"name": "why", "type": "string"}]},
    ],
    "objectTypes": [
        {"name": "Customer", "attributes": [{"name": "name", "type": "string"}]},
        {"name": "Order", "attributes": [{"name": "price", "type": "float"}]},
        {"name": "Item", "attributes": []},
        {"name": "Shelf", "attributes": []},
    ],
    "objects": [
        {
            "id": "ann",
            "type": "Customer",
            "attributes": [
                {"name": "name", "time": "1970-01-01T00:00:00Z", "value": "Ann <&\"'> Ünal"},
                {"name": "name", "time": "2026-01-02T00:00:00Z", "value": "Ann Berg"},
            ],
            "relationships": [],
        },
        {"id": "bob", "type": "Customer", "attributes": [], "relationships": []},
        {
            "id": "o1",
            "type": "Order",
            "attributes": [{"name": "price", "time": "1970-01-01T00:00:00Z", "value": 12.5}],
            "relationships": [
                {"objectId": "i1", "qualifier": "holds"},
                {"objectId": "i2", "qualifier": "holds"},
            ],
        },
        {"id": "o2", "type": "Order", "attributes": [], "relationships": []},
        {"id": "i1", "type": "Item", "attributes": [], "relationships": []},
        {"id": "i2", "type": "Item", "attributes": [], "relationships": []},
        {"id": "s1", "type": "Shelf", "attributes": [], "relationships": []},
    ],
    "events": [
        {
            "id": "e1",
            "type": "place order",
            "time": "2026-01-01T10:00:00Z",
            "attributes": [{"name": "total", "value": 12.5}],
            "relationships": [
                {"objectId": "ann", "qualifier": "buyer"},
                {"objectId": "o1", "qualifier": "order"},
                {"objectId": "i1", "qualifier": "item"},
                {"objectId": "i2", "qualifier": "item"},
            ],
        },
        {
            "id": "e2",
            "type": "place order",
            "time": "2026-01-01T11:30:00.250000Z",
            "attributes": [],
            "relationships": [
                {"objectId": "bob", "qualifier": "buyer"},
                {"objectId": "o2", "qualifier": "order"},
            ],
        },
        {
            "id": "e3",
            "type": "pick item",
            "time": "2026-01-02T08:00:00Z",
            "attributes": [{"name": "picker", "value": "01"}],
            "relationships": [
                {"objectId": "o1", "qualifier": "for"},
                {"objectId": "i1", "qualifier": "item"},
            ],
        },
        {
            "id": "e4",
            "type": "pick item",
            "time": "2026-01-02T08:05:00Z",
            "attributes": [],
            "relationships": [
                {"objectId": "o1", "qualifier": "for"},
                {"objectId": "i2", "qualifier": "item"},
            ],
        },
        {
            "id": "e5",
            "type": "send parcel",
            "time": "2026-01-03T17:00:00Z",
            "attributes": [
                {"name": "express", "value": True},
                {"name": "promised", "value": "2026-01-05T00:00:00Z"},
                {"name": "stops", "value": 3},
            ],
            "relationships": [
                {"objectId": "o1", "qualifier": "inside"},
                {"objectId": "o2", "qualifier": "inside"},
                {"objectId": "ann", "qualifier": "receiver"},
                {"objectId": "ann", "qualifier": "payer"},
            ],
        },
        {
            "id": "e6",
            "type": "stock counted",
            "time": "2026-01-04T09:00:00Z",
            "attributes": [],
            "relationships": [],
        },
    ],
}
"""e5 is about two orders, e6 about none; the shelf s1 has no event; one type never occurs."""

ORDER_JOURNEYS = {
    "o1": ["place order", "pick item", "pick item", "send parcel"],
    "o2": ["place order", "send parcel"],
}
CUSTOMER_JOURNEYS = {"ann": ["place order", "send parcel"], "bob": ["place order"]}


def without_e6() -> dict[str, Any]:
    """The log without the event that is on no journey of any object."""
    log = copy.deepcopy(LOG)
    log["events"] = log["events"][:-1]
    return log


def normal(log: dict[str, Any]) -> dict[str, Any]:
    """A log as a comparison wants it: nothing hangs on the order of its parts or of digits."""
    found = copy.deepcopy(log)
    for event in found["events"]:
        event["time"] = event["time"].replace(".000000", "")
    for part in ("eventTypes", "objectTypes"):
        for kind in found[part]:
            kind["attributes"].sort(key=lambda a: a["name"])
        found[part].sort(key=lambda t: t["name"])
    for part in ("events", "objects"):
        for thing in found[part]:
            for held in ("attributes", "relationships"):
                thing[held].sort(key=lambda a: json.dumps(a, sort_keys=True))
        found[part].sort(key=lambda t: t["id"])
    return found


def as_json(folder: Path, log: dict[str, Any] = LOG, name: str = "log.jsonocel") -> Path:
    """The log as a file of JSON."""
    path = folder / name
    path.write_text(json.dumps(log, ensure_ascii=False), encoding="utf-8")
    return path


XML = """<?xml version='1.0' encoding='UTF-8'?>
<log>
 <object-types>
  <object-type name="Order"><attributes>\
<attribute name="price" type="float"/></attributes></object-type>
 </object-types>
 <event-types>
  <event-type name="placed"><attributes><attribute name="n" type="integer"/>
   <attribute name="gift" type="boolean"/><attribute name="note" type="string"/></attributes>\
</event-type>
 </event-types>
 <objects>
  <object id="o1" type="Order"><attributes>
   <attribute name="price" time="2026-01-01T00:00:00Z">9.50</attribute></attributes>
   <objects><relationship object-id="o2" qualifier="follows"/></objects></object>
  <object id="o2" type="Order"><attributes/><objects/></object>
 </objects>
 <events>
  <event id="e1" type="placed" time="2026-01-01T10:00:00+01:00"><attributes>
   <attribute name="n">3</attribute><attribute name="gift">true</attribute>
   <attribute name="note">07 &lt;b&gt;</attribute></attributes>
   <objects><relationship object-id="o1" qualifier="what"/></objects></event>
  <event id="e2" type="placed"><attributes/><objects/></event>
 </events>
</log>
"""


def as_sqlite(folder: Path) -> Path:
    """Two orders as the specification lays them down in tables."""
    path = folder / "log.sqlite"
    database = sqlite3.connect(path)
    database.executescript(
        """
        CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
        CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
        CREATE TABLE event_Placed (ocel_id TEXT, ocel_time TIMESTAMP, total REAL, gift BOOLEAN);
        CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT);
        CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
        CREATE TABLE object_Order (ocel_id TEXT, ocel_time TIMESTAMP, ocel_changed_field TEXT,
                                   price REAL, note TEXT);
        CREATE TABLE event_object (ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT);
        CREATE TABLE object_object (ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT);
        INSERT INTO event VALUES ('e2', 'order placed'), ('e1', 'order placed');
        INSERT INTO event_map_type VALUES ('order placed', 'Placed');
        INSERT INTO event_Placed VALUES ('e1', '2026-01-01 10:00:00', 9.5, 1),
                                        ('e2', '2026-01-01 10:00:00', NULL, 0);
        INSERT INTO object VALUES ('o1', 'order'), ('o2', 'order');
        INSERT INTO object_map_type VALUES ('order', 'Order');
        INSERT INTO object_Order VALUES ('o1', '1970-01-01 00:00:00', NULL, 9.5, 'new'),
                                        ('o1', '2026-02-01 00:00:00', 'price', 8.0, 'stale');
        INSERT INTO event_object VALUES ('e1', 'o1', 'what'), ('e2', 'o1', 'again'),
                                        ('e2', 'o2', 'what');
        INSERT INTO object_object VALUES ('o2', 'o1', 'replaces');
        """
    )
    database.commit()
    database.close()
    return path
