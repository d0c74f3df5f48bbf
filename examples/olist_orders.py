"""Makes one file of events from the tables of a shop: order, approval, hand-over, delivery, review.

The tables are those of the public Olist data set (orders, payments, reviews). Run it with the
folder that holds them and the file to write:

    python examples/olist_orders.py FOLDER orders.csv
    desireline map orders.csv --out orders-map
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

EVENTS = """
with orders as (
    select *, greatest(
        order_purchase_timestamp, order_approved_at, order_delivered_carrier_date
    ) as last_known
    from read_parquet($folder || '/sample4000_orders.parquet')
),
reviews as (from read_parquet($folder || '/sample4000_order_reviews.parquet')),
payments as (
    select order_id, sum(payment_value) as paid, arg_max(payment_type, payment_value) as means
    from read_parquet($folder || '/sample4000_order_payments.parquet') group by order_id
)
select order_id, 'order placed' as event, order_purchase_timestamp as time,
       null::double as value, null::varchar as means, null::integer as stars from orders
union all by name
select order_id, 'payment approved' as event, order_approved_at as time, paid as value, means
from orders left join payments using (order_id)
union all by name
select order_id, 'handed to carrier' as event, order_delivered_carrier_date as time from orders
union all by name
select order_id, 'promised day missed' as event, order_estimated_delivery_date as time
from orders where order_delivered_customer_date > order_estimated_delivery_date
union all by name
select order_id, 'delivered' as event, order_delivered_customer_date as time from orders
union all by name
-- When an order was given up is not in the tables: after the last that is known of it.
select order_id, 'order ' || order_status as event, last_known + interval 1 second as time
from orders where order_status in ('canceled', 'unavailable')
union all by name
select order_id, 'survey sent' as event, review_creation_date as time from reviews
union all by name
select order_id, 'review written' as event, review_answer_timestamp as time, review_score as stars
from reviews
"""


def main(folder: str, out: str) -> None:
    """Writes the events that have a time, by order and time."""
    events = f"select * from ({EVENTS}) where time is not null order by order_id, time, event"
    duckdb.execute(f"copy ({events}) to '{Path(out)}' (header)", {"folder": str(Path(folder))})


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
