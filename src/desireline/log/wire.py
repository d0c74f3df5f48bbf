"""What a sender may write of an event: the fields, their other names, their bounds."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

Text: TypeAlias = Annotated[str, Meta(min_length=1, max_length=200)]
Identifier: TypeAlias = Text | int
Amount: TypeAlias = Annotated[float, Meta(ge=-(2.0**53), le=2.0**53)]
Currency: TypeAlias = Annotated[str, Meta(pattern="^[A-Z]{3}$", min_length=3, max_length=3)]
Moment: TypeAlias = Annotated[str, Meta(min_length=1, max_length=64)] | int | float
Nothing: TypeAlias = UnsetType | None
"""A field that is null says the same as one that is not there."""


class SentEvent(Struct, forbid_unknown_fields=True, gc=False):
    """One fact about a customer.

    A field may be left out, or null, unless it says otherwise; no other fields are allowed. Text
    holds no NUL; integers lie within 64 bits with sign; nesting ends at 64 levels; the whole is at
    most 32 KB.
    """

    type: Annotated[
        Text | Nothing,
        Meta(
            description="What happened, in the past tense: `order_completed`. Needed, unless"
            " `kind` says it already."
        ),
    ] = UNSET
    event: Annotated[Text | Nothing, Meta(description="Another name of `type`.")] = UNSET
    kind: Annotated[
        Literal["track", "page", "screen", "identify", "group", "alias"] | Nothing,
        Meta(description="`track`, if left out."),
    ] = UNSET
    id: Annotated[
        Text | Nothing,
        Meta(
            description="The sender's own id, the same each time the event is sent. A UUID is"
            " kept; from any other text a UUID is made, and the text stays in"
            " `context.message_id`."
        ),
    ] = UNSET
    message_id: Annotated[Text | Nothing, Meta(description="Another name of `id`.")] = UNSET
    messageId: Annotated[Text | Nothing, Meta(description="Another name of `id`.")] = UNSET  # noqa: N815 - as Segment's libraries write it
    at: Annotated[
        Moment | Nothing,
        Meta(
            description="When it happened: ISO 8601, or seconds or milliseconds since 1970 UTC."
            " Now, if left out. From 1900 to one day after now."
        ),
    ] = UNSET
    timestamp: Annotated[Moment | Nothing, Meta(description="Another name of `at`.")] = UNSET
    user_id: Annotated[
        Identifier | Nothing, Meta(description="At least one identifier is needed.")
    ] = UNSET
    email: Identifier | Nothing = UNSET
    phone: Identifier | Nothing = UNSET
    anonymous_id: Identifier | Nothing = UNSET
    identifiers: Annotated[
        dict[str, Identifier] | Nothing,
        Meta(description="Identifiers by kind; those above may stand here as well."),
    ] = UNSET
    channel: Annotated[Text | Nothing, Meta(description="`web`, `e-mail`, `store`, ...")] = UNSET
    direction: Annotated[
        Literal["inbound", "outbound", "internal"] | Nothing,
        Meta(description="`inbound`, if left out: from the customer to the company."),
    ] = UNSET
    actor: Annotated[
        Text | Nothing,
        Meta(description="Who acted: person, employee, department, system, partner."),
    ] = UNSET
    value: Annotated[Amount | Nothing, Meta(description="An amount, within 2^53.")] = UNSET
    currency: Annotated[Currency | Nothing, Meta(description="ISO 4217: `EUR`.")] = UNSET
    properties: Annotated[
        dict[str, Any] | Nothing, Meta(description="What else there is to know about it.")
    ] = UNSET
    context: Annotated[
        dict[str, Any] | Nothing, Meta(description="Where it came from: page, device, campaign.")
    ] = UNSET


FIELDS = SentEvent.__struct_fields__
