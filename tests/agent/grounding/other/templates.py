"""Answers in another hand than `tests.agent.grounding.templates`, by scene, with holes for the values."""

CHANNELS = (
    (
        "Over the two weeks to 15 November, {client} took {total} in {M}, which is {diff} "
        "{more} than the {before} of the two weeks before."
    ),
    "{M}: {total} ({plus}{pct} vs. prior 14 days).",
    "{n0} alone accounts for {part0} of all {M}: {v0} out of {total}.",
    "{M} of {n0} {doubled0} from {b0} to {v0}.",
    "{M} of {n0} was {twice0} what it was before ({b0} → {v0}).",
    "On {n0} we saw a {fold0} change in {M}, from {b0} up or down to {v0}.",
    (
        "| Share | Channel | Before | Now |\n|---|---|---|---|\n| {s0} | {n0} | {b0} | {v0} "
        "|\n| {s1} | {n1} | {b1} | {v1} |\n| {s2} | {n2} | {b2} | {v2} |"
    ),
    "| Channel | {K} | {M} |\n|:--|--:|--:|\n| {n1} | {k1} | {v1} |\n| {n0} | {k0} | {v0} |",
    "• {n0} – {v0}, {arrow0} {p0}\n• {n1} – {v1}, {arrow1} {p1}\n• {n2} – {v2}, {arrow2} {p2}",
    "While {n1} {rose1} by {p1} and now stands at {v1}, {n2} {rose2} by {p2}, which leaves it at {v2}.",
    "With {k0} {K} and {v0} in {M}, **{n0}** did most; {n1} had {k1} {K} and {v1}.",
    "In {K}, the total is {ktotal}, {kincrease} of {kpct} from {kbefore}.",
    "Per day that is {average} of {M} and {kaverage} {K} on average.",
    "The {M} of {n2} {rose2} from {b2} to {v2}, i.e. {d2} {more2}.",
    "### {n1}\n- {M}: {v1}\n- Share: {s1}\n- Against the period before: {plus1}{p1}",
    "Looking at shares, {n0} holds {s0}, {n1} {s1} and {n2} {s2} of {M}.",
    "{n0}, {n1} and {n2} made {v0}, {v1} and {v2} of {M} respectively.",
    "All in all we booked {ktotal} {K} and {total} in {M}.",
)
CLIENTS = (
    "{n0} leads with {v0} in {M}, {n1} follows with {v1}, and {n2} closes the list with {v2}.",
    "Of the {total} that all clients made together, {part0} came from {n0}.",
    "| Client | Change | {M} |\n|---|---|---|\n| {n0} | {plus0}{p0} | {v0} |\n| {n1} | {plus1}{p1} | {v1} |",
    "{n1} is at {v1} ({p1} {above1} the previous 30 days, when it was {b1}).",
    "All three clients: {total} in {M}, {up} {pct}.",
    "- **{n2}** {rose2} {p2}, to {v2}\n- **{n0}** {rose0} {p0}, to {v0}",
    "For {n0} {M} {doubled0}.",
    "{n0} has {s0} of {M} and {n2} {s2}.",
)
DAILY = (
    "The best day was {bestday}, at {best}; the worst was {worstday} with only {worst}.",
    "{bestday} brought {best}, {secondday} {second}, and {midday} a middling {mid}.",
    "| {M} | Date |\n|--:|:--|\n| {best} | {bestday} |\n| {mid} | {midday} |\n| {worst} | {worstday} |",
    "An average day makes {average}, and the 14 days together made {total}.",
    "The gap between the best day and the worst day is {gap}.",
    "{M} ranged from {worst} on {worstday} to {best} on {bestday}.",
    "1. {bestday}: {best}\n2. {secondday}: {second}",
    "In the two weeks from 2 to 15 November, {M} came to {total}, or {average} a day.",
    "After {mid} on {midday}, it went as far as {best} on {bestday}.",
)
HOURLY = (
    "At {hour} on {day}, {M} of {n} reached {high}, against an expected {expected}.",
    "The usual range for that hour is {lower} to {upper}; it was {high}.",
    "{n} opened with {first} and closed the day at {last}.",
    "At {calmhour} all was quiet, with {calm}; then, at {hour}, {M} hit {high}.",
    "{high} at {hour} is {rise} above the {expected} that was expected.",
    "- {calmhour} → {calm}\n- {hour} → {high} (usual: between {lower} and {upper})",
)
OUTLIERS = (
    "{count} outliers, {critical} of them critical.",
    "{n0} had {v0} of {M} on {day0} at {at0} instead of the {e0} that was expected, {p0} {more0}.",
    (
        "• {day1}, {at1} — {n1}: {v1} (expected {e1}; {plus1}{p1})\n• {day2}, {at2} — {n2}: "
        "{v2} (expected {e2}; {plus2}{p2})"
    ),
    (
        "| Expected | Was | Off by | Channel | When |\n|---|---|---|---|---|\n| {e0} | {v0} | "
        "{plus0}{p0} | {n0} | {day0} |\n| {e2} | {v2} | {plus2}{p2} | {n2} | {day2} |"
    ),
    "On {day2}, {n2} was {p2} {above2} its expected {e2}.",
    "Between {l1} and {u1} would be usual for {n1}; on {day1} it was {v1}.",
)
CUSTOMERS = (
    "Our biggest customer is {n0} ({id0}), who placed {o0} orders worth {r0} in all.",
    "{n0}, {n1} and {n2} placed {o0}, {o1} and {o2} orders.",
    (
        "| Orders | Customer | Revenue | Avg |\n|---|---|---|---|\n| {o0} | {n0} | {r0} | {a0} "
        "|\n| {o1} | {n1} | {r1} | {a1} |"
    ),
    "There are {total} customers, {new} of them new.",
    "{new} of {total} customers are new.",
    "{g0} has {c0} customers with {go0} orders; {g2} has {c2} with {go2}.",
    "- {g0}: {c0} customers ({w0} new)\n- {g1}: {c1} customers ({w1} new)",
    "An average order of {n1} is worth {a1}.",
    "{many} customers match; the first is {n0} with {r0}.",
    "Together they placed {orders} orders.",
)
JOBS = (
    "Of {count} runs, {succeeded} succeeded, {failed} failed and {dead_letter} were given up.",
    "{j0} succeeded {ok0} times and failed {f0} times.",
    (
        "| Failed | Job | Succeeded |\n|--:|---|--:|\n| {f0} | {j0} | {ok0} |\n| {f1} | {j1} | "
        "{ok1} |\n| {f2} | {j2} | {ok2} |"
    ),
    "There are {jobs} jobs; {j1} ran last at {at1} on {day}.",
    "- **{j0}**: {ok0} ok, {f0} failed, {dl0} given up\n- **{j2}**: {ok2} ok, {f2} failed, {dl2} given up",
    "{failed} out of {count} runs failed.",
)
NOTES = (
    "There are {open} open notes, {done} are done.",
    "“{t0}” (by {by0}, {day0}) is still open.",
    "- {t1} — {by1}, {day1}\n- {t2} — {by2}, {day2}",
    "{count} notes in all; the newest is *{t0}* from {day0}.",
    "{by2} wrote on {day2} that half the feed was missing and that 1,204 items came back.",
)
REPORTS = (
    "{x0} sold {q0} pieces and turned over {t0}; {x1} sold {q1} and turned over {t1}. See {url}",
    "| Turnover | Product | Sold |\n|---|---|---|\n| {t0} | {x0} | {q0} |\n| {t2} | {x2} | {q2} |",
    "In total {sold} pieces were sold, for {turnover}. [Top products]({url})",
    "The report has {rows} rows and was run {hours} hours ago: <{url}>",
    "All {rows} products together sold {sold}. Details: <{url}|the board>.",
    "- {x1}: {q1} sold, turnover {t1}\n- {x2}: {q2} sold, turnover {t2}",
)
RATES = (
    "The booking rate {rose} from {was} to {rate}.",
    "The booking rate {rose} by {points}, to {rate}.",
    "Booking rate: {rate} ({plus}{points} vs. {was}).",
    "In relative terms the booking rate is {ratepct} {higher} than the week before.",
    "A lead costs {cost} now and cost {old} the week before; that is {step} {morecost}.",
    "Cost per lead {rosecost} {pct} to {cost}, and {rate} of visits end in a booking.",
    (
        "| | This week | Week before |\n|---|---|---|\n| Booking rate | {rate} | {was} |\n| "
        "Cost per lead | {cost} | {old} |"
    ),
)
TEMPLATES = {
    **{"channels": CHANNELS, "clients": CLIENTS, "daily": DAILY, "hourly": HOURLY, "outliers": OUTLIERS},
    **{"customers": CUSTOMERS, "jobs": JOBS, "notes": NOTES, "reports": REPORTS, "rates": RATES},
}
