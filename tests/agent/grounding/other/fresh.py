"""Answers in a third hand, written after the checks were tuned on `templates`, and never tuned on."""

FRESH = {
    "channels": (
        "Quick summary: {M} = {total}, {K} = {ktotal}.",
        "{n0}'s {M} ended up at {v0}; a fortnight ago it had been {b0}, so it {doubled0}.",
        "Compared with the 14 days before, {M} is {arrow} {pct} ({before} → {total}).",
        "> {n1}: {v1}\n> {n2}: {v2}",
        "Roughly {part0} of {M} ({s0}) comes from {n0}.",
        "| | {n0} | {n1} | {n2} |\n|---|---|---|---|\n| {M} | {v0} | {v1} | {v2} |",
        "1) {n0} – {s0}\n2) {n1} – {s1}\n3) {n2} – {s2}",
        "{M}: {n0} {v0}, {n1} {v1}, {n2} {v2}.",
        "{n1} made {v1} from {k1} {K}.",
        "The {K} of all channels {krose} {kpct}, while {M} {rose} {pct}.",
    ),
    "clients": (
        "{n0} ({v0}) is ahead of {n1} ({v1}) and {n2} ({v2}).",
        "{M} of {n2} {rose2} {p2}; before, it was {b2}.",
        "- {n0}: {s0}\n- {n1}: {s1}\n- {n2}: {s2}",
        "Taken together, the three clients made {total}, {diff} {more} than in the 30 days before.",
    ),
    "daily": (
        "Peak: {best} ({bestday}). Low: {worst} ({worstday}).",
        "On {midday} we made {mid}.",
        "{M} added up to {total} across 14 days, so {average} per day.",
        "- Highest: {bestday}, {best}\n- Lowest: {worstday}, {worst}",
    ),
    "hourly": (
        "{M} spiked to {high} at {hour}; normally it would be {expected}.",
        "Expected: {expected}. Actual: {high}.",
        "It started the day at {first} and ended it at {last}.",
    ),
    "outliers": (
        "{n1} stands out: {v1} on {day1}, where between {l1} and {u1} is usual.",
        "Three things were unusual: {n0} ({v0}), {n1} ({v1}) and {n2} ({v2}).",
        "On {day0} at {at0}, {M} of {n0} went {p0} {above0} what was expected ({e0}).",
    ),
    "customers": (
        "Top three by revenue: {n0} ({r0}), {n1} ({r1}), {n2} ({r2}).",
        "{n1} ordered {o1} times, which comes to {r1}.",
        "{c1} of the {total} customers belong to {g1}.",
        "| Segment | Customers | Orders |\n|---|---|---|\n| {g0} | {c0} | {go0} |\n| {g2} | {c2} | {go2} |",
    ),
    "jobs": (
        "{succeeded} of {count} runs went through, {failed} failed.",
        "{j2} has {f2} failures in 14 days.",
        "Most recently {j0} ran on {day} at {at0}.",
    ),
    "notes": (
        "Notes: {open} open, {done} done.",
        "The note *{t1}* by {by1} is from {day1}.",
        "In “{t0}”, {by0} says that visits doubled.",
    ),
    "reports": (
        "The best seller is {x0} with {q0} sold ({t0}).",
        "{q1} pieces of {x1} were sold. More: [open the report]({url}).",
        "Sum of all products: {sold} sold, {turnover} turnover.",
    ),
    "rates": (
        "Booking rate {rate}, {up} {points}.",
        "We pay {cost} for a lead, {pct} {morecost} than the {old} of the previous week.",
        "At {rate}, the booking rate is {higher} than the previous week's {was}.",
    ),
}
